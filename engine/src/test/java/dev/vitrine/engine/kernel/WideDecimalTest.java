package dev.vitrine.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr.ArithmeticOp;
import dev.vitrine.engine.function.NumberOperations;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WideDecimalTest {
    private static final int[][] TYPES = {{38, 0}, {38, 6}, {27, 2}, {19, 4}, {18, 2}, {7, 2}};

    private final Random random = new Random(7);

    @ParameterizedTest
    @EnumSource(
            value = ArithmeticOp.class,
            names = {"ADD", "SUBTRACT", "MULTIPLY", "DIVIDE"})
    void arithmeticIsThatOfTheInterpreter(ArithmeticOp op) {
        int errors = 0;
        for (int i = 0; i < 60_000; i++) {
            int[] left = TYPES[random.nextInt(TYPES.length)];
            int[] right = TYPES[random.nextInt(TYPES.length)];
            int exact = op == ArithmeticOp.MULTIPLY ? left[1] + right[1] : max(left[1], right[1]);
            int scale = op == ArithmeticOp.DIVIDE ? random.nextInt(20) : exact - random(exact);
            BigDecimal a = number(left[0], left[1]);
            BigDecimal b = number(right[0], right[1]);
            int precision = 38 - (i % 7 == 0 ? 12 : 0);
            String expected = interpreted(op, a, b, new DataType.Decimal(precision, scale));
            assertEquals(
                    expected,
                    computed(op, a, b, exact, precision, scale),
                    () -> a + " " + op.symbol() + " " + b);
            errors += expected.startsWith("NUMERIC") ? 1 : 0;
        }
        assertTrue(errors > 0 && errors < 50_000, errors + " errors");
    }

    @Test
    void quotientsByDivisorsOfAllLengths() {
        for (int bits = 1; bits < 64; bits++) {
            for (int i = 0; i < 400; i++) {
                BigDecimal a = new BigDecimal(new BigInteger(1 + random.nextInt(90), random), 0);
                BigDecimal b = new BigDecimal(new BigInteger(bits, random).setBit(bits - 1), 0);
                BigDecimal signed = random.nextBoolean() ? b : b.negate();
                assertEquals(
                        interpreted(ArithmeticOp.DIVIDE, a, signed, new DataType.Decimal(38, 9)),
                        computed(ArithmeticOp.DIVIDE, a, signed, 0, 38, 9));
            }
        }
    }

    @Test
    void orderEqualityAndDoubles() {
        for (int i = 0; i < 20_000; i++) {
            BigDecimal a = number(38, 4);
            BigDecimal b = i % 5 == 0 ? a : number(38, 4);
            WideDecimal x = WideDecimal.of(a.unscaledValue());
            WideDecimal y = WideDecimal.of(b.unscaledValue());
            int order = WideDecimal.compare(x.high, x.low, y.high, y.low);
            assertEquals(a.compareTo(b), Integer.signum(order));
            assertEquals(a.compareTo(b) == 0, WideDecimal.equal(x.high, x.low, y.high, y.low));
            assertEquals(a, WideDecimal.toBigDecimal(x.high, x.low, 4));
            assertEquals(a.doubleValue(), WideDecimal.toDouble(x.high, x.low, 4));
            WideDecimal other = new WideDecimal();
            other.negate(x.high, x.low, false);
            assertEquals(a.negate(), WideDecimal.toBigDecimal(other.high, other.low, 4));
            other.negate(x.high, x.low, true);
            assertEquals(a.abs(), WideDecimal.toBigDecimal(other.high, other.low, 4));
        }
    }

    @Test
    void divisionByZeroIsAnError() {
        EngineException e =
                assertThrows(
                        EngineException.class,
                        () -> new WideDecimal().divide(0, 1, 0, 0, 6, 38, 6));
        assertEquals(ErrorCode.DIVIDE_BY_ZERO, e.code());
    }

    private static int max(int a, int b) {
        return Math.max(a, b);
    }

    private int random(int bound) {
        return bound == 0 ? 0 : random.nextInt(Math.min(bound, 20));
    }

    /// A number of up to `precision` digits, short ones as likely as long ones.
    private BigDecimal number(int precision, int scale) {
        int digits = 1 + random.nextInt(precision);
        BigInteger limit = BigInteger.TEN.pow(digits);
        BigInteger unscaled = new BigInteger(limit.bitLength() + 8, random).mod(limit);
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale);
    }

    private static String interpreted(
            ArithmeticOp op, BigDecimal a, BigDecimal b, DataType.Decimal type) {
        try {
            return String.valueOf(NumberOperations.of(op, type, type, EvalMode.ANSI).apply(a, b));
        } catch (EngineException e) {
            return e.code().name() + e.getMessage();
        }
    }

    private static String computed(
            ArithmeticOp op, BigDecimal a, BigDecimal b, int exact, int precision, int scale) {
        WideDecimal x = WideDecimal.of(a.unscaledValue());
        WideDecimal y = WideDecimal.of(b.unscaledValue());
        WideDecimal out = new WideDecimal();
        int aUp = exact - a.scale();
        int bUp = exact - b.scale();
        int down = exact - scale;
        try {
            switch (op) {
                case ADD -> out.add(x.high, x.low, aUp, y.high, y.low, bUp, down, precision, scale);
                case SUBTRACT ->
                        out.subtract(
                                x.high, x.low, aUp, y.high, y.low, bUp, down, precision, scale);
                case MULTIPLY -> out.multiply(x.high, x.low, y.high, y.low, down, precision, scale);
                case DIVIDE -> {
                    int up = scale - a.scale() + b.scale();
                    out.divide(x.high, x.low, y.high, y.low, up, precision, scale);
                }
                default -> throw new IllegalArgumentException(op.symbol());
            }
        } catch (EngineException e) {
            return e.code().name() + e.getMessage();
        }
        return String.valueOf(WideDecimal.toBigDecimal(out.high, out.low, scale));
    }
}
