package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.AggregateFunction;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.SortDirection;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Aggregates that keep all values and look at their order or number: mode, listagg, histograms.
final class OrderedAggregates {
    private OrderedAggregates() {}

    static List<FunctionEntry> entries() {
        return List.of(
                AggregateFunctions.entry(
                        "mode(x[, deterministic])",
                        "The most frequent value; the smallest of several, or with"
                                + " mode() WITHIN GROUP (ORDER BY x) the first of them.",
                        OrderedAggregates::mode),
                AggregateFunctions.entry(
                                "listagg(x[, delimiter]) [WITHIN GROUP (ORDER BY key, …)]",
                                "The values that are not NULL, one after another, as one text.",
                                OrderedAggregates::list)
                        .alsoNamed("string_agg"),
                AggregateFunctions.entry(
                        "histogram_numeric(x, bins)",
                        "At most so many centres and counts that stand for all values.",
                        OrderedAggregates::histogram));
    }

    private static List<DataType> lists(List<DataType> types) {
        return types.stream().map(t -> (DataType) new DataType.Array(t, true)).toList();
    }

    private static AggregateFunction collecting(
            String name, Object constants, ValueList.Finish finish) {
        return new BoxedAggregate(
                        name,
                        site -> lists(site.argTypes()),
                        site -> new ValueList(site.argTypes().size(), finish))
                .with(constants);
    }

    private static Expr mode(FunctionCall call) {
        WithinGroup group = WithinGroup.of(call);
        boolean descending = group.descending();
        Expr value;
        if (group.args().isEmpty()) {
            value = group.only().input();
        } else {
            group.call().arity(1, 2);
            if (call.distinct()) {
                throw group.error(
                        ErrorCode.INVALID_WITHIN_GROUP_EXPRESSION__DISTINCT_UNSUPPORTED, 0);
            }
            if (group.isThere()) {
                throw group.error(
                        ErrorCode.INVALID_WITHIN_GROUP_EXPRESSION__WRONG_NUM_ORDERINGS, 0);
            }
            value = group.args().getFirst();
            if (group.args().size() > 1) {
                if (group.args().get(1).type() != DataType.BOOLEAN) {
                    throw call.unexpected(1, "BOOLEAN");
                }
                if (!(group.args().get(1) instanceof Expr.Literal)) {
                    throw new EngineException(
                            ErrorCode.NON_FOLDABLE_ARGUMENT,
                            Map.of(
                                    "funcName", "`" + call.name() + "`",
                                    "paramName", "`deterministic`",
                                    "paramType", "\"BOOLEAN\""),
                            call.where());
                }
                if (group.constant("deterministic", group.args().get(1)) == null) {
                    throw group.unexpectedNull("deterministic");
                }
            }
        }
        return AggregateFunctions.call(
                collecting("mode", descending, columns -> mostFrequent(columns, descending)),
                List.of(value),
                value.type(),
                call);
    }

    private static @Nullable Object mostFrequent(
            List<List<@Nullable Object>> columns, boolean descending) {
        Map<Object, Long> counts = new LinkedHashMap<>();
        Map<Object, Object> values = new LinkedHashMap<>();
        for (Object value : columns.getFirst()) {
            Object key = Objects.requireNonNull(Values.hashKey(value));
            counts.merge(key, 1L, Long::sum);
            values.putIfAbsent(key, Objects.requireNonNull(value));
        }
        Object best = null;
        long most = 0;
        for (Map.Entry<Object, Long> entry : counts.entrySet()) {
            Object value = Objects.requireNonNull(values.get(entry.getKey()));
            boolean first = best == null || entry.getValue() > most;
            if (!first && entry.getValue() == most && !(value instanceof Map)) {
                int order = Values.compare(value, Objects.requireNonNull(best));
                first = descending ? order > 0 : order < 0;
            }
            if (first) {
                best = value;
                most = entry.getValue();
            }
        }
        return best;
    }

    /// @param keys direction and place of NULLs of each key
    private record ListShape(String delimiter, boolean binary, List<KeyOrder> keys) {}

    private record KeyOrder(boolean descending, boolean nullsFirst) {}

    private static Expr list(FunctionCall call) {
        WithinGroup group = WithinGroup.of(call);
        FunctionCall plain = group.call().arity(1, 2);
        DataType given = plain.type(0);
        if (given != DataType.BINARY && !CommonTypes.implicitly(given, DataType.STRING, false)) {
            throw plain.unexpected(0, "STRING or BINARY");
        }
        Expr value = given == DataType.BINARY ? plain.arg(0) : plain.as(0, ArgType.STRING);
        String delimiter = "";
        if (plain.size() > 1) {
            boolean fits =
                    plain.type(1) == DataType.NULL
                            || plain.type(1)
                                    .withoutCollations()
                                    .equals(value.type().withoutCollations());
            if (!fits) {
                throw plain.unexpected(1, value.type().sql());
            }
            Object constant = group.constant("delimiter", plain.arg(1));
            delimiter =
                    switch (constant) {
                        case null -> "";
                        case Binary b ->
                                new String(
                                        b.toBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
                        default -> constant.toString();
                    };
        }
        List<Expr> args = new ArrayList<>(List.of(value));
        List<KeyOrder> orders = new ArrayList<>();
        for (Expr.SortKey key : group.keys()) {
            boolean sameInput = group.keys().size() == 1 && key.input().equals(plain.arg(0));
            if (call.distinct() && !sameInput) {
                throw group.error(
                        ErrorCode.INVALID_WITHIN_GROUP_EXPRESSION__MISMATCH_WITH_DISTINCT_INPUT, 1);
            }
            // Equal texts of a collation are told apart by nothing but their own order.
            if (!call.distinct() || key.input().type().hasCollation()) {
                args.add(key.input());
            }
            orders.add(new KeyOrder(key.direction() == SortDirection.DESCENDING, key.nullsFirst()));
        }
        ListShape shape = new ListShape(delimiter, value.type() == DataType.BINARY, orders);
        return AggregateFunctions.call(
                collecting("listagg", shape, columns -> joined(columns, shape)),
                args,
                value.type(),
                call);
    }

    private static @Nullable Object joined(List<List<@Nullable Object>> columns, ListShape shape) {
        List<@Nullable Object> values = columns.getFirst();
        if (values.isEmpty()) {
            return null;
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            order.add(i);
        }
        if (!shape.keys.isEmpty()) {
            order.sort(comparator(columns, shape));
        }
        if (!shape.binary) {
            return order.stream()
                    .map(i -> String.valueOf(values.get(i)))
                    .collect(Collectors.joining(shape.delimiter));
        }
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        boolean first = true;
        for (int i : order) {
            if (!first) {
                bytes.writeBytes(
                        shape.delimiter.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            }
            bytes.writeBytes(((Binary) Objects.requireNonNull(values.get(i))).toBytes());
            first = false;
        }
        return Binary.copyOf(bytes.toByteArray());
    }

    /// Of row numbers by the keys, which are the columns behind the first, or the first itself.
    private static Comparator<Integer> comparator(
            List<List<@Nullable Object>> columns, ListShape shape) {
        return (a, b) -> {
            for (int k = 0; k < shape.keys.size(); k++) {
                KeyOrder key = shape.keys.get(k);
                List<@Nullable Object> column = columns.get(columns.size() == 1 ? 0 : k + 1);
                Object left = column.get(a);
                Object right = column.get(b);
                int order;
                if (left == null || right == null) {
                    order = left == right ? 0 : (left == null) == key.nullsFirst ? -1 : 1;
                } else {
                    order = Values.compare(left, right);
                    order = key.descending ? -order : order;
                }
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    private static Expr histogram(FunctionCall call) {
        WithinGroup group = WithinGroup.of(call.arity(2, 2));
        DataType type = call.type(0);
        boolean ordered =
                type.isNumeric()
                        || CommonTypes.isDateTime(type)
                        || type instanceof DataType.YearMonthInterval
                        || type instanceof DataType.DayTimeInterval;
        Expr value = ordered ? call.arg(0) : call.as(0, ArgType.DOUBLE);
        Object bins = group.constant("nb", call.as(1, ArgType.INT));
        if (!(bins instanceof Integer count)) {
            throw group.unexpectedNull("nb");
        }
        if (count < 2) {
            throw group.call().outOfRange("nb", "[2, 2147483647]", count);
        }
        DataType result =
                new DataType.Array(
                        new DataType.Struct(
                                List.of(
                                        new Field("x", value.type(), true),
                                        new Field("y", DataType.DOUBLE, true))),
                        true);
        AggregateFunction function =
                new BoxedAggregate(
                                "histogram_numeric",
                                site ->
                                        Collections.nCopies(
                                                2, new DataType.Array(DataType.DOUBLE, false)),
                                site -> new HistogramAccumulator(count, site.argTypes().getFirst()))
                        .with(Optional.of(count));
        return AggregateFunctions.call(function, List.of(value), result, call);
    }
}
