package dev.vitrine.engine.function;

import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an exact percentile asks of the values in their order.
///
/// @param discrete whether the result is one of the values, else interpolated between two
/// @param descending whether the order is turned round
record Percentile(WithinGroup.Percentages percentages, boolean discrete, boolean descending) {
    /// The values in ascending order, each as often as it counts.
    @FunctionalInterface
    interface Order {
        double at(long index);
    }

    @Nullable Object of(NumberWords numbers) {
        return of(numbers::number, numbers.count(), numbers.type());
    }

    /// @param total how many values there are
    /// @param type of the values
    @Nullable Object of(Order ascending, long total, DataType type) {
        if (total == 0) {
            return null;
        }
        Order order = descending ? index -> ascending.at(total - 1 - index) : ascending;
        List<Object> results = new ArrayList<>();
        for (double percentage : percentages.values()) {
            double value =
                    discrete
                            ? order.at(Math.max(0, (long) Math.ceil(percentage * total) - 1))
                            : continuous(order, total, percentage);
            results.add(typed(value, type));
        }
        return percentages.array() ? results : results.getFirst();
    }

    private static Object typed(double value, DataType type) {
        return switch (type) {
            case DataType.YearMonthInterval i -> (Object) (int) value;
            case DataType.DayTimeInterval i -> (Object) (long) value;
            default -> (Object) value;
        };
    }

    private static double continuous(Order order, long total, double p) {
        double position = (total - 1) * p;
        long below = (long) Math.floor(position);
        double low = order.at(below);
        double high = order.at((long) Math.ceil(position));
        return low == high ? low : (below + 1 - position) * low + (position - below) * high;
    }
}
