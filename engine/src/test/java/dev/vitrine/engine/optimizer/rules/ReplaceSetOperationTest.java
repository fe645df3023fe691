package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class ReplaceSetOperationTest {
    private final RuleTesting rule = new RuleTesting(new ReplaceSetOperation());

    @Test
    void intersectIsASemiJoinOfEqualRows() {
        assertEquals(
                """
                Aggregate [a#1], [a#1]
                +- Join LeftSemi (a#1 <=> k#2)
                   :- Project [a#1]
                   :  +- Relation fake [a#1, b#3, c#4, d#5], t
                   +- Project [k#2]
                      +- Relation fake [k#2, w#6], v\
                """,
                rule.plan("select a from t intersect select k from v"));
    }

    @Test
    void exceptIsAnAntiJoin() {
        assertEquals(
                """
                Aggregate [a#1], [a#1]
                +- Join LeftAnti (a#1 <=> k#2)
                   :- Project [a#1]
                   :  +- Relation fake [a#1, b#3, c#4, d#5], t
                   +- Project [k#2]
                      +- Relation fake [k#2, w#6], v\
                """,
                rule.plan("select a from t except select k from v"));
    }

    @Test
    void unionIsNone() {
        assertEquals(0, rule.hits("select a from t union all select k from v"));
    }
}
