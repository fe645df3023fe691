package dev.vitrine.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.api.TableInfo;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables over several sessions, and the files they leave. Closing a session fails where memory was
/// not given back.
final class StoredTablesTest {
    @TempDir Path folder;

    private Session open() {
        return LocalSession.open(
                Settings.defaults()
                        .with(Settings.MASTER.key(), "local[2]")
                        .with(Settings.WAREHOUSE_DIR.key(), folder.resolve("w").toString()));
    }

    private static String run(Session session, String sql) {
        try (Query query = session.query(sql)) {
            return query.await().rows().toString();
        }
    }

    private static ErrorCode error(Session session, String sql) {
        return assertThrows(EngineException.class, () -> run(session, sql)).code();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theNextSessionFindsTablesViewsAndFunctions() {
        try (Session first = open()) {
            run(first, "CREATE SCHEMA s");
            run(first, "CREATE TABLE s.t (a INT NOT NULL, c CHAR(3) DEFAULT 'x')");
            run(first, "INSERT INTO s.t (a) VALUES (1)");
            run(first, "USE s");
            run(first, "CREATE VIEW v AS SELECT a + 1 AS b FROM t");
            run(first, "CREATE FUNCTION f(x INT) RETURNS INT RETURN x * 10");
            run(first, "CREATE TEMP VIEW gone AS SELECT 1 AS a");
        }
        try (Session second = open()) {
            assertEquals("[[1, x  ]]", run(second, "SELECT * FROM s.t"));
            assertEquals("[[20]]", run(second, "SELECT s.v.b * 10 FROM s.v"));
            run(second, "USE s");
            assertEquals("[[50]]", run(second, "SELECT f(5)"));
            assertEquals(ErrorCode.TABLE_OR_VIEW_NOT_FOUND, error(second, "SELECT * FROM gone"));
            assertEquals(
                    ErrorCode.NOT_NULL_ASSERT_VIOLATION,
                    error(second, "INSERT INTO t VALUES (NULL, 'a')"));
            assertEquals(
                    List.of("t table", "v view"),
                    second.tables().stream()
                            .map((TableInfo t) -> t.name() + " " + t.kind())
                            .toList());
        }
    }

    @Test
    void twoSessionsSeeOneAnothersRows() {
        try (Session one = open();
                Session other = open()) {
            run(one, "CREATE TABLE t (a INT)");
            run(other, "INSERT INTO t VALUES (1)");
            assertEquals("[[1]]", run(one, "SELECT * FROM t"));
            run(one, "INSERT INTO t VALUES (2)");
            assertEquals("[[3]]", run(other, "SELECT sum(a) FROM t"));
            run(one, "ALTER TABLE t ADD COLUMN b STRING");
            assertEquals("[[null], [null]]", run(other, "SELECT b FROM t"));
            run(other, "DROP TABLE t");
            assertEquals(ErrorCode.TABLE_OR_VIEW_NOT_FOUND, error(one, "SELECT * FROM t"));
        }
    }

    @Test
    void aFailedWriteLeavesNothingBehind() throws IOException {
        try (Session session = open()) {
            run(session, "CREATE TABLE t (a INT)");
            run(session, "INSERT INTO t SELECT CAST(id AS INT) FROM range(1000)");
            List<String> before = files();
            String failing = "SELECT CAST(1 / (id - 900) AS INT) FROM range(1000) WHERE id >= 0";
            assertEquals(ErrorCode.DIVIDE_BY_ZERO, error(session, "INSERT INTO t " + failing));
            assertEquals(ErrorCode.DIVIDE_BY_ZERO, error(session, "INSERT OVERWRITE t " + failing));
            assertEquals(ErrorCode.DIVIDE_BY_ZERO, error(session, "CREATE TABLE u AS " + failing));
            assertEquals("[[1000]]", run(session, "SELECT count(*) FROM t"));
            assertEquals(ErrorCode.TABLE_OR_VIEW_NOT_FOUND, error(session, "SELECT * FROM u"));
            assertEquals(before, files());
        }
    }

    @Test
    void filesOfTheUserStayWhenTheirTableGoes() throws IOException {
        Path data = folder.resolve("data");
        Files.createDirectories(data);
        Files.writeString(data.resolve("a.csv"), "1,x\n2,y\n");
        try (Session session = open()) {
            run(
                    session,
                    "CREATE TABLE mine (n INT, t STRING) USING csv OPTIONS (header 'false')"
                            + " LOCATION '"
                            + data
                            + "'");
            run(session, "INSERT INTO mine VALUES (3, 'z')");
            assertEquals("[[6]]", run(session, "SELECT sum(n) FROM mine"));
            run(session, "DROP TABLE mine");
        }
        assertTrue(Files.exists(data.resolve("a.csv")));
        assertEquals(2, files().stream().filter(f -> f.endsWith(".csv")).count());
    }

    @Test
    void aFolderThatHoldsFilesIsNoPlaceForANewTable() throws IOException {
        Path place = folder.resolve("w/t");
        Files.createDirectories(place);
        Files.writeString(place.resolve("left.parquet"), "?");
        try (Session session = open()) {
            assertEquals(
                    ErrorCode.LOCATION_ALREADY_EXISTS, error(session, "CREATE TABLE t (a INT)"));
        }
    }
}
