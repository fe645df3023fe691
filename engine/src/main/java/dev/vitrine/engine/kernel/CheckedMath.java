package dev.vitrine.engine.kernel;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.math.BigDecimal;
import java.util.Map;

/// Arithmetic on primitives as SQL has it: overflow and division by zero are errors. Called by
/// generated code.
public final class CheckedMath {
    private static final double[] POWERS = new double[23];
    private static final long EXACT = 1L << 53;

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private CheckedMath() {}

    public static int addInt(int a, int b) {
        int r = a + b;
        if (((a ^ r) & (b ^ r)) < 0) {
            throw overflow("integer overflow");
        }
        return r;
    }

    public static int subtractInt(int a, int b) {
        int r = a - b;
        if (((a ^ b) & (a ^ r)) < 0) {
            throw overflow("integer overflow");
        }
        return r;
    }

    public static int multiplyInt(int a, int b) {
        long r = (long) a * b;
        if ((int) r != r) {
            throw overflow("integer overflow");
        }
        return (int) r;
    }

    public static long addLong(long a, long b) {
        long r = a + b;
        if (((a ^ r) & (b ^ r)) < 0) {
            throw overflow("long overflow");
        }
        return r;
    }

    public static long subtractLong(long a, long b) {
        long r = a - b;
        if (((a ^ b) & (a ^ r)) < 0) {
            throw overflow("long overflow");
        }
        return r;
    }

    public static long multiplyLong(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        if (high != low >> 63) {
            throw overflow("long overflow");
        }
        return low;
    }

    public static int divideInt(int a, int b) {
        if (b == 0) {
            throw byZero();
        }
        return a / b;
    }

    public static long divideLong(long a, long b) {
        if (b == 0) {
            throw byZero();
        }
        if (a == Long.MIN_VALUE && b == -1) {
            throw overflow("Overflow in integral divide");
        }
        return a / b;
    }

    public static double divideDouble(double a, double b) {
        if (b == 0) {
            throw byZero();
        }
        return a / b;
    }

    public static int remainderInt(int a, int b) {
        if (b == 0) {
            throw remainderByZero();
        }
        return a % b;
    }

    public static long remainderLong(long a, long b) {
        if (b == 0) {
            throw remainderByZero();
        }
        return b == -1 ? 0 : a % b;
    }

    public static double remainderDouble(double a, double b) {
        if (b == 0) {
            throw remainderByZero();
        }
        return a % b;
    }

    /// `value` divided by `power` (of ten), rounded half away from zero.
    public static long rescaleDown(long value, long power) {
        long quotient = value / power;
        long rest = value % power;
        return Math.abs(rest) >= power - Math.abs(rest) ? quotient + Long.signum(value) : quotient;
    }

    /// The double nearest to a decimal.
    public static double toDouble(long unscaled, int scale) {
        return unscaled > -EXACT && unscaled < EXACT && scale < POWERS.length
                ? unscaled / POWERS[scale]
                : BigDecimal.valueOf(unscaled, scale).doubleValue();
    }

    /// Order with NaN above all numbers and equal to itself, -0.0 equal to 0.0.
    public static int compare(double a, double b) {
        return a < b ? -1 : a > b ? 1 : a == b ? 0 : Double.compare(a, b);
    }

    public static int compare(long a, long b) {
        return Long.compare(a, b);
    }

    public static EngineException overflow(String message) {
        return new EngineException(ErrorCode.ARITHMETIC_OVERFLOW, Map.of("message", message));
    }

    private static EngineException remainderByZero() {
        return new EngineException(ErrorCode.REMAINDER_BY_ZERO, Map.of());
    }

    private static EngineException byZero() {
        return new EngineException(ErrorCode.DIVIDE_BY_ZERO, Map.of());
    }
}
