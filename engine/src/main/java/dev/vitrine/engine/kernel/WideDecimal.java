package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;

/// An unscaled decimal of up to 38 digits as a 128-bit number in two words, which generated code
/// computes into. Operands are given as words too, so that one that fits 64 bits needs no object:
/// its upper word is its sign.
///
/// Results are those of exact arithmetic, rounded half up to the result's scale; one that has more
/// digits than its type is the error that Spark's ANSI mode has for it. Operands of 64 bits, which
/// most are, take a few machine operations; what does not fit 128 bits on the way is left to
/// [BigInteger].
public final class WideDecimal {
    private static final int MOST_DIGITS = 38;

    /// The largest power of ten that a word holds.
    private static final int WORD_DIGITS = 18;

    private static final long[] POWERS = new long[WORD_DIGITS + 1];
    private static final long[] LIMIT_HIGH = new long[MOST_DIGITS + 1];
    private static final long[] LIMIT_LOW = new long[MOST_DIGITS + 1];

    static {
        for (int i = 0; i <= MOST_DIGITS; i++) {
            BigInteger power = BigInteger.TEN.pow(i);
            LIMIT_HIGH[i] = power.shiftRight(64).longValue();
            LIMIT_LOW[i] = power.longValue();
            if (i <= WORD_DIGITS) {
                POWERS[i] = power.longValue();
            }
        }
    }

    public long high;
    public long low;

    public WideDecimal() {}

    /// An unscaled value of at most 127 bits and a sign.
    public static WideDecimal of(BigInteger unscaled) {
        WideDecimal result = new WideDecimal();
        result.take(unscaled);
        return result;
    }

    public void set(WideDecimal value) {
        high = value.high;
        low = value.low;
    }

    public void set(long value) {
        high = value >> 63;
        low = value;
    }

    /// Takes the value at an address: its lower word, then the upper one.
    public void read(long address) {
        low = Mem.getLong(address);
        high = Mem.getLong(address + 8);
    }

    /// Puts a value to an address as [#read] takes it.
    public static void put(long address, long high, long low) {
        Mem.putLong(address, low);
        Mem.putLong(address + 8, high);
    }

    /// Negative, zero or positive as the first number is below, equal to or above the second.
    public static int compare(long aHigh, long aLow, long bHigh, long bLow) {
        return aHigh != bHigh ? Long.compare(aHigh, bHigh) : Long.compareUnsigned(aLow, bLow);
    }

    public static boolean equal(long aHigh, long aLow, long bHigh, long bLow) {
        return ((aHigh ^ bHigh) | (aLow ^ bLow)) == 0;
    }

    /// The number with `scale` digits after the point.
    public static BigDecimal toBigDecimal(long high, long low, int scale) {
        return new BigDecimal(unscaled(high, low), scale);
    }

    /// The double nearest to a decimal.
    public static double toDouble(long high, long low, int scale) {
        return isWord(high, low)
                ? CheckedMath.toDouble(low, scale)
                : toBigDecimal(high, low, scale).doubleValue();
    }

    private static boolean isWord(long high, long low) {
        return high == low >> 63;
    }

    private static BigInteger unscaled(long high, long low) {
        if (isWord(high, low)) {
            return BigInteger.valueOf(low);
        }
        BigInteger lower = BigInteger.valueOf(low & Long.MAX_VALUE);
        return BigInteger.valueOf(high).shiftLeft(64).or(low < 0 ? lower.setBit(63) : lower);
    }

    private void take(BigInteger value) {
        low = value.longValue();
        high = value.shiftRight(64).longValue();
    }

    // Arithmetic

    /// Becomes the sum of two numbers, each multiplied by a power of ten first.
    ///
    /// @param down digits to round away from the sum
    /// @param precision digits that the result may have
    /// @param scale of the result, for the error's text
    public void add(
            long aHigh,
            long aLow,
            int aUp,
            long bHigh,
            long bLow,
            int bUp,
            int down,
            int precision,
            int scale) {
        if (scaled(bHigh, bLow, bUp)) {
            long secondHigh = high;
            long secondLow = low;
            if (scaled(aHigh, aLow, aUp)) {
                long sumLow = low + secondLow;
                long carry = Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0;
                long sumHigh = high + secondHigh + carry;
                if (((high ^ sumHigh) & (secondHigh ^ sumHigh)) >= 0) {
                    high = sumHigh;
                    low = sumLow;
                    finish(down, precision, scale);
                    return;
                }
            }
        }
        BigInteger a = unscaled(aHigh, aLow).multiply(BigInteger.TEN.pow(aUp));
        BigInteger b = unscaled(bHigh, bLow).multiply(BigInteger.TEN.pow(bUp));
        fit(new BigDecimal(a.add(b), scale + down), precision, scale);
    }

    /// As [#add], with the second number subtracted.
    public void subtract(
            long aHigh,
            long aLow,
            int aUp,
            long bHigh,
            long bLow,
            int bUp,
            int down,
            int precision,
            int scale) {
        long negatedLow = -bLow;
        long negatedHigh = ~bHigh + (negatedLow == 0 ? 1 : 0);
        add(aHigh, aLow, aUp, negatedHigh, negatedLow, bUp, down, precision, scale);
    }

    /// Becomes the product of two numbers; parameters as of [#add].
    public void multiply(
            long aHigh, long aLow, long bHigh, long bLow, int down, int precision, int scale) {
        if (isWord(aHigh, aLow) && isWord(bHigh, bLow)) {
            high = Math.multiplyHigh(aLow, bLow);
            low = aLow * bLow;
            finish(down, precision, scale);
        } else {
            BigInteger product = unscaled(aHigh, aLow).multiply(unscaled(bHigh, bLow));
            fit(new BigDecimal(product, scale + down), precision, scale);
        }
    }

    /// Becomes the quotient of two numbers, the first multiplied by a power of ten before.
    ///
    /// @param up that power, which may be below zero
    public void divide(
            long aHigh, long aLow, long bHigh, long bLow, int up, int precision, int scale) {
        if ((bHigh | bLow) == 0) {
            throw new EngineException(ErrorCode.DIVIDE_BY_ZERO, Map.of());
        }
        if (isWord(bHigh, bLow) && up >= 0 && scaled(aHigh, aLow, up)) {
            divideBy(bLow);
            if (!fits(precision)) {
                throw outOfRange(toBigDecimal(high, low, scale), precision, scale);
            }
        } else {
            // The scales' difference is all that counts, so that of the dividend may be anything.
            BigDecimal quotient =
                    toBigDecimal(aHigh, aLow, 0)
                            .scaleByPowerOfTen(up - scale)
                            .divide(toBigDecimal(bHigh, bLow, 0), scale, RoundingMode.HALF_UP);
            fit(quotient, precision, scale);
        }
    }

    /// Becomes a number with other digits after the point: multiplied by a power of ten, or with
    /// `down` digits rounded away.
    public void rescale(long aHigh, long aLow, int up, int down, int precision, int scale) {
        if (scaled(aHigh, aLow, up)) {
            finish(down, precision, scale);
        } else {
            BigInteger value = unscaled(aHigh, aLow).multiply(BigInteger.TEN.pow(up));
            fit(new BigDecimal(value, scale + down), precision, scale);
        }
    }

    /// Becomes a number with its sign changed, always or where it is below zero.
    public void negate(long aHigh, long aLow, boolean onlyBelowZero) {
        if (onlyBelowZero && aHigh >= 0) {
            high = aHigh;
            low = aLow;
        } else {
            low = -aLow;
            high = ~aHigh + (low == 0 ? 1 : 0);
        }
    }

    // Parts of them

    /// Becomes a number multiplied by a power of ten; false where 128 bits may not suffice.
    private boolean scaled(long aHigh, long aLow, int up) {
        if (up == 0) {
            high = aHigh;
            low = aLow;
            return true;
        }
        if (!isWord(aHigh, aLow)) {
            return false;
        }
        int first = Math.min(up, WORD_DIGITS);
        high = Math.multiplyHigh(aLow, POWERS[first]);
        low = aLow * POWERS[first];
        int left = up - first;
        if (left == 0) {
            return true;
        }
        return left <= WORD_DIGITS && isWord(high, low) && scaled(high, low, left);
    }

    private void finish(int down, int precision, int scale) {
        long exactHigh = high;
        long exactLow = low;
        if (down > WORD_DIGITS) {
            fit(toBigDecimal(high, low, scale + down), precision, scale);
            return;
        }
        if (down > 0) {
            divideBy(POWERS[down]);
        }
        if (!fits(precision)) {
            throw outOfRange(toBigDecimal(exactHigh, exactLow, scale + down), precision, scale);
        }
    }

    /// Divides, rounding half away from zero.
    private void divideBy(long divisor) {
        boolean negative = (high ^ divisor) < 0;
        negate(high, low, true);
        long d = Math.abs(divisor);
        long upper = Long.divideUnsigned(high, d);
        long rest = Long.remainderUnsigned(high, d);
        long lower;
        if (rest == 0) {
            lower = Long.divideUnsigned(low, d);
            rest = Long.remainderUnsigned(low, d);
        } else {
            lower = divideWords(rest, low, d);
            rest = low - lower * d;
        }
        high = upper;
        low = lower;
        if (Long.compareUnsigned(rest, d - rest) >= 0 && ++low == 0) {
            high++;
        }
        if (negative) {
            negate(high, low, false);
        }
    }

    /// The quotient of two words by one that is above the upper of them, by two digits of 32 bits
    /// (Knuth's algorithm D, TAOCP 4.3.1).
    private static long divideWords(long upper, long lower, long divisor) {
        int shift = Long.numberOfLeadingZeros(divisor);
        long d = divisor << shift;
        long top = shift == 0 ? upper : upper << shift | lower >>> 64 - shift;
        long bottom = lower << shift;
        long first = digit(top, bottom >>> 32, d);
        long between = (top << 32 | bottom >>> 32) - first * d;
        long second = digit(between, bottom & 0xFFFFFFFFL, d);
        return (first << 32) + second;
    }

    private static long digit(long top, long next, long divisor) {
        long dHigh = divisor >>> 32;
        long dLow = divisor & 0xFFFFFFFFL;
        long quotient = Long.divideUnsigned(top, dHigh);
        long rest = top - quotient * dHigh;
        while (quotient >>> 32 != 0
                || Long.compareUnsigned(quotient * dLow, rest << 32 | next) > 0) {
            quotient--;
            rest += dHigh;
            if (rest >>> 32 != 0) {
                break;
            }
        }
        return quotient;
    }

    private boolean fits(int precision) {
        if (isWord(high, low) && precision > WORD_DIGITS) {
            return true;
        }
        long h = high;
        long l = low;
        if (h < 0) {
            l = -l;
            h = ~h + (l == 0 ? 1 : 0);
        }
        return h >= 0 && compare(h, l, LIMIT_HIGH[precision], LIMIT_LOW[precision]) < 0;
    }

    /// Takes a number of any size, rounded.
    private void fit(BigDecimal value, int precision, int scale) {
        BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP);
        if (rounded.precision() > precision) {
            throw outOfRange(value, precision, scale);
        }
        take(rounded.unscaledValue());
    }

    /// The error for a sum of two numbers that 128 bits do not hold.
    public static EngineException sumOutOfRange(
            long aHigh, long aLow, long bHigh, long bLow, int scale) {
        BigInteger sum = unscaled(aHigh, aLow).add(unscaled(bHigh, bLow));
        return outOfRange(new BigDecimal(sum, scale), MOST_DIGITS, scale);
    }

    private static EngineException outOfRange(BigDecimal value, int precision, int scale) {
        return new EngineException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE__WITH_SUGGESTION,
                Map.of("value", value.toPlainString(), "precision", precision, "scale", scale));
    }
}
