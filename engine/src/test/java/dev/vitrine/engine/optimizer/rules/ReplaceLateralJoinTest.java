package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class ReplaceLateralJoinTest {
    private final RuleTesting rule = new RuleTesting(new ReplaceLateralJoin());

    @Test
    void aCorrelatedQueryBecomesAJoin() {
        assertEquals(1, rule.hits("select b, x from t, lateral (select x from u where u.a = t.a)"));
    }

    @Test
    void oneComputedRowBecomesAProjection() {
        assertEquals(1, rule.hits("select b, next from t, lateral (select t.a + 1 as next)"));
    }

    @Test
    void oneThatIsNotCorrelatedIsJoinedAsItIs() {
        assertEquals(1, rule.hits("select b, k from t, lateral (select k from v)"));
    }

    @Test
    void otherJoinsStay() {
        assertEquals(0, rule.hits("select b, x from t, u where u.a = t.a"));
    }

    @Test
    void anAggregateOfAllRowsIsComputedForEachDistinctRow() {
        String plan =
                rule.plan(
                        "select b, n from t, lateral (select count(*) as n from u where u.a ="
                                + " t.a)");
        // The rows of t, the distinct values that the count reads of them, and these again.
        assertEquals(3, plan.split(" t\\n", -1).length - 1, plan);
        assertTrue(plan.contains("LeftOuter"), plan);
    }
}
