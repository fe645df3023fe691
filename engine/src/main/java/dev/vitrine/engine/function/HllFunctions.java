package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;

/// Estimates of how many values differ, kept as HyperLogLog sketches of Apache DataSketches.
final class HllFunctions {
    private static final String G = "sketch";
    private static final int DEFAULT_LG_K = 12;
    private static final int MIN_LG_K = 4;
    private static final int MAX_LG_K = 21;

    /// What sketches count.
    static final ArgType COUNTED =
            new ArgType.Family(
                    "INT\" or \"BIGINT\" or \"STRING\" or \"BINARY",
                    type ->
                            type == DataType.INT
                                    || type == DataType.BIGINT
                                    || type.isText()
                                    || type == DataType.BINARY,
                    Optional.of(DataType.BINARY));

    private HllFunctions() {}

    static List<FunctionEntry> entries() {
        return List.of(
                AggregateFunctions.entry(
                        "hll_sketch_agg(x[, lgConfigK])",
                        "A HyperLogLog sketch of the values that are not NULL.",
                        HllFunctions::sketched),
                AggregateFunctions.entry(
                        "hll_union_agg(sketch[, allowDifferentLgConfigK])",
                        "The HyperLogLog sketch of all that sketches have counted.",
                        HllFunctions::united),
                define(
                                G,
                                "hll_sketch_estimate(sketch)",
                                "How many different values a HyperLogLog sketch has counted.",
                                "",
                                "")
                        .takes(ArgType.BINARY)
                        .returns(DataType.BIGINT)
                        .fails()
                        .computedBy((a, s) ->
                                Math.round(read(a[0], "hll_sketch_estimate").getEstimate())),
                define(
                                G,
                                "hll_union(a, b[, allowDifferentLgConfigK])",
                                "The HyperLogLog sketch of all that two have counted.",
                                "",
                                "")
                        .takes(ArgType.BINARY, ArgType.BINARY)
                        .maybe(ArgType.BOOLEAN)
                        .returns(DataType.BINARY)
                        .fails()
                        .computedBy((a, s) -> {
                            boolean any = a.length > 2 && Boolean.TRUE.equals(a[2]);
                            Union union = new Union("hll_union", any);
                            union.take(read(a[0], "hll_union"));
                            union.take(read(a[1], "hll_union"));
                            return Binary.copyOf(union.bytes());
                        }));
    }

    private static HllSketch read(@Nullable Object bytes, String function) {
        return SketchAccumulator.sketchOf(
                bytes,
                function,
                ErrorCode.HLL_INVALID_INPUT_SKETCH_BUFFER,
                "function",
                HllSketch::heapify);
    }

    private static Expr sketched(FunctionCall call) {
        Expr value = call.arity(1, 2).as(0, COUNTED);
        int lgK = DEFAULT_LG_K;
        if (call.size() > 1) {
            Object given = WithinGroup.of(call).constant("lgConfigK", call.as(1, ArgType.INT));
            if (!(given instanceof Integer n) || n < MIN_LG_K || n > MAX_LG_K) {
                throw new EngineException(
                        ErrorCode.HLL_INVALID_LG_K,
                        Map.of(
                                "function",
                                "`" + call.name() + "`",
                                "min",
                                MIN_LG_K,
                                "max",
                                MAX_LG_K,
                                "value",
                                String.valueOf(given)),
                        call.where());
            }
            lgK = n;
        }
        int size = lgK;
        return SketchAccumulator.call(
                call, "hll_sketch_agg", value, size, () -> new Counting(size));
    }

    private static Expr united(FunctionCall call) {
        Expr value = call.arity(1, 2).as(0, ArgType.BINARY);
        boolean any =
                call.size() > 1
                        && Boolean.TRUE.equals(
                                WithinGroup.of(call)
                                        .constant(
                                                "allowDifferentLgConfigK",
                                                call.as(1, ArgType.BOOLEAN)));
        return SketchAccumulator.call(
                call, "hll_union_agg", value, any, () -> new Union("hll_union_agg", any));
    }

    private static final class Counting extends SketchAccumulator {
        private final int lgK;
        private HllSketch sketch;

        Counting(int lgK) {
            this.lgK = lgK;
            this.sketch = new HllSketch(lgK, TgtHllType.HLL_8);
        }

        @Override
        public void add(@Nullable Object[] args) {
            switch (args[0]) {
                case null -> {}
                case Integer n -> sketch.update(n.longValue());
                case Long n -> sketch.update(n);
                case Object value -> sketch.update(content(value));
            }
        }

        @Override
        byte[] bytes() {
            return sketch.toUpdatableByteArray();
        }

        @Override
        void merge(byte[] other) {
            HllUnion union = new HllUnion(lgK);
            union.update(sketch);
            union.update(HllSketch.heapify(other));
            sketch = union.getResult(TgtHllType.HLL_8);
        }
    }

    /// Sketches put together, all of one size unless any may come.
    private static final class Union extends SketchAccumulator {
        private final String function;
        private final boolean anySize;
        private Optional<HllUnion> union = Optional.empty();

        Union(String function, boolean anySize) {
            this.function = function;
            this.anySize = anySize;
        }

        @Override
        public void add(@Nullable Object[] args) {
            if (args[0] != null) {
                take(read(args[0], function));
            }
        }

        void take(HllSketch sketch) {
            if (union.isEmpty()) {
                union = Optional.of(new HllUnion(sketch.getLgConfigK()));
            }
            HllUnion all = union.get();
            if (!anySize && all.getLgConfigK() != sketch.getLgConfigK()) {
                throw new EngineException(
                        ErrorCode.HLL_UNION_DIFFERENT_LG_K,
                        Map.of(
                                "left", all.getLgConfigK(),
                                "right", sketch.getLgConfigK(),
                                "function", "`" + function + "`"));
            }
            if (anySize && sketch.getLgConfigK() < all.getLgConfigK()) {
                HllUnion smaller = new HllUnion(sketch.getLgConfigK());
                smaller.update(all.getResult(TgtHllType.HLL_8));
                all = smaller;
                union = Optional.of(smaller);
            }
            all.update(sketch);
        }

        @Override
        byte[] bytes() {
            return union.orElseGet(() -> new HllUnion(DEFAULT_LG_K))
                    .getResult(TgtHllType.HLL_8)
                    .toUpdatableByteArray();
        }

        @Override
        void merge(byte[] other) {
            HllSketch sketch = HllSketch.heapify(other);
            if (!sketch.isEmpty()) {
                take(sketch);
            }
        }
    }
}
