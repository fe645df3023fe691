package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class PushInnerJoinTest {
    private final RuleTesting rule = new RuleTesting(new PushInnerJoin());

    @Test
    void anInnerJoinGoesBelowTheOuterJoinThatItIsNotAbout() {
        assertEquals(
                """
                Project [b#1]
                +- Project [a#2, b#1, c#3, d#4, a#5, x#6, y#7, k#8, k#9]
                   +- Join LeftOuter (a#2 = a#5)
                      :- Join Inner (a#2 = k#9)
                      :  :- Join Inner (a#2 = k#8)
                      :  :  :- Relation fake [a#2, b#1, c#3, d#4], t
                      :  :  +- LocalRelation [k#8] [[1]]
                      :  +- LocalRelation [k#9] [[2]]
                      +- Relation fake [a#5, x#6, y#7], u\
                """,
                rule.plan(
                        "select t.b from t left join u on t.a = u.a join values (1) as o(k) on t.a = o.k"
                                + " join values (2) as p(k) on t.a = p.k"));
    }

    @Test
    void fromTheOtherSideToo() {
        assertEquals(
                1,
                rule.hits(
                        "select 1 from values (1) as o(k) join (t left join u on t.a = u.a) on t.a = o.k"));
    }

    @Test
    void whatIsAboutTheOuterJoinsOtherSideStays() {
        assertEquals(
                0,
                rule.hits(
                        "select 1 from t left join u on t.a = u.a join values (1L) as o(k) on u.x = o.k"));
        assertEquals(
                0,
                rule.hits(
                        "select 1 from t left join u on t.a = u.a join values (1, 2L) as o(k, w) on t.a = o.k and u.x = o.w"));
    }

    @Test
    void whatGivesMoreRowsStays() {
        assertEquals(0, rule.hits("select 1 from t left join u on t.a = u.a join v on t.a < v.k"));
    }

    @Test
    void otherJoinsStay() {
        assertEquals(
                0,
                rule.hits(
                        "select 1 from t full join u on t.a = u.a join values (1) as o(k) on t.a = o.k"));
        assertEquals(
                0,
                rule.hits(
                        "select 1 from t left join u on t.a = u.a left join values (1) as o(k) on t.a = o.k"));
    }
}
