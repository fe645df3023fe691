package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class SimplifyCastsTest {
    private final RuleTesting rule = new RuleTesting(new SimplifyCasts());

    @Test
    void wideningTwiceIsWideningOnce() {
        assertEquals(
                """
                Project [CAST(a#1 AS SMALLINT) AS x#2]
                +- Relation fake [a#1, b#3, c#4, d#5], t\
                """,
                rule.plan("select cast(cast(a as bigint) as smallint) as x from t"));
    }

    @Test
    void narrowingFirstMatters() {
        assertEquals(0, rule.hits("select cast(cast(a as smallint) as bigint) as x from t"));
    }
}
