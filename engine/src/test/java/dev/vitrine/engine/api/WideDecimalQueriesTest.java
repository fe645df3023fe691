package dev.vitrine.engine.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Decimals of more than 18 digits, run compiled and interpreted: rows and errors must be the same,
/// and all of it must have been compiled.
final class WideDecimalQueriesTest {
    /// `small` fits 64 bits in every batch, `large` in none, `mixed` in the first batches only.
    private static final String ROWS =
            " FROM (SELECT id, id % 13 AS g,"
                    + " CASE WHEN id % 7 = 3 THEN NULL ELSE CAST(id % 90 - 40 AS DECIMAL(25, 2)) END"
                    + " AS small,"
                    + " CASE WHEN id % 11 = 1 THEN NULL ELSE"
                    + " CAST(id % 17 - 8 AS DECIMAL(38, 4)) * 1234567890123456789012.5 END AS large,"
                    + " CASE WHEN id < 6000 THEN CAST(id AS DECIMAL(30, 3)) ELSE"
                    + " CAST(id % 19 AS DECIMAL(30, 3)) * CAST(1e20 AS DECIMAL(27, 0)) END AS mixed"
                    + " FROM range(9000) AS r(id)) q";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "small + large",
                "large - small",
                "mixed + 1",
                "mixed - large",
                "small * 1.5",
                "mixed * 3",
                "large * 2",
                "small / 7",
                "large / small",
                "mixed / 3.7",
                "small / 1e18BD",
                "-large",
                "abs(large)",
                "abs(small - 3)",
                "CAST(mixed AS DOUBLE)",
                "CAST(small AS DECIMAL(38, 10))",
                "CAST(mixed AS DECIMAL(38, 5))",
                "CAST(large AS STRING)",
                "round(mixed, 1)",
                "coalesce(large, mixed, 1.5)",
                "coalesce(small, 0)",
                "CASE WHEN large > 0 THEN mixed WHEN small < 3 THEN large ELSE small END",
                "CASE WHEN mixed <= 5999 THEN 'few' ELSE CAST(mixed AS STRING) END",
                "large = mixed",
                "large <=> NULL",
                "mixed < large",
                "small IN (1, 2.5, NULL, 30)",
                "mixed IN (5, 3000, 100000000000000000000)",
                "mixed % 7",
                "greatest(mixed, large)",
            })
    void expressions(String expr) {
        assertSame(
                "SELECT id, "
                        + expr
                        + " AS v"
                        + (expr.contains("/ small") ? ROWS + " WHERE small <> 0" : ROWS)
                        + " ORDER BY id");
    }

    @Test
    void filters() {
        assertSame("SELECT id" + ROWS + " WHERE large > mixed AND mixed <> 7 ORDER BY id");
        assertSame("SELECT count(*)" + ROWS + " WHERE large / 3 > 10 OR mixed >= 5990");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large", "mixed"})
    void aggregates(String column) {
        String items = "min(#), max(#), sum(#), avg(#), count(#), sum(#) FILTER (WHERE g = 3)";
        assertSame("SELECT " + items.replace("#", column) + ROWS);
        assertSame("SELECT g, " + items.replace("#", column) + ROWS + " GROUP BY g ORDER BY g");
        assertSame(
                "SELECT g, sum(#) / count(#), max(#) - avg(#)".replace("#", column)
                        + ROWS
                        + " GROUP BY g ORDER BY g");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large", "mixed", "large, small", "mixed, s", "mixed, g"})
    void groups(String keys) {
        String rows = ROWS.replace(" id,", " id, CONCAT('a text to group by ', id % 3) AS s,");
        assertSame(
                "SELECT " + keys + ", count(*), min(id)" + rows + " GROUP BY ALL ORDER BY min(id)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large", "mixed"})
    void joins(String key) {
        String text = "SELECT a.id, b.id FROM (SELECT *# ) a JOIN (SELECT *# WHERE id % 50 = 0) b";
        String sides = text.replace("#", ROWS);
        assertSame(sides + " ON a." + key + " = b." + key + " ORDER BY a.id, b.id");
        assertSame(
                sides.replace("JOIN", "LEFT JOIN")
                        + " ON a.# = b.# AND a.g = b.g AND b.# <> 4".replace("#", key)
                        + " ORDER BY a.id, b.id");
        assertSame(sides + " ON a.# <=> b.# ORDER BY a.id, b.id".replace("#", key));
    }

    @Test
    void errorsAreTheSame() {
        assertSame("SELECT large * large * large" + ROWS);
        assertSame("SELECT large / (g - g)" + ROWS);
        assertSame("SELECT sum(CAST(9e37 AS DECIMAL(38, 0)) + g)" + ROWS);
    }

    private static void assertSame(String sql) {
        Settings common = Settings.defaults().with("spark.master", "local[2]");
        Settings interpreted = common.with(Settings.CODEGEN.key(), "false");
        Settings compiled =
                common.with(Settings.CODEGEN_MIN_ROWS.key(), "0")
                        .with(Settings.BATCH_ROWS.key(), "2048");
        List<String> problems = new ArrayList<>();
        assertEquals(run(sql, interpreted, new ArrayList<>()), run(sql, compiled, problems), sql);
        assertTrue(problems.isEmpty(), () -> sql + "\n" + problems);
    }

    private static List<String> run(String sql, Settings settings, List<String> problems) {
        List<String> rows = new ArrayList<>();
        try (LocalSession session = LocalSession.open(settings);
                Query query = session.query(sql)) {
            query.subscribe(event -> {
                if (event instanceof EngineEvent.CodeReady code && !code.problem().isEmpty()) {
                    synchronized (problems) {
                        problems.add(code.problem());
                    }
                }
            });
            QueryResult result = query.await();
            for (long row = 0; row < result.rowCount(); row++) {
                StringBuilder text = new StringBuilder();
                for (int column = 0; column < result.schema().size(); column++) {
                    text.append(result.text(row, column)).append('|');
                }
                rows.add(text.toString());
            }
        } catch (EngineException e) {
            rows.add(e.code().name());
        }
        return rows;
    }
}
