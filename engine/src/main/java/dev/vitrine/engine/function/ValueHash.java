package dev.vitrine.engine.function;

import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A hash of values of any type but maps, chained from one to the next as Spark does: the hash so
/// far is the seed.
abstract class ValueHash {
    private static final long SEED = 42;

    abstract long ofInt(int value, long seed);

    abstract long ofLong(long value, long seed);

    abstract long ofBytes(byte[] bytes, long seed);

    /// The hash of a row.
    final long of(@Nullable Object[] values, List<DataType> types) {
        long hash = SEED;
        for (int i = 0; i < values.length; i++) {
            hash = hash(values[i], types.get(i), hash);
        }
        return hash;
    }

    /// NULL leaves the hash as it is.
    private long hash(@Nullable Object value, DataType type, long seed) {
        return switch (value) {
            case null -> seed;
            case Boolean b -> ofInt(b ? 1 : 0, seed);
            case Long n -> ofLong(n, seed);
            case Float f -> ofInt(Float.floatToIntBits(f == 0 ? 0f : f), seed);
            case Double d -> ofLong(Double.doubleToLongBits(d == 0 ? 0d : d), seed);
            case BigDecimal d when type instanceof DataType.Decimal t && t.precision() <= 18 ->
                    ofLong(d.unscaledValue().longValueExact(), seed);
            case BigDecimal d -> ofBytes(d.unscaledValue().toByteArray(), seed);
            case Number n -> ofInt(n.intValue(), seed);
            case String s -> ofBytes(s.getBytes(StandardCharsets.UTF_8), seed);
            case Binary b -> ofBytes(b.toBytes(), seed);
            case List<?> list -> {
                long hash = seed;
                for (int i = 0; i < list.size(); i++) {
                    DataType element =
                            type instanceof DataType.Array(var e, var nulls)
                                    ? e
                                    : ((DataType.Struct) type).fields().get(i).type();
                    hash = hash(list.get(i), element, hash);
                }
                yield hash;
            }
            default -> seed;
        };
    }
}
