package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class SimplifyLikeTest {
    private final RuleTesting rule = new RuleTesting(new SimplifyLike());

    @Test
    void aPatternWithoutWildcardsIsEquality() {
        assertEquals(
                """
                Project [a#1]
                +- Filter (b#2 = x)
                   +- Relation fake [a#1, b#2, c#3, d#4], t\
                """,
                rule.plan("select a from t where b like 'x'"));
    }

    @Test
    void anythingIsLikePercentButNull() {
        assertEquals(
                """
                Project [b#1 LIKE % AS p#2, true AS q#3]
                +- Join Inner
                   :- Relation fake [a#4, b#1, c#5, d#6], t
                   +- Relation fake [k#7, w#8], v\
                """,
                rule.plan("select b like '%' as p, w like '%' as q from t, v"));
    }

    @Test
    void otherPatternsAreForTheKernels() {
        assertEquals(
                0, rule.hits("select a from t where b like 'x%' or b like '_' or b ilike 'x'"));
    }

    @Test
    void escapedPatternsStay() {
        assertEquals(0, rule.hits("select a from t where b like 'x\\%'"));
    }
}
