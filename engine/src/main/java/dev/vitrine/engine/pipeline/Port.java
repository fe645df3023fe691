package dev.vitrine.engine.pipeline;

/// A place where edges end at a node.
///
/// @param id unique among the node's inputs or outputs
/// @param many whether it takes more than one edge, whose order then counts
/// @param required whether the node makes no sense without an edge here
public record Port(String id, String label, boolean many, boolean required) {
    /// The id of the one input or output that most kinds have.
    public static final String IN = "in";

    public static final String OUT = "out";

    public static Port in() {
        return new Port(IN, "Rows", false, true);
    }

    public static Port in(String id, String label) {
        return new Port(id, label, false, true);
    }

    public static Port many(String label, boolean required) {
        return new Port(IN, label, true, required);
    }

    public static Port out() {
        return new Port(OUT, "Rows", false, false);
    }
}
