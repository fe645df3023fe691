package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class ReorderJoinsTest {
    private final RuleTesting rule =
            new RuleTesting(
                    new ReorderJoins(), new PushFilterThroughProject(), new PushFilterIntoJoin());

    @Test
    void conditionsDecideWhoIsJoinedFirst() {
        assertEquals(
                """
                Project [b#1]
                +- Project [a#2, b#1, c#3, d#4, k#5, w#6, a#7, x#8, y#9]
                   +- Join Inner (a#2 = k#5)
                      :- Join Inner (a#2 = a#7)
                      :  :- Relation fake [a#2, b#1, c#3, d#4], t
                      :  +- Relation fake [a#7, x#8, y#9], u
                      +- Relation fake [k#5, w#6], v\
                """,
                rule.plan("select t.b from t, v, u where t.a = u.a and u.a = v.k"));
    }

    /// `t.a = v.k` is in no condition, but follows.
    @Test
    void columnsThatAreEqualThroughAThirdCanBeJoinedOn() {
        assertEquals(
                """
                Project [b#1]
                +- Project [a#2, b#1, c#3, d#4, a#5, x#6, y#7, k#8, w#9]
                   +- Join Inner (a#2 = a#5)
                      :- Join Inner (a#2 = k#8)
                      :  :- Relation fake [k#8, w#9], v
                      :  +- Filter (c#3 = CAST(1.0 AS DECIMAL(10,2)))
                      :     +- Relation fake [a#2, b#1, c#3, d#4], t
                      +- Relation fake [a#5, x#6, y#7], u\
                """,
                rule.plan("select t.b from t, u, v where t.a = u.a and u.a = v.k and t.c = 1.0"));
    }

    @Test
    void outerJoinsStay() {
        assertEquals(0, rule.hits("select * from t left join u on t.a = u.a"));
    }
}
