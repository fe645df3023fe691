package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// How often each value occurs, estimated: a count-min sketch (Cormode and Muthukrishnan, 2005)
/// with Spark's hash functions and bytes, so that either can read what the other wrote.
///
/// The bytes, big-endian: version 1 and the number of values; rows and columns of the table; a
/// factor for each row; the table row by row.
final class CountMinSketch extends SketchAccumulator {
    static final String NAME = "count_min_sketch";

    private static final int VERSION = 1;

    /// 2^31 - 1, a prime: products of hashes are taken modulo this.
    private static final long PRIME = (1L << 31) - 1;

    private static final Murmur3 MURMUR = new Murmur3();

    private static final ArgType COUNTED =
            new ArgType.Family(
                    "INTEGRAL\" or \"STRING\" or \"BINARY",
                    type -> type.isIntegral() || type.isText() || type == DataType.BINARY,
                    Optional.empty());

    /// @param relativeError of the number of all values, above 0
    /// @param confidence that an estimate is no further off, between 0 and 1
    private record Shape(double relativeError, double confidence, int seed) {
        int columns() {
            return (int) Math.ceil(2 / relativeError);
        }

        int rows() {
            return (int) Math.ceil(-Math.log1p(-confidence) / Math.log(2));
        }
    }

    private final Shape shape;
    private final long[] factors;
    private final long[][] counts;
    private long total;

    private CountMinSketch(Shape shape) {
        this.shape = shape;
        factors = new long[shape.rows()];
        counts = new long[shape.rows()][shape.columns()];
        Random random = new Random(shape.seed());
        for (int row = 0; row < factors.length; row++) {
            factors[row] = random.nextInt(Integer.MAX_VALUE);
        }
    }

    static FunctionEntry entry() {
        return AggregateFunctions.entry(
                        "count_min_sketch(column, epsilon, confidence, seed)",
                        "A sketch of how often each value occurs.",
                        CountMinSketch::resolve)
                .withParameters(
                        GeneratorFunctions.parameter("column"),
                        GeneratorFunctions.parameter("epsilon"),
                        GeneratorFunctions.parameter("confidence"),
                        GeneratorFunctions.parameter("seed"));
    }

    private static Expr resolve(FunctionCall call) {
        Expr value = call.arity(4, 4).as(0, COUNTED);
        double epsilon = (Double) constant(call, 1, "epsilon", ArgType.DOUBLE);
        double confidence = (Double) constant(call, 2, "confidence", ArgType.DOUBLE);
        Number seed = (Number) constant(call, 3, "seed", ArgType.INTEGRAL);
        Shape shape = new Shape(epsilon, confidence, seed.intValue());
        if (!(epsilon > 0)) {
            throw call.outOfRange("epsilon", "(0.0, " + Double.MAX_VALUE + "]", epsilon);
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw call.outOfRange("confidence", "(0.0, 1.0)", confidence);
        }
        // A Java array cannot be longer; the double is not cut off as an int is.
        if (Math.ceil(2 / epsilon) * shape.rows() * Long.BYTES > Integer.MAX_VALUE) {
            throw call.outOfRange("epsilon", "above 1e-8", epsilon);
        }
        return SketchAccumulator.call(call, NAME, value, shape, () -> new CountMinSketch(shape));
    }

    private static Object constant(FunctionCall call, int index, String name, ArgType type) {
        WithinGroup group = WithinGroup.of(call);
        Object value = group.constant(name, call.as(index, type));
        if (value == null) {
            throw group.unexpectedNull(name);
        }
        return value;
    }

    @Override
    public void add(@Nullable Object[] args) {
        Object value = args[0];
        if (value == null) {
            return;
        }
        total++;
        if (value instanceof Number number) {
            addNumber(number.longValue());
        } else {
            addBytes(content(value));
        }
    }

    private void addNumber(long value) {
        for (int row = 0; row < factors.length; row++) {
            long product = factors[row] * value;
            int hash = (int) (product + (product >> 32) & PRIME);
            counts[row][hash % shape.columns()]++;
        }
    }

    /// Each row's hash is made of two (Kirsch and Mitzenmacher, 2006).
    private void addBytes(byte[] value) {
        int first = (int) MURMUR.ofBytes(value, 0);
        int second = (int) MURMUR.ofBytes(value, first);
        for (int row = 0; row < factors.length; row++) {
            counts[row][Math.abs((first + row * second) % shape.columns())]++;
        }
    }

    @Override
    byte[] bytes() {
        int cells = factors.length * shape.columns();
        ByteBuffer out =
                ByteBuffer.allocate(
                        3 * Integer.BYTES + Long.BYTES + Long.BYTES * (factors.length + cells));
        out.putInt(VERSION).putLong(total).putInt(factors.length).putInt(shape.columns());
        Arrays.stream(factors).forEach(out::putLong);
        for (long[] row : counts) {
            Arrays.stream(row).forEach(out::putLong);
        }
        return out.array();
    }

    /// The other sketch has the same shape, and so the same hash functions.
    @Override
    void merge(byte[] other) {
        ByteBuffer in = ByteBuffer.wrap(other).position(Integer.BYTES);
        total += in.getLong();
        in.position(in.position() + 2 * Integer.BYTES + Long.BYTES * factors.length);
        for (long[] row : counts) {
            for (int column = 0; column < row.length; column++) {
                row[column] += in.getLong();
            }
        }
    }
}
