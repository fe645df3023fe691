package dev.vitrine.engine.expr;

/// Order of a sort key.
public enum SortDirection {
    ASCENDING,
    DESCENDING
}
