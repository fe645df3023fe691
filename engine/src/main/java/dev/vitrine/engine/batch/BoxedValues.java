package dev.vitrine.engine.batch;

import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.CalendarInterval;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Variant;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/// Single values in and out of Arrow vectors, boxed as [DataType] says.
final class BoxedValues {
    private BoxedValues() {}

    static @Nullable Object get(FieldVector vector, DataType type, int row) {
        if (vector.isNull(row)) {
            return null;
        }
        return switch (type) {
            case DataType.Simple.NULL -> null;
            case DataType.Simple.BOOLEAN -> ((BitVector) vector).get(row) != 0;
            case DataType.Simple.TINYINT -> ((TinyIntVector) vector).get(row);
            case DataType.Simple.SMALLINT -> ((SmallIntVector) vector).get(row);
            case DataType.Simple.INT -> ((IntVector) vector).get(row);
            case DataType.Simple.BIGINT -> ((BigIntVector) vector).get(row);
            case DataType.Simple.FLOAT -> ((Float4Vector) vector).get(row);
            case DataType.Simple.DOUBLE -> ((Float8Vector) vector).get(row);
            case DataType.Simple.STRING ->
                    new String(((VarCharVector) vector).get(row), StandardCharsets.UTF_8);
            case DataType.Collated c -> get(vector, DataType.STRING, row);
            case DataType.Time t -> ((TimeMicroVector) vector).get(row);
            case DataType.Simple.BINARY -> Binary.copyOf(((VarBinaryVector) vector).get(row));
            case DataType.Simple.DATE -> ((DateDayVector) vector).get(row);
            case DataType.Simple.TIMESTAMP, DataType.Simple.TIMESTAMP_NTZ ->
                    ((TimeStampVector) vector).get(row);
            case DataType.Simple.VARIANT -> {
                StructVector parts = (StructVector) vector;
                yield new Variant(part(parts, 0, row), part(parts, 1, row));
            }
            case DataType.Simple.INTERVAL -> {
                StructVector parts = (StructVector) vector;
                yield new CalendarInterval(
                        ((IntVector) parts.getChildByOrdinal(0)).get(row),
                        ((IntVector) parts.getChildByOrdinal(1)).get(row),
                        ((BigIntVector) parts.getChildByOrdinal(2)).get(row));
            }
            case DataType.Decimal(int precision, int scale) ->
                    vector instanceof BigIntVector longs
                            ? BigDecimal.valueOf(longs.get(row), scale)
                            : ((DecimalVector) vector).getObject(row);
            case DataType.YearMonthInterval i ->
                    IntervalYearVector.getTotalMonths(
                            ((IntervalYearVector) vector).getDataBuffer(), row);
            case DataType.DayTimeInterval i ->
                    DurationVector.get(((DurationVector) vector).getDataBuffer(), row);
            case DataType.Array(var element, var nulls) -> {
                ListVector list = (ListVector) vector;
                yield list(
                        list.getDataVector(),
                        element,
                        list.getElementStartIndex(row),
                        list.getElementEndIndex(row));
            }
            case DataType.MapOf(var key, var value, var nulls) -> {
                MapVector map = (MapVector) vector;
                StructVector entries = (StructVector) map.getDataVector();
                FieldVector keys = (FieldVector) entries.getChildByOrdinal(0);
                FieldVector values = (FieldVector) entries.getChildByOrdinal(1);
                Map<Object, Object> result = new LinkedHashMap<>();
                for (int i = map.getElementStartIndex(row); i < map.getElementEndIndex(row); i++) {
                    result.put(get(keys, key, i), get(values, value, i));
                }
                yield result;
            }
            case DataType.Struct(var fields) -> {
                StructVector struct = (StructVector) vector;
                List<Object> result = new ArrayList<>(fields.size());
                for (int i = 0; i < fields.size(); i++) {
                    result.add(
                            get(
                                    (FieldVector) struct.getChildByOrdinal(i),
                                    fields.get(i).type(),
                                    row));
                }
                yield result;
            }
        };
    }

    static void set(FieldVector vector, DataType type, int row, @Nullable Object value) {
        if (value == null || type == DataType.NULL) {
            setNull(vector, row);
            return;
        }
        switch (type) {
            case DataType.Simple.NULL -> {}
            case DataType.Simple.BOOLEAN ->
                    ((BitVector) vector).setSafe(row, (Boolean) value ? 1 : 0);
            case DataType.Simple.TINYINT -> ((TinyIntVector) vector).setSafe(row, (Byte) value);
            case DataType.Simple.SMALLINT -> ((SmallIntVector) vector).setSafe(row, (Short) value);
            case DataType.Simple.INT -> ((IntVector) vector).setSafe(row, (Integer) value);
            case DataType.Simple.BIGINT -> ((BigIntVector) vector).setSafe(row, (Long) value);
            case DataType.Simple.FLOAT -> ((Float4Vector) vector).setSafe(row, (Float) value);
            case DataType.Simple.DOUBLE -> ((Float8Vector) vector).setSafe(row, (Double) value);
            case DataType.Simple.STRING ->
                    ((VarCharVector) vector)
                            .setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
            case DataType.Collated c -> set(vector, DataType.STRING, row, value);
            case DataType.Time t -> ((TimeMicroVector) vector).setSafe(row, (Long) value);
            case DataType.Simple.BINARY ->
                    ((VarBinaryVector) vector).setSafe(row, ((Binary) value).toBytes());
            case DataType.Simple.DATE -> ((DateDayVector) vector).setSafe(row, (Integer) value);
            case DataType.Simple.TIMESTAMP, DataType.Simple.TIMESTAMP_NTZ ->
                    ((TimeStampVector) vector).setSafe(row, (Long) value);
            case DataType.Simple.VARIANT -> {
                StructVector parts = (StructVector) vector;
                Variant variant = (Variant) value;
                parts.setIndexDefined(row);
                set(
                        (FieldVector) parts.getChildByOrdinal(0),
                        DataType.BINARY,
                        row,
                        variant.value());
                set(
                        (FieldVector) parts.getChildByOrdinal(1),
                        DataType.BINARY,
                        row,
                        variant.metadata());
            }
            case DataType.Simple.INTERVAL -> {
                StructVector parts = (StructVector) vector;
                CalendarInterval interval = (CalendarInterval) value;
                parts.setIndexDefined(row);
                ((IntVector) parts.getChildByOrdinal(0)).setSafe(row, interval.months());
                ((IntVector) parts.getChildByOrdinal(1)).setSafe(row, interval.days());
                ((BigIntVector) parts.getChildByOrdinal(2)).setSafe(row, interval.micros());
            }
            case DataType.Decimal(int precision, int scale) -> {
                if (vector instanceof BigIntVector longs) {
                    longs.setSafe(row, ((BigDecimal) value).unscaledValue().longValueExact());
                } else {
                    ((DecimalVector) vector).setSafe(row, (BigDecimal) value);
                }
            }
            case DataType.YearMonthInterval i ->
                    ((IntervalYearVector) vector).setSafe(row, (Integer) value);
            case DataType.DayTimeInterval i -> ((DurationVector) vector).setSafe(row, (Long) value);
            case DataType.Array(var element, var nulls) ->
                    setList((ListVector) vector, element, row, (List<?>) value);
            case DataType.MapOf(var key, var val, var nulls) -> {
                MapVector map = (MapVector) vector;
                StructVector entries = (StructVector) map.getDataVector();
                int start = map.startNewValue(row);
                int at = start;
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    entries.setIndexDefined(at);
                    set((FieldVector) entries.getChildByOrdinal(0), key, at, entry.getKey());
                    set((FieldVector) entries.getChildByOrdinal(1), val, at, entry.getValue());
                    at++;
                }
                map.endValue(row, at - start);
            }
            case DataType.Struct(var fields) -> {
                StructVector struct = (StructVector) vector;
                struct.setIndexDefined(row);
                List<?> values = (List<?>) value;
                for (int i = 0; i < fields.size(); i++) {
                    set(
                            (FieldVector) struct.getChildByOrdinal(i),
                            fields.get(i).type(),
                            row,
                            values.get(i));
                }
            }
        }
    }

    private static Binary part(StructVector parts, int index, int row) {
        return Binary.copyOf(((VarBinaryVector) parts.getChildByOrdinal(index)).get(row));
    }

    private static void setList(ListVector list, DataType element, int row, List<?> values) {
        int start = list.startNewValue(row);
        int at = start;
        for (Object item : values) {
            set(list.getDataVector(), element, at, item);
            at++;
        }
        list.endValue(row, at - start);
    }

    private static void setNull(FieldVector vector, int row) {
        if (vector instanceof ListVector list) {
            list.setNull(row);
        } else {
            while (vector.getValueCapacity() <= row) {
                vector.reAlloc();
            }
            vector.setNull(row);
        }
    }

    private static List<Object> list(FieldVector items, DataType element, int from, int to) {
        List<Object> result = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            result.add(get(items, element, i));
        }
        return result;
    }
}
