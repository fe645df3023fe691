package dev.vitrine.engine.analysis;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.fixtures.FakeConnector;
import dev.vitrine.engine.fixtures.Planning;
import dev.vitrine.engine.function.ExprEvaluator;
import dev.vitrine.engine.function.FunctionEntry;
import dev.vitrine.engine.function.FunctionKind;
import dev.vitrine.engine.function.FunctionRegistry;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.types.Values;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Every function's example gives what its documentation says.
class FunctionExamplesTest {
    private final Planning planning = new Planning(new FakeConnector());

    private String value(String expression) {
        LogicalPlan plan = planning.analyze("select " + expression).plan();
        Expr expr = ((LogicalPlan.Project) plan).exprs().getFirst();
        Object value = ExprEvaluator.constant(expr, ZoneOffset.UTC);
        return Values.toText(value, expr.type(), ZoneOffset.UTC);
    }

    @Test
    void examplesGiveTheirResults() {
        List<Executable> checks =
                FunctionRegistry.builtin().entries().stream()
                        .filter(entry -> !entry.example().isEmpty())
                        .<Executable>map(entry ->
                                () ->
                                        assertEquals(
                                                entry.result(),
                                                value(entry.example()),
                                                entry.example()))
                        .toList();
        assertTrue(checks.size() > 100, "examples: " + checks.size());
        assertAll(checks);
    }

    @Test
    void everyFunctionIsDocumented() {
        for (FunctionEntry entry : FunctionRegistry.builtin().entries()) {
            if (entry.kind() != FunctionKind.OPERATOR) {
                assertTrue(entry.doc().endsWith("."), entry.name() + ": " + entry.doc());
                assertTrue(entry.signature().contains("("), entry.signature());
            }
        }
    }

    @Test
    void operatorsOnDatesAndIntervals() {
        assertEquals("1998-09-02", value("date '1998-12-01' - interval '90' day"));
        assertEquals("1999-03-01", value("date '1998-12-01' + interval 3 months"));
        assertEquals("2024-02-29", value("date '2024-01-31' + interval 1 month"));
        assertEquals("2020-01-01 12:00:00", value("date '2020-01-01' + interval 12 hours"));
        assertEquals("31 00:00:00.000000000", value("date '2020-02-01' - date '2020-01-01'"));
        assertEquals(
                "0 01:00:00.000000000",
                value("timestamp '2020-01-01 01:00:00' - timestamp '2020-01-01 00:00:00'"));
        assertEquals("2020-01-02", value("date '2020-01-01' + 1"));
        assertEquals("2 00:00:00.000000000", value("2 * interval 1 day"));
        assertEquals("-1 00:00:00.000000000", value("-interval 1 day"));
    }

    @Test
    void arithmeticHasSparksTypes() {
        assertEquals("0.5", value("1 / 2"));
        assertEquals("2", value("5 div 2"));
        assertEquals("3.75", value("1.5 * 2.5"));
        assertEquals("0.333333", value("1.0 / 3"));
        assertEquals("true", value("1 = 1.0 and '2' > 1 and 0.1 < 1e0"));
        assertEquals("abc1", value("'a' || 'b' || 'c' || 1"));
        assertEquals("6", value("2 | 4"));
        assertEquals("-1", value("~0"));
        assertEquals("[1,2,3]", value("array(1, 2) || array(3)"));
        assertEquals("2", value("array(1, 2)[1]"));
        assertEquals("b", value("map('a', 'b')['a']"));
        assertEquals("1", value("named_struct('x', 1).x"));
        assertEquals("NULL", value("try_divide(1, 0)"));
        assertEquals("7", value("extract(month from date '2020-07-01')"));
        assertEquals("NULL", value("null + 1"));
    }
}
