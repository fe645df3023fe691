package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.kll.KllFloatsSketch;
import org.apache.datasketches.kll.KllLongsSketch;
import org.apache.datasketches.kll.KllSketch;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.jspecify.annotations.Nullable;

/// Quantiles and ranks of many numbers, estimated by the KLL sketches of Apache DataSketches.
final class KllFunctions {
    private static final String G = "sketch";
    private static final int DEFAULT_K = 200;
    private static final int MIN_K = 8;
    private static final int MAX_K = 65_535;

    private KllFunctions() {}

    /// What a sketch holds.
    private enum Kind {
        BIGINT,
        FLOAT,
        DOUBLE;

        DataType type() {
            return switch (this) {
                case BIGINT -> DataType.BIGINT;
                case FLOAT -> DataType.FLOAT;
                case DOUBLE -> DataType.DOUBLE;
            };
        }

        String name(String stem) {
            return stem + "_" + name().toLowerCase(java.util.Locale.ROOT);
        }

        KllSketch fresh(int k) {
            return switch (this) {
                case BIGINT -> KllLongsSketch.newHeapInstance(k);
                case FLOAT -> KllFloatsSketch.newHeapInstance(k);
                case DOUBLE -> KllDoublesSketch.newHeapInstance(k);
            };
        }

        KllSketch heapify(byte[] bytes) {
            MemorySegment memory = MemorySegment.ofArray(bytes);
            return switch (this) {
                case BIGINT -> KllLongsSketch.heapify(memory);
                case FLOAT -> KllFloatsSketch.heapify(memory);
                case DOUBLE -> KllDoublesSketch.heapify(memory);
            };
        }

        KllSketch read(@Nullable Object value, String function) {
            return SketchAccumulator.sketchOf(
                    value,
                    function,
                    ErrorCode.KLL_INVALID_INPUT_SKETCH_BUFFER,
                    "functionName",
                    this::heapify);
        }
    }

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            all.addAll(aggregates(kind));
            all.addAll(ofOne(kind));
            all.add(merge(kind));
        }
        return all;
    }

    private static List<FunctionEntry> aggregates(Kind kind) {
        ArgType numbers =
                switch (kind) {
                    case BIGINT -> ArgType.INTEGRAL;
                    case FLOAT -> new ArgType.Exact(DataType.FLOAT);
                    case DOUBLE -> ArgType.DOUBLE;
                };
        String sketch = kind.name("kll_sketch_agg");
        String merge = kind.name("kll_merge_agg");
        return List.of(
                AggregateFunctions.entry(
                        sketch + "(x[, k])",
                        "A KLL sketch of the numbers that are not NULL.",
                        call ->
                                aggregate(
                                        call,
                                        sketch,
                                        CommonTypes.cast(
                                                call.arity(1, 2).as(0, numbers),
                                                kind.type(),
                                                call.mode()),
                                        kind)),
                AggregateFunctions.entry(
                        merge + "(sketch[, k])",
                        "The KLL sketch of all numbers in sketches.",
                        call ->
                                aggregate(
                                        call,
                                        merge,
                                        call.arity(1, 2).as(0, ArgType.BINARY),
                                        kind)));
    }

    private static Expr aggregate(FunctionCall call, String name, Expr value, Kind kind) {
        int k = DEFAULT_K;
        if (call.size() > 1) {
            Object given = WithinGroup.of(call).constant("k", call.as(1, ArgType.INT));
            if (!(given instanceof Integer n) || n < MIN_K || n > MAX_K) {
                throw new EngineException(
                        ErrorCode.KLL_SKETCH_K_OUT_OF_RANGE,
                        Map.of("functionName", "`" + name + "`", "k", String.valueOf(given)),
                        call.where());
            }
            k = n;
        }
        int size = k;
        return SketchAccumulator.call(call, name, value, size, () -> new Numbers(kind, name, size));
    }

    private static List<FunctionEntry> ofOne(Kind kind) {
        String n = kind.name("kll_sketch_get_n");
        String text = kind.name("kll_sketch_to_string");
        String quantile = kind.name("kll_sketch_get_quantile");
        String rank = kind.name("kll_sketch_get_rank");
        return List.of(
                define(G, n + "(sketch)", "How many numbers a KLL sketch has seen.", "", "")
                        .takes(ArgType.BINARY)
                        .returns(DataType.BIGINT)
                        .fails()
                        .computedBy((a, s) -> kind.read(a[0], n).getN()),
                define(G, text + "(sketch)", "A description of a KLL sketch.", "", "")
                        .takes(ArgType.BINARY)
                        .returns(DataType.STRING)
                        .fails()
                        .computedBy((a, s) -> kind.read(a[0], text).toString(false, false)),
                measure(
                        quantile,
                        "(sketch, rank)",
                        "The number below which a share of all lies, or an array of them.",
                        kind.type(),
                        DataType.DOUBLE,
                        (a, s) ->
                                each(
                                        a[1],
                                        value ->
                                                quantile(
                                                        kind.read(a[0], quantile),
                                                        quantile,
                                                        ((Number) value).doubleValue()))),
                measure(
                        rank,
                        "(sketch, number)",
                        "The share of all numbers up to a number, or an array of them.",
                        DataType.DOUBLE,
                        kind.type(),
                        (a, s) ->
                                each(a[1], value -> rank(kind.read(a[0], rank), (Number) value))));
    }

    /// A function of a sketch and one number, or an array of them.
    private static FunctionEntry measure(
            String name,
            String arguments,
            String doc,
            DataType result,
            DataType argument,
            ScalarDefinition.Body body) {
        return define(G, name + arguments, doc, "", "")
                .takes(ArgType.BINARY, ArgType.ANY)
                .prepared(call -> {
                    boolean many = call.type(1) instanceof DataType.Array;
                    DataType wanted = many ? new DataType.Array(argument, true) : argument;
                    return call.withArg(1, call.as(1, new ArgType.Exact(wanted)));
                })
                .returns(call ->
                        call.type(1) instanceof DataType.Array
                                ? new DataType.Array(result, true)
                                : result)
                .nullable()
                .fails()
                .computedBy(body);
    }

    private static @Nullable Object each(
            @Nullable Object value, Function<Object, @Nullable Object> of) {
        if (!(value instanceof List<?> list)) {
            return of.apply(Objects.requireNonNull(value));
        }
        List<@Nullable Object> results = new ArrayList<>();
        list.forEach(item -> results.add(item == null ? null : of.apply(item)));
        return results;
    }

    private static @Nullable Object quantile(KllSketch sketch, String function, double rank) {
        if (!(rank >= 0 && rank <= 1)) {
            throw new EngineException(
                    ErrorCode.KLL_SKETCH_INVALID_QUANTILE_RANGE,
                    Map.of("functionName", "`" + function + "`", "quantile", rank));
        }
        if (sketch.isEmpty()) {
            return null;
        }
        QuantileSearchCriteria inclusive = QuantileSearchCriteria.INCLUSIVE;
        return switch (sketch) {
            case KllLongsSketch longs -> (Object) longs.getQuantile(rank, inclusive);
            case KllFloatsSketch floats -> (Object) floats.getQuantile(rank, inclusive);
            case KllDoublesSketch doubles -> (Object) doubles.getQuantile(rank, inclusive);
            default -> throw EngineException.internal("a KLL sketch of another kind");
        };
    }

    private static @Nullable Object rank(KllSketch sketch, Number number) {
        if (sketch.isEmpty()) {
            return null;
        }
        QuantileSearchCriteria inclusive = QuantileSearchCriteria.INCLUSIVE;
        return switch (sketch) {
            case KllLongsSketch longs -> longs.getRank(number.longValue(), inclusive);
            case KllFloatsSketch floats -> floats.getRank(number.floatValue(), inclusive);
            case KllDoublesSketch doubles -> doubles.getRank(number.doubleValue(), inclusive);
            default -> throw EngineException.internal("a KLL sketch of another kind");
        };
    }

    private static FunctionEntry merge(Kind kind) {
        String name = kind.name("kll_sketch_merge");
        return define(G, name + "(a, b)", "The KLL sketch of the numbers in two.", "", "")
                .takes(ArgType.BINARY, ArgType.BINARY)
                .returns(DataType.BINARY)
                .fails()
                .computedBy((a, s) -> {
                    KllSketch both = kind.read(a[0], name);
                    both.merge(kind.read(a[1], name));
                    return Binary.copyOf(bytes(both));
                });
    }

    private static byte[] bytes(KllSketch sketch) {
        return switch (sketch) {
            case KllLongsSketch longs -> longs.toByteArray();
            case KllFloatsSketch floats -> floats.toByteArray();
            case KllDoublesSketch doubles -> doubles.toByteArray();
            default -> throw EngineException.internal("a KLL sketch of another kind");
        };
    }

    private static final class Numbers extends SketchAccumulator {
        private final Kind kind;
        private final String function;
        private final KllSketch sketch;

        Numbers(Kind kind, String function, int k) {
            this.kind = kind;
            this.function = function;
            this.sketch = kind.fresh(k);
        }

        @Override
        public void add(@Nullable Object[] args) {
            switch (args[0]) {
                case null -> {}
                case Binary other -> sketch.merge(kind.read(other, function));
                case Object number -> update((Number) number);
            }
        }

        private void update(Number number) {
            switch (sketch) {
                case KllLongsSketch longs -> longs.update(number.longValue());
                case KllFloatsSketch floats -> floats.update(number.floatValue());
                case KllDoublesSketch doubles -> doubles.update(number.doubleValue());
                default -> throw EngineException.internal("a KLL sketch of another kind");
            }
        }

        @Override
        byte[] bytes() {
            return KllFunctions.bytes(sketch);
        }

        @Override
        void merge(byte[] other) {
            sketch.merge(kind.heapify(other));
        }
    }
}
