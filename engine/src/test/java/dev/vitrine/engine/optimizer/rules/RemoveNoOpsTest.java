package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class RemoveNoOpsTest {
    private final RuleTesting rule = new RuleTesting(new RemoveNoOps(), new FoldConstants());

    @Test
    void filtersThatHoldGo() {
        assertEquals(
                """
                Project [a#1]
                +- Relation fake [a#1, b#2, c#3, d#4], t\
                """,
                rule.plan("select a from t where 1 < 2"));
    }

    @Test
    void filtersThatNeverHoldGiveNoRows() {
        assertEquals(
                """
                Project [a#1]
                +- LocalRelation [a#1, b#2, c#3, d#4] []\
                """,
                rule.plan("select a from t where 1 > 2"));
    }

    @Test
    void projectionsOfEverythingGo() {
        assertEquals(
                """
                Relation fake [a#1, b#2, c#3, d#4], t\
                """,
                rule.plan("select * from t"));
    }

    @Test
    void renamingIsSomething() {
        assertEquals(0, rule.hits("select a as z from v join u on v.k = u.a"));
    }
}
