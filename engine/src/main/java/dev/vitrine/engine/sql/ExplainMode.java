package dev.vitrine.engine.sql;

/// What EXPLAIN shows.
public enum ExplainMode {
    SIMPLE,
    EXTENDED,
    CODEGEN,
    COST,
    FORMATTED,
    ANALYZE,
    TRACE
}
