package dev.vitrine.connectors.parquet;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.schema.ColumnSchema;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;
import org.jspecify.annotations.Nullable;

/// How values of fixed width in a page become those of a column.
///
/// @param from bytes of a value in the page
/// @param to bytes of a value in the column
record Conversion(Kind kind, int from, int to) {
    private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    enum Kind {
        COPY,
        INT_TO_BYTE,
        INT_TO_SHORT,
        INT_TO_LONG,
        UNSIGNED_INT_TO_LONG,
        INT_TO_WIDE_DECIMAL,
        INT_MILLIS_TO_MICROS,
        LONG_TO_WIDE_DECIMAL,
        UNSIGNED_LONG_TO_WIDE_DECIMAL,
        LONG_MILLIS_TO_MICROS,
        LONG_NANOS_TO_MICROS,
        FLOAT_TO_DOUBLE,
        HALF_TO_FLOAT,
        INT96_TO_MICROS,
        BYTES_TO_DECIMAL,
        BYTES_TO_WIDE_DECIMAL
    }

    /// The conversion of `column` to `type`, which [FlatColumn#canRead] allows; null where there is
    /// none for values of fixed width.
    static @Nullable Conversion of(ColumnSchema column, DataType type) {
        int to = ColumnBuilder.width(type);
        LogicalType logical = column.logicalType();
        return switch (column.type()) {
            case INT32 -> new Conversion(ofInt(logical, type, to), 4, to);
            case INT64 -> new Conversion(ofLong(logical, to), 8, to);
            case FLOAT ->
                    new Conversion(
                            type == DataType.DOUBLE ? Kind.FLOAT_TO_DOUBLE : Kind.COPY, 4, to);
            case DOUBLE -> new Conversion(Kind.COPY, 8, 8);
            case INT96 -> new Conversion(Kind.INT96_TO_MICROS, 12, 8);
            case FIXED_LEN_BYTE_ARRAY -> ofBytes(column, type, to);
            case BOOLEAN, BYTE_ARRAY -> null;
        };
    }

    private static Kind ofInt(@Nullable LogicalType logical, DataType type, int to) {
        if (logical instanceof LogicalType.TimeType) {
            return Kind.INT_MILLIS_TO_MICROS;
        }
        boolean unsigned = logical instanceof LogicalType.IntType i && !i.isSigned();
        return switch (to) {
            case 1 -> Kind.INT_TO_BYTE;
            case 2 -> Kind.INT_TO_SHORT;
            case 4 -> Kind.COPY;
            case 8 ->
                    unsigned && type == DataType.BIGINT
                            ? Kind.UNSIGNED_INT_TO_LONG
                            : Kind.INT_TO_LONG;
            default -> Kind.INT_TO_WIDE_DECIMAL;
        };
    }

    private static Kind ofLong(@Nullable LogicalType logical, int to) {
        if (to == 16) {
            return logical instanceof LogicalType.DecimalType
                    ? Kind.LONG_TO_WIDE_DECIMAL
                    : Kind.UNSIGNED_LONG_TO_WIDE_DECIMAL;
        }
        LogicalType.TimeUnit unit =
                switch (logical) {
                    case LogicalType.TimestampType t -> t.unit();
                    case LogicalType.TimeType t -> t.unit();
                    case null, default -> LogicalType.TimeUnit.MICROS;
                };
        return switch (unit) {
            case MILLIS -> Kind.LONG_MILLIS_TO_MICROS;
            case MICROS -> Kind.COPY;
            case NANOS -> Kind.LONG_NANOS_TO_MICROS;
        };
    }

    private static @Nullable Conversion ofBytes(ColumnSchema column, DataType type, int to) {
        Integer length = column.typeLength();
        if (length == null || length < 1) {
            return null;
        }
        if (type == DataType.FLOAT && length == 2) {
            return new Conversion(Kind.HALF_TO_FLOAT, 2, 4);
        }
        if (type instanceof DataType.Decimal && length <= 16) {
            return new Conversion(
                    to == 8 ? Kind.BYTES_TO_DECIMAL : Kind.BYTES_TO_WIDE_DECIMAL, length, to);
        }
        return null;
    }

    /// Whether nothing changes.
    boolean isCopy() {
        return kind == Kind.COPY;
    }

    /// Converts `count` values that lie at `source` to `target`.
    void convert(long source, long target, int count) {
        switch (kind) {
            case COPY -> Mem.copy(source, target, (long) count * to);
            case INT_TO_BYTE -> intToByte(source, target, count);
            case INT_TO_SHORT -> intToShort(source, target, count);
            case INT_TO_LONG -> intToLong(source, target, count, 1L);
            case INT_MILLIS_TO_MICROS -> intToLong(source, target, count, 1_000L);
            case UNSIGNED_INT_TO_LONG -> unsignedToLong(source, target, count);
            case INT_TO_WIDE_DECIMAL -> intToWide(source, target, count);
            case LONG_TO_WIDE_DECIMAL -> longToWide(source, target, count);
            case UNSIGNED_LONG_TO_WIDE_DECIMAL -> unsignedToWide(source, target, count);
            case LONG_MILLIS_TO_MICROS -> millis(source, target, count);
            case LONG_NANOS_TO_MICROS -> nanos(source, target, count);
            case FLOAT_TO_DOUBLE -> floatToDouble(source, target, count);
            case HALF_TO_FLOAT -> halfToFloat(source, target, count);
            case INT96_TO_MICROS -> int96(source, target, count);
            case BYTES_TO_DECIMAL -> decimal(source, target, count, from);
            case BYTES_TO_WIDE_DECIMAL -> wideDecimal(source, target, count, from);
        }
    }

    private static void intToByte(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            Mem.putByte(target + i, (byte) Mem.getInt(source + 4L * i));
        }
    }

    private static void intToShort(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            Mem.putShort(target + 2L * i, (short) Mem.getInt(source + 4L * i));
        }
    }

    private static void intToLong(long source, long target, int count, long factor) {
        for (int i = 0; i < count; i++) {
            Mem.putLong(target + 8L * i, Mem.getInt(source + 4L * i) * factor);
        }
    }

    private static void unsignedToLong(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            Mem.putLong(target + 8L * i, Mem.getInt(source + 4L * i) & 0xFFFF_FFFFL);
        }
    }

    private static void intToWide(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            long value = Mem.getInt(source + 4L * i);
            Mem.putLong(target + 16L * i, value);
            Mem.putLong(target + 16L * i + 8, value >> 63);
        }
    }

    private static void longToWide(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            long value = Mem.getLong(source + 8L * i);
            Mem.putLong(target + 16L * i, value);
            Mem.putLong(target + 16L * i + 8, value >> 63);
        }
    }

    private static void unsignedToWide(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            Mem.putLong(target + 16L * i, Mem.getLong(source + 8L * i));
            Mem.putLong(target + 16L * i + 8, 0);
        }
    }

    private static void millis(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            Mem.putLong(target + 8L * i, Mem.getLong(source + 8L * i) * 1_000);
        }
    }

    private static void nanos(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            Mem.putLong(target + 8L * i, Math.floorDiv(Mem.getLong(source + 8L * i), 1_000L));
        }
    }

    private static void floatToDouble(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            Mem.putDouble(target + 8L * i, Mem.getFloat(source + 4L * i));
        }
    }

    private static void halfToFloat(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            Mem.putFloat(target + 4L * i, Float.float16ToFloat(Mem.getShort(source + 2L * i)));
        }
    }

    /// Nanoseconds of the day and Julian day number, as Impala and old Spark write timestamps.
    private static void int96(long source, long target, int count) {
        for (int i = 0; i < count; i++) {
            long nanos = Mem.getLong(source + 12L * i);
            long day = Mem.getInt(source + 12L * i + 8) & 0xFFFF_FFFFL;
            Mem.putLong(
                    target + 8L * i,
                    (day - JULIAN_DAY_OF_EPOCH) * MICROS_PER_DAY + Math.floorDiv(nanos, 1_000L));
        }
    }

    private static void decimal(long source, long target, int count, int length) {
        for (int i = 0; i < count; i++) {
            Mem.putLong(target + 8L * i, low(source + (long) i * length, length));
        }
    }

    private static void wideDecimal(long source, long target, int count, int length) {
        for (int i = 0; i < count; i++) {
            long at = source + (long) i * length;
            long low = low(at, length);
            Mem.putLong(target + 16L * i, low);
            Mem.putLong(target + 16L * i + 8, length > 8 ? low(at, length - 8) : low >> 63);
        }
    }

    /// The low 64 bits of a signed big-endian number.
    private static long low(long at, int length) {
        if (length >= 8) {
            return Long.reverseBytes(Mem.getLong(at + length - 8));
        }
        long bits = Mem.getByte(at);
        for (int i = 1; i < length; i++) {
            bits = bits << 8 | (Mem.getByte(at + i) & 0xFF);
        }
        return bits;
    }
}
