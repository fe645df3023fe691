package dev.vitrine.engine.function;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Dates and timestamps read from text in the forms that Spark's casts accept.
public final class DateTimeText {
    private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
    private static final Pattern TIMESTAMP =
            Pattern.compile(
                    "([+-]?\\d{4,6})(?:-(\\d{1,2})(?:-(\\d{1,2})(?:[ T](?:"
                            + "(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d*))?)?\\s*(\\S+)?)?)?)?)?");
    private static final Pattern TIME =
            Pattern.compile("T?(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d*))?)?\\s*(\\S+)?");
    private static final Pattern SHORT_OFFSET = Pattern.compile("([+-])(\\d)(:|$)");
    private static final Pattern SHORT_MINUTES = Pattern.compile("([+-]\\d{2}):(\\d)$");

    private DateTimeText() {}

    /// Days since 1970 of `yyyy`, `yyyy-m`, `yyyy-m-d`, the last with anything after a blank or
    /// `T`.
    public static OptionalInt parseDate(String text) {
        String s = trim(text);
        if (s.isEmpty()) {
            return OptionalInt.empty();
        }
        int at = s.charAt(0) == '-' || s.charAt(0) == '+' ? 1 : 0;
        int[] parts = {1, 1, 1};
        int part = 0;
        int digits = 0;
        int value = 0;
        while (at < s.length()) {
            char c = s.charAt(at);
            if (part < 2 && c == '-') {
                if (!digitsFit(part, digits)) {
                    return OptionalInt.empty();
                }
                parts[part++] = value;
                value = 0;
                digits = 0;
            } else if (part == 2 && (c == ' ' || c == 'T')) {
                break;
            } else if (c >= '0' && c <= '9' && digits < 8) {
                value = value * 10 + (c - '0');
                digits++;
            } else {
                return OptionalInt.empty();
            }
            at++;
        }
        if (!digitsFit(part, digits)) {
            return OptionalInt.empty();
        }
        parts[part] = value;
        try {
            int year = s.charAt(0) == '-' ? -parts[0] : parts[0];
            return OptionalInt.of(
                    Math.toIntExact(LocalDate.of(year, parts[1], parts[2]).toEpochDay()));
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalInt.empty();
        }
    }

    private static boolean digitsFit(int part, int digits) {
        return part == 0 ? digits >= 4 && digits <= 7 : digits > 0 && digits <= 2;
    }

    /// Microseconds since 1970 of a timestamp text; one without a zone is taken in `zone`.
    public static OptionalLong parseTimestamp(String text, ZoneId zone) {
        return parse(text, zone, false);
    }

    /// Microseconds since midnight of a text such as `9:05`, `23:59:59.999999` or `9:05 PM`.
    public static OptionalLong parseTime(String text) {
        return TimeCasts.parse(text);
    }

    /// Microseconds since 1970 of a timestamp text as written; a zone in it is left aside.
    public static OptionalLong parseTimestampNtz(String text) {
        return parse(text, ZoneOffset.UTC, true);
    }

    /// Whether a timestamp's text names a zone.
    public static boolean hasZone(String text) {
        Matcher full = TIMESTAMP.matcher(trim(text));
        return full.matches() && full.group(8) != null;
    }

    private static OptionalLong parse(String text, ZoneId zone, boolean ignoreZone) {
        String s = trim(text);
        try {
            Matcher full = TIMESTAMP.matcher(s);
            if (full.matches()) {
                LocalDate date =
                        LocalDate.of(
                                Integer.parseInt(full.group(1)),
                                number(full.group(2), 1),
                                number(full.group(3), 1));
                LocalTime time = time(full, 4);
                return at(LocalDateTime.of(date, time), full.group(8), zone, ignoreZone);
            }
            Matcher clock = TIME.matcher(s);
            if (clock.matches() && !ignoreZone) {
                LocalDateTime today = LocalDateTime.of(LocalDate.now(zone), time(clock, 1));
                return at(today, clock.group(5), zone, false);
            }
            return OptionalLong.empty();
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    private static LocalTime time(Matcher match, int first) {
        return LocalTime.of(
                number(match.group(first), 0),
                number(match.group(first + 1), 0),
                number(match.group(first + 2), 0),
                nanos(match.group(first + 3)));
    }

    private static OptionalLong at(
            LocalDateTime time, @Nullable String zoneText, ZoneId zone, boolean ignoreZone) {
        ZoneId written = zoneText == null ? zone : parseZone(zoneText).orElse(null);
        if (written == null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(toMicros(time, ignoreZone ? ZoneOffset.UTC : written));
    }

    /// Microseconds since 1970 of a local time in a zone.
    public static long toMicros(LocalDateTime time, ZoneId zone) {
        if (zone instanceof ZoneOffset offset) {
            return ChronoUnit.MICROS.between(EPOCH, time) - offset.getTotalSeconds() * 1_000_000L;
        }
        Instant instant = time.atZone(zone).toInstant();
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L),
                instant.getNano() / 1_000);
    }

    /// The local time in a zone of microseconds since 1970.
    public static LocalDateTime toLocal(long micros, ZoneId zone) {
        return LocalDateTime.ofInstant(
                Instant.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000L),
                        Math.floorMod(micros, 1_000_000L) * 1_000L),
                zone);
    }

    /// A zone as timestamps carry it: `Z`, `+1:30`, `UTC+01:00`, `Europe/Paris`.
    public static Optional<ZoneId> parseZone(String text) {
        String id = SHORT_OFFSET.matcher(text.strip()).replaceFirst("$10$2$3");
        id = SHORT_MINUTES.matcher(id).replaceFirst("$1:0$2");
        try {
            return Optional.of(ZoneId.of(id, ZoneId.SHORT_IDS));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(@Nullable String digits, int absent) {
        return digits == null ? absent : Integer.parseInt(digits);
    }

    /// Nanoseconds of a fraction's digits, cut after microseconds.
    private static int nanos(@Nullable String digits) {
        if (digits == null || digits.isEmpty()) {
            return 0;
        }
        String six = (digits + "000000").substring(0, 6);
        return Integer.parseInt(six) * 1_000;
    }

    /// `text` without blanks and control characters at its ends, as casts see it.
    static String trim(String text) {
        return text.trim();
    }
}
