package dev.vitrine.engine.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.fixtures.FakeConnector;
import dev.vitrine.engine.fixtures.Planning;
import org.junit.jupiter.api.Test;

class AnalyzerTest {
    private final Planning planning =
            new Planning(
                    new FakeConnector()
                            .table("t", "a INT, b STRING, c DECIMAL(10,2), d DATE")
                            .table("u", "a INT NOT NULL, x BIGINT, y DOUBLE")
                            .table("s", "id INT, st STRUCT<f: INT, g: STRING>, ar ARRAY<INT>"));

    private String plan(String sql) {
        return planning.analyze(sql).text().strip();
    }

    private String schema(String sql) {
        return planning.analyze(sql).plan().schema().catalogString();
    }

    private void fails(ErrorCode code, String sql, String at) {
        EngineException e = assertThrows(EngineException.class, () -> planning.analyze(sql));
        assertEquals(code, e.code(), e.getMessage());
        String where = e.where().map(r -> sql.substring(r.start(), r.end())).orElse("");
        assertEquals(at, where, e.getMessage());
    }

    @Test
    void namesAreFoundWithoutRegardToCase() {
        assertEquals("struct<A:int,b:string>", schema("select A, T.b from t"));
        assertEquals("struct<a:int,b:string,c:decimal(10,2),d:date>", schema("select * from t"));
        assertEquals("struct<a:int,x:bigint,y:double>", schema("select u.* from t, u"));
    }

    @Test
    void unknownNamesAreErrorsWithProposals() {
        fails(ErrorCode.UNRESOLVED_COLUMN__WITH_SUGGESTION, "select aa from t", "aa");
        EngineException e =
                assertThrows(EngineException.class, () -> planning.analyze("select t.bb from t"));
        assertTrue(String.valueOf(e.args().get("proposal")).startsWith("[`t`.`b`"), e.getMessage());
        fails(ErrorCode.TABLE_OR_VIEW_NOT_FOUND, "select * from tt", "tt");
        fails(ErrorCode.UNRESOLVED_ROUTINE, "select uper(b) from t", "uper(b)");
        fails(ErrorCode.AMBIGUOUS_REFERENCE, "select a from t, u", "a");
        fails(ErrorCode.UNRESOLVED_COLUMN__WITHOUT_SUGGESTION, "select a", "a");
        fails(ErrorCode.CANNOT_RESOLVE_STAR_EXPAND, "select v.* from t", "v.*");
    }

    @Test
    void columnsAreNamedAsInSpark() {
        assertEquals(
                "struct<(a + 1):int,sum(a):bigint,count(1):bigint>",
                schema("select t.a + 1, sum(a), count(*) from t group by a + 1"));
        assertEquals(
                "struct<1:int,x:string,CAST(1 AS STRING):string,upper(a):string>",
                schema("select 1, 'x', cast(1 as string), UPPER('a')"));
        assertEquals(
                "struct<coalesce(a, 1):int,(a IN (1, 2)):boolean,between(a, 1, 2):boolean>",
                schema("select coalesce(a, 1), a in (1, 2), a between 1 and 2 from t"));
    }

    @Test
    void typesAreBroughtTogether() {
        assertEquals("struct<s:bigint>", schema("select a + x s from t join u using (a)"));
        assertEquals("struct<s:double>", schema("select c + y s from t join u using (a)"));
        assertEquals("struct<s:decimal(13,2)>", schema("select a + c s from t"));
        assertEquals("struct<s:double>", schema("select a / 2 s from t"));
        assertEquals("struct<s:decimal(17,7)>", schema("select c / 10.00 s from t"));
        assertEquals(
                "struct<s:decimal(20,2),v:decimal(14,6)>",
                schema("select sum(c) s, avg(c) v from t"));
        assertEquals(
                "struct<x:bigint>",
                schema("select case when a > 1 then a else x end x from t join u using(a)"));
        assertTrue(plan("select * from t where b = 1").contains("(CAST(b#2 AS BIGINT) = 1)"));
        assertTrue(
                plan("select * from t where d > '2020-01-01'")
                        .contains("(d#4 > CAST(2020-01-01 AS DATE))"));
        assertEquals("struct<d:date>", schema("select d - interval '90' day d from t"));
        assertEquals("struct<d:date>", schema("select d + interval 3 month d from t"));
        assertEquals("struct<d:interval day>", schema("select d - date '2020-01-01' d from t"));
    }

    @Test
    void typeErrorsAreSaidWithTheirPlace() {
        fails(ErrorCode.DATATYPE_MISMATCH__FILTER_NOT_BOOLEAN, "select * from t where a", "a");
        fails(
                ErrorCode.DATATYPE_MISMATCH__BINARY_OP_DIFF_TYPES,
                "select 1 from t where a = d",
                "a = d");
        fails(ErrorCode.WRONG_NUM_ARGS__WITHOUT_SUGGESTION, "select upper() from t", "upper()");
        fails(
                ErrorCode.DATATYPE_MISMATCH__UNEXPECTED_INPUT_TYPE,
                "select sqrt(d) from t",
                "sqrt(d)");
        fails(
                ErrorCode.DATATYPE_MISMATCH__CAST_WITH_FUNC_SUGGESTION,
                "select cast(d as int) from t",
                "cast(d as int)");
        fails(ErrorCode.DATATYPE_MISMATCH__BINARY_OP_DIFF_TYPES, "select a and true from t", "a");
        fails(ErrorCode.DATATYPE_MISMATCH__BINARY_OP_WRONG_TYPE, "select a or a from t", "a");
        fails(ErrorCode.DATATYPE_MISMATCH__UNEXPECTED_INPUT_TYPE, "select not a from t", "a");
        fails(
                ErrorCode.MISSING_WINDOW_SPECIFICATION,
                "select sum(a) over missing from t",
                "missing");
        fails(
                ErrorCode.JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE,
                "select 1 from t join t as u on t.a",
                "t.a");
    }

    @Test
    void aggregatesAreSeparatedFromGroupings() {
        assertEquals(
                """
                Aggregate [b#1], [b#1, (sum(a#2) + 1) AS s#3]
                +- Relation fake [a#2, b#1, c#4, d#5], t\
                """,
                plan("select b, sum(a) + 1 as s from t group by b"));
        assertEquals(
                """
                Aggregate [(a + 1)#1], [((a + 1)#1 * 2) AS ((a + 1) * 2)#2, count(1) AS count(1)#3]
                +- Project [a#4, b#5, c#6, d#7, (a#4 + 1) AS (a + 1)#1]
                   +- Relation fake [a#4, b#5, c#6, d#7], t\
                """,
                plan("select (a + 1) * 2, count(*) from t group by a + 1"));
        assertEquals(
                plan("select b, count(*) from t group by b"),
                plan("select b, count(*) from t group by 1"));
        assertEquals(
                plan("select b, count(*) from t group by b"),
                plan("select b, count(*) from t group by all"));
    }

    @Test
    void whatIsNotGroupedMustBeAggregated() {
        fails(ErrorCode.MISSING_AGGREGATION, "select a, sum(c) from t group by b", "a");
        fails(ErrorCode.MISSING_GROUP_BY, "select a, sum(c) from t", "a");
        fails(ErrorCode.INVALID_WHERE_CONDITION, "select 1 from t where sum(a) > 1", "sum(a) > 1");
        fails(ErrorCode.NESTED_AGGREGATE_FUNCTION, "select sum(max(a)) from t", "max(a)");
        fails(ErrorCode.GROUP_BY_POS_OUT_OF_RANGE, "select a from t group by 3", "3");
        fails(ErrorCode.GROUP_BY_AGGREGATE, "select sum(a) from t group by 1", "sum(a)");
    }

    @Test
    void havingAndOrderByMayUseWhatIsNotShown() {
        assertEquals(
                """
                Project [b#1]
                +- Sort [max(c)#2 DESC NULLS LAST], global
                   +- Filter (sum(a)#3 > 1)
                      +- Aggregate [b#1], [b#1, sum(a#4) AS sum(a)#3, max(c#5) AS max(c)#2]
                         +- Relation fake [a#4, b#1, c#5, d#6], t\
                """,
                plan("select b from t group by b having sum(a) > 1 order by max(c) desc"));
        assertEquals(
                """
                Project [b#1]
                +- Sort [c#2 ASC NULLS FIRST], global
                   +- Project [b#1, c#2]
                      +- Relation fake [a#3, b#1, c#2, d#4], t\
                """,
                plan("select b from t order by c"));
        assertTrue(
                plan("select sum(a) s, b from t group by b order by s, 2")
                        .contains("Sort [s#1 ASC NULLS FIRST, b#2 ASC NULLS FIRST]"));
        fails(ErrorCode.ORDER_BY_POS_OUT_OF_RANGE, "select a from t order by 2", "2");
        fails(
                ErrorCode.UNRESOLVED_COLUMN__WITH_SUGGESTION,
                "select distinct a from t order by b",
                "b");
    }

    @Test
    void commonTablesAndViewsHaveFreshIdsOnEachUse() {
        planning.analyze("create temp view v as select a as k, b from t");
        String plan = plan("with w as (select k from v) select * from w x join w y on x.k = y.k");
        assertTrue(plan.contains("Join Inner (k#1 = k#2)"), plan);
        EngineException e =
                assertThrows(
                        EngineException.class,
                        () -> {
                            planning.analyze(
                                    "create or replace temp view bad as select nothing from t");
                            planning.analyze("select 1 from bad");
                        });
        assertEquals(14, e.where().orElseThrow().start());
        planning.analyze("create temp view r as select * from r");
        fails(ErrorCode.RECURSIVE_VIEW, "select * from r", "r");
    }

    @Test
    void usingJoinsShowTheirColumnsOnce() {
        assertEquals(
                "struct<a:int,b:string,c:decimal(10,2),d:date,x:bigint,y:double>",
                schema("select * from t join u using (a)"));
        assertEquals(
                "struct<a:int,b:string,c:decimal(10,2),d:date,x:bigint,y:double>",
                schema("select * from t natural full join u"));
        assertTrue(
                plan("select t.a, u.a, a from t left join u using (a)")
                        .startsWith("Project [a#1, a#2, a#1]"));
    }

    @Test
    void subqueriesSeeTheQueryAroundThem() {
        String plan =
                plan(
                        "select (select max(x) from u where u.a = t.a) m from t where exists"
                                + " (select 1 from u where u.x > t.a) and a in (select a from u)");
        assertTrue(plan.contains("outer(a#"), plan);
        fails(
                ErrorCode
                        .INVALID_SUBQUERY_EXPRESSION__SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN,
                "select (select a, x from u)",
                "(select a, x from u)");
    }

    @Test
    void setOperationsAlignTheirColumns() {
        assertEquals("struct<a:bigint>", schema("select a from t union all select x from u"));
        assertEquals("struct<a:bigint>", schema("select a from t intersect select x from u"));
        fails(
                ErrorCode.NUM_COLUMNS_MISMATCH,
                "select a from t union all select a, x from u",
                "select a from t union all select a, x from u");
        fails(
                ErrorCode.INCOMPATIBLE_COLUMN_TYPE,
                "select d from t union select a from u",
                "select d from t union select a from u");
    }

    @Test
    void valuesAreComputed() {
        assertEquals(
                "struct<col1:decimal(11,1),col2:string>", schema("values (1, 'a'), (2.5, null)"));
        assertEquals("struct<x:int,y:string>", schema("select * from values (1, 'a') as v(x, y)"));
        fails(
                ErrorCode.INVALID_INLINE_TABLE__NUM_COLUMNS_MISMATCH,
                "values (1), (1, 2)",
                "values (1), (1, 2)");
        fails(ErrorCode.INVALID_LIMIT_LIKE_EXPRESSION__IS_NEGATIVE, "select 1 limit -1", "-1");
    }

    @Test
    void structsAndArraysAreReached() {
        assertEquals(
                "struct<f:int,g:string,ar[0]:int>", schema("select st.f, s.st.g, ar[0] from s"));
        fails(ErrorCode.FIELD_NOT_FOUND, "select st.h from s", "st.h");
        fails(ErrorCode.INVALID_EXTRACT_BASE_FIELD_TYPE, "select id.h from s", "id.h");
    }

    @Test
    void laterExpressionsMayUseEarlierAliases() {
        assertEquals("struct<p:int,q:int>", schema("select a + 1 as p, p * 2 as q from t"));
    }
}
