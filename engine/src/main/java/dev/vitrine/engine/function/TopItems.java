package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// approx_top_k: the most frequent values, counted with a bound on how many are kept at a time.
/// Where more would have to be kept all counts are lowered by their median and what falls to zero
/// is let go, as Misra and Gries do; so counts may be too low, never too high.
final class TopItems {
    private static final int DEFAULT_K = 5;
    private static final int DEFAULT_TRACKED = 10_000;
    private static final int MOST_TRACKED = 1_000_000;

    private TopItems() {}

    static List<FunctionEntry> entries() {
        return List.of(
                AggregateFunctions.entry(
                        "approx_top_k(x[, k[, maxItemsTracked]])",
                        "The k most frequent values with how often they occur, about.",
                        TopItems::resolve));
    }

    private static Expr resolve(FunctionCall call) {
        Expr value = call.arity(1, 3).arg(0);
        if (!value.type().isOrderable()
                || value.type().isNested()
                || value.type().hasCollation()
                || value.type() == DataType.BINARY) {
            throw call.unexpected(0, "a number, STRING, BOOLEAN, a date or a time");
        }
        int k = number(call, 1, "k", DEFAULT_K, MOST_TRACKED);
        int tracked = number(call, 2, "maxItemsTracked", DEFAULT_TRACKED, MOST_TRACKED);
        if (k > tracked) {
            throw call.outOfRange("k", "[1, " + tracked + "]", k);
        }
        DataType type =
                new DataType.Array(
                        new DataType.Struct(
                                List.of(
                                        Field.of("item", value.type()),
                                        new Field("count", DataType.BIGINT, false))),
                        false);
        return AggregateFunctions.call(
                new BoxedAggregate(
                                "approx_top_k",
                                site ->
                                        List.of(
                                                new DataType.Array(
                                                        site.argTypes().getFirst(), true),
                                                new DataType.Array(DataType.BIGINT, false)),
                                site -> new Counts(k, tracked))
                        .with(List.of(k, tracked))
                        .neverNull(),
                List.of(value),
                type,
                call);
    }

    private static int number(FunctionCall call, int index, String name, int absent, int most) {
        if (call.size() <= index) {
            return absent;
        }
        Object given = WithinGroup.of(call).constant(name, call.as(index, ArgType.INT));
        if (given instanceof Integer n && n > 0 && n <= most) {
            return n;
        }
        throw call.outOfRange(name, "[1, " + most + "]", given);
    }

    private static final class Counts implements Accumulator {
        private final int k;
        private final int tracked;
        private final Map<Object, Object> items = new LinkedHashMap<>();
        private final Map<Object, Long> counts = new LinkedHashMap<>();

        Counts(int k, int tracked) {
            this.k = k;
            this.tracked = tracked;
        }

        @Override
        public void add(@Nullable Object[] args) {
            if (args[0] != null) {
                take(args[0], 1);
            }
        }

        private void take(Object item, long count) {
            Object key = Objects.requireNonNull(Values.hashKey(item));
            items.putIfAbsent(key, item);
            counts.merge(key, count, Long::sum);
            if (counts.size() > tracked) {
                lower();
            }
        }

        private void lower() {
            List<Long> sorted = counts.values().stream().sorted().toList();
            long median = sorted.get(sorted.size() / 2);
            counts.replaceAll((key, count) -> count - median);
            counts.values().removeIf(count -> count <= 0);
            items.keySet().retainAll(counts.keySet());
        }

        @Override
        public List<@Nullable Object> state() {
            List<@Nullable Object> values = new ArrayList<>();
            List<@Nullable Object> numbers = new ArrayList<>();
            counts.forEach((key, count) -> {
                values.add(items.get(key));
                numbers.add(count);
            });
            return List.of(values, numbers);
        }

        @Override
        public void merge(List<@Nullable Object> state) {
            if (state.get(0) instanceof List<?> values && state.get(1) instanceof List<?> numbers) {
                for (int i = 0; i < values.size(); i++) {
                    take(Objects.requireNonNull(values.get(i)), (Long) numbers.get(i));
                }
            }
        }

        @Override
        public Object result() {
            Comparator<Map.Entry<Object, Long>> most = Map.Entry.comparingByValue();
            return counts.entrySet().stream()
                    .sorted(
                            most.reversed()
                                    .thenComparing(
                                            (a, b) -> Values.compare(a.getKey(), b.getKey())))
                    .limit(k)
                    .map(entry -> List.of(items.get(entry.getKey()), entry.getValue()))
                    .toList();
        }
    }
}
