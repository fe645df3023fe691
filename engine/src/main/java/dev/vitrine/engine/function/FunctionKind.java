package dev.vitrine.engine.function;

/// What a function works on.
public enum FunctionKind {
    SCALAR,
    AGGREGATE,
    /// Written between its operands: `+`, `<=`, `||`.
    OPERATOR,
    /// Only with OVER.
    WINDOW,
    /// Makes several rows of one, as explode does.
    GENERATOR
}
