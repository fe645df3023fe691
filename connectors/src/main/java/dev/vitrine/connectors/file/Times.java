package dev.vitrine.connectors.file;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.time.zone.ZoneRules;
import java.util.Optional;
import java.util.stream.IntStream;

/// Dates and timestamps from their text: ISO, or a pattern's.
///
/// Each method leaves behind, in [#failed], whether the text was none. Used by one thread.
public final class Times {
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int[] DAYS_BEFORE_MONTH = {
        0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365
    };
    private static final int FIRST_KNOWN_YEAR = 1900;
    private static final int[] KNOWN_YEARS =
            IntStream.range(FIRST_KNOWN_YEAR, 2100).map(Times::newYear).toArray();
    private static final long NO_DAY = Long.MIN_VALUE;

    private final Optional<DateTimeFormatter> dateFormat;
    private final Optional<DateTimeFormatter> timestampFormat;
    private final ZoneId zone;
    private final ZoneRules rules;
    private long knownDay = NO_DAY;
    private long knownOffsetMicros;

    private boolean failed;
    private boolean zoned;

    /// @param dateFormat the pattern of dates; ISO if empty
    /// @param timestampFormat the pattern of timestamps; ISO if empty
    /// @param zone of timestamps that name none
    public Times(
            Optional<DateTimeFormatter> dateFormat,
            Optional<DateTimeFormatter> timestampFormat,
            ZoneId zone) {
        this.dateFormat = dateFormat;
        this.timestampFormat = timestampFormat;
        this.zone = zone;
        this.rules = zone.getRules();
    }

    /// Whether the last text was no date or timestamp.
    public boolean failed() {
        return failed;
    }

    /// Whether the last timestamp named its zone.
    public boolean zoned() {
        return zoned;
    }

    /// Days since 1970-01-01.
    public int date(byte[] text, int from, int to) {
        if (dateFormat.isPresent()) {
            return patternDate(text, from, to);
        }
        failed = false;
        int end = dateEnd(text, from, to);
        if (end != to) {
            failed = true;
        }
        return failed ? 0 : epochDay;
    }

    private int epochDay;

    /// Reads `y…-m[m]-d[d]` and leaves it in [#epochDay]; where it ends, or -1.
    private int dateEnd(byte[] text, int from, int to) {
        if (to - from >= 10 && text[from + 4] == '-' && text[from + 7] == '-') {
            int year = four(text, from);
            int month = two(text, from + 5);
            int day = two(text, from + 8);
            if ((year | month | day) >= 0 && isDate(year, month, day)) {
                epochDay = toEpochDay(year, month, day);
                return from + 10;
            }
        }
        return looseDateEnd(text, from, to);
    }

    private int looseDateEnd(byte[] text, int from, int to) {
        int at = from;
        int[] parts = new int[3];
        for (int part = 0; part < 3; part++) {
            int start = at;
            while (at < to && text[at] >= '0' && text[at] <= '9' && at - start < 6) {
                parts[part] = parts[part] * 10 + text[at] - '0';
                at++;
            }
            int digits = at - start;
            boolean fits = part == 0 ? digits >= 4 : digits == 1 || digits == 2;
            if (!fits || (part < 2 && (at == to || text[at] != '-'))) {
                return -1;
            }
            at += part < 2 ? 1 : 0;
        }
        if (!isDate(parts[0], parts[1], parts[2])) {
            return -1;
        }
        epochDay = toEpochDay(parts[0], parts[1], parts[2]);
        return at;
    }

    /// Microseconds since 1970-01-01, of UTC or, if `local`, as written.
    public long timestamp(byte[] text, int from, int to, boolean local) {
        if (timestampFormat.isPresent()) {
            return patternTimestamp(text, from, to, local);
        }
        failed = false;
        zoned = false;
        int at = dateEnd(text, from, to);
        if (at < 0) {
            failed = true;
            return 0;
        }
        int day = epochDay;
        if (at == to) {
            return local ? day * MICROS_PER_DAY : toUtc(day, 0);
        }
        if (text[at] != ' ' && text[at] != 'T') {
            failed = true;
            return 0;
        }
        long micros = timeOfDay(text, at + 1, to);
        if (failed) {
            return 0;
        }
        if (position == to) {
            return local ? day * MICROS_PER_DAY + micros : toUtc(day, micros);
        }
        ZoneId named = zoneAt(text, position, to);
        if (failed) {
            return 0;
        }
        zoned = true;
        if (local) {
            return day * MICROS_PER_DAY + micros;
        }
        LocalDateTime time =
                LocalDateTime.of(LocalDate.ofEpochDay(day), LocalTime.ofNanoOfDay(micros * 1_000));
        return micros(time.atZone(named).toInstant());
    }

    private int position;

    /// Reads `h[h]:m[m][:s[s][.f…]]` and leaves in [#position] where it ends.
    private long timeOfDay(byte[] text, int from, int to) {
        int at = from;
        long[] parts = new long[3];
        int count = 0;
        while (count < 3) {
            int start = at;
            while (at < to && text[at] >= '0' && text[at] <= '9' && at - start < 2) {
                parts[count] = parts[count] * 10 + text[at] - '0';
                at++;
            }
            if (at == start) {
                failed = true;
                return 0;
            }
            count++;
            if (count == 3 || at == to || text[at] != ':') {
                break;
            }
            at++;
        }
        long fraction = 0;
        if (count == 3 && at < to && text[at] == '.') {
            at++;
            int start = at;
            long unit = 100_000;
            while (at < to && text[at] >= '0' && text[at] <= '9' && at - start < 9) {
                fraction += (text[at] - '0') * unit;
                unit /= 10;
                at++;
            }
        }
        failed = count < 2 || parts[0] > 23 || parts[1] > 59 || parts[2] > 59;
        position = at;
        return ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1_000_000 + fraction;
    }

    private ZoneId zoneAt(byte[] text, int from, int to) {
        if (to - from == 1 && text[from] == 'Z') {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(string(text, from, to).strip());
        } catch (DateTimeException e) {
            failed = true;
            return ZoneOffset.UTC;
        }
    }

    /// UTC of a local time; the offset of a day without a change of clocks is kept for the next.
    private long toUtc(long day, long microsOfDay) {
        if (day != knownDay) {
            LocalDateTime start = LocalDate.ofEpochDay(day).atStartOfDay();
            ZoneOffset before = rules.getOffset(start);
            boolean changes =
                    !rules.isFixedOffset()
                            && (rules.getValidOffsets(start).size() != 1
                                    || !before.equals(rules.getOffset(start.plusDays(1)))
                                    || rules.getValidOffsets(start.plusDays(1)).size() != 1);
            if (changes) {
                LocalDateTime time = start.plus(microsOfDay, ChronoUnit.MICROS);
                return micros(time.atZone(zone).toInstant());
            }
            knownDay = day;
            knownOffsetMicros = before.getTotalSeconds() * 1_000_000L;
        }
        return day * MICROS_PER_DAY + microsOfDay - knownOffsetMicros;
    }

    private int patternDate(byte[] text, int from, int to) {
        try {
            TemporalAccessor parsed = dateFormat.orElseThrow().parse(string(text, from, to));
            failed = false;
            return Math.toIntExact(LocalDate.from(parsed).toEpochDay());
        } catch (DateTimeException | ArithmeticException e) {
            failed = true;
            return 0;
        }
    }

    private long patternTimestamp(byte[] text, int from, int to, boolean local) {
        try {
            TemporalAccessor parsed = timestampFormat.orElseThrow().parse(string(text, from, to));
            failed = false;
            ZoneId named = parsed.query(TemporalQueries.zone());
            zoned = named != null;
            if (parsed.isSupported(ChronoField.INSTANT_SECONDS) && !local) {
                return micros(Instant.from(parsed));
            }
            LocalTime time = parsed.query(TemporalQueries.localTime());
            LocalDateTime moment =
                    LocalDateTime.of(
                            LocalDate.from(parsed), time == null ? LocalTime.MIDNIGHT : time);
            ZoneId used = local ? ZoneOffset.UTC : named == null ? zone : named;
            return micros(moment.atZone(used).toInstant());
        } catch (DateTimeException | ArithmeticException e) {
            failed = true;
            return 0;
        }
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    private static String string(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    private static int four(byte[] text, int at) {
        int high = two(text, at);
        int low = two(text, at + 2);
        return (high | low) < 0 ? -1 : high * 100 + low;
    }

    private static int two(byte[] text, int at) {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return (tens | (9 - tens) | ones | (9 - ones)) < 0 ? -1 : tens * 10 + ones;
    }

    private static boolean isDate(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1 || day > 31) {
            return false;
        }
        if (day <= 28) {
            return true;
        }
        int days = DAYS_BEFORE_MONTH[month + 1] - DAYS_BEFORE_MONTH[month];
        return day <= (month == 2 && isLeap(year) ? 29 : days);
    }

    private static boolean isLeap(int year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    private static int toEpochDay(int year, int month, int day) {
        int before =
                year >= FIRST_KNOWN_YEAR && year < FIRST_KNOWN_YEAR + KNOWN_YEARS.length
                        ? KNOWN_YEARS[year - FIRST_KNOWN_YEAR]
                        : newYear(year);
        int leapDay = month > 2 && isLeap(year) ? 1 : 0;
        return before + DAYS_BEFORE_MONTH[month] + leapDay + day - 1;
    }

    /// Days from 1970-01-01 to the first day of a year.
    private static int newYear(int year) {
        int before = year - 1;
        int leaps =
                Math.floorDiv(before, 4) - Math.floorDiv(before, 100) + Math.floorDiv(before, 400);
        // 719162 days lie between 0001-01-01 and 1970-01-01.
        return before * 365 + leaps - 719_162;
    }
}
