package dev.vitrine.engine.api;

import static dev.vitrine.engine.api.Functions.col;
import static dev.vitrine.engine.api.Functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.record.RunRecorder;
import dev.vitrine.engine.record.RunReplay;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.SnapshotFeed;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sessions and queries from outside: results, failures, cancelling, memory. Closing a session
/// fails where memory was not given back, so every test here is one for leaks too.
final class LocalSessionTest {
    @TempDir Path folder;

    private static Session open(String... settings) {
        Settings all = Settings.defaults().with(Settings.MASTER.key(), "local[2]");
        for (int i = 0; i < settings.length; i += 2) {
            all = all.with(settings[i], settings[i + 1]);
        }
        return LocalSession.open(all);
    }

    @Test
    void sqlAndDataFramesGiveTheSameRows() {
        try (Session session = open()) {
            session.range(0, 1_000).createOrReplaceTempView("numbers");
            List<Row> frame =
                    session.table("numbers")
                            .filter(col("id").mod(lit(7)).equalTo(3))
                            .groupBy(col("id").mod(lit(2)).as("odd"))
                            .agg(
                                    Functions.sum(col("id")).as("total"),
                                    Functions.count(col("id")).as("n"))
                            .orderBy(col("odd"))
                            .collectAsList();
            try (Query query =
                    session.query(
                            "SELECT id % 2 AS odd, sum(id) AS total, count(id) AS n FROM numbers WHERE id % 7 = 3"
                                    + " GROUP BY id % 2 ORDER BY odd")) {
                assertEquals(query.await().rows().toString(), rowsAsText(frame));
            }
            assertEquals(143, session.table("numbers").filter("id % 7 = 3").count());
        }
    }

    private static String rowsAsText(List<Row> rows) {
        return rows.stream().map(row -> row.mkString("[", ", ", "]")).toList().toString();
    }

    @Test
    void parametersAreValuesOfTheirTypes() {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("a", 2);
        values.put("b", "x");
        values.put("c", new BigDecimal("1.50"));
        values.put("d", null);
        values.put("n", 1L);
        try (Session session = open()) {
            try (Query query =
                    session.query(
                            "SELECT :a + 1, upper(:b), typeof(:c), :d IS NULL FROM range(:n) LIMIT :n",
                            values)) {
                assertEquals(List.of(List.of(3, "X", "decimal(3,2)", true)), query.await().rows());
            }
            try (Query query = session.query("SELECT ? - (SELECT ?), ?", 5, 3, "'; --")) {
                assertEquals(List.of(List.of(2, "'; --")), query.await().rows());
            }
            try (Query query =
                    session.query(
                            "SELECT IDENTIFIER(:c || 'd') FROM IDENTIFIER(:f)(2)",
                            Map.of("c", "i", "f", "range"))) {
                assertEquals(List.of(List.of(0L), List.of(1L)), query.await().rows());
            }
            EngineException unbound =
                    assertThrows(
                            EngineException.class,
                            () -> session.query("SELECT :a, :b", Map.of("a", 1)));
            assertEquals(ErrorCode.UNBOUND_SQL_PARAMETER, unbound.code());
            assertEquals("b", unbound.args().get("name"));
            assertEquals(11, unbound.where().orElseThrow().start());
            EngineException missing =
                    assertThrows(EngineException.class, () -> session.query("SELECT ?, ?", 1));
            assertEquals("_10", missing.args().get("name"));
        }
    }

    @Test
    void aCancelledQueryEndsAndGivesItsMemoryBack() throws InterruptedException {
        try (Session session = open();
                Query query =
                        session.range(0, 4_000_000_000L)
                                .filter(col("id").mod(lit(1_000_003)).equalTo(5))
                                .agg(Functions.count(col("id")).as("n"))
                                .query()) {
            CountDownLatch running = new CountDownLatch(1);
            query.subscribe(event -> {
                if (event instanceof EngineEvent.Progress) {
                    running.countDown();
                }
            });
            query.start();
            assertTrue(running.await(60, TimeUnit.SECONDS));
            long asked = System.nanoTime();
            query.cancel();
            assertInstanceOf(QueryOutcome.Cancelled.class, query.outcome().join());
            System.out.printf("cancelled after %.1f ms%n", (System.nanoTime() - asked) / 1e6);
        }
    }

    @Test
    void aFailingTaskNamesNodeStageAndCause() throws InterruptedException {
        for (String codegen : List.of("true", "false")) {
            try (Session session =
                            open(
                                    Settings.CODEGEN.key(),
                                    codegen,
                                    Settings.CODEGEN_MIN_ROWS.key(),
                                    "0");
                    Query query =
                            session.range(0, 2_000)
                                    .select(lit(1).divide(col("id").minus(lit(1_500))).as("q"))
                                    .query()) {
                AtomicReference<QuerySnapshot> last = new AtomicReference<>();
                SnapshotFeed feed = new SnapshotFeed(query.id(), last::set);
                query.subscribe(feed);
                EngineException error = assertThrows(EngineException.class, query::await);
                feed.await();
                assertEquals(ErrorCode.DIVIDE_BY_ZERO, error.code());
                QueryOutcome.Failed failed =
                        assertInstanceOf(
                                QueryOutcome.Failed.class,
                                java.util.Objects.requireNonNull(last.get())
                                        .outcome()
                                        .orElseThrow());
                assertTrue(
                        failed.error().place().contains("stage 0, task"), failed.error().place());
                assertTrue(failed.error().place().contains("Project"), failed.error().place());
            }
        }
    }

    @Test
    void aQueryOverItsMemoryLimitFailsAndTheSessionLives() {
        try (Session session = open(Settings.MEMORY_LIMIT.key(), String.valueOf(8 << 20))) {
            // The side that is held against every row has to be in memory as a whole.
            String sql =
                    "select count(*) from range(3000000) a join range(3000000) b on a.id < b.id";
            EngineException error =
                    assertThrows(
                            EngineException.class,
                            () -> {
                                try (Query query = session.query(sql)) {
                                    query.await();
                                }
                            });
            assertEquals(ErrorCode.MEMORY_LIMIT, error.code());
            assertTrue(
                    String.valueOf(error.args().get("operator")).contains("Join"),
                    () -> error.args().toString());
            assertEquals(10L, session.range(0, 10).count());
        }
    }

    @Test
    void aRecordingReplayedIsTheRun() throws Exception {
        Path file = folder.resolve("run.jsonl");
        AtomicReference<QuerySnapshot> last = new AtomicReference<>();
        try (Session session = open();
                Query query =
                        session.range(0, 50_000)
                                .groupBy(col("id").mod(lit(10)).as("k"))
                                .count()
                                .query()) {
            SnapshotFeed feed = new SnapshotFeed(query.id(), last::set);
            query.subscribe(feed);
            try (RunRecorder recorder = new RunRecorder(query.id(), file)) {
                query.subscribe(recorder);
                assertEquals(10, query.await().rowCount());
            }
            feed.await();
        }
        assertEquals(last.get(), RunReplay.open(file).end());
        // A crash may cut the last line short.
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 20));
        assertTrue(RunReplay.open(file).end().outcome().isEmpty());
    }

    @Test
    void errorsPointIntoTheText() {
        try (Session session = open()) {
            Analysis analysis = session.analyze("SELECT nme FROM VALUES ('a') AS t(name)");
            var error = assertInstanceOf(Analysis.Invalid.class, analysis).errors().getFirst();
            assertEquals("UNRESOLVED_COLUMN.WITH_SUGGESTION", error.condition());
            assertEquals(7, error.where().orElseThrow().start());
            assertTrue(error.message().contains("name"), error.message());
        }
    }
}
