package dev.vitrine.engine.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Hands each event to all listeners. Events of one query are published in order, one at a time.
public final class EventBus implements EventListener {
    private final List<EventListener> listeners = new CopyOnWriteArrayList<>();
    private final Object order = new Object();

    /// Adds a listener; run the answer to remove it again.
    public Runnable subscribe(EventListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void on(EngineEvent event) {
        synchronized (order) {
            for (EventListener listener : listeners) {
                listener.on(event);
            }
        }
    }
}
