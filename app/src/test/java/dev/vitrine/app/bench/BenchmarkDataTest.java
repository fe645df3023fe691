package dev.vitrine.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Data is the same on every run, other with another seed, and its rows find each other.
class BenchmarkDataTest {
    @TempDir Path folder;

    private static List<?> rows(Workload workload, String sql) {
        try (Session session = LocalSession.open(Settings.defaults())) {
            for (Workload.Table table : workload.tables()) {
                for (String view : table.view(BenchEngine.VITRINE, "")) {
                    try (Query query = session.query(view)) {
                        query.await();
                    }
                }
            }
            try (Query query = session.query(sql)) {
                return query.await().rows();
            }
        }
    }

    private Workload tpch(String place, long seed) {
        return new Workloads(folder.resolve(place), seed, 2).tpch(0.01);
    }

    private Workload h2o(String place, long seed) {
        return new Workloads(folder.resolve(place), seed, 1).h2o(2_000, 10);
    }

    @Test
    void withAnotherSeedRowsOfTpchStillFindEachOther() {
        String sql =
                """
                SELECT count(*), count(ps_partkey), count(o_orderkey), count(c_custkey), min(l_quantity), max(l_quantity),
                       min(l_discount), max(l_discount), min(l_tax), max(l_tax), count(DISTINCT p_partkey)
                FROM lineitem
                LEFT JOIN partsupp ON l_partkey = ps_partkey AND l_suppkey = ps_suppkey
                LEFT JOIN part ON l_partkey = p_partkey
                LEFT JOIN orders ON l_orderkey = o_orderkey
                LEFT JOIN customer ON o_custkey = c_custkey\
                """;
        Workload usual = tpch("a", 0);
        Workload other = tpch("a", 7);
        assertEquals(rows(usual, sql), rows(other, sql));
        String sum = "SELECT sum(l_quantity * l_partkey) FROM lineitem";
        assertNotEquals(rows(usual, sum), rows(other, sum));
    }

    @Test
    void nineTenthsOfTheKeysOfAJoinAreOnBothSides() {
        Workload workload = h2o("a", 0);
        assertEquals(
                List.of(List.of(1_800L, 1_800L)),
                rows(
                        workload,
                        "SELECT count(*), sum(CASE WHEN x.id6 = big.id6 THEN 1 ELSE 0 END)"
                                + " FROM x JOIN big ON x.id3 = big.id3"));
    }

    @Test
    void theSeedMakesTheDataOfDbBenchmark() {
        String sql = "SELECT count(*), sum(v3), sum(id6), max(id3), min(id1) FROM g1";
        assertEquals(rows(h2o("a", 3), sql), rows(h2o("b", 3), sql));
        assertNotEquals(rows(h2o("a", 3), sql), rows(h2o("a", 4), sql));
    }
}
