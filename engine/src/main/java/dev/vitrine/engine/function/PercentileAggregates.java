package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.expr.AggregateFunction;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Values at given shares of a group's order.
final class PercentileAggregates {
    private PercentileAggregates() {}

    static List<FunctionEntry> entries() {
        return List.of(
                AggregateFunctions.entry(
                        "median(x)",
                        "The middle value, or the mean of the two in the middle.",
                        call ->
                                exact(
                                        "median",
                                        WithinGroup.of(call.arity(1, 1)),
                                        call.arg(0),
                                        Optional.empty(),
                                        new WithinGroup.Percentages(List.of(0.5), false),
                                        false,
                                        false)),
                AggregateFunctions.entry(
                        "percentile(x, percentage[, frequency])",
                        "The value at a share of the order, interpolated; for an array of shares an"
                                + " array.",
                        PercentileAggregates::percentile),
                AggregateFunctions.entry(
                        "percentile_cont(percentage) WITHIN GROUP (ORDER BY x)",
                        "The value at a share of the order, interpolated.",
                        call -> inverse("percentile_cont", call, false)),
                AggregateFunctions.entry(
                        "percentile_disc(percentage) WITHIN GROUP (ORDER BY x)",
                        "The first value whose share of the order is at least the one given.",
                        call -> inverse("percentile_disc", call, true)),
                AggregateFunctions.entry(
                                "percentile_approx(x, percentage[, accuracy])",
                                "The smallest value that is not below the given share of the values."
                                        + " Always exact here.",
                                PercentileAggregates::approximate)
                        .alsoNamed("approx_percentile"));
    }

    private static Expr percentile(FunctionCall call) {
        call.arity(2, 3);
        WithinGroup group = WithinGroup.of(call);
        Optional<Expr> frequency =
                call.size() > 2 ? Optional.of(call.as(2, ArgType.INTEGRAL)) : Optional.empty();
        WithinGroup.Percentages percentages = group.percentages(call.arg(1));
        return exact("percentile", group, call.arg(0), frequency, percentages, false, false);
    }

    private static Expr inverse(String name, FunctionCall call, boolean discrete) {
        WithinGroup group = WithinGroup.of(call);
        Expr.SortKey key = group.only();
        group.call().arity(1, 1);
        WithinGroup.Percentages percentages = group.percentages(group.args().getFirst());
        return exact(
                name,
                group,
                key.input(),
                Optional.empty(),
                percentages,
                discrete,
                group.descending());
    }

    private static Expr exact(
            String name,
            WithinGroup group,
            Expr value,
            Optional<Expr> frequency,
            WithinGroup.Percentages percentages,
            boolean discrete,
            boolean descending) {
        boolean interval =
                value.type() instanceof DataType.YearMonthInterval
                        || value.type() instanceof DataType.DayTimeInterval;
        FunctionCall call = group.call();
        Expr arg = interval ? value : call.withArgs(List.of(value)).as(0, ArgType.DOUBLE);
        List<Expr> args = new ArrayList<>(List.of(arg));
        frequency.ifPresent(f -> args.add(CommonTypes.cast(f, DataType.BIGINT, call.mode())));
        DataType one = interval ? value.type() : DataType.DOUBLE;
        Exact shape = new Exact(percentages, discrete, descending);
        AggregateFunction function =
                new BoxedAggregate(
                                name,
                                site ->
                                        List.of(
                                                new DataType.Array(DataType.DOUBLE, false),
                                                new DataType.Array(DataType.BIGINT, false)),
                                site -> new NumberList(shape, site.argTypes().getFirst()))
                        .with(shape);
        return AggregateFunctions.call(function, args, percentages.type(one), call);
    }

    private static Expr approximate(FunctionCall call) {
        call.arity(2, 3);
        WithinGroup group = WithinGroup.of(call);
        if (call.size() > 2) {
            Object accuracy = group.constant("accuracy", call.as(2, ArgType.INTEGRAL));
            if (!(accuracy instanceof Number n)) {
                throw group.unexpectedNull("accuracy");
            }
            if (n.longValue() <= 0 || n.longValue() > Integer.MAX_VALUE) {
                throw group.outOfRange("accuracy", "(0, 2147483647]", accuracy);
            }
        }
        WithinGroup.Percentages percentages = group.percentages(call.arg(1));
        DataType type = call.type(0);
        boolean ordered =
                type.isNumeric()
                        || CommonTypes.isDateTime(type)
                        || type instanceof DataType.YearMonthInterval
                        || type instanceof DataType.DayTimeInterval;
        Expr value = ordered ? call.arg(0) : call.as(0, ArgType.DOUBLE);
        Approximate shape = new Approximate(percentages);
        AggregateFunction function =
                new BoxedAggregate(
                                "percentile_approx",
                                site ->
                                        List.of(
                                                new DataType.Array(
                                                        site.argTypes().getFirst(), false)),
                                site -> new ValueList(site.argTypes().size(), shape::finish))
                        .with(shape);
        return AggregateFunctions.call(
                function, List.of(value), percentages.type(value.type()), call);
    }

    private record Approximate(WithinGroup.Percentages percentages) {
        @Nullable Object finish(List<List<@Nullable Object>> columns) {
            List<Object> sorted = new ArrayList<>();
            columns.getFirst().forEach(v -> sorted.add(java.util.Objects.requireNonNull(v)));
            if (sorted.isEmpty()) {
                return null;
            }
            sorted.sort(Values::compare);
            Function<Double, Object> at =
                    p -> sorted.get(Math.max(0, (int) Math.ceil(p * sorted.size()) - 1));
            return percentages.array()
                    ? percentages.values().stream().map(at).toList()
                    : at.apply(percentages.values().getFirst());
        }
    }

    private record Exact(
            WithinGroup.Percentages percentages, boolean discrete, boolean descending) {}

    /// Numbers, each with how often it counts. Intervals are numbers of months or microseconds.
    private static final class NumberList implements Accumulator {
        private final Exact shape;
        private final DataType type;
        private double[] values = new double[8];
        private long[] weights = new long[0];
        private int size;

        NumberList(Exact shape, DataType type) {
            this.shape = shape;
            this.type = type;
        }

        @Override
        public void add(@Nullable Object[] args) {
            if (!(args[0] instanceof Number value)) {
                return;
            }
            if (args.length == 1) {
                append(value.doubleValue(), 1);
            } else if (args[1] instanceof Long weight) {
                if (weight < 0) {
                    throw NumberOperations.negativeFrequency(weight);
                }
                if (weight > 0) {
                    append(value.doubleValue(), weight);
                }
            }
        }

        private void append(double value, long weight) {
            if (size == values.length) {
                values = java.util.Arrays.copyOf(values, size * 2);
            }
            if (weight != 1 || weights.length > 0) {
                int before = weights.length;
                weights = java.util.Arrays.copyOf(weights, values.length);
                if (before < size) {
                    java.util.Arrays.fill(weights, before, size, 1);
                }
                weights[size] = weight;
            }
            values[size++] = value;
        }

        @Override
        public List<@Nullable Object> state() {
            List<Object> numbers = new ArrayList<>(size);
            List<Object> counts = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                numbers.add(values[i]);
                if (weights.length > 0) {
                    counts.add(weights[i]);
                }
            }
            return List.of(numbers, counts);
        }

        @Override
        public void merge(List<@Nullable Object> state) {
            if (state.get(0) instanceof List<?> numbers && state.get(1) instanceof List<?> counts) {
                for (int i = 0; i < numbers.size(); i++) {
                    append((Double) numbers.get(i), counts.isEmpty() ? 1 : (Long) counts.get(i));
                }
            }
        }

        @Override
        public @Nullable Object result() {
            if (size == 0) {
                return null;
            }
            double[] sorted = values;
            long[] upTo = new long[0];
            long total = size;
            if (weights.length == 0) {
                sorted = java.util.Arrays.copyOf(values, size);
                java.util.Arrays.sort(sorted);
            } else {
                Integer[] order = new Integer[size];
                java.util.Arrays.setAll(order, i -> i);
                java.util.Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
                sorted = new double[size];
                upTo = new long[size];
                total = 0;
                for (int i = 0; i < size; i++) {
                    sorted[i] = values[order[i]];
                    total += weights[order[i]];
                    upTo[i] = total;
                }
            }
            List<Object> results = new ArrayList<>();
            for (double percentage : shape.percentages.values()) {
                double value =
                        shape.discrete
                                ? inOrder(
                                        sorted,
                                        upTo,
                                        total,
                                        Math.max(0, (long) Math.ceil(percentage * total) - 1))
                                : continuous(sorted, upTo, total, percentage);
                results.add(typed(value));
            }
            return shape.percentages.array() ? results : results.getFirst();
        }

        private Object typed(double value) {
            return switch (type) {
                case DataType.YearMonthInterval i -> (Object) (int) value;
                case DataType.DayTimeInterval i -> (Object) (long) value;
                default -> (Object) value;
            };
        }

        private double continuous(double[] sorted, long[] upTo, long total, double p) {
            double position = (total - 1) * p;
            long below = (long) Math.floor(position);
            double low = inOrder(sorted, upTo, total, below);
            double high = inOrder(sorted, upTo, total, (long) Math.ceil(position));
            return low == high ? low : (below + 1 - position) * low + (position - below) * high;
        }

        /// The value at a place of the order that was asked for.
        private double inOrder(double[] sorted, long[] upTo, long total, long index) {
            return at(sorted, upTo, shape.descending ? total - 1 - index : index);
        }

        /// The value at a place of the order when each is there as often as it counts.
        private static double at(double[] sorted, long[] upTo, long index) {
            if (upTo.length == 0) {
                return sorted[(int) index];
            }
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
            return sorted[low];
        }
    }
}
