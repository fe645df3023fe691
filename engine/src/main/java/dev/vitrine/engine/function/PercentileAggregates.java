package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.AggregateFunction;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.NativeAggregate;
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
        DataType one =
                switch (value.type()) {
                    // What lies between two values may need fields that they do not show.
                    case DataType.YearMonthInterval i ->
                            new DataType.YearMonthInterval(
                                    DataType.YearMonthField.YEAR, DataType.YearMonthField.MONTH);
                    case DataType.DayTimeInterval i ->
                            new DataType.DayTimeInterval(
                                    DataType.DayTimeField.DAY, DataType.DayTimeField.SECOND);
                    default -> DataType.DOUBLE;
                };
        Percentile shape = new Percentile(percentages, discrete, descending);
        AggregateFunction function =
                frequency.isPresent()
                        ? new BoxedAggregate(
                                        name,
                                        site ->
                                                List.of(
                                                        new DataType.Array(DataType.DOUBLE, false),
                                                        new DataType.Array(DataType.BIGINT, false)),
                                        site ->
                                                new WeightedNumbers(
                                                        shape, site.argTypes().getFirst()))
                                .with(shape)
                        : words(name, shape::of).with(shape);
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
                throw group.call().outOfRange("accuracy", "(0, 2147483647]", accuracy);
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
        String name = "percentile_approx";
        AggregateFunction function =
                NumberWords.holds(value.type())
                        ? words(name, shape::of).with(shape)
                        : new BoxedAggregate(
                                        name,
                                        site ->
                                                List.of(
                                                        new DataType.Array(
                                                                site.argTypes().getFirst(), false)),
                                        site ->
                                                new ValueList(
                                                        site.argTypes().size(), shape::finish))
                                .with(shape);
        return AggregateFunctions.call(
                function, List.of(value), percentages.type(value.type()), call);
    }

    private static BoxedAggregate words(String name, NumberWords.Finish finish) {
        return new BoxedAggregate(
                        name,
                        site -> List.of(DataType.BINARY),
                        site -> new NumberWords(site.argTypes().getFirst(), finish))
                .compiledAs(NativeAggregate.VALUES, site -> true);
    }

    private record Approximate(WithinGroup.Percentages percentages) {
        @Nullable Object of(NumberWords numbers) {
            int count = numbers.count();
            Function<Double, Object> at =
                    p -> numbers.value(Math.max(0, (int) Math.ceil(p * count) - 1));
            return all(count, at);
        }

        @Nullable Object finish(List<List<@Nullable Object>> columns) {
            List<Object> sorted = new ArrayList<>();
            columns.getFirst().forEach(v -> sorted.add(java.util.Objects.requireNonNull(v)));
            sorted.sort(Values::compare);
            Function<Double, Object> at =
                    p -> sorted.get(Math.max(0, (int) Math.ceil(p * sorted.size()) - 1));
            return all(sorted.size(), at);
        }

        private @Nullable Object all(int count, Function<Double, Object> at) {
            if (count == 0) {
                return null;
            }
            return percentages.array()
                    ? percentages.values().stream().map(at).toList()
                    : at.apply(percentages.values().getFirst());
        }
    }
}
