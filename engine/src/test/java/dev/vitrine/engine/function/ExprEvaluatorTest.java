package dev.vitrine.engine.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Arithmetic;
import dev.vitrine.engine.expr.Expr.ArithmeticOp;
import dev.vitrine.engine.expr.Expr.Comparison;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.expr.Expr.Literal;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExprEvaluatorTest {
    private static final Expr NULL_BOOLEAN = Literal.nullOf(DataType.BOOLEAN);
    private static final Expr FAILS =
            new Comparison(
                    ComparisonOp.EQ,
                    arithmetic(ArithmeticOp.REMAINDER, 1, 0, EvalMode.ANSI),
                    Literal.of(1));

    private static @Nullable Object eval(Expr expr) {
        return ExprEvaluator.constant(expr, ZoneOffset.UTC);
    }

    private static Expr arithmetic(ArithmeticOp op, int left, int right, EvalMode mode) {
        return new Arithmetic(op, Literal.of(left), Literal.of(right), DataType.INT, mode);
    }

    private static ErrorCode failure(Expr expr) {
        return assertThrows(EngineException.class, () -> eval(expr)).code();
    }

    @Test
    void andAndOrKnowThreeValues() {
        assertEquals(false, eval(new Expr.And(List.of(NULL_BOOLEAN, Literal.FALSE))));
        assertNull(eval(new Expr.And(List.of(NULL_BOOLEAN, Literal.TRUE))));
        assertEquals(true, eval(new Expr.Or(List.of(NULL_BOOLEAN, Literal.TRUE))));
        assertNull(eval(new Expr.Or(List.of(NULL_BOOLEAN, Literal.FALSE))));
        assertNull(eval(new Expr.Not(NULL_BOOLEAN)));
    }

    @Test
    void whatComesAfterADecisionIsNotEvaluated() {
        assertEquals(false, eval(new Expr.And(List.of(Literal.FALSE, FAILS))));
        assertEquals(true, eval(new Expr.Or(List.of(Literal.TRUE, FAILS))));
        assertEquals(
                ErrorCode.REMAINDER_BY_ZERO, failure(new Expr.And(List.of(NULL_BOOLEAN, FAILS))));
        assertEquals(true, eval(new Expr.Coalesce(List.of(Literal.TRUE, FAILS), DataType.BOOLEAN)));
        assertEquals(
                true,
                eval(
                        new Expr.Case(
                                List.of(
                                        new Expr.Case.Branch(NULL_BOOLEAN, FAILS),
                                        new Expr.Case.Branch(Literal.TRUE, Literal.TRUE)),
                                FAILS,
                                DataType.BOOLEAN)));
    }

    @Test
    void arithmeticOverflowsByMode() {
        int max = Integer.MAX_VALUE;
        assertEquals(
                ErrorCode.ARITHMETIC_OVERFLOW,
                failure(arithmetic(ArithmeticOp.ADD, max, 1, EvalMode.ANSI)));
        assertEquals(
                Integer.MIN_VALUE, eval(arithmetic(ArithmeticOp.ADD, max, 1, EvalMode.LEGACY)));
        assertNull(eval(arithmetic(ArithmeticOp.MULTIPLY, max, 2, EvalMode.TRY)));
        assertNull(eval(arithmetic(ArithmeticOp.REMAINDER, 1, 0, EvalMode.LEGACY)));
        Expr min = Literal.of(Long.MIN_VALUE);
        assertEquals(
                ErrorCode.ARITHMETIC_OVERFLOW,
                failure(
                        new Arithmetic(
                                ArithmeticOp.INTEGRAL_DIVIDE,
                                min,
                                Literal.of(-1L),
                                DataType.BIGINT,
                                EvalMode.ANSI)));
        assertEquals(
                ErrorCode.DIVIDE_BY_ZERO,
                failure(
                        new Arithmetic(
                                ArithmeticOp.DIVIDE,
                                new Literal(1.0, DataType.DOUBLE),
                                new Literal(-0.0, DataType.DOUBLE),
                                DataType.DOUBLE,
                                EvalMode.ANSI)));
    }

    @Test
    void decimalsRoundHalfUpToTheResultsScale() {
        Expr one = decimal("1", 1, 0);
        Expr three = decimal("3", 1, 0);
        DataType type = new DataType.Decimal(8, 6);
        assertEquals(
                new BigDecimal("0.333333"),
                eval(new Arithmetic(ArithmeticOp.DIVIDE, one, three, type, EvalMode.ANSI)));
        Expr big = decimal("99", 2, 0);
        Expr product =
                new Arithmetic(
                        ArithmeticOp.MULTIPLY, big, big, new DataType.Decimal(3, 0), EvalMode.ANSI);
        assertEquals(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE__WITH_SUGGESTION, failure(product));
    }

    private static Expr decimal(String value, int precision, int scale) {
        return new Literal(new BigDecimal(value), new DataType.Decimal(precision, scale));
    }

    @Test
    void comparisonsTreatNanAndZeroAsSqlDoes() {
        Expr nan = new Literal(Double.NaN, DataType.DOUBLE);
        Expr infinity = new Literal(Double.POSITIVE_INFINITY, DataType.DOUBLE);
        assertEquals(true, eval(new Comparison(ComparisonOp.EQ, nan, nan)));
        assertEquals(true, eval(new Comparison(ComparisonOp.GT, nan, infinity)));
        Expr zero = new Literal(0.0, DataType.DOUBLE);
        Expr minusZero = new Literal(-0.0, DataType.DOUBLE);
        assertEquals(true, eval(new Comparison(ComparisonOp.EQ, zero, minusZero)));
        Expr none = Literal.nullOf(DataType.DOUBLE);
        assertNull(eval(new Comparison(ComparisonOp.EQ, none, none)));
        assertEquals(true, eval(new Comparison(ComparisonOp.NULL_SAFE_EQ, none, none)));
        assertEquals(false, eval(new Comparison(ComparisonOp.NULL_SAFE_EQ, none, zero)));
    }

    @Test
    void inIsUnknownWhereNullMightMatch() {
        Expr none = Literal.nullOf(DataType.INT);
        assertEquals(true, eval(new Expr.In(Literal.of(1), List.of(none, Literal.of(1)))));
        assertNull(eval(new Expr.In(Literal.of(1), List.of(none, Literal.of(2)))));
        assertEquals(false, eval(new Expr.In(Literal.of(1), List.of(Literal.of(2)))));
        assertNull(eval(new Expr.In(none, List.of(Literal.of(2)))));
    }

    @Test
    void likeMatchesWholeStringsByCodePoints() {
        assertEquals(true, like("PROMO BRUSHED", "PROMO%"));
        assertEquals(true, like("abcabc", "%b%c"));
        assertEquals(false, like("abc", "b%"));
        assertEquals(true, like("a%c", "a\\%c"));
        assertEquals(false, like("abc", "a\\%c"));
        assertEquals(true, like("\uD83D\uDE00!", "_!"));
        assertEquals(true, like("", "%"));
        assertEquals(false, like("", "_"));
        assertEquals(true, like("special a requests b", "%special%requests%"));
    }

    private static @Nullable Object like(String value, String pattern) {
        return eval(new Expr.Like(Literal.of(value), Literal.of(pattern), '\\', false));
    }

    @Test
    void columnsAreReadByTheirIds() {
        Expr a = new Expr.Attribute(7, "a", DataType.INT, false);
        Expr b = new Expr.Attribute(9, "b", DataType.INT, false);
        Evaluator sum =
                ExprEvaluator.compile(
                        new Arithmetic(ArithmeticOp.SUBTRACT, a, b, DataType.INT, EvalMode.ANSI),
                        Map.of(7L, 1, 9L, 0),
                        ZoneOffset.UTC);
        assertEquals(3, sum.eval(ordinal -> ordinal == 1 ? 5 : 2));
    }
}
