package dev.vitrine.engine.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.settings.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Aggregates over frames of rows against the same aggregates over the rows that a join picks.
final class WindowFramesTest {
    private static final String ROWS =
            "(SELECT id, id % 3 AS g, CASE WHEN id % 7 = 2 THEN NULL ELSE %s END AS v"
                    + " FROM range(400) AS r(id))";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CAST((id * 7919) % 1000 - 500 AS DECIMAL(9, 2)) / 4",
                "CAST((id * 7919) % 1000 - 500 AS DECIMAL(17, 2))",
                "CAST(id % 90 AS DECIMAL(30, 4)) * -1234567890123456789.5",
                "CAST(id % 9 AS DECIMAL(4, 1))",
                "id % 50 - 20",
                "CAST(id % 50 AS INT)",
                "DATE '2020-01-01' + CAST((id * 31) % 97 AS INT)",
            })
    void framesOfRows(String value) {
        String rows = ROWS.replace("%s", value);
        List<String> functions =
                value.startsWith("DATE")
                        ? List.of("min(v)", "max(v)", "count(v)")
                        : List.of("sum(v)", "avg(v)", "min(v)", "max(v)", "count(v)");
        for (String function : functions) {
            assertSame(
                    function,
                    rows,
                    "3 PRECEDING AND 2 FOLLOWING",
                    "b.p >= a.p - 3 AND b.p <= a.p + 2");
            assertSame(
                    function,
                    rows,
                    "100 PRECEDING AND 90 PRECEDING",
                    "b.p >= a.p - 100 AND b.p <= a.p - 90");
            assertSame(
                    function,
                    rows,
                    "5 FOLLOWING AND 80 FOLLOWING",
                    "b.p >= a.p + 5 AND b.p <= a.p + 80");
            assertSame(function, rows, "UNBOUNDED PRECEDING AND CURRENT ROW", "b.p <= a.p");
            assertSame(function, rows, "CURRENT ROW AND UNBOUNDED FOLLOWING", "b.p >= a.p");
        }
    }

    @Test
    void sumsThatDoNotFitAreErrors() {
        Settings settings = Settings.defaults();
        try (Session session = LocalSession.open(settings)) {
            assertThrown(session, "id + 9223372036854775000", ErrorCode.ARITHMETIC_OVERFLOW);
            assertThrown(
                    session,
                    "id + CAST('99999999999999999999999999999999999000' AS DECIMAL(38, 0))",
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE__WITH_SUGGESTION);
        }
    }

    private static void assertThrown(Session session, String value, ErrorCode code) {
        String sql = "SELECT sum(%s) OVER (ORDER BY id) FROM range(5) AS r(id)".formatted(value);
        try (Query query = session.query(sql)) {
            assertEquals(code, assertThrows(EngineException.class, query::await).code());
        }
    }

    private static void assertSame(String function, String rows, String frame, String picked) {
        String windowed =
                "SELECT id, g, #f OVER (PARTITION BY g ORDER BY id ROWS BETWEEN #w) FROM #r";
        String joined =
                "SELECT a.id, a.g, #b FROM (SELECT *, id div 3 AS p FROM #r) a LEFT JOIN"
                        + " (SELECT *, id div 3 AS p FROM #r) b ON a.g = b.g AND #p"
                        + " GROUP BY a.id, a.g";
        windowed = windowed.replace("#f", function).replace("#w", frame).replace("#r", rows);
        joined =
                joined.replace("#b", function.replace("(v)", "(b.v)"))
                        .replace("#p", picked)
                        .replace("#r", rows);
        try (Session session = LocalSession.open(Settings.defaults());
                Query first = session.query(windowed + " ORDER BY id");
                Query second = session.query(joined + " ORDER BY id")) {
            assertEquals(second.await().rows(), first.await().rows(), windowed);
        }
    }
}
