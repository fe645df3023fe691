package dev.vitrine.engine.physical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.fixtures.Planning;
import dev.vitrine.engine.fixtures.Tpch;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.optimizer.Optimizer;
import dev.vitrine.engine.optimizer.stats.Estimator;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.sample.BenchmarkQueries;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Exchanges that several places of a plan read: because they are the same, or because a scan is
/// thinned out by them.
class ExchangeSharingTest {
    private static final String TWICE =
            "select count(*) from (select s_nationkey, count(*) as n from supplier where s_acctbal > %s"
                    + " group by s_nationkey) a join (select s_nationkey as k, count(*) as m from"
                    + " supplier where s_acctbal > %s group by s_nationkey) b on a.n = b.m";

    @Test
    void equalPlansAreRunOnce() {
        assertEquals(1, reused(plan(TWICE.formatted("0", "0"))).size());
    }

    @Test
    void plansThatDifferAreNot() {
        assertEquals(0, reused(plan(TWICE.formatted("0", "1"))).size());
        assertEquals(0, reused(plan(TWICE.formatted("rand()", "rand()"))).size());
        String off = Settings.REUSE_EXCHANGES.key();
        assertEquals(0, reused(plan(TWICE.formatted("0", "0"), off, "false")).size());
    }

    @Test
    void aSmallSideThinsOutTheScanBehindAnAggregate() {
        List<PhysicalPlan.HashJoin> filters = runtimeFilters(plan(BenchmarkQueries.tpch("q17")));
        assertEquals(1, filters.size());
        PhysicalPlan.HashJoin filter = filters.getFirst();
        assertEquals("l_partkey", filter.keys().getFirst().left().name());
        assertEquals("p_partkey", filter.keys().getFirst().right().name());
        String off = Settings.RUNTIME_FILTERS.key();
        assertEquals(0, runtimeFilters(plan(BenchmarkQueries.tpch("q17"), off, "false")).size());
    }

    @Test
    void aKeyThatIsComputedIsFilteredAboveItsComputation() {
        String sql =
                "select * from (select l_partkey + 1 as k, count(*) as n from lineitem group by"
                        + " l_partkey + 1) x join (select p_partkey from part where p_size = 1 and"
                        + " p_brand = 'a' and p_container = 'b') y on x.k = y.p_partkey";
        assertInstanceOf(PhysicalPlan.Project.class, runtimeFilters(plan(sql)).getFirst().left());
        assertInstanceOf(
                PhysicalPlan.TableScan.class,
                runtimeFilters(plan(sql.replace(" + 1", ""))).getFirst().left());
    }

    @Test
    void rowsOfAnOuterJoinStay() {
        String sql =
                "select * from (select l_partkey as k, count(*) as n from lineitem group by"
                        + " l_partkey) x left join (select p_partkey from part where p_size = 1 and"
                        + " p_brand = 'a' and p_container = 'b') y on x.k = y.p_partkey";
        assertEquals(0, runtimeFilters(plan(sql)).size());
        assertTrue(runtimeFilters(plan(sql.replace("left join", "join"))).size() > 0);
    }

    @Test
    void aLargeBuildSideOfASemiJoinIsThinnedOut() {
        String sql =
                "select * from customer where c_mktsegment = 'x' and %s exists"
                        + " (select 1 from lineitem where l_suppkey = c_custkey)";
        for (String not : List.of("", "not")) {
            PhysicalPlan plan = plan(sql.formatted(not));
            assertEquals(1, reused(plan).size());
            String off = Settings.RUNTIME_FILTERS.key();
            assertEquals(0, reused(plan(sql.formatted(not), off, "false")).size());
        }
        assertEquals(
                0,
                reused(
                                plan(
                                        sql.replace("lineitem", "nation")
                                                .replace("l_suppkey", "n_nationkey")
                                                .formatted("")))
                        .size());
    }

    private static PhysicalPlan plan(String sql, String... settings) {
        Planning planning = new Planning(Tpch.connector());
        for (int i = 0; i < settings.length; i += 2) {
            planning.with(settings[i], settings[i + 1]);
        }
        Planning.Analyzed analyzed = planning.analyze(sql);
        LogicalPlan optimized =
                new Optimizer(
                                Optimizer.standardBatches(),
                                analyzed.context(),
                                planning.settings(),
                                1,
                                event -> {})
                        .optimize(analyzed.plan());
        Estimator estimator = new Estimator();
        return new Planner(
                        analyzed.context(), planning.settings(), estimator::bytes, estimator::rows)
                .plan(optimized);
    }

    private static List<PhysicalPlan.ReusedExchange> reused(PhysicalPlan plan) {
        List<PhysicalPlan.ReusedExchange> found = new ArrayList<>();
        plan.forEach(node -> {
            if (node instanceof PhysicalPlan.ReusedExchange r) {
                found.add(r);
            }
        });
        return found;
    }

    private static List<PhysicalPlan.HashJoin> runtimeFilters(PhysicalPlan plan) {
        List<PhysicalPlan.HashJoin> found = new ArrayList<>();
        plan.forEach(node -> {
            if (node instanceof PhysicalPlan.HashJoin join
                    && join.joinType() == JoinType.LEFT_SEMI
                    && join.right() instanceof PhysicalPlan.ReusedExchange) {
                found.add(join);
            }
        });
        return found;
    }
}
