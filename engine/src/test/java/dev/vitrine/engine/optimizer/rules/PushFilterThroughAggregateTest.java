package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class PushFilterThroughAggregateTest {
    private final RuleTesting rule =
            new RuleTesting(new PushFilterThroughAggregate(), new PushFilterThroughProject());

    @Test
    void conditionsOnGroupsGoBelow() {
        assertEquals(
                """
                Filter (s#1 > 1)
                +- Aggregate [b#2], [b#2, sum(a#3) AS s#1]
                   +- Filter (b#2 = x)
                      +- Relation fake [a#3, b#2, c#4, d#5], t\
                """,
                rule.plan("select b, sum(a) as s from t group by b having b = 'x' and sum(a) > 1"));
    }

    @Test
    void lettersCaseOfNamesDoesNotMatter() {
        assertEquals(
                """
                Aggregate [b#1], [B#1, count(1) AS n#2]
                +- Filter (B#1 = x)
                   +- Relation fake [a#3, b#1, c#4, d#5], t\
                """,
                rule.plan("select B, count(*) as n from t group by b having b = 'x'"));
    }

    @Test
    void conditionsOnAggregatesStay() {
        assertEquals(0, rule.hits("select b, sum(a) as s from t group by b having sum(a) > 1"));
    }

    @Test
    void oneGroupOfAllRowsIsThereAnyway() {
        assertEquals(0, rule.hits("select sum(a) as s from t having 1 > 2"));
    }
}
