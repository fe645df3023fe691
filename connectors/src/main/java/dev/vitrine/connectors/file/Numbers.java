package dev.vitrine.connectors.file;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/// Numbers from their text, without a `String` in between where that can be exact.
///
/// Each method leaves behind, in [#failed], whether the text was no number of its kind. Used by one
/// thread.
public final class Numbers {
    private static final long[] POWERS = powers();
    private static final double[] EXACT_TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };
    private static final long EXACT_LIMIT = 1L << 53;
    private static final int LONG_DIGITS = 18;

    private boolean failed;

    /// Whether the last text was no number of its kind.
    public boolean failed() {
        return failed;
    }

    private static long[] powers() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    public long integer(byte[] text, int from, int to) {
        int at = from;
        boolean negative = false;
        if (at < to && (text[at] == '-' || text[at] == '+')) {
            negative = text[at] == '-';
            at++;
        }
        if (at == to) {
            failed = true;
            return 0;
        }
        if (to - at > LONG_DIGITS) {
            return longInteger(text, at, to, negative);
        }
        long value = 0;
        int bad = 0;
        for (; at < to; at++) {
            int digit = text[at] - '0';
            bad |= digit | (9 - digit);
            value = value * 10 + digit;
        }
        failed = bad < 0;
        return negative ? -value : value;
    }

    private long longInteger(byte[] text, int from, int to, boolean negative) {
        // Counted downwards: Long.MIN_VALUE has no positive twin.
        long value = 0;
        for (int at = from; at < to; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10) {
                failed = true;
                return 0;
            }
            value = value * 10 - digit;
            if (value > 0) {
                failed = true;
                return 0;
            }
        }
        failed = !negative && value == Long.MIN_VALUE;
        return negative ? value : -value;
    }

    public double floating(byte[] text, int from, int to) {
        int at = from;
        boolean negative = false;
        if (at < to && (text[at] == '-' || text[at] == '+')) {
            negative = text[at] == '-';
            at++;
        }
        long mantissa = 0;
        int digits = 0;
        int point = -1;
        int start = at;
        for (; at < to; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                mantissa = mantissa * 10 + digit;
                digits++;
            } else if (text[at] == '.' && point < 0) {
                point = at;
            } else {
                return slowFloating(text, from, to);
            }
        }
        int fraction = point < 0 ? 0 : to - point - 1;
        if (digits == 0 || start == to) {
            return slowFloating(text, from, to);
        }
        if (digits > LONG_DIGITS || mantissa > EXACT_LIMIT || fraction > 22) {
            return slowFloating(text, from, to);
        }
        failed = false;
        double value = fraction == 0 ? mantissa : mantissa / EXACT_TENS[fraction];
        return negative ? -value : value;
    }

    private double slowFloating(byte[] text, int from, int to) {
        String value = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
        failed = false;
        switch (value) {
            case "NaN" -> {
                return Double.NaN;
            }
            case "Inf", "Infinity", "+Inf", "+Infinity" -> {
                return Double.POSITIVE_INFINITY;
            }
            case "-Inf", "-Infinity" -> {
                return Double.NEGATIVE_INFINITY;
            }
            default -> {}
        }
        if (!looksDecimal(text, from, to)) {
            failed = true;
            return 0;
        }
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            failed = true;
            return 0;
        }
    }

    /// Whether only digits, signs, points and exponents are there: Java's hexadecimal forms and
    /// suffixes are no numbers here.
    private static boolean looksDecimal(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            byte c = text[i];
            boolean fits =
                    (c >= '0' && c <= '9')
                            || c == '.'
                            || c == '-'
                            || c == '+'
                            || c == 'e'
                            || c == 'E';
            if (!fits) {
                return false;
            }
        }
        return from < to;
    }

    /// A float is rounded once, from the text.
    public float single(byte[] text, int from, int to) {
        double value = floating(text, from, to);
        if (failed || Double.isNaN(value) || Double.isInfinite(value)) {
            return (float) value;
        }
        return Float.parseFloat(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
    }

    /// The unscaled value of a decimal of at most 18 digits.
    public long decimal(byte[] text, int from, int to, int precision, int scale) {
        int at = from;
        boolean negative = false;
        if (at < to && (text[at] == '-' || text[at] == '+')) {
            negative = text[at] == '-';
            at++;
        }
        long value = 0;
        int digits = 0;
        int point = -1;
        for (; at < to; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
                digits++;
            } else if (text[at] == '.' && point < 0) {
                point = at;
            } else {
                return slowDecimal(text, from, to, precision, scale);
            }
        }
        int fraction = point < 0 ? 0 : to - point - 1;
        int missing = scale - fraction;
        if (digits == 0 || missing < 0 || digits + missing > LONG_DIGITS) {
            return slowDecimal(text, from, to, precision, scale);
        }
        value *= POWERS[missing];
        failed = value >= POWERS[precision];
        return negative ? -value : value;
    }

    private long slowDecimal(byte[] text, int from, int to, int precision, int scale) {
        BigDecimal value = bigDecimal(text, from, to, precision, scale);
        return failed ? 0 : value.unscaledValue().longValue();
    }

    /// A decimal rounded half up to `scale`.
    public BigDecimal bigDecimal(byte[] text, int from, int to, int precision, int scale) {
        failed = true;
        if (!looksDecimal(text, from, to)) {
            return BigDecimal.ZERO;
        }
        try {
            BigDecimal value =
                    new BigDecimal(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
            if (value.precision() - value.scale() > precision) {
                return BigDecimal.ZERO;
            }
            value = value.setScale(scale, RoundingMode.HALF_UP);
            failed = value.precision() > precision;
            return value;
        } catch (NumberFormatException e) {
            return BigDecimal.ZERO;
        }
    }
}
