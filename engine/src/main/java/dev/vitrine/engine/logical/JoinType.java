package dev.vitrine.engine.logical;

/// Kinds of joins. EXISTENCE adds a boolean column that says whether the left row has a match.
public enum JoinType {
    INNER("Inner"),
    LEFT_OUTER("LeftOuter"),
    RIGHT_OUTER("RightOuter"),
    FULL_OUTER("FullOuter"),
    LEFT_SEMI("LeftSemi"),
    LEFT_ANTI("LeftAnti"),
    CROSS("Cross");

    private final String label;

    JoinType(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /// Whether the output has left columns only.
    public boolean leftOnly() {
        return this == LEFT_SEMI || this == LEFT_ANTI;
    }

    public boolean isInner() {
        return this == INNER || this == CROSS;
    }
}
