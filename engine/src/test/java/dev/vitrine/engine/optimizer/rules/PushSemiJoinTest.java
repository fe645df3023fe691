package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class PushSemiJoinTest {
    private final RuleTesting rule = new RuleTesting(new PushSemiJoin());

    @Test
    void aSemiJoinGoesToTheSideItIsAbout() {
        assertEquals(
                """
                Project [b#1]
                +- Join Inner (a#2 = a#3)
                   :- Join LeftSemi (a#2 = k#4)
                   :  :- Relation fake [a#2, b#1, c#5, d#6], t
                   :  +- Relation fake [k#4, w#7], v
                   +- Relation fake [a#3, x#8, y#9], u\
                """,
                rule.plan("select t.b from t join u on t.a = u.a left semi join v on t.a = v.k"));
    }

    @Test
    void soDoesAnAntiJoin() {
        assertEquals(
                1,
                rule.hits("select t.b from t join u on t.a = u.a left anti join v on u.a = v.k"));
    }

    @Test
    void outerJoinsAndConditionsOnBothSidesKeepIt() {
        assertEquals(
                0,
                rule.hits(
                        "select t.b from t left join u on t.a = u.a left semi join v on t.a = v.k"));
        assertEquals(
                0,
                rule.hits(
                        "select t.b from t join u on t.a = u.a left semi join v"
                                + " on t.b = v.w and u.x = v.k"));
    }
}
