package dev.vitrine.engine.rdd;

/// An [Rdd] of numbers, with what can be known of them; `JavaDoubleRDD` in Spark.
public final class DoubleRdd extends Rdd<Double> {
    DoubleRdd(Lineage<Double> lineage) {
        super(lineage);
    }

    /// Count, mean, variance and extremes, in one pass.
    public StatCounter stats() {
        return counted("stats");
    }

    private StatCounter counted(String operation) {
        Origin origin = Origin.here(operation);
        StatCounter all = new StatCounter();
        run(
                        origin,
                        (partition, numbers) -> {
                            StatCounter own = new StatCounter();
                            numbers.forEachRemaining(own::merge);
                            return Items.one(own);
                        })
                .forEach(all::merge);
        return all;
    }

    /// 0 where there are none.
    public double sum() {
        return counted("sum").sum();
    }

    /// NaN where there are none.
    public double mean() {
        return counted("mean").mean();
    }

    /// Of all numbers, not of a sample.
    public double variance() {
        return counted("variance").variance();
    }

    /// Of all numbers, not of a sample.
    public double stdev() {
        return counted("stdev").stdev();
    }

    /// Infinity where there are none.
    public double min() {
        return counted("min").min();
    }

    /// Minus infinity where there are none.
    public double max() {
        return counted("max").max();
    }
}
