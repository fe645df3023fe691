package dev.vitrine.connectors.file;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.time.zone.ZoneRules;
import java.util.Optional;

/// Dates and timestamps from their text: ISO, or a pattern's.
///
/// Each method leaves behind, in [#failed], whether the text was none. Used by one thread.
public final class Times {

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int MONTH_SLOTS = 16;
    private static final int FIRST_KNOWN_YEAR = 1900;
    private static final int KNOWN_YEARS = 200;

    /// The day before each month of the known years: `(year - FIRST_KNOWN_YEAR) * MONTH_SLOTS +
    /// month`; month 13 is the January after.
    private static final int[] MONTH_STARTS = monthStarts();

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
            // yyyyMMdd in eight bytes, then in four pairs.
            long head = EightBytes.at(text, from);
            long digits =
                    ((head & 0xFFFF_FFFFL)
                                    | ((head >>> 8) & 0xFFFF_0000_0000L)
                                    | (EightBytes.at(text, from + 2) & 0xFFFF_0000_0000_0000L))
                            ^ EightBytes.ZEROS;
            if (EightBytes.noDigits(digits) == 0) {
                long pairs = digits * 10 + (digits >>> 8);
                int year = (int) (pairs & 0xFF) * 100 + (int) (pairs >>> 16 & 0xFF);
                if (setDay(year, (int) (pairs >>> 32 & 0xFF), (int) (pairs >>> 48 & 0xFF))) {
                    return from + 10;
                }
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
        return setDay(parts[0], parts[1], parts[2]) ? at : -1;
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

    /// Leaves a day in [#epochDay]; false if there is none such.
    private boolean setDay(int year, int month, int day) {
        int known = year - FIRST_KNOWN_YEAR;
        if (month < 1 || month > 12 || day < 1 || day > 31) {
            return false;
        }
        if (known < 0 || known >= KNOWN_YEARS) {
            if (day > YearMonth.of(year, month).lengthOfMonth()) {
                return false;
            }
            epochDay = (int) LocalDate.of(year, month, day).toEpochDay();
            return true;
        }
        int slot = known * MONTH_SLOTS + month;
        epochDay = MONTH_STARTS[slot] + day;
        return day <= 28 || epochDay <= MONTH_STARTS[slot + 1];
    }

    private static int[] monthStarts() {
        int[] starts = new int[KNOWN_YEARS * MONTH_SLOTS];
        for (int year = 0; year < KNOWN_YEARS; year++) {
            for (int month = 1; month <= 13; month++) {
                LocalDate first = LocalDate.of(FIRST_KNOWN_YEAR + year, 1, 1).plusMonths(month - 1);
                starts[year * MONTH_SLOTS + month] = (int) first.toEpochDay() - 1;
            }
        }
        return starts;
    }
}
