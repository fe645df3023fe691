package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.AggregateFunctions.aggregate;

import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.expr.AggregateFunction;
import dev.vitrine.engine.expr.Expr;
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

/// Aggregates whose state grows with the values: lists, sets, sketches.
final class CollectingAggregates {
    private static final int SKETCH_LG_K = 12;

    private static final AggregateFunction COLLECT_LIST =
            new BoxedAggregate(
                            "collect_list",
                            site -> List.of(site.type()),
                            site -> new Collected(false, List::copyOf))
                    .neverNull();
    private static final AggregateFunction COLLECT_SET =
            new BoxedAggregate(
                            "collect_set",
                            site -> List.of(site.type()),
                            site -> new Collected(true, List::copyOf))
                    .neverNull()
                    .idempotent();
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
                        CollectingAggregates::setType,
                        COLLECT_SET),
                AggregateFunctions.entry(
                        "approx_count_distinct(x[, relativeSD])",
                        "Number of different values, estimated within a few percent.",
                        CollectingAggregates::approximateCount));
    }

    /// Equal texts of a collation differ, and none of them stands for all.
    private static DataType setType(FunctionCall call) {
        if (call.type(0).hasCollation()) {
            throw call.unexpected(0, "a type without collations");
        }
        return new DataType.Array(call.type(0), false);
    }

    private static Expr approximateCount(FunctionCall call) {
        call.arity(1, 2);
        if (call.size() > 1) {
            // The sketch is more exact than any error that may be asked for.
            WithinGroup.of(call).constant("relativeSD", call.as(1, ArgType.DOUBLE));
        }
        return AggregateFunctions.call(
                APPROX_COUNT_DISTINCT, List.of(call.arg(0)), DataType.BIGINT, call);
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
