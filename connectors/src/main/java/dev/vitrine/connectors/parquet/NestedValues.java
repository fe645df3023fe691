package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.ArrowTypes;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Variant;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/// Takes nested values apart into leaf columns with repetition and definition levels, as the Dremel
/// paper (Melnik et al., 2010) does: the definition level counts the optional and repeated nodes on
/// the way that are there, the repetition level says which list goes on.
final class NestedValues {
    private final ColumnWriter[] writers;

    NestedValues(ColumnWriter[] writers) {
        this.writers = writers;
    }

    /// How many leaf columns a type has.
    static int leaves(DataType type) {
        return switch (type) {
            case DataType.Array(var element, var nulls) -> leaves(element);
            case DataType.MapOf(var key, var value, var nulls) -> leaves(key) + leaves(value);
            case DataType.Struct(var fields) ->
                    fields.stream().mapToInt(field -> leaves(field.type())).sum();
            case DataType.Simple.VARIANT -> 2;
            default -> 1;
        };
    }

    /// Writes one row's value of a column whose leaves begin at `leaf`.
    void write(@Nullable Object value, DataType type, int leaf) {
        optional(value, type, leaf, new Levels(0, 0, 0));
    }

    /// @param repetition of the next value
    /// @param definition of what is there so far
    /// @param lists repeated nodes on the way from the root
    private record Levels(int repetition, int definition, int lists) {
        Levels defined() {
            return new Levels(repetition, definition + 1, lists);
        }

        /// One level deeper, at item `index` of a list.
        Levels item(int index) {
            return new Levels(index == 0 ? repetition : lists + 1, definition + 1, lists + 1);
        }
    }

    private void optional(@Nullable Object value, DataType type, int leaf, Levels levels) {
        if (value == null) {
            missing(type, leaf, levels);
        } else {
            present(value, type, leaf, levels.defined());
        }
    }

    private void missing(DataType type, int leaf, Levels levels) {
        int end = leaf + leaves(type);
        for (int i = leaf; i < end; i++) {
            writers[i].writeNull(levels.repetition, levels.definition);
        }
    }

    private void present(Object value, DataType type, int leaf, Levels levels) {
        switch (type) {
            case DataType.Array(var element, var nulls) -> {
                List<?> items = (List<?>) value;
                if (items.isEmpty()) {
                    missing(type, leaf, levels);
                }
                for (int i = 0; i < items.size(); i++) {
                    optional(items.get(i), element, leaf, levels.item(i));
                }
            }
            case DataType.MapOf(var key, var inner, var nulls) -> {
                Map<?, ?> entries = (Map<?, ?>) value;
                if (entries.isEmpty()) {
                    missing(type, leaf, levels);
                }
                int i = 0;
                for (Map.Entry<?, ?> entry : entries.entrySet()) {
                    Levels at = levels.item(i++);
                    present(entry.getKey(), key, leaf, at);
                    optional(entry.getValue(), inner, leaf + leaves(key), at);
                }
            }
            case DataType.Struct(var fields) -> {
                int at = leaf;
                for (int i = 0; i < fields.size(); i++) {
                    DataType member = fields.get(i).type();
                    optional(((List<?>) value).get(i), member, at, levels);
                    at += leaves(member);
                }
            }
            case DataType.Simple.VARIANT -> {
                Variant variant = (Variant) value;
                present(variant.value(), DataType.BINARY, leaf, levels);
                present(variant.metadata(), DataType.BINARY, leaf + 1, levels);
            }
            default -> single(value, type, writers[leaf], levels.repetition, levels.definition);
        }
    }

    private static void single(Object value, DataType type, ColumnWriter out, int r, int d) {
        switch (type) {
            case DataType.Simple.BOOLEAN -> out.write((boolean) (Boolean) value, r, d);
            case DataType.Simple.FLOAT -> out.write((float) (Float) value, r, d);
            case DataType.Simple.DOUBLE -> out.write((double) (Double) value, r, d);
            case DataType.Simple.STRING ->
                    out.write(
                            Binary.fromConstantByteArray(
                                    ((String) value).getBytes(StandardCharsets.UTF_8)),
                            r,
                            d);
            case DataType.Simple.BINARY ->
                    out.write(
                            Binary.fromConstantByteArray(
                                    ((dev.vitrine.engine.types.Binary) value).toBytes()),
                            r,
                            d);
            case DataType.Decimal decimal -> {
                BigInteger unscaled = ((BigDecimal) value).unscaledValue();
                if (!ArrowTypes.isLongDecimal(decimal)) {
                    long high = unscaled.shiftRight(64).longValueExact();
                    int bytes = WrittenTypes.decimalBytes(decimal.precision());
                    out.write(decimal(high, unscaled.longValue(), bytes), r, d);
                } else if (WrittenTypes.isIntDecimal(decimal)) {
                    out.write(unscaled.intValueExact(), r, d);
                } else {
                    out.write(unscaled.longValueExact(), r, d);
                }
            }
            case DataType.Simple.TINYINT,
                    DataType.Simple.SMALLINT,
                    DataType.Simple.INT,
                    DataType.Simple.DATE ->
                    out.write(((Number) value).intValue(), r, d);
            case DataType.YearMonthInterval i -> out.write(((Number) value).intValue(), r, d);
            default -> out.write(((Number) value).longValue(), r, d);
        }
    }

    /// A 128-bit unscaled value in its lowest `bytes` bytes, the highest first.
    static Binary decimal(long high, long low, int bytes) {
        byte[] text = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            int shift = i * 8;
            text[bytes - 1 - i] =
                    (byte)
                            (shift < 64
                                    ? low >> shift
                                    : shift < 128 ? high >> (shift - 64) : high >> 63);
        }
        return Binary.fromConstantByteArray(text);
    }
}
