package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class CollapseProjectsTest {
    private final RuleTesting rule = new RuleTesting(new CollapseProjects());

    @Test
    void namesAreReplacedByWhatTheyStandFor() {
        assertEquals(
                """
                Project [((a#1 + 1) * 2) AS y#2]
                +- Relation fake [a#1, b#3, c#4, d#5], t\
                """,
                rule.plan("select z * 2 as y from (select a + 1 as z, b from t)"));
    }

    @Test
    void nothingIsComputedTwice() {
        assertEquals(0, rule.hits("select z * z as y from (select a + 1 as z from t)"));
    }

    @Test
    void randomNumbersStayWhereTheyAre() {
        assertEquals(0, rule.hits("select r from (select rand() as r, a from t)"));
    }
}
