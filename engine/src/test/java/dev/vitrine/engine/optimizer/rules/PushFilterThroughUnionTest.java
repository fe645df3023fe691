package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class PushFilterThroughUnionTest {
    private final RuleTesting rule =
            new RuleTesting(new PushFilterThroughUnion(), new PushFilterThroughProject());

    @Test
    void everyInputIsFiltered() {
        assertEquals(
                """
                Project [a#1]
                +- Union
                   :- Filter (a#2 > 1)
                   :  +- Project [a#2]
                   :     +- Relation fake [a#2, b#3, c#4, d#5], t
                   +- Filter (k#6 > 1)
                      +- Project [k#6]
                         +- Relation fake [k#6, w#7], v\
                """,
                rule.plan("select * from (select a from t union all select k from v) where a > 1"));
    }

    @Test
    void nothingToFilterNothingToDo() {
        assertEquals(0, rule.hits("select a from t union all select k from v"));
    }
}
