package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.util.Map;

/// Calendar arithmetic on days since 1970, for the interpreter and for generated code: no objects,
/// no zones.
///
/// The proleptic Gregorian calendar, by counting in years that begin on 1 March.
public final class DateKernels {
    private static final int DAYS_PER_ERA = 146_097;
    private static final int DAYS_TO_EPOCH = 719_468;

    /// The last year all of whose days are an INT.
    private static final int MAX_YEAR = 5_877_640;

    private DateKernels() {}

    /// Day of the era's 400 years, packed with the era: the common start of the fields.
    private static long civil(int days) {
        long shifted = (long) days + DAYS_TO_EPOCH;
        long era = Math.floorDiv(shifted, DAYS_PER_ERA);
        int day = (int) (shifted - era * DAYS_PER_ERA);
        int year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        int ofYear = day - (365 * year + year / 4 - year / 100);
        int month = (5 * ofYear + 2) / 153;
        int ofMonth = ofYear - (153 * month + 2) / 5 + 1;
        int calendarMonth = month < 10 ? month + 3 : month - 9;
        long calendarYear = year + era * 400 + (calendarMonth <= 2 ? 1 : 0);
        return calendarYear << 16 | (long) calendarMonth << 8 | ofMonth;
    }

    public static int year(int days) {
        return (int) (civil(days) >> 16);
    }

    public static int month(int days) {
        return (int) (civil(days) >> 8) & 0xFF;
    }

    public static int day(int days) {
        return (int) civil(days) & 0xFF;
    }

    public static int quarter(int days) {
        return (month(days) + 2) / 3;
    }

    /// 1 for Sunday to 7 for Saturday.
    public static int dayOfWeek(int days) {
        return Math.floorMod(Math.floorMod(days, 7) + 4, 7) + 1;
    }

    /// 0 for Monday to 6 for Sunday.
    public static int weekday(int days) {
        return Math.floorMod(Math.floorMod(days, 7) + 3, 7);
    }

    public static int dayOfYear(int days) {
        return (int) (days - epochDay(year(days), 1, 1)) + 1;
    }

    /// Week of the ISO year: weeks start on Monday, the first has four days or more.
    public static int weekOfYear(int days) {
        int week = (dayOfYear(days) - weekday(days) + 9) / 7;
        int year = year(days);
        return week == 0 ? weeks(year - 1) : week > weeks(year) ? 1 : week;
    }

    /// Weeks of an ISO year: 53 where it begins on a Thursday, or on a Wednesday in a leap year.
    private static int weeks(int year) {
        long first = epochDay(year, 1, 1);
        long length = epochDay(year + 1, 1, 1) - first;
        long weekday = Math.floorMod(first + 3, 7L);
        return weekday == 3 || weekday == 2 && length == 366 ? 53 : 52;
    }

    /// Days since 1970 of a date, whose month may be 1 to 12.
    public static int toDays(int year, int month, int day) {
        return Math.toIntExact(epochDay(year, month, day));
    }

    private static long epochDay(int year, int month, int day) {
        long y = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(y, 400);
        int ofEra = (int) (y - era * 400);
        int ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear;
        return era * DAYS_PER_ERA + dayOfEra - DAYS_TO_EPOCH;
    }

    public static int daysInMonth(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /// The same day `months` later, or the month's last day where there is no such day.
    public static int addMonths(int days, int months) {
        long total = year(days) * 12L + month(days) - 1 + months;
        long year = Math.floorDiv(total, 12L);
        if (Math.abs(year) > MAX_YEAR) {
            throw new EngineException(
                    ErrorCode.DATETIME_OVERFLOW, Map.of("operation", "add " + months + " MONTH"));
        }
        int month = (int) Math.floorMod(total, 12L) + 1;
        int last = daysInMonth((int) year, month);
        return toDays((int) year, month, Math.min(day(days), last));
    }

    public static int lastDay(int days) {
        int year = year(days);
        int month = month(days);
        return toDays(year, month, daysInMonth(year, month));
    }
}
