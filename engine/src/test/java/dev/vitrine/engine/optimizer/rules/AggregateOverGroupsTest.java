package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class AggregateOverGroupsTest {
    private final RuleTesting rule =
            new RuleTesting(new AggregateOverGroups(), new RewriteSubqueries());

    @Test
    void totalsAreOfGroups() {
        assertEquals(
                """
                Project [b#1, s#2, n#3]
                +- Filter (CAST(s#2 AS DECIMAL(27,6)) > ((sum(c) / 2) + count(1))#4)
                   +- Join Cross
                      :- Aggregate [b#1], [b#1, sum(c#5) AS s#2, count(1) AS n#3]
                      :  +- Filter (a#6 > 1)
                      :     +- Relation fake [a#6, b#1, c#5, d#7], t
                      +- Aggregate [], [((sum(sum(c)#8) / CAST(2 AS DECIMAL(1,0))) + CAST(coalesce(sum(count(1)#9), 0) AS DECIMAL(20,0))) AS ((sum(c) / 2) + count(1))#4]
                         +- Aggregate [b#10], [sum(c#11) AS sum(c)#8, count(1) AS count(1)#9]
                            +- Filter (a#12 > 1)
                               +- Relation fake [a#12, b#10, c#11, d#13], t\
                """,
                rule.plan(
                        "select b, sum(c) as s, count(*) as n from t where a > 1 group by b"
                                + " having sum(c) > (select sum(c) / 2 + count(*) from t where a > 1)"));
    }

    @Test
    void otherRowsStay() {
        assertEquals(
                0,
                rule.hits(
                        "select b, sum(c) as s from t where a > 1 group by b"
                                + " having sum(c) > (select sum(c) from t where a > 2)"));
    }

    @Test
    void otherAggregatesStay() {
        assertEquals(
                0,
                rule.hits(
                        "select b, sum(c) as s from t group by b having sum(c) > (select max(c) from t)"));
        assertEquals(
                0,
                rule.hits(
                        "select b, avg(c) as s from t group by b having avg(c) > (select avg(c) from t)"));
        assertEquals(
                0,
                rule.hits(
                        "select b, count(distinct c) as s from t group by b"
                                + " having count(distinct c) > (select count(distinct c) from t)"));
    }

    @Test
    void keysThatDifferEachTimeStay() {
        assertEquals(
                0,
                rule.hits(
                        "select sum(c) as s from t group by rand() having sum(c) > (select sum(c) from t)"));
    }
}
