package dev.vitrine.engine.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.settings.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The first rows of each partition of a window are the same whether the others are left out early
/// or late.
class GroupLimitTest {
    private static final String ROWS =
            "(SELECT id, (id * 48271) % 7919 % 53 AS g, CASE WHEN id % 19 = 7 THEN NULL ELSE (id *"
                    + " 7919) % 1009 END AS n, CASE WHEN id % 23 = 3 THEN NULL WHEN id % 29 = 5 THEN"
                    + " double('NaN') WHEN id % 31 = 6 THEN -0.0D ELSE (id * 31) % 101 - 50.0D END AS f,"
                    + " CASE WHEN id % 17 = 2 THEN NULL ELSE concat('some text ', (id * 31) % 409) END"
                    + " AS s, CAST((id * 13) % 101 AS TINYINT) AS t, CAST((id * 7) % 1013 AS"
                    + " DECIMAL(30, 2)) * 100000000000000000 AS d, id % 2 = 0 AS b FROM range(20000) AS"
                    + " r(id)) q";

    private static List<List<Object>> rows(String sql, boolean limited, String... more) {
        Settings settings =
                Settings.defaults()
                        .with(Settings.MASTER.key(), "local[2]")
                        .with(Settings.CODEGEN_MIN_ROWS.key(), "0")
                        .with(
                                Settings.EXCLUDED_RULES.key(),
                                limited ? "" : "InferWindowGroupLimit");
        for (int i = 0; i < more.length; i += 2) {
            settings = settings.with(more[i], more[i + 1]);
        }
        try (Session session = LocalSession.open(settings);
                Query explained = session.query("EXPLAIN " + sql);
                Query query = session.query(sql)) {
            String plan = String.valueOf(explained.await().batches().iterator().next().value(0, 0));
            assertEquals(limited, plan.contains("WindowGroupLimit"), plan);
            return query.await().rows();
        }
    }

    private static void assertSame(String window, String where, String... more) {
        String sql =
                "SELECT * FROM (SELECT *, "
                        + window
                        + " AS r FROM "
                        + ROWS
                        + ") w WHERE "
                        + where
                        + " ORDER BY g, r, id";
        List<List<Object>> all = rows(sql, false, more);
        assertTrue(all.size() > 0, sql);
        assertEquals(all, rows(sql, true, more), sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n, id",
                "n DESC NULLS FIRST, id",
                "f DESC, id",
                "f NULLS LAST, id DESC",
                "s, id",
                "s DESC NULLS LAST, id",
                "t DESC, n, id",
                "d, id",
                "d DESC, id",
                "b, id DESC",
                "id"
            })
    void rowNumbers(String order) {
        assertSame("row_number() OVER (PARTITION BY g ORDER BY " + order + ")", "r <= 3");
        assertSame("row_number() OVER (ORDER BY " + order + ")", "r < 6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "f DESC", "s DESC NULLS LAST", "t", "d", "b", "t, b", "f, n DESC"})
    void ranks(String order) {
        assertSame("rank() OVER (PARTITION BY g ORDER BY " + order + ")", "r <= 4");
        assertSame("dense_rank() OVER (PARTITION BY g ORDER BY " + order + ")", "r <= 4");
        assertSame("dense_rank() OVER (ORDER BY " + order + ")", "r = 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s", "f", "n, s", "b, t", "concat(s, t)", "n % 5"})
    void partitions(String keys) {
        assertSame("row_number() OVER (PARTITION BY " + keys + " ORDER BY id DESC)", "r <= 2");
        assertSame("rank() OVER (PARTITION BY " + keys + " ORDER BY n)", "r <= 2");
    }

    /// Of rows that are alike in the order the first that come are kept.
    @Test
    void smallBatches() {
        assertSame(
                "row_number() OVER (PARTITION BY g ORDER BY t, id)",
                "r <= 2",
                Settings.BATCH_ROWS.key(),
                "7");
    }

    /// Where most groups are of one row, leaving rows out is given up.
    @Test
    void groupsOfOneRow() {
        String sql =
                "SELECT count(*), sum(k), sum(r) FROM (SELECT k, row_number() OVER (PARTITION BY k"
                        + " ORDER BY id) AS r FROM (SELECT id, id % 690000 AS k FROM range(700000) AS"
                        + " x(id)) q) w WHERE r <= 1";
        assertEquals(rows(sql, false), rows(sql, true));
    }
}
