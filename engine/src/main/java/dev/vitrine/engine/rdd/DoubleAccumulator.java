package dev.vitrine.engine.rdd;

/// Sum and count of numbers; under Spark's name.
public final class DoubleAccumulator extends AccumulatorV2<Double, Double> {
    private double sum;
    private long count;

    DoubleAccumulator() {}

    @Override
    protected DoubleAccumulator copyAndReset() {
        return new DoubleAccumulator();
    }

    @Override
    protected synchronized void accumulate(Double value) {
        sum += value;
        count++;
    }

    @Override
    protected synchronized void merge(AccumulatorV2<Double, Double> other) {
        DoubleAccumulator added = (DoubleAccumulator) other;
        sum += added.sum;
        count += added.count;
    }

    @Override
    protected Double result() {
        return sum();
    }

    public synchronized double sum() {
        return sum;
    }

    public synchronized long count() {
        return count;
    }

    /// NaN where nothing was added.
    public synchronized double avg() {
        return sum / count;
    }

    @Override
    public synchronized boolean isZero() {
        return sum == 0 && count == 0;
    }

    @Override
    public synchronized void reset() {
        sum = 0;
        count = 0;
    }
}
