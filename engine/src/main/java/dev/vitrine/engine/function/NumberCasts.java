package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Casts to numbers.
final class NumberCasts {
    private static final int MAX_EXPONENT = 400;

    private NumberCasts() {}

    static @Nullable Object toNumber(
            Object value, DataType from, DataType.Simple to, EvalMode mode) {
        return switch (to) {
            case DOUBLE -> toDouble(value, from, to, mode);
            case FLOAT -> {
                Object number = toDouble(value, from, to, mode);
                yield number == null
                        ? null
                        : value instanceof String s
                                ? (Object) parseFloat(s)
                                : (Object) ((Number) number).floatValue();
            }
            default -> toIntegral(value, from, to, mode);
        };
    }

    private static @Nullable Object toDouble(
            Object value, DataType from, DataType to, EvalMode mode) {
        return switch (value) {
            case String s -> {
                Double parsed = parseDouble(s);
                yield parsed == null ? Casting.invalid(s, from, to, mode) : parsed;
            }
            case Boolean b -> b ? 1.0 : 0.0;
            case Long micros when from == DataType.TIMESTAMP -> micros / 1_000_000.0;
            case Number n -> n.doubleValue();
            default -> null;
        };
    }

    private static @Nullable Double parseDouble(String text) {
        String s = DateTimeText.trim(text);
        try {
            return Double.parseDouble(s);
        } catch (NumberFormatException e) {
            return special(s);
        }
    }

    private static Float parseFloat(String text) {
        String s = DateTimeText.trim(text);
        try {
            return Float.parseFloat(s);
        } catch (NumberFormatException e) {
            Double special = special(s);
            return special == null ? Float.NaN : special.floatValue();
        }
    }

    private static @Nullable Double special(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> null;
        };
    }

    private static @Nullable Object toIntegral(
            Object value, DataType from, DataType to, EvalMode mode) {
        return switch (value) {
            case String s -> parseIntegral(s, from, to, mode);
            case Boolean b -> NumberOperations.box(b ? 1 : 0, to);
            case BigDecimal d -> {
                BigInteger whole = d.toBigInteger();
                boolean fits =
                        whole.bitLength() < 64 && NumberOperations.fits(whole.longValue(), to);
                yield fits || mode == EvalMode.LEGACY
                        ? NumberOperations.box(whole.longValue(), to)
                        : Casting.overflow(d.toPlainString() + "BD", from, to, mode);
            }
            case Double d -> fromDouble(d, from, to, mode);
            case Float f -> fromDouble(f, from, to, mode);
            case Number n -> {
                long number =
                        from == DataType.TIMESTAMP
                                ? Math.floorDiv(n.longValue(), 1_000_000L)
                                : intervalUnits(n.longValue(), from);
                if (NumberOperations.fits(number, to)) {
                    yield NumberOperations.box(number, to);
                }
                // Whole numbers wrap around, times are NULL, intervals fail in any mode.
                boolean interval = IntervalOperators.isInterval(from);
                yield mode == EvalMode.LEGACY && !interval
                        ? from == DataType.TIMESTAMP ? null : NumberOperations.box(number, to)
                        : Casting.overflow(
                                number, from, to, mode == EvalMode.LEGACY ? EvalMode.ANSI : mode);
            }
            default -> null;
        };
    }

    private static long intervalUnits(long number, DataType from) {
        return switch (from) {
            case DataType.YearMonthInterval i ->
                    i.end() == DataType.YearMonthField.YEAR ? number / 12 : number;
            case DataType.DayTimeInterval i ->
                    switch (i.end()) {
                        case DAY -> number / 86_400_000_000L;
                        case HOUR -> number / 3_600_000_000L;
                        case MINUTE -> number / 60_000_000L;
                        case SECOND -> number / 1_000_000L;
                    };
            default -> number;
        };
    }

    private static @Nullable Object fromDouble(
            double value, DataType from, DataType to, EvalMode mode) {
        if (mode == EvalMode.LEGACY) {
            // As the JVM narrows: to BIGINT or INT it saturates, below that it wraps the INT.
            return NumberOperations.box(to == DataType.BIGINT ? (long) value : (int) value, to);
        }
        double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
        boolean inLong = whole >= -0x1p63 && whole <= 0x1p63;
        return inLong && NumberOperations.fits((long) whole, to)
                ? NumberOperations.box((long) whole, to)
                : Casting.overflow(value, from, to, mode);
    }

    /// Digits with an optional sign; in LEGACY mode also a fraction, which is cut off.
    private static @Nullable Object parseIntegral(
            String text, DataType from, DataType to, EvalMode mode) {
        String s = DateTimeText.trim(text);
        if (mode == EvalMode.LEGACY) {
            int point = s.indexOf('.');
            if (point >= 0 && s.substring(point + 1).chars().allMatch(c -> c >= '0' && c <= '9')) {
                s = point == 0 ? "" : s.substring(0, point);
            }
        }
        if (plainInteger(s)) {
            try {
                long number = Long.parseLong(s);
                if (NumberOperations.fits(number, to)) {
                    return NumberOperations.box(number, to);
                }
            } catch (NumberFormatException e) {
                return Casting.invalid(text, from, to, mode);
            }
        }
        return Casting.invalid(text, from, to, mode);
    }

    private static boolean plainInteger(String s) {
        int at = !s.isEmpty() && (s.charAt(0) == '-' || s.charAt(0) == '+') ? 1 : 0;
        if (at == s.length()) {
            return false;
        }
        for (; at < s.length(); at++) {
            if (s.charAt(at) < '0' || s.charAt(at) > '9') {
                return false;
            }
        }
        return true;
    }

    static @Nullable Object toDecimal(
            Object value, DataType from, DataType.Decimal to, EvalMode mode) {
        BigDecimal number =
                switch (value) {
                    case String s -> parseDecimal(s);
                    case Boolean b -> b ? BigDecimal.ONE : BigDecimal.ZERO;
                    case BigDecimal d -> d;
                    case Double d -> Double.isFinite(d) ? BigDecimal.valueOf(d) : null;
                    case Float f -> Float.isFinite(f) ? BigDecimal.valueOf((double) f) : null;
                    case Long micros when from == DataType.TIMESTAMP ->
                            BigDecimal.valueOf(micros, 6);
                    case Number n when IntervalOperators.isInterval(from) ->
                            IntervalCasts.amount(n, from);
                    case Number n -> BigDecimal.valueOf(n.longValue());
                    default -> throw EngineException.internal(from.sql() + " as a decimal");
                };
        if (number == null) {
            // NaN and infinity are no decimals, and no error either.
            return value instanceof String ? Casting.invalid(value, from, to, mode) : null;
        }
        boolean always = mode == EvalMode.LEGACY && IntervalOperators.isInterval(from);
        return NumberOperations.fit(number, to, always ? EvalMode.ANSI : mode);
    }

    private static @Nullable BigDecimal parseDecimal(String text) {
        try {
            BigDecimal number = new BigDecimal(DateTimeText.trim(text));
            // A short text can name a number of a billion digits; none of those fits anyway.
            if (number.signum() != 0 && Math.abs((long) number.scale()) > MAX_EXPONENT) {
                return number.scale() > 0 ? BigDecimal.ZERO : BigDecimal.TEN.pow(MAX_EXPONENT);
            }
            return number.signum() == 0 ? BigDecimal.ZERO : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
