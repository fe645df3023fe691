package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class RewriteSubqueriesTest {
    private final RuleTesting rule =
            new RuleTesting(new RewriteSubqueries(), new PushFilterThroughProject());

    @Test
    void existsIsASemiJoin() {
        assertEquals(
                """
                Project [a#1]
                +- Join LeftSemi (a#2 = a#1)
                   :- Relation fake [a#1, b#3, c#4, d#5], t
                   +- Filter (x#6 > 1)
                      +- Relation fake [a#2, x#6, y#7], u\
                """,
                rule.plan(
                        "select a from t where exists (select 1 from u where u.a = t.a and u.x >"
                                + " 1)"));
    }

    @Test
    void notExistsIsAnAntiJoin() {
        assertEquals(
                """
                Project [a#1]
                +- Join LeftAnti (a#2 = a#1)
                   :- Relation fake [a#1, b#3, c#4, d#5], t
                   +- Relation fake [a#2, x#6, y#7], u\
                """,
                rule.plan("select a from t where not exists (select 1 from u where u.a = t.a)"));
    }

    @Test
    void inIsASemiJoin() {
        assertEquals(
                """
                Project [a#1]
                +- Join LeftSemi (a#1 = a#2)
                   :- Relation fake [a#1, b#3, c#4, d#5], t
                   +- Project [a#2]
                      +- Relation fake [a#2, x#6, y#7], u\
                """,
                rule.plan("select a from t where a in (select a from u)"));
    }

    @Test
    void scalarSubqueriesAreCheckedForOneRow() {
        assertEquals(
                """
                Project [a#1]
                +- Project [a#1, b#2, c#3, d#4]
                   +- Filter (a#1 = k#5)
                      +- Join Cross
                         :- Relation fake [a#1, b#2, c#3, d#4], t
                         +- Aggregate [], [single_value(k#6) AS k#5]
                            +- Project [k#6]
                               +- Relation fake [k#6, w#7], v\
                """,
                rule.plan("select a from t where a = (select k from v)"));
    }

    @Test
    void correlatedAggregatesAreGroupedByTheirKeys() {
        assertEquals(
                """
                Project [a#1, sum(x)#2 AS s#3]
                +- Join LeftOuter (a#4 = a#1)
                   :- Relation fake [a#1, b#5, c#6, d#7], t
                   +- Aggregate [a#4], [sum(x#8) AS sum(x)#2, a#4]
                      +- Relation fake [a#4, x#8, y#9], u\
                """,
                rule.plan("select a, (select sum(x) from u where u.a = t.a) as s from t"));
    }

    @Test
    void anAggregateAlwaysHasARow() {
        assertEquals(
                """
                Project [a#1]
                +- Relation fake [a#1, b#2, c#3, d#4], t\
                """,
                rule.plan("select a from t where exists (select count(*) from u where u.a = t.a)"));
    }

    @Test
    void noRowsCountAsZero() {
        assertEquals(
                """
                Project [a#1, CASE WHEN (matched#2 IS NULL) THEN 0 ELSE count(1)#3 END AS n#4]
                +- Join LeftOuter (a#5 = a#1)
                   :- Relation fake [a#1, b#6, c#7, d#8], t
                   +- Project [count(1)#3, a#5, true AS matched#2]
                      +- Aggregate [a#5], [count(1) AS count(1)#3, a#5]
                         +- Relation fake [a#5, x#9, y#10], u\
                """,
                rule.plan("select a, (select count(*) from u where u.a = t.a) as n from t"));
    }

    @Test
    void nothingToRewrite() {
        assertEquals(0, rule.hits("select a from t where a in (1, 2)"));
    }
}
