package dev.vitrine.engine.event;

/// Takes events on the thread that published them; must be quick and never block.
@FunctionalInterface
public interface EventListener {
    void on(EngineEvent event);
}
