package dev.vitrine.engine.pipeline;

/// The groups of the palette, in its order. A category also says which colour role a node has.
public enum NodeCategory {
    SOURCE("Sources"),
    ROWS("Rows"),
    COLUMNS("Columns"),
    COMBINE("Combine"),
    CODE("Code"),
    SINK("Sinks");

    private final String title;

    NodeCategory(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
