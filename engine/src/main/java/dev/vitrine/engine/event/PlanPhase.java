package dev.vitrine.engine.event;

/// The versions of a plan, in the order a query goes through them.
public enum PlanPhase {
    PARSED("Parsed"),
    ANALYZED("Analyzed"),
    OPTIMIZED("Optimized"),
    PHYSICAL("Physical");

    private final String label;

    PlanPhase(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
