package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class PushLimitTest {
    private final RuleTesting rule = new RuleTesting(new PushLimit());

    @Test
    void limitsGoBelowProjections() {
        assertEquals(
                """
                Project [a#1 AS z#2]
                +- Limit 3
                   +- Relation fake [a#1, b#3, c#4, d#5], t, limit: 3\
                """,
                rule.plan("select a as z from t limit 3"));
    }

    @Test
    void unionsAreLimitedInside() {
        assertEquals(
                """
                Limit 3
                +- Union
                   :- Project [a#1]
                   :  +- Limit 3
                   :     +- Relation fake [a#1, b#2, c#3, d#4], t, limit: 3
                   +- Project [k#5]
                      +- Limit 3
                         +- Relation fake [k#5, w#6], v, limit: 3\
                """,
                rule.plan("select a from t union all select k from v limit 3"));
    }

    @Test
    void limitsStopAtFilters() {
        assertEquals(
                """
                Project [a#1]
                +- Limit 3
                   +- Filter (a#1 > 1)
                      +- Relation fake [a#1, b#2, c#3, d#4], t\
                """,
                rule.plan("select a from t where a > 1 limit 3"));
    }

    @Test
    void theSmallerOfTwoLimitsCounts() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4]
                +- Project [a#1, b#2, c#3, d#4]
                   +- Limit 3
                      +- Relation fake [a#1, b#2, c#3, d#4], t, limit: 3\
                """,
                rule.plan("select * from (select * from t limit 5) limit 3"));
    }

    @Test
    void notBelowSorts() {
        assertEquals(0, rule.hits("select a from t order by b limit 3"));
    }

    @Test
    void whatIsSkippedIsNeeded() {
        assertEquals(0, rule.hits("select * from t limit 3 offset 2"));
    }
}
