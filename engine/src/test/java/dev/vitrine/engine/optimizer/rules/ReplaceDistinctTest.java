package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class ReplaceDistinctTest {
    private final RuleTesting rule = new RuleTesting(new ReplaceDistinct());

    @Test
    void distinctRowsAreGroups() {
        assertEquals(
                """
                Aggregate [a#1, b#2], [a#1, b#2]
                +- Project [a#1, b#2]
                   +- Relation fake [a#1, b#2, c#3, d#4], t\
                """,
                rule.plan("select distinct a, b from t"));
    }

    @Test
    void groupsAreGroupsAlready() {
        assertEquals(0, rule.hits("select a, b from t group by a, b"));
    }
}
