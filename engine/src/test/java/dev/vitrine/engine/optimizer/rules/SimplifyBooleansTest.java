package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class SimplifyBooleansTest {
    private final RuleTesting rule = new RuleTesting(new SimplifyBooleans());

    @Test
    void trueAndFalseDisappear() {
        assertEquals(
                """
                Project [a#1]
                +- Filter (a#1 > 1)
                   +- Relation fake [a#1, b#2, c#3, d#4], t\
                """,
                rule.plan("select a from t where (a > 1 and true) or false"));
    }

    @Test
    void negatedComparisonsAreTurned() {
        assertEquals(
                """
                Project [a#1]
                +- Filter (a#1 >= 1)
                   +- Relation fake [a#1, b#2, c#3, d#4], t\
                """,
                rule.plan("select a from t where not (a < 1)"));
    }

    @Test
    void aFalseTermDecidesTheConjunction() {
        assertEquals(
                """
                Project [a#1]
                +- Filter false
                   +- Relation fake [a#1, b#2, c#3, d#4], t\
                """,
                rule.plan("select a from t where b = 'x' and false"));
    }

    @Test
    void columnsThatAreNeverNullAreNotTested() {
        assertEquals(
                """
                Project [k#1]
                +- Filter true
                   +- Relation fake [k#1, w#2], v\
                """,
                rule.plan("select k from v where k is not null"));
    }

    @Test
    void termsSaidTwiceAreSaidOnce() {
        assertEquals(
                """
                Project [a#1]
                +- Filter ((a#1 > 1) AND (b#2 = x))
                   +- Relation fake [a#1, b#2, c#3, d#4], t\
                """,
                rule.plan("select a from t where a > 1 and b = 'x' and a > 1"));
    }

    @Test
    void falseDecidesEvenAfterWhatCanFail() {
        assertEquals(
                """
                Project [a#1]
                +- Filter false
                   +- Relation fake [a#1, b#2, c#3, d#4], t\
                """,
                rule.plan("select a from t where a + 1 > 2 and false"));
    }

    @Test
    void nullsMakeADifference() {
        assertEquals(0, rule.hits("select a from t where a is not null"));
    }
}
