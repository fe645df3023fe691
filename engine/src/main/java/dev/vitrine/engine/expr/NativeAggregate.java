package dev.vitrine.engine.expr;

/// The aggregates that generated code computes itself.
///
/// State columns: COUNT one BIGINT; SUM, MIN, MAX one column of the result type; AVG the sum
/// (DOUBLE, or a DECIMAL ten digits wider than the argument) and a BIGINT count; the moments and
/// pairs as many DOUBLEs as [#words]; VALUES one BINARY, see [WordAccumulator].
public enum NativeAggregate {
    NONE(0),
    COUNT(1),
    SUM(1),
    MIN(1),
    MAX(1),
    AVG(2),
    /// Count, mean and sum of squares around it.
    MOMENTS(3),
    /// As MOMENTS, and the sums of third and fourth powers.
    MOMENTS_4(5),
    /// Count, both means, both sums of squares around them and the sum of products.
    PAIRS(6),
    /// All values that are not NULL.
    VALUES(3);

    private final int words;

    NativeAggregate(int words) {
        this.words = words;
    }

    /// 64-bit words that a state takes in memory, but that a sum, smallest or largest value may
    /// take two.
    public int words() {
        return words;
    }

    /// Whether the state is so many doubles, in memory as in columns.
    public boolean isMoments() {
        return this == MOMENTS || this == MOMENTS_4 || this == PAIRS;
    }
}
