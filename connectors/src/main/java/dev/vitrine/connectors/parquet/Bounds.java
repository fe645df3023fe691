package dev.vitrine.connectors.parquet;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.metadata.Statistics;
import dev.hardwood.schema.ColumnSchema;
import dev.vitrine.engine.batch.BatchColumn;
import dev.vitrine.engine.spi.ColumnFilter;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a row group's statistics say of one column; everything that cannot be relied on is left
/// out.
///
/// @param min no value is smaller; null if unknown
/// @param max no value is larger, NaN aside; null if unknown
/// @param valueCount values, NULLs among them
record Bounds(@Nullable Object min, @Nullable Object max, OptionalLong nullCount, long valueCount) {

    static Bounds of(
            @Nullable Statistics statistics, ColumnSchema column, DataType type, long rows) {
        if (statistics == null) {
            return new Bounds(null, null, OptionalLong.empty(), rows);
        }
        OptionalLong nulls =
                statistics.nullCount() == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(statistics.nullCount());
        Object min = null;
        Object max = null;
        if (!statistics.isMinMaxDeprecated() || hasSignedOrder(column)) {
            min = decode(statistics.minValue(), column, type);
            max = decode(statistics.maxValue(), column, type);
        }
        if (min == null
                || max == null
                || Values.compare(min, max) > 0
                || isNaN(min)
                || isNaN(max)) {
            return new Bounds(null, null, nulls, rows);
        }
        return new Bounds(min, max, nulls, rows);
    }

    /// The largest magnitude of a column's whole numbers or unscaled decimals in one row group;
    /// [BatchColumn#UNKNOWN] where its statistics do not say or it has no such values.
    static double maxAbs(@Nullable Statistics statistics, ColumnSchema column, DataType type) {
        if (!type.isIntegral() && !(type instanceof DataType.Decimal)) {
            return BatchColumn.UNKNOWN;
        }
        Bounds bounds = of(statistics, column, ParquetTypes.type(column), 0);
        return bounds.min() == null || bounds.max() == null
                ? BatchColumn.UNKNOWN
                : Math.max(magnitude(bounds.min()), magnitude(bounds.max()));
    }

    /// At least the magnitude: a double may have no place for the last digits.
    private static double magnitude(Object number) {
        double value =
                number instanceof BigDecimal decimal
                        ? decimal.unscaledValue().doubleValue()
                        : ((Number) number).doubleValue();
        double magnitude = Math.abs(value);
        return magnitude < 1L << 53 ? magnitude : Math.nextUp(magnitude);
    }

    /// Whether a row with these bounds may pass `filter`.
    boolean mayMatch(ColumnFilter filter) {
        boolean allNull = nullCount.isPresent() && nullCount.getAsLong() == valueCount;
        return switch (filter.op()) {
            case IS_NULL -> nullCount.isEmpty() || nullCount.getAsLong() > 0;
            case IS_NOT_NULL -> !allNull;
            case EQ, IN -> !allNull && filter.values().stream().anyMatch(this::mayContain);
            // NaN is larger than everything, and writers leave it out of the bounds.
            case GT -> !allNull && (hidesNaN() || above(filter.values().getFirst()) > 0);
            case GE -> !allNull && (hidesNaN() || above(filter.values().getFirst()) >= 0);
            case LT -> !allNull && below(filter.values().getFirst()) < 0;
            case LE -> !allNull && below(filter.values().getFirst()) <= 0;
        };
    }

    private boolean mayContain(Object value) {
        return isNaN(value) || (below(value) <= 0 && above(value) >= 0);
    }

    /// Order of the largest value and `value`; above it if unknown.
    private int above(Object value) {
        return max == null || max.getClass() != value.getClass() ? 1 : Values.compare(max, value);
    }

    private int below(Object value) {
        return min == null || min.getClass() != value.getClass() ? -1 : Values.compare(min, value);
    }

    private boolean hidesNaN() {
        return max instanceof Double || max instanceof Float;
    }

    private static boolean isNaN(Object value) {
        return (value instanceof Double d && d.isNaN()) || (value instanceof Float f && f.isNaN());
    }

    /// Whether the deprecated fields, which compare bytes as signed, order this column as we do.
    private static boolean hasSignedOrder(ColumnSchema column) {
        return switch (column.type()) {
            case INT32, INT64 ->
                    !(column.logicalType() instanceof LogicalType.IntType i && !i.isSigned());
            case FLOAT, DOUBLE, BOOLEAN -> true;
            case INT96, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> false;
        };
    }

    private static @Nullable Object decode(
            byte @Nullable [] raw, ColumnSchema column, DataType type) {
        if (raw == null || raw.length < width(column.type())) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        return switch (type) {
            case DataType.Simple.BOOLEAN -> raw[0] != 0;
            case DataType.Simple.TINYINT -> (byte) bytes.getInt();
            case DataType.Simple.SMALLINT -> (short) bytes.getInt();
            case DataType.Simple.INT, DataType.Simple.DATE -> bytes.getInt();
            case DataType.Simple.BIGINT ->
                    column.type() == PhysicalType.INT32
                            ? Long.valueOf(Integer.toUnsignedLong(bytes.getInt()))
                            : Long.valueOf(bytes.getLong());
            case DataType.Simple.TIMESTAMP, DataType.Simple.TIMESTAMP_NTZ ->
                    column.type() == PhysicalType.INT64
                            ? Long.valueOf(FlatColumn.micros(bytes.getLong(), column.logicalType()))
                            : null;
            case DataType.Simple.FLOAT ->
                    column.type() == PhysicalType.FLOAT ? Float.valueOf(bytes.getFloat()) : null;
            case DataType.Simple.DOUBLE -> bytes.getDouble();
            case DataType.Decimal d -> decimal(raw, bytes, column, d);
            case DataType.Simple.STRING ->
                    column.type() == PhysicalType.BYTE_ARRAY ? text(raw) : null;
            case DataType.Simple.BINARY -> Binary.copyOf(raw);
            default -> null;
        };
    }

    private static @Nullable Object decimal(
            byte[] raw, ByteBuffer bytes, ColumnSchema column, DataType.Decimal type) {
        if (!(column.logicalType() instanceof LogicalType.DecimalType)) {
            return new BigDecimal(new BigInteger(Long.toUnsignedString(bytes.getLong())));
        }
        BigInteger unscaled =
                switch (column.type()) {
                    case INT32 -> BigInteger.valueOf(bytes.getInt());
                    case INT64 -> BigInteger.valueOf(bytes.getLong());
                    default -> raw.length == 0 ? null : new BigInteger(raw);
                };
        return unscaled == null ? null : new BigDecimal(unscaled, type.scale());
    }

    /// The text, or null where a bound was cut inside a character: its order would be another one.
    private static @Nullable String text(byte[] raw) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static int width(PhysicalType type) {
        return switch (type) {
            case BOOLEAN -> 1;
            case INT32, FLOAT -> 4;
            case INT64, DOUBLE -> 8;
            case INT96 -> 12;
            case BYTE_ARRAY -> 0;
            case FIXED_LEN_BYTE_ARRAY -> 1;
        };
    }
}
