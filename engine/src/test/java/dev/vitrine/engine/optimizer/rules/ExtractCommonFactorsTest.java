package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class ExtractCommonFactorsTest {
    private final RuleTesting rule =
            new RuleTesting(new ExtractCommonFactors(), new PushFilterThroughProject());

    @Test
    void whatAllAlternativesShareStandsAlone() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4, a#5, x#6, y#7]
                +- Filter ((a#1 = a#5) AND ((b#2 = x) OR (b#2 = y)))
                   +- Join Inner
                      :- Relation fake [a#1, b#2, c#3, d#4], t
                      +- Relation fake [a#5, x#6, y#7], u\
                """,
                rule.plan(
                        "select * from t, u where (t.a = u.a and b = 'x') or (t.a = u.a and b ="
                                + " 'y')"));
    }

    @Test
    void nothingShared() {
        assertEquals(
                0, rule.hits("select * from t where (a = 1 and b = 'x') or (a = 2 and b = 'y')"));
    }
}
