package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class AggregateBeforeGroupingSetsTest {
    private final RuleTesting rule = new RuleTesting(new AggregateBeforeGroupingSets());

    @Test
    void groupsAreRepeatedInsteadOfRows() {
        assertEquals(
                """
                Aggregate [a#1, b#2, spark_grouping_id#3], [a#1, b#2, sum(sum(c)#4) AS s#5, coalesce(sum(count(c)#6), 0) AS n#7, max(max(c)#8) AS m#9]
                +- Expand [sum(c)#4, count(c)#6, max(c)#8, a#10, b#11, 0], [sum(c)#4, count(c)#6, max(c)#8, a#10, NULL, 1], [sum(c)#4, count(c)#6, max(c)#8, NULL, b#11, 2], [sum(c)#4, count(c)#6, max(c)#8, NULL, NULL, 3]
                   +- Aggregate [a#10, b#11], [a#10, b#11, sum(c#12) AS sum(c)#4, count(c#12) AS count(c)#6, max(c#12) AS max(c)#8]
                      +- Relation fake [a#10, b#11, c#12, d#13], t\
                """,
                rule.plan(
                        "select a, b, sum(c) as s, count(c) as n, max(c) as m from t group by cube (a, b)"));
    }

    @Test
    void averagesAreOfSumsAndCounts() {
        assertEquals(
                """
                Aggregate [a#1, b#2, spark_grouping_id#3], [a#1, b#2, (CAST(sum(sum(a)#4) AS DOUBLE) / CAST(sum(count(a)#5) AS DOUBLE)) AS m#6, CAST(((spark_grouping_id#3 div 2) % 2) AS TINYINT) AS g#7]
                +- Expand [sum(a)#4, count(a)#5, a#8, b#9, 0], [sum(a)#4, count(a)#5, a#8, NULL, 1], [sum(a)#4, count(a)#5, NULL, b#9, 2], [sum(a)#4, count(a)#5, NULL, NULL, 3]
                   +- Aggregate [a#8, b#9], [a#8, b#9, sum(a#8) AS sum(a)#4, count(a#8) AS count(a)#5]
                      +- Relation fake [a#8, b#9, c#10, d#11], t\
                """,
                rule.plan(
                        "select a, b, avg(a) as m, grouping(a) as g from t group by cube (a, b)"));
    }

    @Test
    void averagesOfDecimalsToo() {
        String sql = "select a, avg(cast(c as decimal(%s))) as m from t group by cube (a, b)";
        assertEquals(1, rule.hits(sql.formatted("28, 2")));
        assertEquals(0, rule.hits(sql.formatted("29, 2")));
    }

    @Test
    void expressionsAreKeysToo() {
        assertEquals(
                """
                Aggregate [(a + 1)#1, b#2, spark_grouping_id#3], [coalesce(sum(count(1)#4), 0) AS n#5]
                +- Expand [count(1)#4, (a + 1)#6, b#7, 0], [count(1)#4, (a + 1)#6, NULL, 1], [count(1)#4, NULL, b#7, 2], [count(1)#4, NULL, NULL, 3]
                   +- Aggregate [(a#8 + 1), b#7], [(a#8 + 1) AS (a + 1)#6, b#7, count(1) AS count(1)#4]
                      +- Relation fake [a#8, b#7, c#9, d#10], t\
                """,
                rule.plan("select count(*) as n from t group by cube (a + 1, b)"));
    }

    @Test
    void whatCannotBePutTogetherStays() {
        assertEquals(0, rule.hits("select a, count(distinct c) as n from t group by cube (a, b)"));
        assertEquals(0, rule.hits("select a, collect_list(c) as l from t group by cube (a, b)"));
        assertEquals(
                0, rule.hits("select a, sum(cast(c as double)) as s from t group by cube (a, b)"));
        assertEquals(
                0,
                rule.hits(
                        "select a, sum(c) filter (where a > 1) as s from t group by cube (a, b)"));
        assertEquals(0, rule.hits("select a, sum(rand()) as s from t group by cube (a, b)"));
    }

    @Test
    void fewSetsOfManyGroupsStay() {
        assertEquals(0, rule.hits("select a, b, sum(c) as s from t group by rollup (a, b)"));
    }

    @Test
    void plainGroupsStay() {
        assertEquals(0, rule.hits("select a, sum(c) as s from t group by a"));
    }
}
