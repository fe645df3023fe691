package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.types.DataType;
import java.text.SimpleDateFormat;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Dates and timestamps written and read by patterns such as `yyyy-MM-dd HH:mm:ss`.
///
/// The letters are those of [DateTimeFormatter] without the week-based and the narrow ones; `S`
/// reads up to as many digits as it is long. Java's formatter does the work; what differs is
/// decided here, as Spark documents its patterns.
public final class DateTimePatterns {
    private static final int KEPT = 256;
    private static final Map<String, DateTimeFormatter> WRITERS = new ConcurrentHashMap<>();
    private static final Map<String, DateTimeFormatter> READERS = new ConcurrentHashMap<>();
    private static final String WEEK_BASED = "YWwuec";
    private static final String UNKNOWN = "ABnNp";
    private static final String ONLY_WRITTEN = "EFqQ";
    private static final List<String> TOO_LONG =
            List.of("GGGGG", "MMMMM", "LLLLL", "EEEEE", "QQQQQ", "qqqqq", "yyyyyyy");
    private static final Pattern FRACTION = Pattern.compile("([^S]*)(S*)(.*)", Pattern.DOTALL);

    private DateTimePatterns() {}

    /// A formatter that writes one of Spark's patterns.
    public static DateTimeFormatter formatter(String pattern) {
        return writer(pattern);
    }

    static DateTimeFormatter writer(String pattern) {
        return kept(WRITERS, pattern, false);
    }

    static DateTimeFormatter reader(String pattern) {
        return kept(READERS, pattern, true);
    }

    private static DateTimeFormatter kept(
            Map<String, DateTimeFormatter> kept, String pattern, boolean reads) {
        DateTimeFormatter known = kept.get(pattern);
        if (known != null) {
            return known;
        }
        DateTimeFormatter made = made(pattern, reads);
        if (kept.size() >= KEPT) {
            kept.clear();
        }
        kept.put(pattern, made);
        return made;
    }

    private static DateTimeFormatter made(String pattern, boolean reads) {
        try {
            String java = checked(pattern, reads);
            DateTimeFormatterBuilder builder =
                    new DateTimeFormatterBuilder().parseCaseInsensitive();
            if (reads) {
                appendReading(builder, java);
            } else {
                appendWriting(builder, java);
            }
            return builder.parseDefaulting(ChronoField.ERA, 1)
                    .toFormatter(Locale.US)
                    .withChronology(IsoChronology.INSTANCE)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw invalid(pattern, ErrorCode.INVALID_DATETIME_PATTERN, "", e);
        }
    }

    /// The pattern for Java: without an era, years count through zero.
    private static String checked(String pattern, boolean reads) {
        String[] parts = (pattern + " ").split("'", -1);
        boolean era = false;
        for (int i = 0; i < parts.length; i += 2) {
            era |= parts[i].indexOf('G') >= 0;
            check(pattern, parts[i], reads);
        }
        for (int i = 0; i < parts.length && !era; i += 2) {
            parts[i] = parts[i].replace('y', 'u');
        }
        String java = String.join("'", parts);
        return java.substring(0, java.length() - 1);
    }

    private static void check(String pattern, String letters, boolean reads) {
        for (int i = 0; i < letters.length(); i++) {
            char c = letters.charAt(i);
            if (WEEK_BASED.indexOf(c) >= 0) {
                throw new EngineException(
                        ErrorCode.INCONSISTENT_BEHAVIOR_CROSS_VERSION__DATETIME_WEEK_BASED_PATTERN,
                        Map.of("c", c));
            }
            if (UNKNOWN.indexOf(c) >= 0 || reads && ONLY_WRITTEN.indexOf(c) >= 0) {
                throw invalid(
                        pattern,
                        ErrorCode.INVALID_DATETIME_PATTERN__ILLEGAL_CHARACTER,
                        String.valueOf(c),
                        null);
            }
        }
        for (String style : TOO_LONG) {
            if (letters.contains(style)) {
                throw invalid(pattern, ErrorCode.INVALID_DATETIME_PATTERN__LENGTH, style, null);
            }
        }
    }

    /// Patterns that older versions knew have a condition of their own.
    private static EngineException invalid(
            String pattern, ErrorCode code, String detail, @Nullable Throwable cause) {
        ErrorCode condition = code;
        try {
            var known = new SimpleDateFormat(pattern, Locale.US);
            condition =
                    known.toPattern().equals(pattern)
                            ? ErrorCode
                                    .INCONSISTENT_BEHAVIOR_CROSS_VERSION__DATETIME_PATTERN_RECOGNITION
                            : code;
        } catch (IllegalArgumentException e) {
            // Older versions did not know it either.
            condition = code;
        }
        return new EngineException(
                condition, Map.of("pattern", "'" + pattern + "'", "c", detail), null, cause);
    }

    /// `F` is the day within the weeks that are counted from the month's first day.
    private static void appendWriting(DateTimeFormatterBuilder builder, String pattern) {
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < pattern.length(); i++) {
            quoted ^= pattern.charAt(i) == '\'';
            if (pattern.charAt(i) == 'F' && !quoted) {
                builder.appendPattern(pattern.substring(start, i));
                if (pattern.startsWith("FF", i)) {
                    throw new IllegalArgumentException("Too many pattern letters: F");
                }
                builder.appendValue(ChronoField.ALIGNED_DAY_OF_WEEK_IN_MONTH);
                start = i + 1;
            }
        }
        builder.appendPattern(pattern.substring(start));
    }

    /// Quoted text as it is, and fractions of seconds with one digit or more.
    private static void appendReading(DateTimeFormatterBuilder builder, String pattern) {
        String[] parts = pattern.split("'", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 1 && parts[i].isEmpty()) {
                builder.appendLiteral("'");
            } else if (i % 2 == 1) {
                builder.appendLiteral(parts[i]);
            } else {
                String rest = parts[i];
                while (!rest.isEmpty()) {
                    Matcher matcher = FRACTION.matcher(rest);
                    if (!matcher.matches()) {
                        throw new IllegalArgumentException(rest);
                    }
                    builder.appendPattern(matcher.group(1));
                    int digits = matcher.group(2).length();
                    if (digits > 0) {
                        builder.appendFraction(ChronoField.NANO_OF_SECOND, 1, digits, false);
                    }
                    rest = matcher.group(3);
                }
            }
        }
    }

    static String format(long micros, String pattern, ZoneId zone) {
        try {
            return writer(pattern).format(DateTimeText.toLocal(micros, zone).atZone(zone));
        } catch (DateTimeException e) {
            throw invalid(pattern, ErrorCode.INVALID_DATETIME_PATTERN, "", e);
        }
    }

    static @Nullable Object parse(String text, String pattern, DataType type, CallSite site) {
        if (type == DataType.DATE) {
            OptionalInt days = tryDate(text, pattern);
            return days.isPresent() ? (Object) days.getAsInt() : unfit(text, pattern, site);
        }
        OptionalLong micros = tryTimestamp(text, pattern, type, site.zone());
        return micros.isPresent() ? (Object) micros.getAsLong() : unfit(text, pattern, site);
    }

    private static @Nullable Object unfit(String text, String pattern, CallSite site) {
        if (site.mode() == EvalMode.ANSI) {
            throw new EngineException(
                    ErrorCode.CANNOT_PARSE_TIMESTAMP,
                    Map.of("value", "'" + text + "'", "pattern", "'" + pattern + "'"));
        }
        return null;
    }

    static OptionalInt tryDate(String text, String pattern) {
        DateTimeFormatter formatter = reader(pattern);
        try {
            return OptionalInt.of(Math.toIntExact(date(formatter.parse(text)).toEpochDay()));
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalInt.empty();
        }
    }

    /// @param zone where the text names none
    static OptionalLong tryTimestamp(String text, String pattern, DataType type, ZoneId zone) {
        DateTimeFormatter formatter = reader(pattern);
        try {
            TemporalAccessor parsed = formatter.parse(text);
            LocalTime time =
                    Optional.ofNullable(parsed.query(TemporalQueries.localTime()))
                            .orElseGet(() -> time(parsed));
            ZoneId written = Optional.ofNullable(parsed.query(TemporalQueries.zone())).orElse(zone);
            return OptionalLong.of(
                    DateTimeText.toMicros(
                            date(parsed).atTime(time),
                            type == DataType.TIMESTAMP_NTZ ? ZoneOffset.UTC : written));
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /// Microseconds since midnight.
    static OptionalLong tryTime(String text, String pattern) {
        OptionalLong micros = tryTimestamp(text, pattern, DataType.TIMESTAMP_NTZ, ZoneOffset.UTC);
        return micros.isPresent()
                ? OptionalLong.of(Math.floorMod(micros.getAsLong(), 86_400_000_000L))
                : micros;
    }

    /// Fields that are missing are those of 1970-01-01.
    private static LocalDate date(TemporalAccessor parsed) {
        LocalDate whole = parsed.query(TemporalQueries.localDate());
        if (whole != null) {
            return whole;
        }
        int year = field(parsed, ChronoField.YEAR, 1970);
        if (!parsed.isSupported(ChronoField.DAY_OF_YEAR)) {
            return LocalDate.of(
                    year,
                    field(parsed, ChronoField.MONTH_OF_YEAR, 1),
                    field(parsed, ChronoField.DAY_OF_MONTH, 1));
        }
        LocalDate date = LocalDate.ofYearDay(year, parsed.get(ChronoField.DAY_OF_YEAR));
        boolean agrees =
                field(parsed, ChronoField.MONTH_OF_YEAR, date.getMonthValue())
                                == date.getMonthValue()
                        && field(parsed, ChronoField.DAY_OF_MONTH, date.getDayOfMonth())
                                == date.getDayOfMonth();
        if (!agrees) {
            throw new DateTimeException("the day of the year is not in that month");
        }
        return date;
    }

    /// An hour of a half day without AM or PM is in the morning; PM alone is noon.
    private static LocalTime time(TemporalAccessor parsed) {
        int hour =
                parsed.isSupported(ChronoField.HOUR_OF_DAY)
                        ? parsed.get(ChronoField.HOUR_OF_DAY)
                        : parsed.isSupported(ChronoField.HOUR_OF_AMPM)
                                ? parsed.get(ChronoField.HOUR_OF_AMPM)
                                : 12 * field(parsed, ChronoField.AMPM_OF_DAY, 0);
        return LocalTime.of(
                hour,
                field(parsed, ChronoField.MINUTE_OF_HOUR, 0),
                field(parsed, ChronoField.SECOND_OF_MINUTE, 0),
                field(parsed, ChronoField.NANO_OF_SECOND, 0));
    }

    private static int field(TemporalAccessor parsed, ChronoField field, int absent) {
        return parsed.isSupported(field) ? parsed.get(field) : absent;
    }
}
