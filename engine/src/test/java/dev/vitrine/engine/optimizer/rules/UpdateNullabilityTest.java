package dev.vitrine.engine.optimizer.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.fixtures.Planning;
import dev.vitrine.engine.fixtures.Tpch;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.optimizer.Optimizer;
import dev.vitrine.engine.optimizer.RuleBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The tables' statistics count no NULL in `c_custkey` and `n_nationkey`, and do not say so of
/// `c_name`.
class UpdateNullabilityTest {
    @Test
    void columnsWithoutNullsAreNotNullable() {
        assertEquals(
                List.of(false, true, false),
                nullable("select c_custkey, c_name, c_custkey + 1L as next from customer"));
    }

    @Test
    void outerJoinsBringNullsBack() {
        assertEquals(
                List.of(false, true),
                nullable(
                        "select c_custkey, n_nationkey from customer left join nation"
                                + " on c_nationkey = n_nationkey"));
    }

    @Test
    void aUnionIsNullableWhereAnInputIs() {
        assertEquals(
                List.of(true),
                nullable(
                        "select c_custkey from customer union all select n_regionkey from nation"
                                + " union all select cast(null as bigint)"));
        assertEquals(
                List.of(false),
                nullable(
                        "select c_custkey from customer union all select n_regionkey from nation"));
    }

    private static List<Boolean> nullable(String sql) {
        Planning planning = new Planning(Tpch.connector());
        Planning.Analyzed analyzed = planning.analyze(sql);
        Optimizer optimizer =
                new Optimizer(
                        List.of(RuleBatch.once("test", new UpdateNullability())),
                        analyzed.context(),
                        planning.settings(),
                        0,
                        event -> {});
        LogicalPlan plan = optimizer.optimize(analyzed.plan());
        assertSame(plan, optimizer.optimize(plan));
        return plan.output().stream().map(Attribute::nullable).toList();
    }
}
