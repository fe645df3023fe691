package dev.vitrine.engine.types;

import java.math.BigDecimal;

/// Text of intervals in Spark's literal form, `INTERVAL '1-2' YEAR TO MONTH`.
final class Intervals {
    private Intervals() {}

    static String yearMonth(int months, DataType.YearMonthInterval type) {
        String sign = months < 0 ? "-" : "";
        long magnitude = Math.abs((long) months);
        String value =
                type.start() == type.end()
                        ? sign
                                + (type.start() == DataType.YearMonthField.YEAR
                                        ? magnitude / 12
                                        : magnitude)
                        : sign + magnitude / 12 + "-" + magnitude % 12;
        return literal(value, type.start().name(), type.end().name());
    }

    static String dayTime(long micros, DataType.DayTimeInterval type) {
        String sign = micros < 0 ? "-" : "";
        // Long.MIN_VALUE has no positive twin; unsigned arithmetic carries it.
        long magnitude = Math.abs(micros);
        long seconds = Long.divideUnsigned(magnitude, 1_000_000L);
        long fraction = Long.remainderUnsigned(magnitude, 1_000_000L);
        long days = seconds / 86_400;
        long hours = seconds / 3_600 % 24;
        long minutes = seconds / 60 % 60;
        StringBuilder text = new StringBuilder(sign);
        int from = type.start().ordinal();
        int to = type.end().ordinal();
        long[] totals = {days, seconds / 3_600, seconds / 60, seconds};
        long[] parts = {days, hours, minutes, seconds % 60};
        String[] separators = {"", " ", ":", ":"};
        for (int i = from; i <= to; i++) {
            if (i > from) {
                text.append(separators[i]);
            }
            String part =
                    i == 3
                            ? second(i == from ? totals[i] : parts[i], fraction)
                            : Long.toString(i == from ? totals[i] : parts[i]);
            boolean padded = i > from || i == 3 || (i > 0 && from != to);
            int whole = part.indexOf('.') < 0 ? part.length() : part.indexOf('.');
            text.append(padded && whole < 2 ? "0" : "").append(part);
        }
        return literal(text.toString(), type.start().name(), type.end().name());
    }

    /// Years and months as shells show them: `1-2`.
    static String yearMonth(int months) {
        long magnitude = Math.abs((long) months);
        return (months < 0 ? "-" : "") + magnitude / 12 + "-" + magnitude % 12;
    }

    /// Days to nanoseconds as shells show them: `1 02:03:04.000000000`.
    static String dayTime(long micros) {
        long magnitude = Math.abs(micros);
        long seconds = Long.divideUnsigned(magnitude, 1_000_000L);
        long nanos = Long.remainderUnsigned(magnitude, 1_000_000L) * 1_000;
        return String.format(
                "%s%d %02d:%02d:%02d.%09d",
                micros < 0 ? "-" : "",
                seconds / 86_400,
                seconds / 3_600 % 24,
                seconds / 60 % 60,
                seconds % 60,
                nanos);
    }

    private static String second(long seconds, long fraction) {
        if (fraction == 0) {
            return Long.toString(seconds);
        }
        return BigDecimal.valueOf(seconds)
                .add(BigDecimal.valueOf(fraction, 6))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String literal(String value, String start, String end) {
        return "INTERVAL '" + value + "' " + (start.equals(end) ? start : start + " TO " + end);
    }
}
