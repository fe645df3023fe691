package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class UnwrapCastsTest {
    private final RuleTesting rule = new RuleTesting(new UnwrapCasts(), new FoldConstants());

    @Test
    void constantsAreComparedInTheColumnsType() {
        assertEquals(
                """
                Project [a#1]
                +- Filter (a#1 = 5)
                   +- Relation fake [a#1, b#2, c#3, d#4], t\
                """,
                rule.plan("select a from t where cast(a as bigint) = 5L"));
    }

    @Test
    void listsToo() {
        assertEquals(
                """
                Project [a#1]
                +- Filter (a#1 IN (1, 2))
                   +- Relation fake [a#1, b#2, c#3, d#4], t\
                """,
                rule.plan("select a from t where cast(a as bigint) in (1L, 2L)"));
    }

    @Test
    void decimalsToo() {
        assertEquals(
                """
                Project [a#1]
                +- Filter (c#2 > 1.50)
                   +- Relation fake [a#1, b#3, c#2, d#4], t\
                """,
                rule.plan("select a from t where c > 1.500"));
    }

    @Test
    void constantsThatTheColumnCannotHoldStay() {
        assertEquals(0, rule.hits("select a from t where cast(a as bigint) = 5000000000L"));
    }

    @Test
    void textIsNotInTheOrderOfNumbers() {
        assertEquals(0, rule.hits("select a from t where b = 1"));
    }
}
