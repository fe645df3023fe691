package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class RemoveRedundantSortsTest {
    private final RuleTesting rule = new RuleTesting(new RemoveRedundantSorts());

    @Test
    void sortsBelowJoinsGo() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4, a#5, x#6, y#7]
                +- Join Inner (a#1 = a#5)
                   :- Project [a#1, b#2, c#3, d#4]
                   :  +- Relation fake [a#1, b#2, c#3, d#4], t
                   +- Relation fake [a#5, x#6, y#7], u\
                """,
                rule.plan("select * from (select * from t order by a) x join u on x.a = u.a"));
    }

    @Test
    void sortsBelowAggregatesGo() {
        assertEquals(
                """
                Aggregate [], [count(1) AS count(1)#1]
                +- Project [a#2]
                   +- Project [a#2, b#3]
                      +- Relation fake [a#2, b#3, c#4, d#5], t\
                """,
                rule.plan("select count(*) from (select a from t order by b)"));
    }

    @Test
    void limitsNeedTheirSort() {
        assertEquals(0, rule.hits("select count(*) from (select a from t order by b limit 3)"));
    }

    @Test
    void firstNeedsTheOrder() {
        assertEquals(0, rule.hits("select first(a) from (select a from t order by a)"));
    }
}
