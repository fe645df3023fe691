package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class PushFilterThroughProjectTest {
    private final RuleTesting rule = new RuleTesting(new PushFilterThroughProject());

    @Test
    void conditionsGoBelowWithDefinitions() {
        assertEquals(
                """
                Project [z#1, b#2]
                +- Project [(a#3 + 1) AS z#1, b#2]
                   +- Filter ((a#3 + 1) > 2)
                      +- Relation fake [a#3, b#2, c#4, d#5], t\
                """,
                rule.plan("select * from (select a + 1 as z, b from t) where z > 2"));
    }

    @Test
    void conditionsGoBelowSorts() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4]
                +- Sort [a#1 ASC NULLS FIRST], global
                   +- Project [a#1, b#2, c#3, d#4]
                      +- Filter (b#2 = x)
                         +- Relation fake [a#1, b#2, c#3, d#4], t\
                """,
                rule.plan("select * from (select * from t order by a) where b = 'x'"));
    }

    @Test
    void notBelowRandomNumbers() {
        assertEquals(0, rule.hits("select * from (select rand() as r, a from t) where a > 1"));
    }

    @Test
    void notBelowLimits() {
        assertEquals(0, rule.hits("select * from (select a from t limit 10) where a > 1"));
    }
}
