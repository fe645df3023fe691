package dev.vitrine.engine.rdd;

/// Sum and count of whole numbers; under Spark's name.
public final class LongAccumulator extends AccumulatorV2<Long, Long> {
    private long sum;
    private long count;

    LongAccumulator() {}

    @Override
    protected LongAccumulator copyAndReset() {
        return new LongAccumulator();
    }

    @Override
    protected synchronized void accumulate(Long value) {
        sum += value;
        count++;
    }

    @Override
    protected synchronized void merge(AccumulatorV2<Long, Long> other) {
        LongAccumulator added = (LongAccumulator) other;
        sum += added.sum;
        count += added.count;
    }

    @Override
    protected Long result() {
        return sum();
    }

    public synchronized long sum() {
        return sum;
    }

    public synchronized long count() {
        return count;
    }

    /// NaN where nothing was added.
    public synchronized double avg() {
        return (double) sum / count;
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
