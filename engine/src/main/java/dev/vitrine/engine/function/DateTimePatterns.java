package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.types.DataType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Dates and timestamps written and read by patterns such as `yyyy-MM-dd HH:mm:ss`.
public final class DateTimePatterns {
    private static final int KEPT = 256;
    private static final Map<String, DateTimeFormatter> FORMATTERS = new ConcurrentHashMap<>();

    private DateTimePatterns() {}

    /// A formatter for one of Spark's patterns.
    public static DateTimeFormatter formatter(String pattern) {
        DateTimeFormatter known = FORMATTERS.get(pattern);
        if (known != null) {
            return known;
        }
        try {
            DateTimeFormatter made =
                    new DateTimeFormatterBuilder()
                            .parseCaseInsensitive()
                            .appendPattern(withProlepticYears(pattern))
                            .toFormatter(Locale.US)
                            .withChronology(IsoChronology.INSTANCE)
                            .withResolverStyle(ResolverStyle.STRICT);
            if (FORMATTERS.size() >= KEPT) {
                FORMATTERS.clear();
            }
            FORMATTERS.put(pattern, made);
            return made;
        } catch (IllegalArgumentException e) {
            throw new EngineException(
                    ErrorCode.INVALID_DATETIME_PATTERN,
                    Map.of("pattern", "'" + pattern + "'"),
                    null,
                    e);
        }
    }

    /// `y` outside quotes becomes `u`, so that years need no era.
    private static String withProlepticYears(String pattern) {
        if (pattern.indexOf('G') >= 0) {
            return pattern;
        }
        StringBuilder text = new StringBuilder(pattern.length());
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            text.append(c == 'y' && !quoted ? 'u' : c);
        }
        return text.toString();
    }

    static String format(long micros, String pattern, ZoneId zone) {
        return formatter(pattern).format(DateTimeText.toLocal(micros, zone).atZone(zone));
    }

    static @Nullable Object parse(String text, String pattern, DataType type, CallSite site) {
        DateTimeFormatter formatter = formatter(pattern);
        try {
            TemporalAccessor parsed = formatter.parse(text);
            LocalDate date = date(parsed);
            if (type == DataType.DATE) {
                return (int) date.toEpochDay();
            }
            LocalTime time = parsed.query(TemporalQueries.localTime());
            ZoneId zone = parsed.query(TemporalQueries.zone());
            return DateTimeText.toMicros(
                    date.atTime(time == null ? hour(parsed) : time),
                    zone == null ? site.zone() : zone);
        } catch (DateTimeException e) {
            if (site.mode() == EvalMode.ANSI) {
                throw new EngineException(
                        ErrorCode.CANNOT_PARSE_TIMESTAMP,
                        Map.of("value", "'" + text + "'", "pattern", "'" + pattern + "'"),
                        null,
                        e);
            }
            return null;
        }
    }

    private static LocalDate date(TemporalAccessor parsed) {
        LocalDate date = parsed.query(TemporalQueries.localDate());
        return date != null
                ? date
                : LocalDate.of(
                        field(parsed, ChronoField.YEAR, 1970),
                        field(parsed, ChronoField.MONTH_OF_YEAR, 1),
                        field(parsed, ChronoField.DAY_OF_MONTH, 1));
    }

    private static LocalTime hour(TemporalAccessor parsed) {
        return LocalTime.of(field(parsed, ChronoField.HOUR_OF_DAY, 0), 0);
    }

    private static int field(TemporalAccessor parsed, ChronoField field, int absent) {
        return parsed.isSupported(field) ? parsed.get(field) : absent;
    }
}
