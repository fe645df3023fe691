package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class PropagateNullsTest {
    private final RuleTesting rule = new RuleTesting(new PropagateNulls());

    @Test
    void operatorsOnNullAreNull() {
        assertEquals(
                """
                Project [NULL AS x#1, NULL AS y#2]
                +- Relation fake [a#3, b#4, c#5, d#6], t\
                """,
                rule.plan("select a + null as x, b like null as y from t"));
    }

    @Test
    void coalesceLosesNullsAndWhatIsNeverReached() {
        assertEquals(
                """
                Project [coalesce(a#1, 1) AS x#2]
                +- Relation fake [a#1, b#3, c#4, d#5], t\
                """,
                rule.plan("select coalesce(null, a, 1) as x from t"));
    }

    @Test
    void nullSafeEqualityIsNotNull() {
        assertEquals(0, rule.hits("select a <=> null as x from t"));
    }

    @Test
    void whatMayFailBeforeTheNullIsKept() {
        assertEquals(0, rule.hits("select (a + 1) * null as x from t"));
    }
}
