package dev.vitrine.engine.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.fixtures.RandomQueries;
import dev.vitrine.engine.settings.Settings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Optimized and compiled, or neither: queries have the same rows, and DuckDB has them too.
class SameAnswersTest {
    private static final int QUERIES = 150;

    private static Session session(String... settings) {
        Settings all = Settings.defaults().with("spark.sql.session.timeZone", "UTC");
        for (int i = 0; i < settings.length; i += 2) {
            all = all.with(settings[i], settings[i + 1]);
        }
        Session session = LocalSession.open(all);
        RandomQueries.TABLES.forEach(statement -> rows(session, statement));
        return session;
    }

    private static Session optimized() {
        return session("vitrine.codegen.minRows", "0");
    }

    private static Session plain() {
        return session(
                "vitrine.optimizer.enabled",
                "false",
                "spark.sql.codegen.wholeStage",
                "false",
                // What is dropped at run time may be an error that the other plan meets.
                "spark.sql.adaptive.enabled",
                "false");
    }

    private static List<String> rows(Session session, String sql) {
        try (Query query = session.query(sql)) {
            QueryResult result = query.await();
            List<String> rows = new ArrayList<>();
            for (long row = 0; row < result.rowCount(); row++) {
                List<String> cells = new ArrayList<>();
                for (int column = 0; column < result.schema().size(); column++) {
                    cells.add(result.text(row, column));
                }
                rows.add(String.join("|", cells));
            }
            Collections.sort(rows);
            return rows;
        }
    }

    private static List<String> duckDb(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    Object cell = result.getObject(i);
                    cells.add(cell == null ? "NULL" : cell.toString());
                }
                rows.add(String.join("|", cells));
            }
            Collections.sort(rows);
            return rows;
        }
    }

    @Test
    void randomQueriesHaveTheSameRowsOptimizedPlainAndInDuckDb() throws SQLException {
        RandomQueries queries = new RandomQueries(20260101, false);
        try (Session optimized = optimized();
                Session plain = plain();
                Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            for (String statement : RandomQueries.TABLES) {
                try (var create = duck.createStatement()) {
                    create.execute(statement);
                }
            }
            for (int i = 0; i < QUERIES; i++) {
                String sql = queries.next();
                List<String> expected = duckDb(duck, sql);
                assertEquals(expected, rows(plain, sql), () -> "plain: " + sql);
                assertEquals(expected, rows(optimized, sql), () -> "optimized: " + sql);
            }
        }
    }

    /// The optimizer may save a query from an error, by dropping rows or columns early, but never
    /// bring one in.
    @Test
    void theOptimizerBringsNoErrorsIn() {
        RandomQueries queries = new RandomQueries(20260102, true);
        int failed = 0;
        try (Session optimized = optimized();
                Session plain = plain()) {
            for (int i = 0; i < QUERIES; i++) {
                String sql = queries.next();
                List<String> expected;
                try {
                    expected = rows(plain, sql);
                } catch (EngineException e) {
                    assertFalse(
                            e.code().name().startsWith("INTERNAL"),
                            () -> sql + ": " + e.getMessage());
                    failed++;
                    continue;
                }
                assertEquals(expected, rows(optimized, sql), () -> "optimized: " + sql);
            }
        }
        assertTrue(failed > 5, "queries that fail: " + failed);
    }

    /// Two filters are one afterwards; what the first does not keep is nothing to the second, and a
    /// condition that is NULL keeps nothing.
    @Test
    void aRowThatIsGoneDoesNotFail() {
        String sql =
                "select a from (select a, d from t where c > 3 and b > 'x') where 1 / (d - d) = 1";
        try (Session optimized = optimized();
                Session plain = plain()) {
            assertEquals(List.of(), rows(plain, sql));
            assertEquals(List.of(), rows(optimized, sql));
        }
    }
}
