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
        1e17, 1e18
    };
    private static final long EXACT_LIMIT = 1L << 53;
    private static final int LONG_DIGITS = 18;

    private static final long POINTS = EightBytes.EACH * '.';

    private boolean failed;

    /// How many digits of the last mantissa follow its point.
    private int fraction;

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
        long value = digits(text, at, to);
        failed = value < 0;
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
        long mantissa = mantissa(text, at, to);
        if (mantissa < 0 || mantissa > EXACT_LIMIT) {
            return slowFloating(text, from, to);
        }
        failed = false;
        double value = fraction == 0 ? mantissa : mantissa / EXACT_TENS[fraction];
        return negative ? -value : value;
    }

    /// The digits from `from` up to `to` as one number without the point that may be among them;
    /// leaves behind how many follow that. -1 if there is anything else, or more than 18.
    private long mantissa(byte[] text, int from, int to) {
        int point = point(text, from, to);
        fraction = Math.max(to - point - 1, 0);
        int length = to - from - (point < to ? 1 : 0);
        if (length == 0 || length > LONG_DIGITS) {
            return -1;
        }
        long whole = digits(text, from, point);
        if (fraction == 0) {
            return whole;
        }
        // Both are -1 or not negative; a number with a -1 in it is negative.
        long part = digits(text, point + 1, to);
        return (whole | part) < 0 ? -1 : whole * POWERS[fraction] + part;
    }

    /// Where the first point is, or `to`.
    private static int point(byte[] text, int from, int to) {
        int at = from;
        for (; at < to && at + 8 <= text.length; at += 8) {
            long points = EightBytes.equal(EightBytes.at(text, at), POINTS);
            if (points != 0) {
                return Math.min(at + EightBytes.before(points), to);
            }
        }
        while (at < to && text[at] != '.') {
            at++;
        }
        return Math.min(at, to);
    }

    /// The number that up to 18 digits make, 0 if there are none, -1 if one is no digit.
    private static long digits(byte[] text, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return 0;
        }
        if (from + 8 > text.length) {
            return lastDigits(text, from, to);
        }
        if (length <= 8) {
            return word(text, from, length);
        }
        long high = digits(text, from, to - 8);
        long low = word(text, to - 8, 8);
        return (high | low) < 0 ? -1 : high * 100_000_000 + low;
    }

    /// The number that one to eight digits make, or -1: as D. Lemire describes in "Quickly parsing
    /// eight digits" (2018), after shifting out what follows them.
    private static long word(byte[] text, int from, int length) {
        int shift = (8 - length) * 8;
        long digits = (EightBytes.at(text, from) ^ EightBytes.ZEROS) << shift;
        if (EightBytes.noDigits(digits) != 0) {
            return -1;
        }
        digits = digits * 10 + (digits >>> 8);
        digits =
                (digits & 0x0000_00FF_0000_00FFL) * 0x000F_4240_0000_0064L
                        + ((digits >>> 16) & 0x0000_00FF_0000_00FFL) * 0x0000_2710_0000_0001L;
        return digits >>> 32;
    }

    /// The same where eight bytes cannot be read at once.
    private static long lastDigits(byte[] text, int from, int to) {
        long value = 0;
        for (int at = from; at < to; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
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
        long value = mantissa(text, at, to);
        int missing = scale - fraction;
        if (value < 0 || missing < 0 || to - at + missing > LONG_DIGITS) {
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
