package dev.vitrine.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TpcdsQueriesTest {
    @TempDir Path folder;

    @Test
    void queriesComeInTheirOrderWithBothVariants() throws IOException {
        Path jar =
                jar(
                        "tpcds/q10.sql",
                        "tpcds/q14b.sql",
                        "tpcds/q2.sql",
                        "tpcds/q14a.sql",
                        "other/q1");
        assertEquals(
                List.of("q2", "q10", "q14a", "q14b"), List.copyOf(TpcdsQueries.read(jar).keySet()));
    }

    @Test
    void aJarWithoutQueriesIsRefused() throws IOException {
        Path jar = jar("other/q1.sql");
        assertThrows(BenchException.class, () -> TpcdsQueries.read(jar));
    }

    private Path jar(String... names) throws IOException {
        Path jar = folder.resolve("queries.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("SELECT 1\n".getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    @Test
    void duckDbGetsItsOwnWords() {
        assertEquals(
                "SELECT cast(trunc((a / 50)) AS INT) AS \"x y\", (b || ', ' || c) FROM (t) \"at\", u",
                TpcdsQueries.duckDb(
                        "SELECT cast((a / 50) AS INT) AS `x y`, concat(b, ', ', c) FROM (t) at, u"));
    }

    @Test
    void onlyTheLastLimitIsTakenAway() {
        assertEquals(
                "SELECT * FROM (SELECT 1 LIMIT 3)",
                TpcdsQueries.unlimited("SELECT * FROM (SELECT 1 LIMIT 3)\nLIMIT 100"));
    }

    @Test
    void allColumnsAreTheLastKeys() {
        assertEquals(
                "SELECT a, b FROM t ORDER BY b DESC, 1, 2 LIMIT 5",
                TpcdsQueries.totallyOrdered("SELECT a, b FROM t ORDER BY b DESC LIMIT 5", 2));
        assertEquals(
                "SELECT max(a) OVER (ORDER BY b) FROM t\nORDER BY 1",
                TpcdsQueries.totallyOrdered("SELECT max(a) OVER (ORDER BY b) FROM t", 1));
    }
}
