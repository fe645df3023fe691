package dev.vitrine.connectors.parquet;

import dev.hardwood.internal.reader.Page;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.schema.ColumnSchema;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Single values of Parquet's leaves, raw and boxed as `DataType` says.
final class LeafValues {
    private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private LeafValues() {}

    /// Value `index` of `page`, which is not NULL.
    static Object boxed(Page page, int index, ColumnSchema column, DataType type) {
        return switch (page) {
            case Page.BooleanPage p -> p.values()[index];
            case Page.IntPage p -> boxedInt(p.values()[index], column, type);
            case Page.LongPage p -> boxedLong(p.values()[index], column, type);
            case Page.FloatPage p ->
                    type == DataType.DOUBLE
                            ? (Object) (double) p.values()[index]
                            : (Object) p.values()[index];
            case Page.DoublePage p -> p.values()[index];
            case Page.ByteArrayPage p -> boxedBytes(p.values()[index], column, type);
        };
    }

    private static Object boxedInt(int value, ColumnSchema column, DataType type) {
        return switch (type) {
            case DataType.Simple.TINYINT -> (byte) value;
            case DataType.Simple.SMALLINT -> (short) value;
            case DataType.Simple.BIGINT ->
                    column.logicalType() instanceof LogicalType.IntType i && !i.isSigned()
                            ? Integer.toUnsignedLong(value)
                            : (long) value;
            case DataType.Decimal d -> BigDecimal.valueOf(value, d.scale());
            case DataType.Time t -> value * 1_000L;
            default -> value;
        };
    }

    private static Object boxedLong(long value, ColumnSchema column, DataType type) {
        if (type instanceof DataType.Decimal(int precision, int scale)) {
            return column.logicalType() instanceof LogicalType.DecimalType
                    ? BigDecimal.valueOf(value, scale)
                    : new BigDecimal(Long.toUnsignedString(value));
        }
        return FlatColumn.micros(value, column.logicalType());
    }

    private static Object boxedBytes(byte[] value, ColumnSchema column, DataType type) {
        return switch (type) {
            case DataType.Simple.STRING ->
                    column.logicalType() instanceof LogicalType.UuidType
                            ? new String(uuidText(value), StandardCharsets.US_ASCII)
                            : new String(value, StandardCharsets.UTF_8);
            case DataType.Simple.FLOAT -> float16(value);
            case DataType.Simple.TIMESTAMP -> int96Micros(value);
            case DataType.Decimal d -> new BigDecimal(new BigInteger(value), d.scale());
            default -> Binary.copyOf(value);
        };
    }

    /// Nanoseconds of the day and Julian day number, as Impala and old Spark write timestamps.
    static long int96Micros(byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        long nanos = bytes.getLong();
        long day = Integer.toUnsignedLong(bytes.getInt());
        return (day - JULIAN_DAY_OF_EPOCH) * MICROS_PER_DAY + Math.floorDiv(nanos, 1_000L);
    }

    static float float16(byte[] value) {
        return Float.float16ToFloat((short) ((value[0] & 0xFF) | value[1] << 8));
    }

    static byte[] uuidText(byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        return new UUID(bytes.getLong(), bytes.getLong())
                .toString()
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// The signed big-endian number in the first `length` bytes, cut to 64 bits.
    static long unscaledLong(byte[] value, int length) {
        long bits = length > 0 && value[0] < 0 ? -1 : 0;
        for (int i = 0; i < length; i++) {
            bits = bits << 8 | (value[i] & 0xFF);
        }
        return bits;
    }
}
