package dev.vitrine.engine.expr;

/// The aggregates that generated code computes itself.
///
/// State columns: COUNT one BIGINT; SUM, MIN, MAX one column of the result type; AVG the sum
/// (DOUBLE, or a DECIMAL ten digits wider than the argument) and a BIGINT count.
public enum NativeAggregate {
    NONE,
    COUNT,
    SUM,
    MIN,
    MAX,
    AVG
}
