package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.DataType.DayTimeField;
import dev.vitrine.engine.types.DataType.YearMonthField;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Casts to intervals: from text, from numbers of their last unit, and from other intervals.
final class IntervalCasts {
    private static final Pattern LITERAL =
            Pattern.compile(
                    "interval\\s+([+-])?\\s*'([^']*)'\\s+(\\w+(?:\\s+to\\s+\\w+)?)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern YEAR_TO_MONTH = Pattern.compile("([+-])?(\\d+)-(\\d+)");
    private static final Pattern WHOLE = Pattern.compile("([+-])?(\\d+)");
    private static final String[] PARTS = {
        "(\\d+)", "(\\d{1,2})", "(\\d{1,2})", "(\\d{1,2}(?:\\.\\d{1,9})?)"
    };
    private static final String[] FIRST_PARTS = {
        "(\\d+)", "(\\d+)", "(\\d+)", "(\\d+(?:\\.\\d{1,9})?)"
    };
    private static final long[] MICROS = {86_400_000_000L, 3_600_000_000L, 60_000_000L, 1_000_000L};
    private static final int[] LIMITS = {Integer.MAX_VALUE, 24, 60, 60};

    private IntervalCasts() {}

    /// A value as months.
    static @Nullable Object toMonths(
            Object value, DataType from, DataType.YearMonthInterval to, EvalMode mode) {
        return switch (value) {
            case String text ->
                    months(text, to).map(n -> (Object) n).orElseGet(() -> unfit(text, to, mode));
            case Integer months when from instanceof DataType.YearMonthInterval ->
                    to.end() == YearMonthField.YEAR ? months / 12 * 12 : (Object) months;
            default ->
                    units(
                            value,
                            to.end() == YearMonthField.YEAR ? 12 : 1,
                            BigDecimal::intValueExact,
                            value,
                            from,
                            to,
                            mode);
        };
    }

    /// A value as microseconds.
    static @Nullable Object toMicros(
            Object value, DataType from, DataType.DayTimeInterval to, EvalMode mode) {
        long unit = MICROS[to.end().ordinal()];
        return switch (value) {
            case String text ->
                    micros(text, to).map(n -> (Object) n).orElseGet(() -> unfit(text, to, mode));
            case Long micros when from instanceof DataType.DayTimeInterval ->
                    to.end() == DayTimeField.SECOND ? micros : (Object) (micros / unit * unit);
            default -> units(value, unit, BigDecimal::longValueExact, value, from, to, mode);
        };
    }

    /// How often an interval's last unit is in it: what a cast to a number gives.
    static BigDecimal amount(Number interval, DataType type) {
        long unit =
                switch (type) {
                    case DataType.YearMonthInterval i -> i.end() == YearMonthField.YEAR ? 12 : 1;
                    case DataType.DayTimeInterval i -> MICROS[i.end().ordinal()];
                    default -> 1;
                };
        return BigDecimal.valueOf(interval.longValue())
                .divide(BigDecimal.valueOf(unit), 6, RoundingMode.HALF_UP);
    }

    @FunctionalInterface
    private interface Narrowing {
        Object apply(BigDecimal exact);
    }

    private static @Nullable Object units(
            Object number,
            long unit,
            Narrowing narrowing,
            Object value,
            DataType from,
            DataType to,
            EvalMode mode) {
        BigDecimal count =
                number instanceof BigDecimal d
                        ? d
                        : BigDecimal.valueOf(((Number) number).longValue());
        try {
            return narrowing.apply(
                    count.multiply(BigDecimal.valueOf(unit)).setScale(0, RoundingMode.HALF_UP));
        } catch (ArithmeticException e) {
            if (mode == EvalMode.TRY) {
                return null;
            }
            return Casting.overflow(value, from, to, EvalMode.ANSI);
        }
    }

    private static @Nullable Object unfit(String text, DataType to, EvalMode mode) {
        if (mode == EvalMode.TRY) {
            return null;
        }
        throw new EngineException(
                ErrorCode.INVALID_INTERVAL_FORMAT__UNMATCHED_FORMAT_STRING_WITH_NOTICE,
                Map.of(
                        "input", "'" + text + "'",
                        "typeName", to.catalogString(),
                        "supportedFormat", "'" + to.catalogString() + "'"));
    }

    /// The text inside a literal that names the same units, with its sign, or the text itself.
    private static Optional<String> body(String text, DataType type) {
        Matcher literal = LITERAL.matcher(text.strip());
        if (!literal.matches()) {
            return Optional.of(text.strip());
        }
        String units = "interval " + literal.group(3).replaceAll("\\s+", " ");
        if (!units.equalsIgnoreCase(type.catalogString())) {
            return Optional.empty();
        }
        String inner = literal.group(2).strip();
        boolean minus = "-".equals(literal.group(1));
        return Optional.of(
                !minus ? inner : inner.startsWith("-") ? inner.substring(1) : "-" + inner);
    }

    private static Optional<Integer> months(String text, DataType.YearMonthInterval type) {
        Optional<String> body = body(text, type);
        boolean both = type.start() != type.end();
        Matcher matcher = (both ? YEAR_TO_MONTH : WHOLE).matcher(body.orElse(""));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            long first = Long.parseLong(matcher.group(2));
            long unit = type.start() == YearMonthField.YEAR ? 12 : 1;
            long rest = both ? Long.parseLong(matcher.group(3)) : 0;
            if (rest > 11) {
                return Optional.empty();
            }
            long total = Math.addExact(Math.multiplyExact(first, unit), rest);
            return Optional.of(Math.toIntExact("-".equals(matcher.group(1)) ? -total : total));
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> micros(String text, DataType.DayTimeInterval type) {
        int first = type.start().ordinal();
        int last = type.end().ordinal();
        StringBuilder pattern = new StringBuilder("([+-])?");
        for (int i = first; i <= last; i++) {
            pattern.append(i == first ? "" : i == 1 ? "[ T]" : ":");
            pattern.append(i == first ? FIRST_PARTS[i] : PARTS[i]);
        }
        Matcher matcher = Pattern.compile(pattern.toString()).matcher(body(text, type).orElse(""));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal total = BigDecimal.ZERO;
        for (int i = first; i <= last; i++) {
            BigDecimal part = new BigDecimal(matcher.group(2 + i - first));
            if (i > first && part.compareTo(BigDecimal.valueOf(LIMITS[i])) >= 0) {
                return Optional.empty();
            }
            total = total.add(part.multiply(BigDecimal.valueOf(MICROS[i])));
        }
        try {
            BigDecimal signed = "-".equals(matcher.group(1)) ? total.negate() : total;
            return Optional.of(signed.setScale(0, RoundingMode.DOWN).longValueExact());
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }
}
