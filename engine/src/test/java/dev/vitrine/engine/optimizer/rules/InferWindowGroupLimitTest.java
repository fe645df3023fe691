package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class InferWindowGroupLimitTest {
    private final RuleTesting rule =
            new RuleTesting(
                    new InferWindowGroupLimit(),
                    new PushFilterThroughProject(),
                    new CollapseProjects());

    private static String top(String call, String where) {
        return "select a, r from (select a, b, " + call + " as r from t) where " + where;
    }

    private static String rank(String function) {
        return function + "() over (partition by a order by d desc)";
    }

    @Test
    void ranksThatAreFilteredLimitTheirInput() {
        assertEquals(
                """
                Project [a#1, row_number()#2 AS r#3]
                +- Filter (row_number()#2 <= 2)
                   +- Window [row_number() OVER (PARTITION BY a#1 ORDER BY d#4 DESC NULLS LAST ROWS\
                 BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS row_number()#2]
                      +- WindowGroupLimit row_number() OVER (PARTITION BY a#1 ORDER BY d#4 DESC\
                 NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), limit: 2
                         +- Relation fake [a#1, b#5, c#6, d#4], t\
                """,
                rule.plan(top(rank("row_number"), "r <= 2")));
    }

    @Test
    void everyFormOfTheBoundCounts() {
        for (String where : new String[] {"r < 3", "2 >= r", "r = 2", "r <= 5 and r <= 2"}) {
            for (String function : new String[] {"rank", "dense_rank", "row_number"}) {
                String text = rule.plan(top(rank(function), where));
                assertEquals(true, text.contains("limit: 2"), where + "\n" + text);
            }
        }
    }

    @Test
    void rowsThatOthersLookAtStay() {
        String also = ", sum(a) over (partition by a order by d desc) as s";
        assertEquals(0, rule.hits(top(rank("row_number") + " as q" + also + ", 1", "q <= 2")));
        String lead = ", lead(a) over (partition by a order by d desc) as s";
        assertEquals(0, rule.hits(top(rank("row_number") + " as q" + lead + ", 1", "q <= 2")));
    }

    @Test
    void whatLooksBackOnlyMayStandBesideTheRank() {
        String also =
                ", sum(a) over (partition by a order by d desc rows unbounded preceding) as s";
        assertEquals(1, rule.hits(top(rank("row_number") + " as q" + also + ", 1", "q <= 2")));
    }

    @Test
    void otherBoundsDoNothing() {
        assertEquals(0, rule.hits(top(rank("row_number"), "r >= 2")));
        assertEquals(0, rule.hits(top(rank("row_number"), "r <= 0")));
        assertEquals(0, rule.hits(top(rank("row_number"), "r <= 1001")));
        assertEquals(0, rule.hits(top(rank("row_number"), "r <= 2 or a = 1")));
        assertEquals(0, rule.hits(top(rank("percent_rank"), "r <= 2")));
        assertEquals(
                0, rule.hits(top("row_number() over (partition by a order by rand())", "r <= 2")));
    }
}
