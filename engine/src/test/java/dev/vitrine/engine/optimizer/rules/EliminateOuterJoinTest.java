package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.fixtures.RuleTesting;
import org.junit.jupiter.api.Test;

class EliminateOuterJoinTest {
    private final RuleTesting rule =
            new RuleTesting(new EliminateOuterJoin(), new PushFilterThroughProject());

    @Test
    void conditionsThatRejectNullsMakeItInner() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4, a#5, x#6, y#7]
                +- Filter (x#6 > 1)
                   +- Join Inner (a#1 = a#5)
                      :- Relation fake [a#1, b#2, c#3, d#4], t
                      +- Relation fake [a#5, x#6, y#7], u\
                """,
                rule.plan("select * from t left join u on t.a = u.a where u.x > 1"));
    }

    @Test
    void fullJoinsLoseTheSideThatIsRejected() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4, a#5, x#6, y#7]
                +- Filter b#2 LIKE x%
                   +- Join LeftOuter (a#1 = a#5)
                      :- Relation fake [a#1, b#2, c#3, d#4], t
                      +- Relation fake [a#5, x#6, y#7], u\
                """,
                rule.plan("select * from t full join u on t.a = u.a where t.b like 'x%'"));
    }

    @Test
    void aCaseThatGivesNullForNullsRejectsThem() {
        assertEquals(
                1,
                rule.hits(
                        "select * from t left join u on t.a = u.a"
                                + " where t.d < case when u.a is null then null else t.d end"));
        assertEquals(
                0,
                rule.hits(
                        "select * from t left join u on t.a = u.a"
                                + " where t.d < case when u.a is null then t.d else null end"));
    }

    @Test
    void conditionsThatAreNotTrueOfNulls() {
        String sql = "select * from t left join u on t.a = u.a where ";
        assertEquals(1, rule.hits(sql + "coalesce(u.x, 0) > 0"));
        assertEquals(1, rule.hits(sql + "coalesce(u.x, 0) > 0 or coalesce(u.y, 0) > 0"));
        assertEquals(0, rule.hits(sql + "coalesce(u.x, 1) > 0"));
        assertEquals(0, rule.hits(sql + "coalesce(u.x, t.a) > 0"));
        assertEquals(0, rule.hits(sql + "rand() > 0.5"));
    }

    @Test
    void askingForNullsNeedsThem() {
        assertEquals(0, rule.hits("select * from t left join u on t.a = u.a where u.x is null"));
    }

    @Test
    void nullSafeEqualityMayHold() {
        assertEquals(0, rule.hits("select * from t left join u on t.a = u.a where u.x <=> null"));
    }

    @Test
    void conditionsOfJoinsAboveRejectNullsToo() {
        assertEquals(
                """
                Project [a#1, b#2, c#3, d#4, a#5, x#6, y#7, k#8, w#9]
                +- Join Inner (x#6 = CAST(k#8 AS BIGINT))
                   :- Join Inner (a#1 = a#5)
                   :  :- Relation fake [a#1, b#2, c#3, d#4], t
                   :  +- Relation fake [a#5, x#6, y#7], u
                   +- Relation fake [k#8, w#9], v\
                """,
                rule.plan("select * from t left join u on t.a = u.a join v on u.x = v.k"));
        String sql = "select * from t left join u on t.a = u.a ";
        assertEquals(1, rule.hits(sql + "left semi join v on u.x = v.k"));
        assertEquals(0, rule.hits(sql + "left anti join v on u.x = v.k"));
        assertEquals(0, rule.hits(sql + "left join v on u.x = v.k"));
        assertEquals(0, rule.hits(sql + "join v on t.a = v.k"));
        assertEquals(0, rule.hits(sql + "join v on u.x <=> v.k"));
    }

    @Test
    void theRightSideOfAnOuterOrAntiJoinIsDecidedByItsCondition() {
        String sql = "(select v.k, u.x from v left join u on v.k = u.a) j";
        assertEquals(1, rule.hits("select * from t left join " + sql + " on t.a = j.x"));
        assertEquals(1, rule.hits("select * from t left anti join " + sql + " on t.a = j.x"));
        assertEquals(0, rule.hits("select * from t full join " + sql + " on t.a = j.x"));
        assertEquals(0, rule.hits("select * from t right join " + sql + " on t.a = j.x"));
    }

    @Test
    void joinsBetweenLetTheConditionThrough() {
        String sql = "select * from t left join u on t.a = u.a join v on t.c = v.k where u.x > 1";
        assertEquals(1, rule.hits(sql));
        assertEquals(
                0,
                rule.hits(
                        "select * from v left join (t left join u on t.a = u.a) on t.c = v.k"
                                + " where v.w = 'x'"));
    }
}
