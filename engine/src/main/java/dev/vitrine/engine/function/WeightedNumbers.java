package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Numbers, each with how often it counts. Intervals are numbers of months or microseconds.
final class WeightedNumbers implements Accumulator {
    private final Percentile shape;
    private final DataType type;
    private double[] values = new double[8];
    private long[] weights = new long[8];
    private int size;

    WeightedNumbers(Percentile shape, DataType type) {
        this.shape = shape;
        this.type = type;
    }

    @Override
    public void add(@Nullable Object[] args) {
        if (!(args[0] instanceof Number value && args[1] instanceof Long weight)) {
            return;
        }
        if (weight < 0) {
            throw NumberOperations.negativeFrequency(weight);
        }
        if (weight > 0) {
            append(value.doubleValue(), weight);
        }
    }

    private void append(double value, long weight) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
            weights = Arrays.copyOf(weights, size * 2);
        }
        weights[size] = weight;
        values[size++] = value;
    }

    @Override
    public List<@Nullable Object> state() {
        List<Object> numbers = new ArrayList<>(size);
        List<Object> counts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            numbers.add(values[i]);
            counts.add(weights[i]);
        }
        return List.of(numbers, counts);
    }

    @Override
    public void merge(List<@Nullable Object> state) {
        if (state.get(0) instanceof List<?> numbers && state.get(1) instanceof List<?> counts) {
            for (int i = 0; i < numbers.size(); i++) {
                append((Double) numbers.get(i), (Long) counts.get(i));
            }
        }
    }

    @Override
    public @Nullable Object result() {
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
        long[] upTo = new long[size];
        long total = 0;
        for (int i = 0; i < size; i++) {
            total += weights[order[i]];
            upTo[i] = total;
        }
        return shape.of(index -> values[order[place(upTo, index)]], total, type);
    }

    /// The first number up to which more than `index` count.
    private static int place(long[] upTo, long index) {
        int low = 0;
        int high = upTo.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (upTo[middle] > index) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
