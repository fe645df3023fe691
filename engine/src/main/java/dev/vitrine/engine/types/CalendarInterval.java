package dev.vitrine.engine.types;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A value of type INTERVAL: months, days and microseconds, each with a sign of its own. A month is
/// no fixed number of days, nor a day of microseconds, so two of them have no order.
public record CalendarInterval(int months, int days, long micros) {
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
    private static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
    private static final Pattern PREFIX =
            Pattern.compile("\\s*interval\\s+", Pattern.CASE_INSENSITIVE);
    private static final Pattern PART =
            Pattern.compile(
                    "\\s*([+-]?)\\s*(\\d+|\\d*\\.\\d{1,9}|\\d+\\.)\\s+([a-zA-Z]+)(?:\\s+|$)");

    /// The sum, part by part.
    ///
    /// @throws ArithmeticException where a part overflows
    public CalendarInterval plus(CalendarInterval other) {
        return new CalendarInterval(
                Math.addExact(months, other.months),
                Math.addExact(days, other.days),
                Math.addExact(micros, other.micros));
    }

    /// @throws ArithmeticException where a part overflows
    public CalendarInterval negated() {
        return new CalendarInterval(
                Math.negateExact(months), Math.negateExact(days), Math.negateExact(micros));
    }

    /// Each part times `factor`: months and days cut off, microseconds rounded. What is cut off is
    /// lost, as in Spark.
    ///
    /// @throws ArithmeticException where a part overflows
    public CalendarInterval times(double factor) {
        return new CalendarInterval(
                whole(months * factor), whole(days * factor), rounded(micros * factor));
    }

    private static int whole(double value) {
        long cut = rounded(value < 0 ? Math.ceil(value) : Math.floor(value));
        return Math.toIntExact(cut);
    }

    private static long rounded(double value) {
        if (Double.isNaN(value) || Math.abs(value) > Long.MAX_VALUE) {
            throw new ArithmeticException("interval overflow");
        }
        return Math.round(value);
    }

    /// Reads `1 year 2 days -3.5 seconds`, with the word INTERVAL before it or not; empty where the
    /// text is none or a part overflows.
    public static Optional<CalendarInterval> parse(String text) {
        Matcher prefix = PREFIX.matcher(text);
        int at = prefix.lookingAt() ? prefix.end() : 0;
        Matcher part = PART.matcher(text.stripTrailing());
        CalendarInterval sum = new CalendarInterval(0, 0, 0);
        int end = text.stripTrailing().length();
        if (at >= end) {
            return Optional.empty();
        }
        try {
            while (at < end) {
                part.region(at, end);
                if (!part.lookingAt()) {
                    return Optional.empty();
                }
                BigDecimal number = new BigDecimal(part.group(1) + part.group(2));
                Optional<CalendarInterval> next = of(number, part.group(3));
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                sum = sum.plus(next.get());
                at = part.end();
            }
            return Optional.of(sum);
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /// A number of units; only seconds may have a fraction, of which nanoseconds are cut off.
    ///
    /// @param unit `YEAR`, `days` and so on
    /// @throws ArithmeticException where a part overflows
    public static Optional<CalendarInterval> of(BigDecimal number, String unit) {
        String lower = unit.toLowerCase(Locale.ROOT);
        String one = lower.endsWith("s") ? lower.substring(0, lower.length() - 1) : lower;
        if (one.equals("second")) {
            return Optional.of(
                    new CalendarInterval(
                            0,
                            0,
                            number.movePointRight(6)
                                    .setScale(0, java.math.RoundingMode.DOWN)
                                    .longValueExact()));
        }
        if (number.stripTrailingZeros().scale() > 0) {
            return Optional.empty();
        }
        long count = number.longValueExact();
        return switch (one) {
            case "year" -> Optional.of(ofMonths(Math.multiplyExact(count, 12L)));
            case "quarter" -> Optional.of(ofMonths(Math.multiplyExact(count, 3L)));
            case "month" -> Optional.of(ofMonths(count));
            case "week" -> Optional.of(ofDays(Math.multiplyExact(count, 7L)));
            case "day" -> Optional.of(ofDays(count));
            case "hour" -> Optional.of(ofMicros(Math.multiplyExact(count, MICROS_PER_HOUR)));
            case "minute" -> Optional.of(ofMicros(Math.multiplyExact(count, MICROS_PER_MINUTE)));
            case "millisecond" -> Optional.of(ofMicros(Math.multiplyExact(count, 1_000L)));
            case "microsecond" -> Optional.of(ofMicros(count));
            default -> Optional.empty();
        };
    }

    private static CalendarInterval ofMonths(long months) {
        return new CalendarInterval(Math.toIntExact(months), 0, 0);
    }

    private static CalendarInterval ofDays(long days) {
        return new CalendarInterval(0, Math.toIntExact(days), 0);
    }

    private static CalendarInterval ofMicros(long micros) {
        return new CalendarInterval(0, 0, micros);
    }

    /// `1 years 2 months 3 days 4 hours 5 minutes 6.7 seconds` without the parts that are zero.
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(" ");
        add(text, months / 12, "years");
        add(text, months % 12, "months");
        add(text, days, "days");
        add(text, micros / MICROS_PER_HOUR, "hours");
        add(text, micros % MICROS_PER_HOUR / MICROS_PER_MINUTE, "minutes");
        long seconds = micros % MICROS_PER_MINUTE;
        if (seconds != 0) {
            text.add(
                    BigDecimal.valueOf(seconds, 6).stripTrailingZeros().toPlainString()
                            + " seconds");
        }
        return text.length() == 0 ? "0 seconds" : text.toString();
    }

    private static void add(StringJoiner text, long count, String unit) {
        if (count != 0) {
            text.add(count + " " + unit);
        }
    }
}
