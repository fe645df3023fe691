package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.ArrowTypes;
import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/// Hands rows of batches to Parquet's record consumer, values of plain columns straight from
/// memory.
final class RowWriteSupport extends WriteSupport<RowWriteSupport.Row> {
    private final Schema schema;
    private final RecordConsumer[] consumer = new RecordConsumer[1];

    RowWriteSupport(Schema schema) {
        this.schema = schema;
    }

    /// A row of a batch with the addresses of its columns; one object for all rows.
    static final class Row {
        private final Batch batch;
        private final long[] data;
        private final long[] offsets;
        private final long[] validity;
        int index;

        Row(Batch batch) {
            this.batch = batch;
            int columns = batch.schema().size();
            data = new long[columns];
            offsets = new long[columns];
            validity = new long[columns];
            for (int i = 0; i < columns; i++) {
                data[i] = batch.dataAddress(i);
                offsets[i] = batch.offsetAddress(i);
                validity[i] = batch.validityAddress(i);
            }
        }
    }

    @Override
    @SuppressWarnings("deprecation")
    public WriteContext init(Configuration configuration) {
        return context();
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return context();
    }

    private WriteContext context() {
        return new WriteContext(WrittenTypes.message(schema), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer[0] = recordConsumer;
    }

    @Override
    public void write(Row row) {
        RecordConsumer out = consumer[0];
        out.startMessage();
        for (int column = 0; column < row.data.length; column++) {
            Field field = schema.field(column);
            if (field.type().isNested()) {
                Object value = row.batch.value(column, row.index);
                if (value != null) {
                    out.startField(field.name(), column);
                    boxed(value, field.type(), out);
                    out.endField(field.name(), column);
                }
            } else if (row.validity[column] == 0 || Mem.getBit(row.validity[column], row.index)) {
                out.startField(field.name(), column);
                plain(row, column, field.type(), out);
                out.endField(field.name(), column);
            }
        }
        out.endMessage();
    }

    private static void plain(Row row, int column, DataType type, RecordConsumer out) {
        long data = row.data[column];
        int index = row.index;
        switch (type) {
            case DataType.Simple.BOOLEAN -> out.addBoolean(Mem.getBit(data, index));
            case DataType.Simple.TINYINT -> out.addInteger(Mem.getByte(data + index));
            case DataType.Simple.SMALLINT -> out.addInteger(Mem.getShort(data + 2L * index));
            case DataType.Simple.INT, DataType.Simple.DATE ->
                    out.addInteger(Mem.getInt(data + 4L * index));
            case DataType.YearMonthInterval i -> out.addInteger(Mem.getInt(data + 4L * index));
            case DataType.Simple.FLOAT -> out.addFloat(Mem.getFloat(data + 4L * index));
            case DataType.Simple.DOUBLE -> out.addDouble(Mem.getDouble(data + 8L * index));
            case DataType.Simple.STRING, DataType.Simple.BINARY -> {
                int from = Mem.getInt(row.offsets[column] + 4L * index);
                int to = Mem.getInt(row.offsets[column] + 4L * index + 4);
                byte[] bytes = new byte[to - from];
                Mem.copy(data + from, bytes, 0, bytes.length);
                out.addBinary(Binary.fromConstantByteArray(bytes));
            }
            case DataType.Decimal d -> {
                if (ArrowTypes.isLongDecimal(d)) {
                    addDecimal(Mem.getLong(data + 8L * index), d, out);
                } else {
                    addWide(
                            Mem.getLong(data + 16L * index + 8),
                            Mem.getLong(data + 16L * index),
                            d,
                            out);
                }
            }
            default -> out.addLong(Mem.getLong(data + 8L * index));
        }
    }

    private static void addDecimal(long unscaled, DataType.Decimal type, RecordConsumer out) {
        if (type.precision() <= 9) {
            out.addInteger((int) unscaled);
        } else {
            out.addLong(unscaled);
        }
    }

    private static void addWide(long high, long low, DataType.Decimal type, RecordConsumer out) {
        byte[] bytes = new byte[WrittenTypes.decimalBytes(type.precision())];
        for (int i = 0; i < bytes.length; i++) {
            int shift = i * 8;
            bytes[bytes.length - 1 - i] =
                    (byte)
                            (shift < 64
                                    ? low >> shift
                                    : shift < 128 ? high >> (shift - 64) : high >> 63);
        }
        out.addBinary(Binary.fromConstantByteArray(bytes));
    }

    private static void boxed(Object value, DataType type, RecordConsumer out) {
        switch (type) {
            case DataType.Simple.BOOLEAN -> out.addBoolean((Boolean) value);
            case DataType.Simple.FLOAT -> out.addFloat((Float) value);
            case DataType.Simple.DOUBLE -> out.addDouble((Double) value);
            case DataType.Simple.STRING ->
                    out.addBinary(
                            Binary.fromConstantByteArray(
                                    ((String) value).getBytes(StandardCharsets.UTF_8)));
            case DataType.Simple.BINARY ->
                    out.addBinary(
                            Binary.fromConstantByteArray(
                                    ((dev.vitrine.engine.types.Binary) value).toBytes()));
            case DataType.Decimal d -> {
                var unscaled = ((BigDecimal) value).unscaledValue();
                if (ArrowTypes.isLongDecimal(d)) {
                    addDecimal(unscaled.longValueExact(), d, out);
                } else {
                    addWide(unscaled.shiftRight(64).longValueExact(), unscaled.longValue(), d, out);
                }
            }
            case DataType.Array(var element, var nulls) -> list((List<?>) value, element, out);
            case DataType.MapOf map -> map((Map<?, ?>) value, map, out);
            case DataType.Struct(var fields) -> {
                List<?> members = (List<?>) value;
                out.startGroup();
                for (int i = 0; i < fields.size(); i++) {
                    member(fields.get(i).name(), i, members.get(i), fields.get(i).type(), out);
                }
                out.endGroup();
            }
            case DataType.Simple.TINYINT,
                    DataType.Simple.SMALLINT,
                    DataType.Simple.INT,
                    DataType.Simple.DATE ->
                    out.addInteger(((Number) value).intValue());
            case DataType.YearMonthInterval i -> out.addInteger(((Number) value).intValue());
            default -> out.addLong(((Number) value).longValue());
        }
    }

    private static void list(List<?> items, DataType element, RecordConsumer out) {
        out.startGroup();
        if (!items.isEmpty()) {
            out.startField("list", 0);
            for (Object item : items) {
                out.startGroup();
                member("element", 0, item, element, out);
                out.endGroup();
            }
            out.endField("list", 0);
        }
        out.endGroup();
    }

    private static void map(Map<?, ?> entries, DataType.MapOf type, RecordConsumer out) {
        out.startGroup();
        if (!entries.isEmpty()) {
            out.startField("key_value", 0);
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                out.startGroup();
                member("key", 0, entry.getKey(), type.key(), out);
                member("value", 1, entry.getValue(), type.value(), out);
                out.endGroup();
            }
            out.endField("key_value", 0);
        }
        out.endGroup();
    }

    private static void member(
            String name,
            int index,
            @org.jspecify.annotations.Nullable Object value,
            DataType type,
            RecordConsumer out) {
        if (value != null) {
            out.startField(name, index);
            boxed(value, type, out);
            out.endField(name, index);
        }
    }

    @Override
    public String toString() {
        return "rows of " + Arrays.toString(schema.names().toArray());
    }
}
