package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.CalendarInterval;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.DataType.DayTimeField;
import dev.vitrine.engine.types.DataType.YearMonthField;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads interval literals and interval types.
final class IntervalLiterals {
    private static final Pattern YEAR_TO_MONTH = Pattern.compile("([+-])?(\\d+)-(\\d+)");
    private static final Pattern DAY_TO_SECOND =
            Pattern.compile(
                    "([+-])?(?:(\\d+)(?: |$))?(?:(\\d+)(?::(\\d+))?(?::(\\d+(?:\\.\\d*)?))?)?");
    private static final Pattern PART = Pattern.compile("([+-]?\\s*[\\d.]+)\\s+([a-zA-Z]+)");

    private IntervalLiterals() {}

    /// A number of units.
    record Part(String value, String unit) {}

    static DataType type(String from, String to, SourceRange where) {
        String start = singular(from);
        String end = singular(to);
        if (isYearMonth(start) && isYearMonth(end)) {
            return new DataType.YearMonthInterval(
                    YearMonthField.valueOf(start), YearMonthField.valueOf(end));
        }
        if (isDayTime(start) && isDayTime(end)) {
            return new DataType.DayTimeInterval(
                    DayTimeField.valueOf(start), DayTimeField.valueOf(end));
        }
        throw invalid(from + " TO " + to, where);
    }

    private static boolean isYearMonth(String unit) {
        return unit.equals("YEAR") || unit.equals("MONTH");
    }

    private static boolean isDayTime(String unit) {
        return List.of("DAY", "HOUR", "MINUTE", "SECOND").contains(unit);
    }

    private static String singular(String unit) {
        String upper = unit.toUpperCase(Locale.ROOT);
        return upper.endsWith("S") ? upper.substring(0, upper.length() - 1) : upper;
    }

    /// `INTERVAL 1 year 2 months`, `INTERVAL '90' DAY`.
    static Expr.Literal ofParts(List<Part> parts, SourceRange where) {
        long months = 0;
        BigDecimal micros = BigDecimal.ZERO;
        List<YearMonthField> yearMonth = new ArrayList<>();
        List<DayTimeField> dayTime = new ArrayList<>();
        for (Part part : parts) {
            BigDecimal value = number(part.value(), where);
            switch (singular(part.unit())) {
                case "YEAR" -> {
                    months += whole(value, where) * 12;
                    yearMonth.add(YearMonthField.YEAR);
                }
                case "QUARTER" -> {
                    months += whole(value, where) * 3;
                    yearMonth.add(YearMonthField.MONTH);
                }
                case "MONTH" -> {
                    months += whole(value, where);
                    yearMonth.add(YearMonthField.MONTH);
                }
                case String unit -> {
                    micros = micros.add(value.multiply(BigDecimal.valueOf(micros(unit, where))));
                    dayTime.add(field(unit));
                }
            }
        }
        if (!yearMonth.isEmpty() && !dayTime.isEmpty()) {
            throw new EngineException(
                    ErrorCode._LEGACY_ERROR_TEMP_0029, Map.of("literal", text(parts)), where);
        }
        if (yearMonth.isEmpty()) {
            dayTime.sort(null);
            return new Expr.Literal(
                    exact(micros, where),
                    new DataType.DayTimeInterval(dayTime.getFirst(), dayTime.getLast()));
        }
        yearMonth.sort(null);
        if (months != (int) months) {
            throw invalid(parts.toString(), where);
        }
        return new Expr.Literal(
                (int) months,
                new DataType.YearMonthInterval(yearMonth.getFirst(), yearMonth.getLast()));
    }

    private static String text(List<Part> parts) {
        return parts.stream()
                .map(part -> part.value() + " " + part.unit().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    /// A literal as the type INTERVAL.
    static Expr.Literal calendar(List<Part> parts, SourceRange where) {
        return calendar(text(parts), where);
    }

    /// `INTERVAL '1 month 2 hours'` as the type INTERVAL.
    static Expr.Literal calendar(String text, SourceRange where) {
        return CalendarInterval.parse(text)
                .map(interval -> new Expr.Literal(interval, DataType.INTERVAL))
                .orElseThrow(() -> invalid(text, where));
    }

    /// A literal of a range of units as the type INTERVAL.
    static Expr.Literal calendar(Expr.Literal range) {
        long micros = range.value() instanceof Long n ? n : 0;
        long days = micros / 86_400_000_000L;
        return new Expr.Literal(
                range.value() instanceof Integer months
                        ? new CalendarInterval(months, 0, 0)
                        : new CalendarInterval(0, (int) days, micros % 86_400_000_000L),
                DataType.INTERVAL);
    }

    /// `INTERVAL '1 day 2 hours'`.
    static Expr.Literal ofText(String text, SourceRange where) {
        String body = text.strip();
        if (body.regionMatches(true, 0, "interval ", 0, 9)) {
            body = body.substring(9);
        }
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(body);
        int end = 0;
        while (matcher.find()) {
            if (!body.substring(end, matcher.start()).isBlank()) {
                throw invalid(text, where);
            }
            parts.add(new Part(matcher.group(1).replace(" ", ""), matcher.group(2)));
            end = matcher.end();
        }
        if (parts.isEmpty() || !body.substring(end).isBlank()) {
            throw invalid(text, where);
        }
        return ofParts(parts, where);
    }

    /// `INTERVAL '1-2' YEAR TO MONTH`, `INTERVAL '1 2:03:04.5' DAY TO SECOND`.
    static Expr.Literal ofRange(
            boolean negative, String text, String from, String to, SourceRange where) {
        DataType type = type(from, to, where);
        String body = text.strip();
        if (type instanceof DataType.YearMonthInterval) {
            Matcher matcher = YEAR_TO_MONTH.matcher(body);
            if (!matcher.matches()) {
                throw unmatched(text, type, where);
            }
            long months = Long.parseLong(matcher.group(2)) * 12 + Long.parseLong(matcher.group(3));
            boolean minus = negative ^ "-".equals(matcher.group(1));
            return new Expr.Literal((int) (minus ? -months : months), type);
        }
        return new Expr.Literal(
                dayTime(negative, body, (DataType.DayTimeInterval) type, where), type);
    }

    private static long dayTime(
            boolean negative, String body, DataType.DayTimeInterval type, SourceRange where) {
        boolean minus = body.startsWith("-");
        String digits = minus || body.startsWith("+") ? body.substring(1) : body;
        String[] pieces = digits.split("[ :T]+", -1);
        List<String> units = List.of("DAY", "HOUR", "MINUTE", "SECOND");
        int first = units.indexOf(type.start().name());
        int count = units.indexOf(type.end().name()) - first + 1;
        // A blank can only follow the days.
        boolean wrongForm =
                first == 0
                        ? !DAY_TO_SECOND.matcher(body).matches()
                        : digits.chars().anyMatch(c -> c == ' ' || c == 'T');
        if (pieces.length != count || wrongForm) {
            throw unmatched(body, type, where);
        }
        BigDecimal micros = BigDecimal.ZERO;
        for (int i = 0; i < pieces.length; i++) {
            BigDecimal unit = BigDecimal.valueOf(micros(units.get(first + i), where));
            micros = micros.add(number(pieces[i], where).multiply(unit));
        }
        long value = exact(micros, where);
        return minus ^ negative ? -value : value;
    }

    private static DayTimeField field(String unit) {
        return switch (unit) {
            case "WEEK", "DAY" -> DayTimeField.DAY;
            case "HOUR" -> DayTimeField.HOUR;
            case "MINUTE" -> DayTimeField.MINUTE;
            default -> DayTimeField.SECOND;
        };
    }

    private static long micros(String unit, SourceRange where) {
        return switch (unit) {
            case "WEEK" -> 7 * 86_400_000_000L;
            case "DAY" -> 86_400_000_000L;
            case "HOUR" -> 3_600_000_000L;
            case "MINUTE" -> 60_000_000L;
            case "SECOND" -> 1_000_000L;
            case "MILLISECOND" -> 1_000L;
            case "MICROSECOND" -> 1L;
            default -> throw invalid(unit, where);
        };
    }

    private static BigDecimal number(String text, SourceRange where) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw invalid(text, where);
        }
    }

    private static long whole(BigDecimal value, SourceRange where) {
        try {
            return value.intValueExact();
        } catch (ArithmeticException e) {
            throw invalid(value.toPlainString(), where);
        }
    }

    private static long exact(BigDecimal micros, SourceRange where) {
        try {
            return micros.setScale(0, java.math.RoundingMode.DOWN).longValueExact();
        } catch (ArithmeticException e) {
            throw invalid(micros.toPlainString(), where);
        }
    }

    private static EngineException unmatched(String text, DataType type, SourceRange where) {
        return new EngineException(
                ErrorCode.INVALID_INTERVAL_FORMAT__UNMATCHED_FORMAT_STRING_WITH_NOTICE,
                Map.of(
                        "input", "'" + text + "'",
                        "typeName", type.catalogString(),
                        "supportedFormat", "'" + type.catalogString() + "'"),
                where);
    }

    private static EngineException invalid(String value, SourceRange where) {
        return new EngineException(
                ErrorCode.INVALID_TYPED_LITERAL,
                Map.of("valueType", "\"INTERVAL\"", "value", "'" + value + "'"),
                where);
    }
}
