package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.AggregateFunctions.aggregate;

import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.expr.AggregateFunction;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Values;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.jspecify.annotations.Nullable;

/// Aggregates whose state grows with the values: lists, sets, percentiles, sketches.
final class CollectingAggregates {
    private static final int SKETCH_LG_K = 12;

    private static final AggregateFunction COLLECT_LIST =
            new BoxedAggregate(
                            "collect_list",
                            site -> List.of(site.type()),
                            site -> new Collected(false, list -> list))
                    .neverNull();
    private static final AggregateFunction COLLECT_SET =
            new BoxedAggregate(
                            "collect_set",
                            site -> List.of(site.type()),
                            site -> new Collected(true, list -> list))
                    .neverNull()
                    .idempotent();
    private static final AggregateFunction MEDIAN =
            new BoxedAggregate(
                    "median",
                    site -> List.of(new DataType.Array(DataType.DOUBLE, false)),
                    site -> new Collected(false, list -> percentile(list, 0.5)));
    private static final AggregateFunction APPROX_COUNT_DISTINCT =
            new BoxedAggregate(
                            "approx_count_distinct",
                            site -> List.of(DataType.BINARY),
                            site -> new Sketched())
                    .neverNull()
                    .idempotent();

    private CollectingAggregates() {}

    static List<FunctionEntry> entries() {
        return List.of(
                aggregate(
                                "collect_list(x)",
                                "An array of the values that are not NULL.",
                                List.of(ArgType.ANY),
                                call -> new DataType.Array(call.type(0), false),
                                COLLECT_LIST)
                        .alsoNamed("array_agg"),
                aggregate(
                        "collect_set(x)",
                        "An array of the different values that are not NULL.",
                        List.of(ArgType.ANY),
                        call -> new DataType.Array(call.type(0), false),
                        COLLECT_SET),
                aggregate(
                        "median(x)",
                        "The middle value.",
                        List.of(ArgType.DOUBLE),
                        call -> DataType.DOUBLE,
                        MEDIAN),
                aggregate(
                        "approx_count_distinct(x)",
                        "Number of different values, estimated within a few percent.",
                        List.of(ArgType.ANY),
                        call -> DataType.BIGINT,
                        APPROX_COUNT_DISTINCT));
    }

    private static @Nullable Object percentile(List<Object> values, double fraction) {
        if (values.isEmpty()) {
            return null;
        }
        List<Object> sorted = new ArrayList<>(values);
        sorted.sort(Values::compare);
        double position = (sorted.size() - 1) * fraction;
        int below = (int) Math.floor(position);
        double low = ((Number) sorted.get(below)).doubleValue();
        double high = ((Number) sorted.get((int) Math.ceil(position))).doubleValue();
        return low == high ? low : low + (high - low) * (position - below);
    }

    /// What becomes of the collected values at the end.
    @FunctionalInterface
    private interface Finish {
        @Nullable Object of(List<Object> values);
    }

    private static final class Collected implements Accumulator {
        private final boolean once;
        private final Finish finish;
        private final List<Object> values = new ArrayList<>();
        private final Map<Object, Object> seen = new LinkedHashMap<>();

        Collected(boolean once, Finish finish) {
            this.once = once;
            this.finish = finish;
        }

        @Override
        public void add(@Nullable Object[] args) {
            take(args[0]);
        }

        private void take(@Nullable Object value) {
            Object key = Values.hashKey(value);
            if (value == null || key == null) {
                return;
            }
            if (!once || seen.putIfAbsent(key, value) == null) {
                values.add(value);
            }
        }

        @Override
        public List<@Nullable Object> state() {
            return List.of(values);
        }

        @Override
        public void merge(List<@Nullable Object> state) {
            if (state.getFirst() instanceof List<?> others) {
                others.forEach(this::take);
            }
        }

        @Override
        public @Nullable Object result() {
            return finish.of(values);
        }
    }

    private static final class Sketched implements Accumulator {
        private HllSketch sketch = new HllSketch(SKETCH_LG_K);

        @Override
        public void add(@Nullable Object[] args) {
            Object key = Values.hashKey(args[0]);
            switch (key) {
                case null -> {}
                case Long n -> sketch.update(n);
                case Integer n -> sketch.update(n);
                case Double d -> sketch.update(d);
                default -> sketch.update(key.toString());
            }
        }

        @Override
        public List<@Nullable Object> state() {
            return List.of(Binary.copyOf(sketch.toCompactByteArray()));
        }

        @Override
        public void merge(List<@Nullable Object> state) {
            if (state.getFirst() instanceof Binary bytes) {
                HllUnion union = new HllUnion(SKETCH_LG_K);
                union.update(sketch);
                union.update(HllSketch.heapify(MemorySegment.ofArray(bytes.toBytes())));
                sketch = union.getResult();
            }
        }

        @Override
        public Object result() {
            return Math.round(sketch.getEstimate());
        }
    }
}
