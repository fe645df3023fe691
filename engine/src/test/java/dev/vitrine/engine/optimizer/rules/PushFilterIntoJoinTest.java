package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class PushFilterIntoJoinTest {
    private final RuleTesting rule =
            new RuleTesting(
                    new PushFilterIntoJoin(), new PushFilterThroughProject(), new MergeFilters());

    @Test
    void eachSideGetsItsConditions() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4, a#5, x#6, y#7]
                +- Join Inner (a#1 = a#5)
                   :- Filter (b#2 = x)
                   :  +- Relation fake [a#1, b#2, c#3, d#4], t
                   +- Filter (x#6 > 1)
                      +- Relation fake [a#5, x#6, y#7], u\
                """,
                rule.plan("select * from t, u where t.a = u.a and t.b = 'x' and u.x > 1"));
    }

    @Test
    void theKeptSideOfAnOuterJoinIsFiltered() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4, a#5, x#6, y#7]
                +- Join LeftOuter (a#1 = a#5)
                   :- Filter (b#2 = x)
                   :  +- Relation fake [a#1, b#2, c#3, d#4], t
                   +- Relation fake [a#5, x#6, y#7], u\
                """,
                rule.plan("select * from t left join u on t.a = u.a where t.b = 'x'"));
    }

    @Test
    void theOtherSideIsFilteredByTheCondition() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4, a#5, x#6, y#7]
                +- Join LeftOuter (a#1 = a#5)
                   :- Relation fake [a#1, b#2, c#3, d#4], t
                   +- Filter (x#6 > 1)
                      +- Relation fake [a#5, x#6, y#7], u\
                """,
                rule.plan("select * from t left join u on t.a = u.a and u.x > 1"));
    }

    @Test
    void semiJoinsAreFilteredOnTheLeft() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4]
                +- Join LeftSemi (a#1 = a#5)
                   :- Filter (b#2 = x)
                   :  +- Relation fake [a#1, b#2, c#3, d#4], t
                   +- Relation fake [a#5, x#6, y#7], u\
                """,
                rule.plan("select * from t left semi join u on t.a = u.a where b = 'x'"));
    }

    @Test
    void theOptionalSideIsNotFilteredFromAbove() {
        assertEquals(0, rule.hits("select * from t left join u on t.a = u.a where u.x is null"));
    }

    @Test
    void theKeptSideIsNotFilteredByTheCondition() {
        assertEquals(0, rule.hits("select * from t left join u on t.a = u.a and t.b = 'x'"));
    }

    @Test
    void constantsOfAConditionGoFirst() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4]
                +- Join LeftSemi ((a#1 + 1) = a#5)
                   :- Filter (1 > 2)
                   :  +- Relation fake [a#1, b#2, c#3, d#4], t
                   +- Relation fake [a#5, x#6, y#7], u\
                """,
                rule.plan("select * from t left semi join u on t.a + 1 = u.a and 1 > 2"));
    }

    @Test
    void whatCanFailStaysAbove() {
        assertEquals(0, rule.hits("select * from t join u on t.a = u.a where t.a + 1 > 2"));
    }

    @Test
    void fullJoinsKeepBothSides() {
        assertEquals(0, rule.hits("select * from t full join u on t.a = u.a where t.b = 'x'"));
    }

    @Test
    void anEqualityOfTheSidesIsAKeyEvenIfItCanFail() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4, a#5, x#6, y#7, k#8, w#9]
                +- Join Inner ((k#8 - 1) = a#5)
                   :- Join Inner (a#1 = (a#5 + 1))
                   :  :- Relation fake [a#1, b#2, c#3, d#4], t
                   :  +- Relation fake [a#5, x#6, y#7], u
                   +- Relation fake [k#8, w#9], v\
                """,
                rule.plan("select * from t, u, v where t.a = u.a + 1 and v.k - 1 = u.a"));
    }

    @Test
    void whatMayGuardAKeyGoesFirst() {
        assertEquals(0, rule.hits("select * from t, u where t.a + u.a <> 0 and t.a = 10 / u.a"));
    }

    @Test
    void outerJoinsAreNotMadeJoinsByKeysFromAbove() {
        assertEquals(0, rule.hits("select * from t left join u on t.b = u.x where t.a = u.a + 1"));
    }
}
