package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class RewriteDistinctAggregatesTest {
    private final RuleTesting rule = new RuleTesting(new RewriteDistinctAggregates());

    @Test
    void distinctArgumentsAreGroupedFirst() {
        assertEquals(
                """
                Aggregate [b#1], [b#1, count(a#2) AS n#3]
                +- Aggregate [b#1, a#2], [b#1, a#2]
                   +- Relation fake [a#2, b#1, c#4, d#5], t\
                """,
                rule.plan("select b, count(distinct a) as n from t group by b"));
    }

    @Test
    void severalOfTheSameArgumentToo() {
        assertEquals(
                """
                Aggregate [], [count(a#1) AS n#2, sum(a#1) AS s#3]
                +- Aggregate [a#1], [a#1]
                   +- Relation fake [a#1, b#4, c#5, d#6], t\
                """,
                rule.plan("select count(distinct a) as n, sum(distinct a) as s from t"));
    }

    @Test
    void differentArgumentsAreForTheExecutor() {
        assertEquals(0, rule.hits("select count(distinct a) as n, count(distinct b) as m from t"));
    }

    @Test
    void mixedOnesToo() {
        assertEquals(0, rule.hits("select count(distinct a) as n, sum(a) as s from t"));
    }
}
