package dev.vitrine.engine.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.fixtures.FakeConnector;
import dev.vitrine.engine.fixtures.Planning;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.QueryForm;
import org.junit.jupiter.api.Test;

/// PIVOT, UNPIVOT, pipe operators and recursive queries: what they give, what is left of them, and
/// where their errors point.
class QueryFormsTest {
    private final Planning planning =
            new Planning(new FakeConnector().table("t", "a INT, b STRING, c BIGINT"));

    private LogicalPlan plan(String sql) {
        return planning.analyze(sql).plan();
    }

    private String schema(String sql) {
        return plan(sql).schema().catalogString();
    }

    private void fails(ErrorCode code, String sql, String at) {
        EngineException e = assertThrows(EngineException.class, () -> planning.analyze(sql));
        assertEquals(code, e.code(), e.getMessage());
        String where = e.where().map(r -> sql.substring(r.start(), r.end())).orElse("");
        assertEquals(at, where, e.getMessage());
    }

    @Test
    void aPivotHasAColumnForEachValueAndAggregate() {
        String sql = "select * from t pivot (sum(c) as s, count(*) for a in (1, 2 as two))";
        assertEquals(
                "struct<b:string,1_s:bigint,1_count(1):bigint,two_s:bigint,two_count(1):bigint>",
                schema(sql));
        plan(sql).forEach(node -> assertFalse(node instanceof QueryForm, node.toString()));
    }

    @Test
    void anUnpivotKeepsTheColumnsThatNoSetHas() {
        assertEquals(
                "struct<b:string,n:string,v:bigint>",
                schema("select * from t unpivot (v for n in (a, c as big))"));
    }

    @Test
    void errorsPointAtWhatIsWrong() {
        fails(
                ErrorCode.NON_LITERAL_PIVOT_VALUES,
                "select * from t pivot (sum(c) for a in (c))",
                "c");
        fails(ErrorCode._LEGACY_ERROR_TEMP_1006, "select * from t pivot (b for a in (1))", "b");
        fails(
                ErrorCode.UNRESOLVED_COLUMN__WITH_SUGGESTION,
                "select * from t unpivot (v for n in (a, x))",
                "x");
        fails(
                ErrorCode.PIPE_OPERATOR_CONTAINS_AGGREGATE_FUNCTION,
                "from t |> select a, 1 + sum(c)",
                "sum(c)");
        fails(ErrorCode.UNRESOLVED_COLUMN__WITH_SUGGESTION, "from t |> drop a |> where a > 1", "a");
    }

    @Test
    void pipeOperatorsGiveColumnsAsTheirClausesDo() {
        assertEquals("struct<x:int,y:int>", schema("from t |> select a as x |> extend x + 1 as y"));
        assertEquals("struct<a:string,c:bigint>", schema("from t |> set a = b |> drop b"));
        assertEquals(
                "struct<b:string,n:bigint>",
                schema("from t |> aggregate count(*) as n group by b |> where n > 1"));
    }

    @Test
    void aRecursiveQueryHasTheAnchorsTypesAndMayBeNull() {
        LogicalPlan plan =
                plan(
                        "with recursive r(n, d) as (select 1, 0L union all select n + 1, n from r where n < 3)"
                                + " select * from r");
        assertEquals("struct<n:int,d:bigint>", plan.schema().catalogString());
        assertTrue(plan.output().stream().allMatch(a -> a.nullable()));
    }
}
