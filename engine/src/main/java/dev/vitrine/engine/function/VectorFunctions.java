package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Functions of arrays of FLOAT as vectors.
final class VectorFunctions {
    private static final String G = "vector";
    private static final DataType TYPE = new DataType.Array(DataType.FLOAT, true);
    private static final ArgType VECTOR =
            new ArgType.Family(
                    "ARRAY<FLOAT>",
                    type ->
                            type instanceof DataType.Array(var element, var nulls)
                                    && element == DataType.FLOAT,
                    Optional.of(TYPE));

    private VectorFunctions() {}

    @FunctionalInterface
    private interface Product {
        double of(float[] a, float[] b);
    }

    static List<FunctionEntry> entries() {
        return List.of(
                ofTwo(
                        "vector_inner_product",
                        "Sum of the products of two vectors' elements.",
                        "vector_inner_product(array(1.0f, 2.0f), array(3.0f, 4.0f))",
                        "11.0",
                        VectorFunctions::inner),
                ofTwo(
                        "vector_l2_distance",
                        "Euclidean distance of two vectors.",
                        "vector_l2_distance(array(1.0f, 2.0f), array(4.0f, 6.0f))",
                        "5.0",
                        (a, b) -> {
                            double sum = 0;
                            for (int i = 0; i < a.length; i++) {
                                double difference = (double) a[i] - b[i];
                                sum += difference * difference;
                            }
                            return Math.sqrt(sum);
                        }),
                ofTwo(
                        "vector_cosine_similarity",
                        "Cosine of the angle between two vectors; NULL for one of zeros.",
                        "vector_cosine_similarity(array(1.0f, 0.0f), array(0.0f, 1.0f))",
                        "0.0",
                        (a, b) -> {
                            double lengths = norm(a, 2) * norm(b, 2);
                            return lengths == 0 ? Double.NaN : inner(a, b) / lengths;
                        }),
                define(
                                G,
                                "vector_norm(v[, degree])",
                                "Length of a vector: degree 1, 2 (if none is given) or infinity.",
                                "vector_norm(array(3.0f, 4.0f), 2.0f)",
                                "5.0")
                        .takes(VECTOR)
                        .maybe(new ArgType.Exact(DataType.FLOAT))
                        .returns(DataType.FLOAT)
                        .nullable()
                        .fails()
                        .computedBy((a, s) ->
                                elements(a[0])
                                        .map(v ->
                                                (Object) (float) norm(v, degree(a, "vector_norm")))
                                        .orElse(null)),
                define(
                                G,
                                "vector_normalize(v[, degree])",
                                "A vector of the same direction and length 1; NULL for one of"
                                        + " zeros.",
                                "vector_normalize(array(3.0f, 4.0f), 2.0f)",
                                "[0.6,0.8]")
                        .takes(VECTOR)
                        .maybe(new ArgType.Exact(DataType.FLOAT))
                        .returns(TYPE)
                        .nullable()
                        .fails()
                        .computedBy((a, s) -> normalized(a)),
                total("vector_sum(v)", "Sum of vectors, element by element.", false),
                total("vector_avg(v)", "Mean of vectors, element by element.", true));
    }

    private static FunctionEntry ofTwo(
            String name, String doc, String example, String result, Product product) {
        return define(G, name + "(a, b)", doc, example, result)
                .takes(VECTOR, VECTOR)
                .returns(DataType.FLOAT)
                .nullable()
                .fails()
                .computedBy((a, s) -> {
                    Optional<float[]> left = elements(a[0]);
                    Optional<float[]> right = elements(a[1]);
                    int l = a[0] instanceof List<?> list ? list.size() : 0;
                    int r = a[1] instanceof List<?> list ? list.size() : 0;
                    if (l != r) {
                        throw mismatch(name, l, r);
                    }
                    if (left.isEmpty() || right.isEmpty()) {
                        return null;
                    }
                    double value = product.of(left.get(), right.get());
                    return Double.isNaN(value) ? null : (Object) (float) value;
                });
    }

    private static EngineException mismatch(String function, int left, int right) {
        return new EngineException(
                ErrorCode.VECTOR_DIMENSION_MISMATCH,
                Map.of(
                        "functionName", "`" + function + "`",
                        "leftDim", left,
                        "rightDim", right));
    }

    /// The elements, or empty where one is NULL.
    private static Optional<float[]> elements(@Nullable Object value) {
        List<?> list = value instanceof List<?> items ? items : List.of();
        float[] vector = new float[list.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!(list.get(i) instanceof Float f)) {
                return Optional.empty();
            }
            vector[i] = f;
        }
        return Optional.of(vector);
    }

    private static double inner(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static double degree(@Nullable Object[] args, String function) {
        double degree = args.length > 1 && args[1] instanceof Float f ? f : 2;
        if (degree != 1 && degree != 2 && degree != Double.POSITIVE_INFINITY) {
            throw new EngineException(
                    ErrorCode.INVALID_VECTOR_NORM_DEGREE,
                    Map.of("functionName", "`" + function + "`", "degree", degree));
        }
        return degree;
    }

    private static double norm(float[] vector, double degree) {
        double norm = 0;
        for (float element : vector) {
            double size = Math.abs((double) element);
            norm =
                    degree == 1
                            ? norm + size
                            : degree == 2 ? norm + size * size : Math.max(norm, size);
        }
        return degree == 2 ? Math.sqrt(norm) : norm;
    }

    private static @Nullable Object normalized(@Nullable Object[] args) {
        double degree = degree(args, "vector_normalize");
        Optional<float[]> vector = elements(args[0]);
        if (vector.isEmpty()) {
            return null;
        }
        double length = norm(vector.get(), degree);
        if (length == 0) {
            return vector.get().length == 0 ? List.of() : null;
        }
        List<Object> result = new ArrayList<>();
        for (float element : vector.get()) {
            result.add((float) (element / length));
        }
        return result;
    }

    private static FunctionEntry total(String signature, String doc, boolean mean) {
        String name = signature.substring(0, signature.indexOf('('));
        return AggregateFunctions.aggregate(
                signature,
                doc,
                List.of(VECTOR),
                call -> TYPE,
                new BoxedAggregate(
                        name,
                        site ->
                                List.of(
                                        new DataType.Array(DataType.DOUBLE, false),
                                        DataType.BIGINT),
                        site -> new Total(name, mean)));
    }

    /// Vectors that are NULL or hold a NULL are left out.
    private static final class Total implements Accumulator {
        private final String function;
        private final boolean mean;
        private double[] sums = {};
        private long count;

        Total(String function, boolean mean) {
            this.function = function;
            this.mean = mean;
        }

        @Override
        public void add(@Nullable Object[] args) {
            if (args[0] == null) {
                return;
            }
            elements(args[0])
                    .ifPresent(vector -> {
                        double[] wide = new double[vector.length];
                        for (int i = 0; i < wide.length; i++) {
                            wide[i] = vector[i];
                        }
                        take(wide, 1);
                    });
        }

        private void take(double[] vector, long vectors) {
            if (count == 0) {
                sums = new double[vector.length];
            } else if (sums.length != vector.length) {
                throw mismatch(function, sums.length, vector.length);
            }
            for (int i = 0; i < vector.length; i++) {
                sums[i] += vector[i];
            }
            count += vectors;
        }

        @Override
        public List<@Nullable Object> state() {
            return List.of(Arrays.stream(sums).boxed().toList(), count);
        }

        @Override
        public void merge(List<@Nullable Object> state) {
            if (state.get(0) instanceof List<?> other
                    && state.get(1) instanceof Long vectors
                    && vectors > 0) {
                take(other.stream().mapToDouble(v -> (Double) v).toArray(), vectors);
            }
        }

        @Override
        public @Nullable Object result() {
            if (count == 0) {
                return null;
            }
            List<Object> result = new ArrayList<>();
            for (double sum : sums) {
                result.add((float) (mean ? sum / count : sum));
            }
            return result;
        }
    }
}
