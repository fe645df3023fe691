package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class AggregateBeforeOuterJoinTest {
    private static final String JOIN = " from v left join t on k = a group by w";

    private final RuleTesting rule = new RuleTesting(new AggregateBeforeOuterJoin());

    @Test
    void groupsAreJoinedInsteadOfRows() {
        assertEquals(
                """
                Aggregate [w#1], [w#1, (coalesce(sum(count(b)#2), 0) + 1) AS n#3, min(min(d)#4) AS m#5, sum(sum(c)#6) AS s#7]
                +- Join LeftOuter (k#8 = a#9)
                   :- Relation fake [k#8, w#1], v
                   +- Aggregate [a#9], [a#9, count(b#10) AS count(b)#2, min(d#11) AS min(d)#4, sum(c#12) AS sum(c)#6]
                      +- Relation fake [a#9, b#10, c#12, d#11], t\
                """,
                rule.plan(
                        "select w, count(b) + 1 as n, min(d) as m, sum(c) as s from v left join t on k = a group by w"));
    }

    @Test
    void otherConditionsStay() {
        assertEquals(
                0,
                rule.hits("select w, count(b) from v left join t on k = a and k < 5 group by w"));
        assertEquals(0, rule.hits("select w, count(b) from v left join t on k + 1 = a group by w"));
        assertEquals(0, rule.hits("select w, count(b) from v left join t on k < a group by w"));
    }

    @Test
    void joinsThatDropRowsStay() {
        assertEquals(0, rule.hits("select w, count(b) from v join t on k = a group by w"));
        assertEquals(0, rule.hits("select w, count(b) from v right join t on k = a group by w"));
    }

    @Test
    void rowsWithoutPartnerMustNotCount() {
        assertEquals(0, rule.hits("select w, count(*)" + JOIN));
        assertEquals(0, rule.hits("select w, count(coalesce(b, 'x'))" + JOIN));
    }

    @Test
    void columnsOfBothSidesStay() {
        assertEquals(0, rule.hits("select w, count(k)" + JOIN));
        assertEquals(0, rule.hits("select b, count(d) from v left join t on k = a group by b"));
    }

    @Test
    void whatCannotBePutTogetherStays() {
        assertEquals(0, rule.hits("select w, avg(c)" + JOIN));
        assertEquals(0, rule.hits("select w, count(distinct c)" + JOIN));
        assertEquals(0, rule.hits("select w, sum(x) from v left join u on k = a group by w"));
    }

    @Test
    void joinsAfterManyGroupsStay() {
        assertEquals(
                0,
                rule.hits("select w, count(b) from v left join t on k = a and w = b group by w"));
    }
}
