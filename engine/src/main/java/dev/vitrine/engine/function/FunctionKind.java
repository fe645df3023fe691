package dev.vitrine.engine.function;

/// What a function works on.
public enum FunctionKind {
    SCALAR,
    AGGREGATE,
    /// Written between its operands: `+`, `<=`, `||`.
    OPERATOR,
    /// Makes several rows of one, as explode does; named here so that the error says so.
    GENERATOR
}
