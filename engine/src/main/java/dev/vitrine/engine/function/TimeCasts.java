package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Values;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Casts from and to TIME.
final class TimeCasts {
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final int MICRO_DIGITS = 6;
    private static final int NOON = 12;

    private static final Pattern TEXT =
            Pattern.compile(
                    "T?(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{0,9}))?)?(?:\\s*([AaPp][Mm]))?");

    private TimeCasts() {}

    static boolean canCast(DataType from) {
        return from.isText() || from instanceof DataType.Time;
    }

    /// Whether a time has a value of a number's type: its seconds since midnight.
    static boolean toNumber(DataType from, DataType number) {
        return from instanceof DataType.Time && number.isIntegral();
    }

    static @Nullable Object toTime(Object value, DataType from, DataType.Time to, EvalMode mode) {
        if (value instanceof String text) {
            OptionalLong micros = parse(text);
            return micros.isPresent()
                    ? (Object) Values.cut(micros.getAsLong(), to.precision())
                    : Casting.invalid(text, from, to, mode);
        }
        return Values.cut((Long) value, to.precision());
    }

    /// Microseconds since midnight of a text such as `9:05`, `23:59:59.999999` or `9:05 PM`; digits
    /// behind the sixth of a fraction are left aside.
    static OptionalLong parse(String text) {
        Matcher match = TEXT.matcher(DateTimeText.trim(text));
        if (!match.matches()) {
            return OptionalLong.empty();
        }
        int hour = Integer.parseInt(match.group(1));
        int minute = Integer.parseInt(match.group(2));
        int second = match.group(3) == null ? 0 : Integer.parseInt(match.group(3));
        boolean twelve = match.group(5) != null;
        boolean wrong = twelve ? hour < 1 || hour > NOON : hour > 23;
        if (wrong || minute > 59 || second > 59) {
            return OptionalLong.empty();
        }
        if (twelve) {
            boolean afternoon = match.group(5).toLowerCase(Locale.ROOT).equals("pm");
            hour = hour % NOON + (afternoon ? NOON : 0);
        }
        String digits = match.group(4) == null ? "" : match.group(4);
        long fraction =
                Long.parseLong((digits + "0".repeat(MICRO_DIGITS)).substring(0, MICRO_DIGITS));
        return OptionalLong.of(
                ((hour * 60L + minute) * 60 + second) * MICROS_PER_SECOND + fraction);
    }

    /// The seconds since midnight of a time, as a decimal with its fraction.
    static BigDecimal seconds(long micros) {
        return BigDecimal.valueOf(micros, MICRO_DIGITS);
    }

    /// The whole seconds since midnight.
    static long wholeSeconds(long micros) {
        return micros / MICROS_PER_SECOND;
    }
}
