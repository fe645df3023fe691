package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr.ArithmeticOp;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `+ - * / % div` on boxed numbers of one type, in all three modes.
public final class NumberOperations {
    private NumberOperations() {}

    /// An operation on two numbers that are not NULL.
    @FunctionalInterface
    public interface Operation {
        @Nullable Object apply(Object left, Object right);
    }

    /// The operation made ready for its types.
    ///
    /// @param operand type of both operands; decimals may differ in precision and scale
    public static Operation of(ArithmeticOp op, DataType operand, DataType type, EvalMode mode) {
        return switch (operand) {
            case DataType.Simple.TINYINT ->
                    (l, r) -> narrow(op, (Byte) l, (Byte) r, DataType.TINYINT, type, mode);
            case DataType.Simple.SMALLINT ->
                    (l, r) -> narrow(op, (Short) l, (Short) r, DataType.SMALLINT, type, mode);
            case DataType.Simple.INT ->
                    (l, r) -> narrow(op, (Integer) l, (Integer) r, DataType.INT, type, mode);
            case DataType.Simple.BIGINT -> (l, r) -> longs(op, (Long) l, (Long) r, mode);
            case DataType.Simple.FLOAT -> (l, r) -> floats(op, (Float) l, (Float) r, mode);
            case DataType.Simple.DOUBLE -> (l, r) -> doubles(op, (Double) l, (Double) r, mode);
            case DataType.Decimal d ->
                    (l, r) -> decimals(op, (BigDecimal) l, (BigDecimal) r, type, mode);
            default ->
                    throw EngineException.internal(
                            "no arithmetic " + op.symbol() + " on " + operand.sql());
        };
    }

    /// `value` rounded to the type's scale (half up), or what the mode says where it has too many
    /// digits.
    public static @Nullable BigDecimal fit(BigDecimal value, DataType.Decimal type, EvalMode mode) {
        BigDecimal rounded = value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() <= type.precision()) {
            return rounded;
        }
        if (mode == EvalMode.ANSI) {
            throw outOfRange(value, type);
        }
        return null;
    }

    private static boolean divides(ArithmeticOp op) {
        return switch (op) {
            case DIVIDE, INTEGRAL_DIVIDE, REMAINDER -> true;
            case ADD, SUBTRACT, MULTIPLY -> false;
        };
    }

    static EngineException outOfRange(BigDecimal value, DataType.Decimal type) {
        return new EngineException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE__WITH_SUGGESTION,
                Map.of(
                        "value", value.toPlainString(),
                        "precision", type.precision(),
                        "scale", type.scale()));
    }

    /// A boxed number of an integral type, wrapped where it is too wide.
    static Object box(long value, DataType type) {
        return switch (type) {
            case DataType.Simple.TINYINT -> (byte) value;
            case DataType.Simple.SMALLINT -> (short) value;
            case DataType.Simple.INT -> (int) value;
            case DataType.Simple.BIGINT -> value;
            default -> throw EngineException.internal(type.sql() + " is not integral");
        };
    }

    static boolean fits(long value, DataType type) {
        return switch (type) {
            case DataType.Simple.TINYINT -> value == (byte) value;
            case DataType.Simple.SMALLINT -> value == (short) value;
            case DataType.Simple.INT -> value == (int) value;
            default -> true;
        };
    }

    private static @Nullable Object narrow(
            ArithmeticOp op, long l, long r, DataType operand, DataType type, EvalMode mode) {
        if (r == 0 && divides(op)) {
            return byZero(op, mode);
        }
        long value =
                switch (op) {
                    case ADD -> l + r;
                    case SUBTRACT -> l - r;
                    case MULTIPLY -> l * r;
                    case DIVIDE, INTEGRAL_DIVIDE -> l / r;
                    case REMAINDER -> l % r;
                };
        if (op == ArithmeticOp.INTEGRAL_DIVIDE) {
            return box(value, type);
        }
        if (!fits(value, operand) && mode != EvalMode.LEGACY) {
            if (mode == EvalMode.TRY) {
                return null;
            }
            if (operand != DataType.INT) {
                throw new EngineException(
                        ErrorCode.BINARY_ARITHMETIC_OVERFLOW,
                        Map.of("value1", l, "symbol", op.symbol(), "value2", r));
            }
            throw overflow("integer overflow");
        }
        return box(value, operand);
    }

    private static @Nullable Object longs(ArithmeticOp op, long l, long r, EvalMode mode) {
        if (r == 0 && divides(op)) {
            return byZero(op, mode);
        }
        if (mode == EvalMode.LEGACY) {
            return switch (op) {
                case ADD -> l + r;
                case SUBTRACT -> l - r;
                case MULTIPLY -> l * r;
                case DIVIDE, INTEGRAL_DIVIDE -> l / r;
                case REMAINDER -> l % r;
            };
        }
        try {
            return switch (op) {
                case ADD -> Math.addExact(l, r);
                case SUBTRACT -> Math.subtractExact(l, r);
                case MULTIPLY -> Math.multiplyExact(l, r);
                case DIVIDE, INTEGRAL_DIVIDE -> Math.divideExact(l, r);
                case REMAINDER -> l % r;
            };
        } catch (ArithmeticException e) {
            if (mode == EvalMode.TRY) {
                return null;
            }
            throw overflow(
                    op == ArithmeticOp.INTEGRAL_DIVIDE
                            ? "Overflow in integral divide"
                            : "long overflow");
        }
    }

    private static @Nullable Object floats(ArithmeticOp op, float l, float r, EvalMode mode) {
        if (r == 0 && divides(op)) {
            return byZero(op, mode);
        }
        return switch (op) {
            case ADD -> l + r;
            case SUBTRACT -> l - r;
            case MULTIPLY -> l * r;
            case DIVIDE -> l / r;
            case INTEGRAL_DIVIDE -> (long) (l / r);
            case REMAINDER -> l % r;
        };
    }

    private static @Nullable Object doubles(ArithmeticOp op, double l, double r, EvalMode mode) {
        if (r == 0 && divides(op)) {
            return byZero(op, mode);
        }
        return switch (op) {
            case ADD -> l + r;
            case SUBTRACT -> l - r;
            case MULTIPLY -> l * r;
            case DIVIDE -> l / r;
            case INTEGRAL_DIVIDE -> (long) (l / r);
            case REMAINDER -> l % r;
        };
    }

    private static @Nullable Object decimals(
            ArithmeticOp op, BigDecimal l, BigDecimal r, DataType type, EvalMode mode) {
        if (r.signum() == 0 && divides(op)) {
            return byZero(op, mode);
        }
        if (op == ArithmeticOp.INTEGRAL_DIVIDE) {
            BigDecimal whole = l.divideToIntegralValue(r).setScale(0, RoundingMode.DOWN);
            if (whole.toBigInteger().bitLength() > 63 && mode != EvalMode.LEGACY) {
                if (mode == EvalMode.TRY) {
                    return null;
                }
                throw overflow("Overflow in integral divide");
            }
            return whole.longValue();
        }
        DataType.Decimal result = (DataType.Decimal) type;
        BigDecimal value =
                switch (op) {
                    case ADD -> l.add(r);
                    case SUBTRACT -> l.subtract(r);
                    case MULTIPLY -> l.multiply(r);
                    case DIVIDE -> l.divide(r, result.scale(), RoundingMode.HALF_UP);
                    case INTEGRAL_DIVIDE, REMAINDER -> l.remainder(r);
                };
        return fit(value, result, mode);
    }

    private static @Nullable Object byZero(ArithmeticOp op, EvalMode mode) {
        if (mode == EvalMode.ANSI) {
            throw new EngineException(
                    op == ArithmeticOp.REMAINDER
                            ? ErrorCode.REMAINDER_BY_ZERO
                            : ErrorCode.DIVIDE_BY_ZERO,
                    Map.of());
        }
        return null;
    }

    static EngineException negativeFrequency(long weight) {
        return new EngineException(
                ErrorCode.NEGATIVE_VALUES_IN_FREQUENCY_EXPRESSION, Map.of("negativeValue", weight));
    }

    static EngineException overflow(String message) {
        return new EngineException(ErrorCode.ARITHMETIC_OVERFLOW, Map.of("message", message));
    }
}
