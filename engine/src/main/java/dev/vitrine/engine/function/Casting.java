package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.CalendarInterval;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Variant;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Casts between all types by Spark's rules, in all three modes.
public final class Casting {
    private static final long MICROS_PER_SECOND = 1_000_000L;

    private Casting() {}

    /// The error for a cast that SQL does not let be.
    ///
    /// @param sql the cast, quoted
    public static EngineException impossible(
            String sql, DataType from, DataType to, EvalMode mode, @Nullable SourceRange where) {
        boolean days = from == DataType.DATE && to.isNumeric();
        boolean fromDays = from.isNumeric() && to == DataType.DATE;
        ErrorCode code = ErrorCode.DATATYPE_MISMATCH__CAST_WITHOUT_SUGGESTION;
        if (mode != EvalMode.LEGACY && (days || fromDays)) {
            code = ErrorCode.DATATYPE_MISMATCH__CAST_WITH_FUNC_SUGGESTION;
        } else if (mode == EvalMode.ANSI && canCast(from, to, EvalMode.LEGACY)) {
            code = ErrorCode.DATATYPE_MISMATCH__CAST_WITH_CONF_SUGGESTION;
        }
        return new EngineException(
                code,
                Map.of(
                        "sqlExpr", sql,
                        "srcType", "\"" + from.sql() + "\"",
                        "targetType", "\"" + to.sql() + "\""),
                where);
    }

    /// A cast made ready for its two types.
    @FunctionalInterface
    public interface Caster {
        /// The value as the target type.
        ///
        /// @param value a value of the source type, not null
        @Nullable Object cast(Object value);
    }

    /// Whether SQL lets `from` be cast to `to` at all.
    public static boolean canCast(DataType from, DataType to, EvalMode mode) {
        if (from.equals(to) || from == DataType.NULL) {
            return true;
        }
        if (from == DataType.VARIANT || to == DataType.VARIANT) {
            return to == DataType.VARIANT ? VariantCasts.canWrite(from) : VariantCasts.canRead(to);
        }
        return switch (to) {
            case DataType.Simple.STRING -> true;
            case DataType.Simple.BINARY ->
                    from == DataType.STRING || (from.isIntegral() && mode == EvalMode.LEGACY);
            case DataType.Simple.BOOLEAN ->
                    from == DataType.STRING
                            || from.isNumeric()
                            || (mode == EvalMode.LEGACY
                                    && (from == DataType.DATE || from == DataType.TIMESTAMP));
            case DataType.Simple.DATE -> from == DataType.STRING || from.isTimestamp();
            case DataType.Simple.TIMESTAMP ->
                    from == DataType.STRING
                            || isDateTime(from)
                            || from.isNumeric()
                            || (from == DataType.BOOLEAN && mode == EvalMode.LEGACY);
            case DataType.Simple.TIMESTAMP_NTZ -> from == DataType.STRING || isDateTime(from);
            case DataType.Simple.NULL, DataType.Simple.VARIANT -> false;
            case DataType.Simple.INTERVAL -> from == DataType.STRING;
            case DataType.Collated c -> true;
            case DataType.Time t -> TimeCasts.canCast(from);
            case DataType.Simple.FLOAT, DataType.Simple.DOUBLE ->
                    castableToNumber(from, mode) && !IntervalOperators.isInterval(from);
            case DataType.Simple number ->
                    castableToNumber(from, mode) || TimeCasts.toNumber(from, number);
            case DataType.Decimal d ->
                    castableToNumber(from, mode) || from instanceof DataType.Time;
            case DataType.YearMonthInterval i ->
                    from instanceof DataType.YearMonthInterval
                            || castableToInterval(from, i.start() == i.end());
            case DataType.DayTimeInterval i ->
                    from instanceof DataType.DayTimeInterval
                            || castableToInterval(from, i.start() == i.end());
            case DataType.Array(var element, var nulls) ->
                    from instanceof DataType.Array(var e, var n) && canCast(e, element, mode);
            case DataType.MapOf(var key, var value, var nulls) ->
                    from instanceof DataType.MapOf(var k, var v, var n)
                            && canCast(k, key, mode)
                            && canCast(v, value, mode);
            case DataType.Struct(var fields) ->
                    from instanceof DataType.Struct(var f) && castable(f, fields, mode);
        };
    }

    private static boolean castableToInterval(DataType from, boolean oneUnit) {
        boolean exact = from.isIntegral() || from instanceof DataType.Decimal;
        return from == DataType.STRING || exact && oneUnit;
    }

    private static boolean castableToNumber(DataType from, EvalMode mode) {
        return from == DataType.STRING
                || from == DataType.BOOLEAN
                || from.isNumeric()
                || from == DataType.TIMESTAMP
                || (from == DataType.DATE && mode == EvalMode.LEGACY)
                || from instanceof DataType.YearMonthInterval
                || from instanceof DataType.DayTimeInterval;
    }

    private static boolean castable(List<Field> from, List<Field> to, EvalMode mode) {
        if (from.size() != to.size()) {
            return false;
        }
        for (int i = 0; i < from.size(); i++) {
            if (!canCast(from.get(i).type(), to.get(i).type(), mode)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDateTime(DataType type) {
        return type == DataType.DATE || type.isTimestamp();
    }

    /// The cast from `from` to `to`; where the mode is not ANSI, what cannot be cast gives null.
    public static Caster caster(DataType from, DataType to, EvalMode mode, ZoneId zone) {
        // Of type void there is nothing but NULL, which no caster is given.
        if (from.equals(to) || from == DataType.NULL) {
            return value -> value;
        }
        if (from == DataType.VARIANT) {
            return value -> VariantCasts.read((Variant) value, to, mode, zone);
        }
        if (from == DataType.DATE && (to == DataType.BOOLEAN || to.isNumeric())) {
            return value -> null;
        }
        return switch (to) {
            case DataType.Simple.VARIANT -> value -> VariantCasts.write(value, from);
            case DataType.Simple.STRING -> value -> CastText.of(value, from, zone);
            case DataType.Simple.NULL -> value -> null;
            case DataType.Simple.BOOLEAN -> value -> toBoolean(value, from, mode);
            case DataType.Simple.BINARY -> value -> toBinary(value, from);
            case DataType.Simple.DATE -> value -> toDate(value, from, mode, zone);
            case DataType.Simple.TIMESTAMP -> value -> toTimestamp(value, from, mode, zone);
            case DataType.Simple.TIMESTAMP_NTZ -> value -> toTimestampNtz(value, from, mode, zone);
            case DataType.Simple.INTERVAL -> value -> toInterval((String) value, mode);
            case DataType.Collated c -> value -> CastText.of(value, from, zone);
            case DataType.Time time -> value -> TimeCasts.toTime(value, from, time, mode);
            case DataType.Simple number -> value -> NumberCasts.toNumber(value, from, number, mode);
            case DataType.Decimal decimal ->
                    value -> NumberCasts.toDecimal(value, from, decimal, mode);
            case DataType.YearMonthInterval interval ->
                    value -> IntervalCasts.toMonths(value, from, interval, mode);
            case DataType.DayTimeInterval interval ->
                    value -> IntervalCasts.toMicros(value, from, interval, mode);
            case DataType.Array(var element, var nulls) -> {
                Caster each = caster(((DataType.Array) from).element(), element, mode, zone);
                yield value -> {
                    List<@Nullable Object> list = new ArrayList<>();
                    ((List<?>) value).forEach(v -> list.add(v == null ? null : each.cast(v)));
                    return list;
                };
            }
            case DataType.MapOf(var key, var val, var nulls) -> {
                DataType.MapOf source = (DataType.MapOf) from;
                Caster keys = caster(source.key(), key, mode, zone);
                Caster values = caster(source.value(), val, mode, zone);
                yield value -> {
                    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
                    ((Map<?, ?>) value)
                            .forEach((k, v) ->
                                    map.put(keys.cast(k), v == null ? null : values.cast(v)));
                    return map;
                };
            }
            case DataType.Struct(var fields) -> structs((DataType.Struct) from, fields, mode, zone);
        };
    }

    private static Caster structs(
            DataType.Struct from, List<Field> fields, EvalMode mode, ZoneId zone) {
        List<Caster> casters = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            casters.add(caster(from.fields().get(i).type(), fields.get(i).type(), mode, zone));
        }
        return value -> {
            List<@Nullable Object> list = new ArrayList<>();
            for (int i = 0; i < casters.size(); i++) {
                Object v = ((List<?>) value).get(i);
                list.add(v == null ? null : casters.get(i).cast(v));
            }
            return list;
        };
    }

    private static @Nullable Object toBoolean(Object value, DataType from, EvalMode mode) {
        return switch (value) {
            case Boolean b -> b;
            case String s ->
                    switch (DateTimeText.trim(s).toLowerCase(java.util.Locale.ROOT)) {
                        case "t", "true", "y", "yes", "1" -> true;
                        case "f", "false", "n", "no", "0" -> false;
                        default -> invalid(value, from, DataType.BOOLEAN, mode);
                    };
            case java.math.BigDecimal d -> d.signum() != 0;
            case Double d -> d != 0;
            case Float f -> f != 0;
            case Number n -> n.longValue() != 0;
            default -> null;
        };
    }

    private static Object toBinary(Object value, DataType from) {
        if (value instanceof String s) {
            return Binary.copyOf(s.getBytes(StandardCharsets.UTF_8));
        }
        int size =
                switch (from) {
                    case DataType.Simple.TINYINT -> 1;
                    case DataType.Simple.SMALLINT -> 2;
                    case DataType.Simple.INT -> 4;
                    default -> 8;
                };
        byte[] bytes = new byte[size];
        long bits = ((Number) value).longValue();
        for (int i = size - 1; i >= 0; i--) {
            bytes[i] = (byte) bits;
            bits >>= 8;
        }
        return Binary.copyOf(bytes);
    }

    private static @Nullable Object toDate(
            Object value, DataType from, EvalMode mode, ZoneId zone) {
        return switch (value) {
            case String s -> {
                var days = DateTimeText.parseDate(s);
                yield days.isPresent()
                        ? (Object) days.getAsInt()
                        : invalid(s, from, DataType.DATE, mode);
            }
            case Long micros ->
                    (int)
                            DateTimeText.toLocal(
                                            micros,
                                            from == DataType.TIMESTAMP ? zone : ZoneOffset.UTC)
                                    .toLocalDate()
                                    .toEpochDay();
            default -> null;
        };
    }

    private static @Nullable Object toTimestamp(
            Object value, DataType from, EvalMode mode, ZoneId zone) {
        return switch (value) {
            case String s -> {
                var micros = DateTimeText.parseTimestamp(s, zone);
                yield micros.isPresent()
                        ? (Object) micros.getAsLong()
                        : invalid(s, from, DataType.TIMESTAMP, mode);
            }
            case Integer days when from == DataType.DATE ->
                    DateTimeText.toMicros(LocalDate.ofEpochDay(days).atStartOfDay(), zone);
            case Long micros when from == DataType.TIMESTAMP_NTZ ->
                    DateTimeText.toMicros(DateTimeText.toLocal(micros, ZoneOffset.UTC), zone);
            case Boolean b -> b ? 1L : 0L;
            case java.math.BigDecimal d ->
                    d.movePointRight(6)
                            .setScale(0, java.math.RoundingMode.DOWN)
                            .toBigInteger()
                            .longValue();
            case Double d -> fractional(d, from, mode);
            case Float f -> fractional(f, from, mode);
            case Number n -> java.util.concurrent.TimeUnit.SECONDS.toMicros(n.longValue());
            default -> null;
        };
    }

    private static @Nullable Object fractional(double seconds, DataType from, EvalMode mode) {
        if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
            return invalid(seconds, from, DataType.TIMESTAMP, mode);
        }
        if (mode != EvalMode.LEGACY
                && Math.abs(Math.floor(seconds * MICROS_PER_SECOND)) >= 0x1p63) {
            return overflow(seconds, from, DataType.TIMESTAMP, mode);
        }
        return (long) (seconds * MICROS_PER_SECOND);
    }

    private static @Nullable Object toTimestampNtz(
            Object value, DataType from, EvalMode mode, ZoneId zone) {
        return switch (value) {
            case String s -> {
                var micros = DateTimeText.parseTimestampNtz(s);
                yield micros.isPresent()
                        ? (Object) micros.getAsLong()
                        : invalid(s, from, DataType.TIMESTAMP_NTZ, mode);
            }
            case Integer days -> days * 86_400L * MICROS_PER_SECOND;
            case Long micros ->
                    DateTimeText.toMicros(DateTimeText.toLocal(micros, zone), ZoneOffset.UTC);
            default -> null;
        };
    }

    private static @Nullable Object toInterval(String text, EvalMode mode) {
        return CalendarInterval.parse(text)
                .map(interval -> (Object) interval)
                .orElseGet(() -> invalid(text, DataType.STRING, DataType.INTERVAL, mode));
    }

    static @Nullable Object invalid(Object value, DataType from, DataType to, EvalMode mode) {
        if (mode != EvalMode.ANSI) {
            return null;
        }
        throw new EngineException(
                ErrorCode.CAST_INVALID_INPUT,
                Map.of(
                        "expression", value instanceof String ? "'" + value + "'" : value,
                        "sourceType", "\"" + from.sql() + "\"",
                        "targetType", "\"" + to.sql() + "\""));
    }

    static @Nullable Object overflow(Object value, DataType from, DataType to, EvalMode mode) {
        if (mode != EvalMode.ANSI) {
            return null;
        }
        throw new EngineException(
                ErrorCode.CAST_OVERFLOW,
                Map.of(
                        "value", value,
                        "sourceType", "\"" + from.sql() + "\"",
                        "targetType", "\"" + to.sql() + "\""));
    }
}
