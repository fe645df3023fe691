package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class InferFiltersTest {
    private final RuleTesting rule =
            new RuleTesting(
                    new InferFilters(), new PushFilterThroughProject(), new PushFilterIntoJoin());

    @Test
    void theOtherSideOfAnEqualityIsFilteredToo() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4, a#5, x#6, y#7]
                +- Join Inner (a#1 = a#5)
                   :- Filter (a#1 = 1)
                   :  +- Relation fake [a#1, b#2, c#3, d#4], t
                   +- Filter (a#5 = 1)
                      +- Relation fake [a#5, x#6, y#7], u\
                """,
                rule.plan("select * from t join u on t.a = u.a where t.a = 1"));
    }

    @Test
    void semiJoinsToo() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4]
                +- Join LeftSemi (a#1 = a#5)
                   :- Filter (a#1 IN (1, 2))
                   :  +- Relation fake [a#1, b#2, c#3, d#4], t
                   +- Filter (a#5 IN (1, 2))
                      +- Relation fake [a#5, x#6, y#7], u\
                """,
                rule.plan("select * from t left semi join u on t.a = u.a where t.a in (1, 2)"));
    }

    @Test
    void outerJoinsKeepTheirRows() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4, a#5, x#6, y#7]
                +- Join LeftOuter (a#1 = a#5)
                   :- Filter (a#1 = 1)
                   :  +- Relation fake [a#1, b#2, c#3, d#4], t
                   +- Filter (a#5 = 1)
                      +- Relation fake [a#5, x#6, y#7], u\
                """,
                rule.plan("select * from t left join u on t.a = u.a where t.a = 1"));
        assertEquals(
                0,
                rule.hits("select * from t full join (select * from u where a = 1) u using (a)"));
        assertEquals(
                0,
                rule.hits("select * from t left join (select * from u where a = 1) u using (a)"));
    }

    @Test
    void groupsAreFilteredByTheirKeys() {
        String sql =
                "select * from (select a as k, count(*) as n from t where %s group by a) x left"
                        + " join u on x.k = u.a";
        assertEquals(1, rule.hits(sql.formatted("a = 1")));
        assertEquals(0, rule.hits(sql.formatted("c = 1")));
    }

    @Test
    void otherColumnsSayNothing() {
        assertEquals(0, rule.hits("select * from t join u on t.a = u.a where t.b = 'x'"));
    }
}
