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
    void copiesThatEachReadTheirOwnPartAreEqual() {
        String part =
                "(select n as k%1$d, count(*) as a%1$d from (select l_partkey as k, count(*) as n from"
                        + " lineitem group by l_partkey) x join (select p_partkey from part where"
                        + " p_size = 1 and p_brand = 'a' and p_container = 'b') y on x.k ="
                        + " y.p_partkey group by n) z%1$d";
        PhysicalPlan plan =
                plan(
                        "select * from "
                                + part.formatted(1)
                                + " join "
                                + part.formatted(2)
                                + " on k1 = k2 and a1 = a2");
        int[] aggregates = new int[1];
        plan.forEach(n -> aggregates[0] += n instanceof PhysicalPlan.HashAggregate ? 1 : 0);
        assertEquals(5, aggregates[0]);
        assertEquals(1, runtimeFilters(plan).size());
    }

    @Test
    void windowsThatAreReadTwiceAreComputedOnce() {
        String sql =
                "with w as (select o_custkey, o_clerk, rank() over (partition by o_custkey order by"
                        + " o_totalprice) as r from orders) select * from w a join w b on a.o_custkey"
                        + " = b.o_custkey and a.r + 1 = b.r where b.o_clerk <> 'x'";
        int[] windows = new int[1];
        PhysicalPlan plan = plan(sql);
        plan.forEach(n -> windows[0] += n instanceof PhysicalPlan.Window ? 1 : 0);
        assertEquals(1, windows[0]);
        assertEquals(1, reused(plan).size());
    }

    private static final String WINDOWS =
            "select *, %s over (partition by %s) from (select *, rank() over (partition by o_custkey,"
                    + " o_clerk order by o_orderdate desc) as r from orders) x";

    @Test
    void windowsShareAnExchangeAndASort() {
        assertSorts(1, 1, WINDOWS.formatted("count(*)", "o_custkey"));
        assertSorts(1, 1, WINDOWS.formatted("count(*)", "o_clerk, o_custkey"));
        assertSorts(1, 1, WINDOWS.formatted("sum(r)", "o_custkey order by o_clerk"));
        assertSorts(
                1,
                1,
                WINDOWS.formatted(
                        "sum(r)", "o_custkey, o_clerk order by o_orderdate desc, o_comment"));
    }

    @Test
    void windowsOfOtherOrdersShareTheExchangeOnly() {
        assertSorts(1, 2, WINDOWS.formatted("count(*)", "o_custkey order by o_comment"));
        assertSorts(1, 2, WINDOWS.formatted("sum(r)", "o_custkey, o_clerk order by o_orderdate"));
        assertSorts(1, 2, WINDOWS.formatted("count(*)", "o_custkey, o_clerk order by r"));
        assertSorts(1, 2, WINDOWS.formatted("count(*)", "o_custkey, o_clerk, o_comment"));
    }

    @Test
    void windowsOfOtherKeysShareNothing() {
        assertSorts(2, 2, WINDOWS.formatted("count(*)", "o_comment"));
        assertSorts(2, 2, WINDOWS.formatted("count(*)", "o_custkey, o_comment"));
    }

    @Test
    void aWindowUsesTheExchangeOfTheAggregateBelow() {
        String sql =
                "select *, avg(n) over (partition by %s) from (select o_custkey, o_clerk,"
                        + " o_orderpriority, count(*) as n from orders group by o_custkey, o_clerk,"
                        + " o_orderpriority) x";
        assertSorts(1, 1, sql.formatted("o_custkey, o_clerk"));
        assertSorts(2, 1, sql.formatted("o_custkey"));
        assertSorts(2, 1, sql.formatted("o_custkey, n"));
    }

    private static void assertSorts(int exchanges, int sorts, String sql) {
        int[] found = new int[2];
        plan(sql)
                .forEach(node -> {
                    found[0] += node instanceof PhysicalPlan.Exchange ? 1 : 0;
                    found[1] += node instanceof PhysicalPlan.Sort ? 1 : 0;
                });
        assertEquals(List.of(exchanges, sorts), List.of(found[0], found[1]), sql);
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
