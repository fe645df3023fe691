package dev.vitrine.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Benchmark tables before DuckDB and before this product, and answers compared row by row.
final class Answers {
    private Answers() {}

    /// DuckDB with Spark's order of NULLs, without NaN, and a view of each table's Parquet files.
    ///
    /// @param folder with a folder of part files for each table
    static Connection duckDb(Path folder, List<String> tables) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement duck = connection.createStatement()) {
            duck.execute("SET default_null_order = 'nulls_first_on_asc_last_on_desc'");
            // A number divided by zero is NULL, as it is here without ANSI.
            duck.execute("SET ieee_floating_point_ops = false");
            duck.execute("SET error_on_division_by_zero = false");
            for (String table : tables) {
                Path files = folder.resolve(table).resolve("*.parquet");
                duck.execute(
                        "CREATE VIEW " + table + " AS SELECT * FROM read_parquet('" + files + "')");
            }
        }
        return connection;
    }

    static List<List<String>> read(ResultSet rows) throws SQLException {
        List<List<String>> all = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                row.add(String.valueOf(rows.getObject(i)));
            }
            all.add(row);
        }
        return all;
    }

    static Session open(Map<String, String> settings) {
        Settings all = Settings.defaults();
        for (Map.Entry<String, String> entry : settings.entrySet()) {
            all = all.with(entry.getKey(), entry.getValue());
        }
        return LocalSession.open(all);
    }

    /// A session with a view of each table's Parquet files.
    static Session open(Map<String, String> settings, Path folder, List<String> tables) {
        Session session = open(settings);
        for (String table : tables) {
            run(
                    session,
                    "CREATE TEMP VIEW "
                            + table
                            + " USING parquet OPTIONS (path '"
                            + folder.resolve(table)
                            + "')");
        }
        return session;
    }

    static void run(Session session, String sql) {
        try (Query query = session.query(sql)) {
            query.await();
        }
    }

    static void assertRows(String name, List<List<String>> expected, QueryResult actual) {
        assertEquals(expected.size(), actual.rowCount(), name + ": rows");
        for (int row = 0; row < expected.size(); row++) {
            for (int column = 0; column < expected.get(row).size(); column++) {
                String cell = expected.get(row).get(column);
                String text = actual.value(row, column) == null ? "null" : actual.text(row, column);
                DataType type = actual.schema().field(column).type();
                boolean same =
                        type.isNumeric() && !cell.equals("null") && !text.equals("null")
                                ? close(cell, text)
                                : cell.equals(text);
                assertTrue(
                        same,
                        name
                                + ", row "
                                + row
                                + ", column "
                                + column
                                + ": "
                                + cell
                                + " in DuckDB, "
                                + text
                                + " here");
            }
        }
    }

    /// Equal within one unit of the coarser scale: averages are doubles there and decimals here.
    private static boolean close(String a, String b) {
        BigDecimal x = new BigDecimal(a);
        BigDecimal y = new BigDecimal(b);
        BigDecimal unit =
                BigDecimal.ONE.movePointLeft(
                        Math.min(Math.max(x.scale(), 0), Math.max(y.scale(), 0)));
        BigDecimal relative = x.abs().multiply(new BigDecimal("1e-9"));
        return x.subtract(y).abs().compareTo(unit.max(relative)) <= 0;
    }
}
