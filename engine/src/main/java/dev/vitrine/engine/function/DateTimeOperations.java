package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What date functions do beyond [DateKernels].
final class DateTimeOperations {
    private static final double SECONDS_PER_31_DAYS = 31 * 86_400.0;

    private DateTimeOperations() {}

    static double monthsBetween(long end, long start, boolean rounded, ZoneId zone) {
        LocalDateTime last = DateTimeText.toLocal(end, zone);
        LocalDateTime first = DateTimeText.toLocal(start, zone);
        int months =
                (last.getYear() - first.getYear()) * 12
                        + last.getMonthValue()
                        - first.getMonthValue();
        boolean bothLast =
                last.getDayOfMonth() == last.toLocalDate().lengthOfMonth()
                        && first.getDayOfMonth() == first.toLocalDate().lengthOfMonth();
        if (last.getDayOfMonth() == first.getDayOfMonth() || bothLast) {
            return months;
        }
        long seconds =
                (last.getDayOfMonth() - first.getDayOfMonth()) * 86_400L
                        + last.toLocalTime().toSecondOfDay()
                        - first.toLocalTime().toSecondOfDay();
        double difference = months + seconds / SECONDS_PER_31_DAYS;
        return rounded ? Math.round(difference * 1e8) / 1e8 : difference;
    }

    static @Nullable Object nextDay(int days, String name, EvalMode mode) {
        int weekday =
                switch (name.toUpperCase(Locale.ROOT)) {
                    case "MO", "MON", "MONDAY" -> 0;
                    case "TU", "TUE", "TUESDAY" -> 1;
                    case "WE", "WED", "WEDNESDAY" -> 2;
                    case "TH", "THU", "THURSDAY" -> 3;
                    case "FR", "FRI", "FRIDAY" -> 4;
                    case "SA", "SAT", "SATURDAY" -> 5;
                    case "SU", "SUN", "SUNDAY" -> 6;
                    default -> -1;
                };
        if (weekday < 0) {
            if (mode == EvalMode.ANSI) {
                throw new EngineException(ErrorCode.ILLEGAL_DAY_OF_WEEK, Map.of("string", name));
            }
            return null;
        }
        return days + 1 + Math.floorMod(weekday - DateKernels.weekday(days + 1), 7);
    }

    static @Nullable Object truncate(int days, String unit) {
        int year = DateKernels.year(days);
        int month = DateKernels.month(days);
        return switch (unit.toUpperCase(Locale.ROOT)) {
            case "YEAR", "YYYY", "YY" -> DateKernels.toDays(year, 1, 1);
            case "QUARTER" -> DateKernels.toDays(year, (month - 1) / 3 * 3 + 1, 1);
            case "MONTH", "MM", "MON" -> DateKernels.toDays(year, month, 1);
            case "WEEK" -> days - DateKernels.weekday(days);
            default -> null;
        };
    }

    static @Nullable Object truncate(String unit, long micros, ZoneId zone) {
        LocalDateTime time = DateTimeText.toLocal(micros, zone);
        String name = unit.toUpperCase(Locale.ROOT);
        LocalDateTime cut =
                switch (name) {
                    case "DAY", "DD" -> time.truncatedTo(ChronoUnit.DAYS);
                    case "HOUR" -> time.truncatedTo(ChronoUnit.HOURS);
                    case "MINUTE" -> time.truncatedTo(ChronoUnit.MINUTES);
                    case "SECOND" -> time.truncatedTo(ChronoUnit.SECONDS);
                    case "MILLISECOND" -> time.truncatedTo(ChronoUnit.MILLIS);
                    case "MICROSECOND" -> time;
                    default -> {
                        int days = Math.toIntExact(time.toLocalDate().toEpochDay());
                        Object date = truncate(days, name);
                        yield date == null
                                ? null
                                : LocalDate.ofEpochDay((Integer) date).atStartOfDay();
                    }
                };
        return cut == null ? null : (Object) DateTimeText.toMicros(cut, zone);
    }
}
