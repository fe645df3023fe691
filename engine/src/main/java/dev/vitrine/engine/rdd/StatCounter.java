package dev.vitrine.engine.rdd;

import java.io.Serializable;

/// Count, mean, variance and extremes of numbers, kept as they come; under Spark's name. Welford's
/// way for one number, Chan's for two counters.
public final class StatCounter implements Serializable {
    private static final long serialVersionUID = 1;

    private long count;
    private double mean;

    /// Sum of the squares of differences from the mean.
    private double squares;

    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    public StatCounter merge(double number) {
        count++;
        double delta = number - mean;
        mean += delta / count;
        squares += delta * (number - mean);
        min = Math.min(min, number);
        max = Math.max(max, number);
        return this;
    }

    public StatCounter merge(StatCounter other) {
        if (other.count > 0) {
            long both = count + other.count;
            double delta = other.mean - mean;
            mean = (mean * count + other.mean * other.count) / both;
            squares += other.squares + delta * delta * count * other.count / both;
            count = both;
            min = Math.min(min, other.min);
            max = Math.max(max, other.max);
        }
        return this;
    }

    public long count() {
        return count;
    }

    public double mean() {
        return count == 0 ? Double.NaN : mean;
    }

    public double sum() {
        return count * mean;
    }

    public double min() {
        return min;
    }

    public double max() {
        return max;
    }

    public double variance() {
        return count == 0 ? Double.NaN : squares / count;
    }

    public double stdev() {
        return Math.sqrt(variance());
    }

    public double sampleVariance() {
        return count < 2 ? Double.NaN : squares / (count - 1);
    }

    public double sampleStdev() {
        return Math.sqrt(sampleVariance());
    }

    @Override
    public String toString() {
        return "(count: %d, mean: %f, stdev: %f, max: %f, min: %f)"
                .formatted(count, mean(), stdev(), max, min);
    }
}
