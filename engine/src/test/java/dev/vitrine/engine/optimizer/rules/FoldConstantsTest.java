package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class FoldConstantsTest {
    private final RuleTesting rule = new RuleTesting(new FoldConstants());

    @Test
    void constantExpressionsAreComputedOnce() {
        assertEquals(
                """
                Project [(a#1 + 3) AS x#2]
                +- Filter (d#3 < DATE '1998-09-02')
                   +- Relation fake [a#1, b#4, c#5, d#3], t\
                """,
                rule.plan(
                        "select a + (1 + 2) as x from t where d < date '1998-12-01' - interval '90'"
                                + " day"));
    }

    @Test
    void onlyTheConstantPartIsFolded() {
        assertEquals(
                """
                Project [concat(X, b#1) AS x#2]
                +- Relation fake [a#3, b#1, c#4, d#5], t\
                """,
                rule.plan("select concat(upper('x'), b) as x from t"));
    }

    @Test
    void whatFailsIsLeftForTheRowThatReachesIt() {
        assertEquals(0, rule.hits("select a from t where a > 0 and 1 / 0 > a"));
    }

    @Test
    void randomNumbersAreNotFolded() {
        assertEquals(0, rule.hits("select rand() as r from t"));
    }
}
