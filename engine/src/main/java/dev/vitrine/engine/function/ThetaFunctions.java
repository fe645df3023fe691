package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.datasketches.theta.CompactThetaSketch;
import org.apache.datasketches.theta.ThetaIntersection;
import org.apache.datasketches.theta.ThetaSetOperation;
import org.apache.datasketches.theta.ThetaSketch;
import org.apache.datasketches.theta.ThetaUnion;
import org.apache.datasketches.theta.UpdatableThetaSketch;
import org.jspecify.annotations.Nullable;

/// Estimates of how many values differ, kept as Theta sketches of Apache DataSketches, of which
/// unions, intersections and differences can be taken.
final class ThetaFunctions {
    private static final String G = "sketch";
    private static final int DEFAULT_LG = 12;
    private static final int MIN_LG = 4;
    private static final int MAX_LG = 26;

    private static final ArgType COUNTED =
            new ArgType.Family(
                    "ARRAY<INT>\" or \"ARRAY<BIGINT>\" or \"BINARY\" or \"DOUBLE\" or \"FLOAT\" or"
                            + " \"INT\" or \"BIGINT\" or \"STRING",
                    type ->
                            type == DataType.INT
                                    || type == DataType.BIGINT
                                    || type == DataType.FLOAT
                                    || type == DataType.DOUBLE
                                    || type.isText()
                                    || type == DataType.BINARY
                                    || type instanceof DataType.Array(var e, var n)
                                            && (e == DataType.INT || e == DataType.BIGINT),
                    Optional.of(DataType.BINARY));

    private ThetaFunctions() {}

    static List<FunctionEntry> entries() {
        return List.of(
                aggregate(
                        "theta_sketch_agg(x[, lgNomEntries])",
                        "A Theta sketch of the values that are not NULL.",
                        COUNTED,
                        Counting::new),
                aggregate(
                        "theta_union_agg(sketch[, lgNomEntries])",
                        "The Theta sketch of what any of the sketches has counted.",
                        ArgType.BINARY,
                        Union::new),
                aggregate(
                        "theta_intersection_agg(sketch)",
                        "The Theta sketch of what all of the sketches have counted.",
                        ArgType.BINARY,
                        lg -> new Intersection()),
                define(
                                G,
                                "theta_sketch_estimate(sketch)",
                                "How many different values a Theta sketch has counted.",
                                "",
                                "")
                        .takes(ArgType.BINARY)
                        .returns(DataType.BIGINT)
                        .fails()
                        .computedBy((a, s) ->
                                Math.round(read(a[0], "theta_sketch_estimate").getEstimate())),
                define(
                                G,
                                "theta_union(a, b[, lgNomEntries])",
                                "The Theta sketch of what either of two has counted.",
                                "",
                                "")
                        .takes(ArgType.BINARY, ArgType.BINARY)
                        .maybe(ArgType.INT)
                        .returns(DataType.BINARY)
                        .fails()
                        .computedBy((a, s) -> {
                            int lg = a.length > 2 ? checked("theta_union", a[2]) : DEFAULT_LG;
                            ThetaUnion union = union(lg);
                            union.union(read(a[0], "theta_union"));
                            union.union(read(a[1], "theta_union"));
                            return Binary.copyOf(union.getResult().toByteArray());
                        }),
                define(
                                G,
                                "theta_intersection(a, b)",
                                "The Theta sketch of what both have counted.",
                                "",
                                "")
                        .takes(ArgType.BINARY, ArgType.BINARY)
                        .returns(DataType.BINARY)
                        .fails()
                        .computedBy((a, s) -> {
                            ThetaIntersection both =
                                    ThetaSetOperation.builder().buildIntersection();
                            both.intersect(read(a[0], "theta_intersection"));
                            both.intersect(read(a[1], "theta_intersection"));
                            return Binary.copyOf(both.getResult().toByteArray());
                        }),
                define(
                                G,
                                "theta_difference(a, b)",
                                "The Theta sketch of what a has counted and b has not.",
                                "",
                                "")
                        .takes(ArgType.BINARY, ArgType.BINARY)
                        .returns(DataType.BINARY)
                        .fails()
                        .computedBy((a, s) ->
                                Binary.copyOf(
                                        ThetaSetOperation.builder()
                                                .buildANotB()
                                                .aNotB(
                                                        read(a[0], "theta_difference"),
                                                        read(a[1], "theta_difference"))
                                                .toByteArray())));
    }

    private static ThetaSketch read(@Nullable Object bytes, String function) {
        return SketchAccumulator.sketchOf(
                bytes,
                function,
                ErrorCode.THETA_INVALID_INPUT_SKETCH_BUFFER,
                "function",
                sketch -> ThetaSketch.heapify(MemorySegment.ofArray(sketch)));
    }

    private static ThetaUnion union(int lg) {
        return ThetaSetOperation.builder().setLogNominalEntries(lg).buildUnion();
    }

    private static int checked(String function, @Nullable Object lg) {
        if (lg instanceof Integer n && n >= MIN_LG && n <= MAX_LG) {
            return n;
        }
        throw new EngineException(
                ErrorCode.THETA_INVALID_LG_NOM_ENTRIES,
                Map.of(
                        "function",
                        "`" + function + "`",
                        "min",
                        MIN_LG,
                        "max",
                        MAX_LG,
                        "value",
                        String.valueOf(lg)));
    }

    private static FunctionEntry aggregate(
            String signature,
            String doc,
            ArgType type,
            java.util.function.IntFunction<SketchAccumulator> accumulator) {
        String name = signature.substring(0, signature.indexOf('('));
        int most = signature.contains("[") ? 2 : 1;
        return AggregateFunctions.entry(
                signature,
                doc,
                call -> {
                    Expr value = call.arity(1, most).as(0, type);
                    int lg =
                            call.size() > 1
                                    ? checked(
                                            name,
                                            WithinGroup.of(call)
                                                    .constant(
                                                            "lgNomEntries",
                                                            call.as(1, ArgType.INT)))
                                    : DEFAULT_LG;
                    return SketchAccumulator.call(
                            call, name, value, lg, () -> accumulator.apply(lg));
                });
    }

    private static final class Counting extends SketchAccumulator {
        private final int lg;
        private final UpdatableThetaSketch own;
        private Optional<ThetaUnion> all = Optional.empty();

        Counting(int lg) {
            this.lg = lg;
            this.own = UpdatableThetaSketch.builder().setLogNominalEntries(lg).build();
        }

        @Override
        public void add(@Nullable Object[] args) {
            switch (args[0]) {
                case null -> {}
                case Integer n -> own.update(n.longValue());
                case Long n -> own.update(n);
                case Float f -> own.update(f.doubleValue());
                case Double d -> own.update(d);
                case List<?> list ->
                        own.update(
                                list.stream()
                                        .mapToLong(v -> v instanceof Number n ? n.longValue() : 0)
                                        .toArray());
                case Object value -> own.update(content(value));
            }
        }

        @Override
        byte[] bytes() {
            if (all.isEmpty()) {
                return own.compact().toByteArray();
            }
            ThetaUnion union = union(lg);
            union.union(own);
            union.union(all.get().getResult());
            return union.getResult().toByteArray();
        }

        @Override
        void merge(byte[] other) {
            if (all.isEmpty()) {
                all = Optional.of(union(lg));
            }
            all.get().union(ThetaSketch.heapify(MemorySegment.ofArray(other)));
        }
    }

    private static final class Union extends SketchAccumulator {
        private final ThetaUnion union;

        Union(int lg) {
            this.union = union(lg);
        }

        @Override
        public void add(@Nullable Object[] args) {
            if (args[0] != null) {
                union.union(read(args[0], "theta_union_agg"));
            }
        }

        @Override
        byte[] bytes() {
            return union.getResult().toByteArray();
        }

        @Override
        void merge(byte[] other) {
            union.union(ThetaSketch.heapify(MemorySegment.ofArray(other)));
        }
    }

    /// Until there is a sketch the state is empty, which stands for all there is.
    private static final class Intersection extends SketchAccumulator {
        private Optional<CompactThetaSketch> all = Optional.empty();

        @Override
        public void add(@Nullable Object[] args) {
            if (args[0] != null) {
                take(read(args[0], "theta_intersection_agg"));
            }
        }

        private void take(ThetaSketch sketch) {
            ThetaIntersection both = ThetaSetOperation.builder().buildIntersection();
            all.ifPresent(both::intersect);
            both.intersect(sketch);
            all = Optional.of(both.getResult());
        }

        @Override
        byte[] bytes() {
            return all.map(ThetaSketch::toByteArray).orElseGet(() -> new byte[0]);
        }

        @Override
        void merge(byte[] other) {
            if (other.length > 0) {
                take(ThetaSketch.heapify(MemorySegment.ofArray(other)));
            }
        }

        @Override
        public Object result() {
            return all.isPresent()
                    ? Binary.copyOf(bytes())
                    : Binary.copyOf(UpdatableThetaSketch.builder().build().compact().toByteArray());
        }
    }
}
