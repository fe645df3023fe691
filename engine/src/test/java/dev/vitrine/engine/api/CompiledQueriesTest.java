package dev.vitrine.engine.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// SQL run compiled and interpreted: rows and errors must be the same, and all of it must have been
/// compiled. A class with a method too long for the JIT counts as not compiled.
final class CompiledQueriesTest {
    private static final String ROWS =
            " FROM (SELECT id, CASE WHEN id % 7 = 3 THEN NULL ELSE id % 11 END AS x,"
                    + " CASE WHEN id % 5 = 1 THEN NULL ELSE concat('t', CAST(id % 300 AS STRING))"
                    + " END AS s, CAST(id % 90 AS DECIMAL(9, 2)) AS d FROM range(3000) AS r(id)) q";

    @Test
    void manyComputedColumnsInOneSum() {
        String columns = list(1, 500, ", ", i -> "(id + " + i + ") % " + (i + 2) + " AS c" + i);
        String sum = list(1, 500, " + ", i -> "c" + i);
        assertSame("SELECT sum(" + sum + ") FROM (SELECT " + columns + ROWS + ") c");
    }

    @Test
    void manyAggregatesWithAndWithoutNulls() {
        String items =
                list(
                        0,
                        200,
                        ", ",
                        i ->
                                switch (i % 8) {
                                    case 0 -> "sum(x + " + i + ")";
                                    case 1 -> "min(x + " + i + ")";
                                    case 2 -> "max(s)";
                                    case 3 -> "count(x)";
                                    case 4 -> "sum(d * " + i + ")";
                                    case 5 -> "avg(id + " + i + ")";
                                    case 6 -> "min(CASE WHEN x > 100 THEN " + i + " END)";
                                    default -> "sum(id) FILTER (WHERE x = " + i % 12 + ")";
                                });
        assertSame("SELECT " + items + ROWS);
        assertSame("SELECT x, " + items + ROWS + " GROUP BY x ORDER BY x");
        assertSame("SELECT s, " + items + ROWS + " GROUP BY s ORDER BY s");
    }

    private static final String NUMBERS =
            " FROM (SELECT id % 37 AS g, id, CASE WHEN id % 7 = 3 THEN NULL ELSE id % 11 END AS x,"
                    + " CASE WHEN id % 5 = 1 THEN NULL ELSE (id * 7919) % 1009 / 8.0D END AS y,"
                    + " CASE WHEN id % 97 = 5 THEN double('NaN') WHEN id % 89 = 4 THEN"
                    + " double('-Infinity') WHEN id % 83 = 6 THEN -0.0D ELSE id % 13 - 6.0D END AS z"
                    + " FROM range(20000) AS r(id)) q";

    @Test
    void moments() {
        String items =
                list(
                        0,
                        3,
                        ", ",
                        i -> {
                            String v = List.of("x", "y", "z").get(i);
                            return "stddev("
                                    + v
                                    + "), stddev_pop("
                                    + v
                                    + "), var_samp("
                                    + v
                                    + "), var_pop("
                                    + v
                                    + "), skewness("
                                    + v
                                    + "), kurtosis("
                                    + v
                                    + "), corr("
                                    + v
                                    + ", id), covar_pop(y, "
                                    + v
                                    + "), covar_samp("
                                    + v
                                    + ", x), regr_count("
                                    + v
                                    + ", y), regr_slope(id, "
                                    + v
                                    + "), regr_intercept("
                                    + v
                                    + ", id), regr_r2("
                                    + v
                                    + ", y), regr_avgx("
                                    + v
                                    + ", y), regr_avgy("
                                    + v
                                    + ", y), regr_sxx("
                                    + v
                                    + ", y), regr_sxy("
                                    + v
                                    + ", y), regr_syy("
                                    + v
                                    + ", y)";
                        });
        assertSame("SELECT " + items + NUMBERS);
        assertSame("SELECT " + items + NUMBERS + " WHERE id < 0");
        assertSame("SELECT g, " + items + NUMBERS + " GROUP BY g ORDER BY g");
        assertSame("SELECT id, " + items + NUMBERS + " WHERE id < 50 GROUP BY id ORDER BY id");
        assertSame("SELECT g, stddev(y) FILTER (WHERE x > 5)" + NUMBERS + " GROUP BY g ORDER BY g");
    }

    @Test
    void percentiles() {
        String items =
                list(
                        0,
                        3,
                        ", ",
                        i -> {
                            String v = List.of("x", "y", "z").get(i);
                            return "median("
                                    + v
                                    + "), percentile("
                                    + v
                                    + ", 0.3), percentile("
                                    + v
                                    + ", array(0.0, 0.1, 0.5, 0.9, 1.0)), percentile_cont(0.25)"
                                    + " WITHIN GROUP (ORDER BY "
                                    + v
                                    + " DESC), percentile_disc(0.4)"
                                    + " WITHIN GROUP (ORDER BY "
                                    + v
                                    + "), percentile_approx("
                                    + v
                                    + ", 0.7), percentile_approx("
                                    + v
                                    + ", array(0.2, 0.8), 100)";
                        });
        assertSame("SELECT " + items + NUMBERS);
        assertSame("SELECT " + items + NUMBERS + " WHERE id < 0");
        assertSame("SELECT g, " + items + NUMBERS + " GROUP BY g ORDER BY g");
        assertSame("SELECT x, " + items + NUMBERS + " GROUP BY x ORDER BY x");
        assertSame(
                "SELECT g, percentile_approx(CAST(x AS TINYINT), 0.5),"
                        + " percentile_approx(CAST(x AS SMALLINT), 0.5),"
                        + " percentile_approx(CAST(x AS INT), 0.5),"
                        + " percentile_approx(CAST(y AS FLOAT), 0.5),"
                        + " percentile(CAST(x AS INT) * INTERVAL '1' MONTH, 0.5),"
                        + " median(y) FILTER (WHERE x > 5)"
                        + NUMBERS
                        + " GROUP BY g ORDER BY g");
    }

    /// A partial aggregate that hardly finds a key twice passes rows on.
    @Test
    void keysThatHardlyComeAgain() {
        assertSame(
                "SELECT count(*), sum(n), sum(s), sum(m), sum(length(b)), max(sd) FROM (SELECT k, b,"
                        + " count(*) AS n, sum(id) AS s, median(id) AS m, stddev(id) AS sd FROM"
                        + " (SELECT id, id % 290000 AS k, CASE WHEN id % 3 = 0 THEN NULL ELSE"
                        + " concat('a rather long key ', id % 290000) END AS b FROM range(300000) AS"
                        + " r(id)) q GROUP BY k, b) p");
    }

    @Test
    void aggregateArgumentsAreNotComputedWhereTheFilterDoesNotHold() {
        String sql = "SELECT sum(100 / (id % 3)) FILTER (WHERE id % 3 <> 0)" + ROWS;
        for (String codegen : List.of("true", "false")) {
            Settings settings =
                    Settings.defaults()
                            .with(Settings.CODEGEN.key(), codegen)
                            .with(Settings.CODEGEN_MIN_ROWS.key(), "0");
            assertEquals(List.of(List.of(150_000.0)), run(sql, settings, new ArrayList<>()));
        }
    }

    /// Where an operand is NULL those after it are not computed, so they do not fail.
    @Test
    void operandsAfterANullAreNotComputed() {
        String unknown = "CASE WHEN id % 2 = 0 THEN id END";
        String fails = "(9223372036854775807 + id % 2 - id % 2 * 9 + (id + 1) % 2)";
        assertSame("SELECT sum(" + unknown + " * 0 + " + fails + ")" + ROWS + " WHERE id % 2 = 1");
        assertSame(
                "SELECT count(*)" + ROWS + " WHERE " + unknown + " < " + fails + " AND id % 2 = 1");
        assertSame(
                "SELECT max(substring(CASE WHEN id % 2 = 0 THEN s END, CAST("
                        + fails
                        + " AS INT)))"
                        + ROWS
                        + " WHERE id % 2 = 1");
    }

    @Test
    void manyAggregatesAfterAnOuterJoin() {
        String items = list(0, 120, ", ", i -> "sum(x + b.k * " + i + "), max(b.t)");
        String build =
                " LEFT JOIN (SELECT id * 3 AS k, concat('long enough text ', CAST(id AS STRING)) AS"
                        + " t FROM range(40) AS r(id)) b ON q.x = b.k";
        assertSame("SELECT " + items + ROWS + build);
    }

    @Test
    void caseOfManyBranches() {
        String numbers = list(0, 300, "", i -> " WHEN x * 30 + 1 = " + i + " THEN " + i * 7);
        assertSame("SELECT sum(CASE" + numbers + " ELSE -1 END)" + ROWS);
        String texts = list(0, 300, "", i -> " WHEN id = " + i * 3 + " THEN 'text " + i + "'");
        assertSame("SELECT id, CASE" + texts + " ELSE s END" + ROWS + " ORDER BY id");
        String prices =
                list(
                        0,
                        300,
                        "",
                        i -> " WHEN id = " + i + " THEN " + i + "." + (i % 2 == 0 ? "5" : "25"));
        assertSame("SELECT sum(CASE" + prices + " ELSE d END)" + ROWS);
    }

    @Test
    void manyTerms() {
        String or = list(0, 1000, " OR ", i -> "id % " + (i + 1007) + " = " + i + " AND x < 9");
        assertSame("SELECT count(*)" + ROWS + " WHERE " + or);
        String and = list(0, 1000, " AND ", i -> "x <> " + (i + 5) + " + id % 2");
        assertSame("SELECT count(*)" + ROWS + " WHERE " + and);
        assertSame("SELECT count(*) FROM (SELECT " + or + " AS c" + ROWS + ") y WHERE c IS NULL");
        String coalesce = list(0, 100, ", ", i -> "nullif(x, x + " + i % 2 + " * 0)");
        assertSame("SELECT sum(coalesce(" + coalesce + ", 4))" + ROWS);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 16, 17, 500})
    void inLists(int options) {
        String numbers = list(0, options, ", ", i -> String.valueOf(i * 2));
        String texts = list(0, options, ", ", i -> "'t" + i * 2 + "'");
        String prices = list(0, options, ", ", i -> i * 2 + ".00");
        String doubles = list(0, options, ", ", i -> i * 2 + "D");
        for (String in :
                List.of(
                        "x IN (" + numbers + ")",
                        "x IN (" + numbers + ", NULL)",
                        "x NOT IN (" + numbers + ")",
                        "s IN (" + texts + ")",
                        "s IN (NULL, " + texts + ")",
                        "d IN (" + prices + ")",
                        "CAST(x AS DOUBLE) * -0.0D IN (" + doubles + ")",
                        "x IN (id, " + numbers + ")")) {
            assertSame(
                    "SELECT count(*), count(c), sum(CAST(c AS INT)) FROM (SELECT "
                            + in
                            + " AS c"
                            + ROWS
                            + ") y");
        }
    }

    @Test
    void deepArithmetic() {
        String deep =
                "(".repeat(300) + "x" + list(0, 300, "", i -> " % " + (1000 + i) + " + " + i + ")");
        assertSame("SELECT sum(" + deep + ")" + ROWS);
        String decimals =
                "d" + list(0, 300, "", i -> " + CAST(id % " + (i + 2) + " AS DECIMAL(9, 2))");
        assertSame("SELECT sum(CAST(" + decimals + " AS DECIMAL(38, 2)))" + ROWS);
    }

    @Test
    void aColumnThatManyExpressionsReadIsTheSameForAll() {
        String uses = list(0, 150, ", ", i -> "sum(y + " + i + "), max(concat(z, '" + i + "'))");
        String columns =
                "CASE WHEN x > 5 THEN x * x + id % 13 WHEN x > 2 THEN x - 1 ELSE id END AS y,"
                        + " concat(s, CAST(id % 10 AS STRING)) AS z, s";
        assertSame(
                "SELECT "
                        + uses
                        + " FROM (SELECT "
                        + columns
                        + ROWS
                        + ") c WHERE y % 2 = 0 OR z = 't1'");
    }

    @Test
    void wideOutput() {
        String columns =
                list(0, 500, ", ", i -> i % 3 == 0 ? "x + " + i : i % 3 == 1 ? "s" : "d * " + i);
        assertSame("SELECT id, " + columns + ROWS + " WHERE id % 50 = 3 ORDER BY id");
        assertSame(
                "SELECT id, "
                        + columns
                        + ", k"
                        + ROWS
                        + " JOIN (SELECT id * 3 AS k FROM range(40) AS r(id)) b ON q.x = b.k WHERE id % 50"
                        + " = 3 ORDER BY id");
    }

    @Test
    void errorsAreTheSame() {
        String sums = list(1, 200, ", ", i -> "sum(id * " + i + ")");
        assertSame("SELECT " + sums + ", sum(9223372036854775807 - 2990 + id)" + ROWS);
        String branches = list(0, 100, "", i -> " WHEN id = " + i + " THEN " + i);
        assertSame("SELECT sum(CASE" + branches + " ELSE 1 / (id - 2500) END)" + ROWS);
    }

    @Test
    void columnsByOtherNamesUseTheSameClass() {
        List<EngineEvent.CodeReady> codes = new ArrayList<>();
        for (String names : List.of("alpha, beta", "gamma_1, delta_2")) {
            String second = names.split(", ")[1];
            String first = names.split(", ")[0];
            Settings settings = Settings.defaults().with(Settings.CODEGEN_MIN_ROWS.key(), "0");
            run(
                    "SELECT sum("
                            + first
                            + " * "
                            + second
                            + ") FROM (SELECT id AS "
                            + first
                            + ", id + 1 AS "
                            + second
                            + " FROM range(10) AS r(id)) q WHERE "
                            + first
                            + " <> 4",
                    settings,
                    codes);
        }
        assertTrue(codes.size() > 1 && codes.getLast().cached(), codes.getLast().source());
    }

    private static String list(int from, int count, String between, IntFunction<String> text) {
        return IntStream.range(from, from + count)
                .mapToObj(text)
                .collect(Collectors.joining(between));
    }

    private static void assertSame(String sql) {
        List<EngineEvent.CodeReady> codes = new ArrayList<>();
        Settings interpreted = Settings.defaults().with(Settings.CODEGEN.key(), "false");
        List<List<Object>> expected = run(sql, interpreted, new ArrayList<>());
        Settings compiled = Settings.defaults().with(Settings.CODEGEN_MIN_ROWS.key(), "0");
        List<List<Object>> actual = run(sql, compiled, codes);
        assertFalse(expected.isEmpty());
        assertEquals(expected, actual);
        assertFalse(codes.isEmpty());
        codes.forEach(code -> assertEquals("", code.problem(), code::source));
    }

    /// The rows, or the error as one row.
    private static List<List<Object>> run(
            String sql, Settings settings, List<EngineEvent.CodeReady> codes) {
        try (Session session = LocalSession.open(settings.with(Settings.MASTER.key(), "local[1]"));
                Query query = session.query(sql)) {
            query.subscribe(event -> {
                if (event instanceof EngineEvent.CodeReady code) {
                    synchronized (codes) {
                        codes.add(code);
                    }
                }
            });
            return query.await().rows();
        } catch (EngineException e) {
            return List.of(List.of(e.code(), e.getMessage()));
        }
    }
}
