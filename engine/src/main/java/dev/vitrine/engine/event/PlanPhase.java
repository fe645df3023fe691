package dev.vitrine.engine.event;

/// The versions of a plan, in the order a query goes through them.
public enum PlanPhase {
    PARSED("Parsed"),
    ANALYZED("Analyzed"),
    OPTIMIZED("Optimized"),
    PHYSICAL("Physical"),
    /// As adaptive execution left it, where that changed anything.
    FINAL("As it ran");

    private final String label;

    PlanPhase(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /// Whether counters of a run belong to this version's nodes.
    public boolean hasRows() {
        return this == PHYSICAL || this == FINAL;
    }
}
