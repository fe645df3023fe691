package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class PushFilterIntoScanTest {
    private final RuleTesting rule =
            new RuleTesting(new PushFilterIntoScan(), new PushFilterThroughProject());

    @Test
    void comparisonsWithConstantsPrune() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4]
                +- Filter ((a#1 > 1) AND (b#2 = x) AND (d#4 IS NOT NULL) AND (a#1 IN (2, 3)))
                   +- Relation fake [a#1, b#2, c#3, d#4], t, pruned by: [a GT [1], b EQ [x], d IS_NOT_NULL [], a IN [2, 3]]\
                """,
                rule.plan(
                        "select * from t where a > 1 and b = 'x' and d is not null and a in (2,"
                                + " 3)"));
    }

    @Test
    void prefixesAreRanges() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4]
                +- Filter b#2 LIKE abc%
                   +- Relation fake [a#1, b#2, c#3, d#4], t, pruned by: [b GE [abc], b LT [abd]]\
                """,
                rule.plan("select * from t where b like 'abc%'"));
    }

    @Test
    void comparisonsOfColumnsDoNot() {
        assertEquals(0, rule.hits("select * from t where a > c"));
    }

    @Test
    void differencesDoNot() {
        assertEquals(0, rule.hits("select * from t where a <> 1"));
    }
}
