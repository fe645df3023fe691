package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A histogram of a bounded number of bins, in which the two nearest bins become one where there
/// are too many (Ben-Haim and Tom-Tov, 2010).
final class HistogramAccumulator implements Accumulator {
    private final int limit;
    private final DataType type;
    private final List<Bin> bins = new ArrayList<>();

    private record Bin(double centre, double count) {}

    HistogramAccumulator(int limit, DataType type) {
        this.limit = limit;
        this.type = type;
    }

    @Override
    public void add(@Nullable Object[] args) {
        if (args[0] instanceof Number value) {
            take(value.doubleValue(), 1);
        }
    }

    private void take(double centre, double count) {
        int low = 0;
        int high = bins.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bins.get(middle).centre < centre) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low < bins.size() && bins.get(low).centre == centre) {
            bins.set(low, new Bin(centre, bins.get(low).count + count));
            return;
        }
        bins.add(low, new Bin(centre, count));
        if (bins.size() > limit) {
            mergeNearest();
        }
    }

    private void mergeNearest() {
        int nearest = 0;
        for (int i = 1; i + 1 < bins.size(); i++) {
            if (gap(i) < gap(nearest)) {
                nearest = i;
            }
        }
        Bin left = bins.get(nearest);
        Bin right = bins.remove(nearest + 1);
        double count = left.count + right.count;
        double centre = (left.centre * left.count + right.centre * right.count) / count;
        bins.set(nearest, new Bin(centre, count));
    }

    private double gap(int index) {
        return bins.get(index + 1).centre - bins.get(index).centre;
    }

    @Override
    public List<@Nullable Object> state() {
        return List.of(
                bins.stream().map(Bin::centre).toList(), bins.stream().map(Bin::count).toList());
    }

    @Override
    public void merge(List<@Nullable Object> state) {
        if (state.get(0) instanceof List<?> centres && state.get(1) instanceof List<?> counts) {
            for (int i = 0; i < centres.size(); i++) {
                take((Double) centres.get(i), (Double) counts.get(i));
            }
        }
    }

    @Override
    public @Nullable Object result() {
        return bins.isEmpty()
                ? null
                : bins.stream().map(bin -> List.of(centre(bin.centre), bin.count)).toList();
    }

    private Object centre(double value) {
        return switch (type) {
            case DataType.Simple.TINYINT -> (Object) (byte) value;
            case DataType.Simple.SMALLINT -> (Object) (short) value;
            case DataType.Simple.INT, DataType.Simple.DATE -> (Object) (int) value;
            case DataType.YearMonthInterval i -> (Object) (int) value;
            case DataType.Simple.FLOAT -> (Object) (float) value;
            case DataType.Simple.DOUBLE -> (Object) value;
            case DataType.Decimal(int precision, int scale) ->
                    BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_UP);
            default -> (Object) (long) value;
        };
    }
}
