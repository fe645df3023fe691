package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class ReplaceOuterJoinByAntiJoinTest {
    private final RuleTesting rule =
            new RuleTesting(new ReplaceOuterJoinByAntiJoin(), new PushFilterThroughProject());

    @Test
    void rowsWithoutAPartnerAreThoseOfAnAntiJoin() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4, a#5, x#6, y#7]
                +- Project [a#1, b#2, c#3, d#4, NULL AS a#5, NULL AS x#6, NULL AS y#7]
                   +- Join LeftAnti (a#1 = a#5)
                      :- Relation fake [a#1, b#2, c#3, d#4], t
                      +- Relation fake [a#5, x#6, y#7], u\
                """,
                rule.plan("select * from t left join u on t.a = u.a where u.a is null"));
    }

    @Test
    void whatElseIsAskedStays() {
        assertEquals(
                1,
                rule.hits("select * from t left join u on t.a = u.a where u.a is null and c > 1"));
    }

    @Test
    void columnsThatPartnersMayHaveNoValueInSayNothing() {
        assertEquals(0, rule.hits("select * from t left join u on t.a = u.a where u.x is null"));
        assertEquals(0, rule.hits("select * from t left join u on t.a <=> u.a where u.a is null"));
        assertEquals(0, rule.hits("select * from t left join u on t.a = u.a where t.a is null"));
    }

    @Test
    void fullAndInnerJoinsStay() {
        assertEquals(0, rule.hits("select * from t full join u on t.a = u.a where u.a is null"));
        assertEquals(0, rule.hits("select * from t join u on t.a = u.a where u.a is null"));
    }

    @Test
    void once() {
        assertEquals(1, rule.hits("select * from t left join u on t.a = u.a where u.a is null"));
    }
}
