package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.CalendarInterval;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import dev.vitrine.engine.types.Values;
import dev.vitrine.engine.types.Variant;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values as programs see them in rows, and as the engine boxes them:
///
/// | type | in a [Row] |
/// |---|---|
/// | numbers, BOOLEAN, STRING | as the engine has them |
/// | DATE | `LocalDate` |
/// | TIMESTAMP, TIMESTAMP_NTZ | `Instant`, `LocalDateTime` |
/// | INTERVAL YEAR TO MONTH, DAY TO SECOND | `Period`, `Duration` |
/// | INTERVAL | [CalendarInterval] |
/// | BINARY | `byte[]` |
/// | ARRAY, MAP, STRUCT | `List`, `Map`, [Row] |
final class JavaValues {
    private JavaValues() {}

    // From the engine

    static Row row(List<? extends @Nullable Object> values, Schema schema) {
        List<@Nullable Object> converted = new ArrayList<>(schema.size());
        for (int i = 0; i < schema.size(); i++) {
            converted.add(toJava(values.get(i), schema.field(i).type()));
        }
        return new Row(converted, schema);
    }

    static @Nullable Object toJava(@Nullable Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case DataType.Simple.DATE -> LocalDate.ofEpochDay((Integer) value);
            case DataType.Simple.TIMESTAMP -> instant((Long) value);
            case DataType.Simple.TIMESTAMP_NTZ ->
                    LocalDateTime.ofInstant(instant((Long) value), ZoneOffset.UTC);
            case DataType.Simple.BINARY -> ((Binary) value).toBytes();
            case DataType.Simple simple -> value;
            case DataType.Collated text -> value;
            case DataType.Time time -> LocalTime.MIDNIGHT.plus((Long) value, ChronoUnit.MICROS);
            case DataType.Decimal decimal -> value;
            case DataType.YearMonthInterval interval ->
                    Period.ofMonths((Integer) value).normalized();
            case DataType.DayTimeInterval interval -> Duration.of((Long) value, ChronoUnit.MICROS);
            case DataType.Array(var element, var nulls) -> {
                List<@Nullable Object> list = new ArrayList<>();
                ((List<?>) value).forEach(item -> list.add(toJava(item, element)));
                yield list;
            }
            case DataType.MapOf(var key, var mapped, var nulls) -> {
                Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
                ((Map<?, ?>) value).forEach((k, v) -> map.put(toJava(k, key), toJava(v, mapped)));
                yield map;
            }
            case DataType.Struct(var fields) -> row((List<?>) value, new Schema(fields));
        };
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static long micros(Duration duration) {
        return Math.addExact(
                Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1_000);
    }

    // To the engine

    /// A row's values as the engine boxes them.
    ///
    /// @throws EngineException INVALID_EXTERNAL_TYPE
    static List<@Nullable Object> boxed(Row row, Schema schema) {
        if (row.size() != schema.size()) {
            throw invalid(row, schema.toStruct());
        }
        return boxed(row, schema.fields());
    }

    private static List<@Nullable Object> boxed(Row row, List<Field> fields) {
        List<@Nullable Object> values = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            Object value = row.get(i);
            if (value == null && !field.nullable()) {
                throw new EngineException(
                        ErrorCode.NOT_NULL_ASSERT_VIOLATION,
                        Map.of("walkedTypePath", field.name()));
            }
            values.add(boxed(value, field.type()));
        }
        return values;
    }

    static @Nullable Object boxed(@Nullable Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case DataType.Simple.NULL -> throw invalid(value, type);
            case DataType.Simple.BOOLEAN -> checked(value, Boolean.class, type);
            case DataType.Simple.TINYINT -> checked(value, Byte.class, type);
            case DataType.Simple.SMALLINT -> checked(value, Short.class, type);
            case DataType.Simple.INT -> checked(value, Integer.class, type);
            case DataType.Simple.BIGINT -> checked(value, Long.class, type);
            case DataType.Simple.FLOAT -> checked(value, Float.class, type);
            case DataType.Simple.DOUBLE -> checked(value, Double.class, type);
            case DataType.Simple.STRING -> checked(value, String.class, type);
            case DataType.Simple.BINARY -> Binary.copyOf(checked(value, byte[].class, type));
            case DataType.Simple.DATE ->
                    Math.toIntExact(
                            (value instanceof java.sql.Date date
                                            ? date.toLocalDate()
                                            : checked(value, LocalDate.class, type))
                                    .toEpochDay());
            case DataType.Simple.TIMESTAMP ->
                    micros(
                            value instanceof java.sql.Timestamp timestamp
                                    ? timestamp.toInstant()
                                    : checked(value, Instant.class, type));
            case DataType.Simple.TIMESTAMP_NTZ ->
                    Values.toMicros(checked(value, LocalDateTime.class, type));
            case DataType.Collated text -> checked(value, String.class, type);
            case DataType.Time(int precision) ->
                    Values.cut(
                            checked(value, LocalTime.class, type).getLong(ChronoField.MICRO_OF_DAY),
                            precision);
            case DataType.Decimal decimal -> decimal(value, decimal);
            case DataType.YearMonthInterval interval ->
                    Math.toIntExact(checked(value, Period.class, type).toTotalMonths());
            case DataType.DayTimeInterval interval -> micros(checked(value, Duration.class, type));
            case DataType.Simple.VARIANT -> checked(value, Variant.class, type);
            case DataType.Simple.INTERVAL -> checked(value, CalendarInterval.class, type);
            case DataType.Array(var element, var nulls) -> {
                List<@Nullable Object> list = new ArrayList<>();
                ((List<?>) checked(value, List.class, type))
                        .forEach(item -> list.add(boxed(item, element)));
                yield list;
            }
            case DataType.MapOf(var key, var mapped, var nulls) -> {
                Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
                for (Map.Entry<?, ?> entry :
                        ((Map<?, ?>) checked(value, Map.class, type)).entrySet()) {
                    map.put(boxed(entry.getKey(), key), boxed(entry.getValue(), mapped));
                }
                yield map;
            }
            case DataType.Struct(var fields) -> boxed(checked(value, Row.class, type), fields);
        };
    }

    private static BigDecimal decimal(Object value, DataType.Decimal type) {
        BigDecimal given =
                value instanceof BigInteger whole
                        ? new BigDecimal(whole)
                        : checked(value, BigDecimal.class, type);
        BigDecimal scaled = given.setScale(type.scale(), RoundingMode.HALF_UP);
        if (scaled.precision() > type.precision()) {
            throw invalid(value, type);
        }
        return scaled;
    }

    private static <T> T checked(Object value, Class<T> javaType, DataType type) {
        if (!javaType.isInstance(value)) {
            throw invalid(value, type);
        }
        return javaType.cast(value);
    }

    private static EngineException invalid(Object value, DataType type) {
        return new EngineException(
                ErrorCode.INVALID_EXTERNAL_TYPE,
                Map.of("externalType", value.getClass().getName(), "type", type.sql()));
    }
}
