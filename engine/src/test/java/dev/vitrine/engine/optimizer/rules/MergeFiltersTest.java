package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class MergeFiltersTest {
    private final RuleTesting rule =
            new RuleTesting(new MergeFilters(), new PushFilterThroughProject());

    @Test
    void theInnerConditionStaysFirst() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4]
                +- Project [a#1, b#2, c#3, d#4]
                   +- Filter ((a#1 > 1) AND (b#2 = x))
                      +- Relation fake [a#1, b#2, c#3, d#4], t\
                """,
                rule.plan("select * from (select * from t where a > 1) where b = 'x'"));
    }

    @Test
    void oneFilterIsEnough() {
        assertEquals(0, rule.hits("select * from t where a > 1 and b = 'x'"));
    }
}
