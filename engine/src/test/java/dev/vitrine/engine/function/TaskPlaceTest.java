package dev.vitrine.engine.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.fixtures.FakeConnector;
import dev.vitrine.engine.fixtures.Planning;
import dev.vitrine.engine.logical.LogicalPlan;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What functions remember from row to row belongs to one place of an expression in one task.
class TaskPlaceTest {
    private static final RowValues ROW = ordinal -> ordinal;
    private final Planning planning = new Planning(new FakeConnector());

    private Evaluator evaluator(String expression) {
        LogicalPlan plan = planning.analyze("select " + expression).plan();
        Expr expr = ((LogicalPlan.Project) plan).exprs().getFirst();
        return ExprEvaluator.compile(expr, Map.of(), ZoneOffset.UTC);
    }

    @AfterEach
    void leave() {
        TaskPlace.enter(0);
    }

    @Test
    void aPlaceGoesOnAndATaskBeginsAnew() {
        Evaluator rand = evaluator("rand(0)");
        TaskPlace.enter(0);
        Object first = rand.eval(ROW);
        assertEquals(0.7604953758285915, first);
        assertNotEquals(first, rand.eval(ROW));
        assertEquals(first, evaluator("rand(0)").eval(ROW), "another place");
        TaskPlace.enter(0);
        assertEquals(first, rand.eval(ROW), "another task of the partition");
        TaskPlace.enter(1);
        assertNotEquals(first, rand.eval(ROW), "another partition");
    }

    @Test
    void idsHoldThePartition() {
        Evaluator id = evaluator("monotonically_increasing_id()");
        TaskPlace.enter(3);
        assertEquals(3L << 33, id.eval(ROW));
        assertEquals((3L << 33) + 1, id.eval(ROW));
    }

    @Test
    void lambdasSeeTheRowAndTheLambdasAround() {
        assertEquals(
                "[[11, 12], [21, 22]]",
                String.valueOf(
                        evaluator(
                                        "transform(array(10, 20), x -> transform(array(1, 2), y -> x + y))")
                                .eval(ROW)));
    }
}
