package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class PruneColumnsTest {
    private final RuleTesting rule = new RuleTesting(new PruneColumns());

    @Test
    void scansReadWhatIsUsed() {
        assertEquals(
                """
                Project [b#1]
                +- Filter (a#2 > 1)
                   +- Relation fake [a#2, b#1], t\
                """,
                rule.plan("select b from t where a > 1"));
    }

    @Test
    void joinsCarryWhatIsUsed() {
        assertEquals(
                """
                Project [b#1]
                +- Join Inner (a#2 = a#3)
                   :- Relation fake [a#2, b#1], t
                   +- Relation fake [a#3], u\
                """,
                rule.plan("select t.b from t join u on t.a = u.a"));
    }

    @Test
    void aggregatesComputeWhatIsUsed() {
        assertEquals(
                """
                Project [n#1]
                +- Aggregate [b#2], [count(1) AS n#1]
                   +- Relation fake [b#2], t\
                """,
                rule.plan(
                        "select n from (select b, count(*) as n, sum(a) as s from t group by b)"));
    }

    @Test
    void unionsToo() {
        assertEquals(
                """
                Project [a#1]
                +- Union
                   :- Project [a#2]
                   :  +- Project [a#2]
                   :     +- Relation fake [a#2], t
                   +- Project [k#3]
                      +- Project [k#3]
                         +- Relation fake [k#3], v\
                """,
                rule.plan("select a from (select a, b from t union all select k, w from v)"));
    }

    @Test
    void countingNeedsNoColumns() {
        assertEquals(
                """
                Aggregate [], [count(1) AS n#1]
                +- Relation fake [], t\
                """,
                rule.plan("select count(*) as n from t"));
    }

    @Test
    void groupingSetsRepeatWhatIsUsed() {
        assertEquals(
                """
                Aggregate [a#1, spark_grouping_id#2], [a#1, sum(k#3) AS s#4]
                +- Expand [k#3, a#5, 0], [k#3, NULL, 1]
                   +- Project [a#5, k#3]
                      +- Join Inner (b#6 = w#7)
                         :- Relation fake [a#5, b#6], t
                         +- Relation fake [k#3, w#7], v\
                """,
                rule.plan("select a, sum(k) as s from t join v on t.b = v.w group by rollup (a)"));
    }

    @Test
    void generatorsRepeatWhatIsUsed() {
        assertEquals(
                """
                Project [x#1]
                +- Generate explode explode(sequence(1, a#2)), [x#1], inner
                   +- Relation fake [a#2], t\
                """,
                rule.plan("select x from t lateral view explode(sequence(1, a)) e as x"));
    }

    @Test
    void everythingIsUsed() {
        assertEquals(0, rule.hits("select * from t"));
    }
}
