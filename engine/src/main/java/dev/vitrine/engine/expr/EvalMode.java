package dev.vitrine.engine.expr;

/// What an operation does with a value it cannot handle.
public enum EvalMode {
    /// It fails with an error condition.
    ANSI,
    /// It wraps, truncates or gives NULL, as Hive did.
    LEGACY,
    /// It gives NULL.
    TRY
}
