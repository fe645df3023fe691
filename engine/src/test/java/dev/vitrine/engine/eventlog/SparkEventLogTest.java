package dev.vitrine.engine.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.record.RunReplay;
import dev.vitrine.engine.record.RunSummary;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.QuerySnapshot.RunState;
import dev.vitrine.engine.snapshot.QuerySnapshot.StageState;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Event logs that Spark itself wrote, 3.5 and 4.2, in each of its codecs. How they were made is in
/// the README beside them.
class SparkEventLogTest {
    @TempDir Path folder;

    private static Path log(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(SparkEventLogTest.class.getResource(name)).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path rolling() throws IOException {
        try (Stream<Path> files = Files.list(log("spark-4-lz4.lz4").getParent())) {
            return files.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static String text(Path log) throws IOException {
        try (InputStream in = LogCompression.plain(Files.newInputStream(log))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark-4-lz4.lz4",
                "spark-4-lzf.lzf",
                "spark-4-snappy.snappy",
                "spark-4-inprogress.zstd.inprogress",
                "spark-3-rdd.snappy"
            })
    void everyCodecOfSparkIsRead(String name) throws IOException {
        assertTrue(SparkEventLog.isEventLog(log(name)));
        wordCount(SparkEventLog.open(log(name)), !name.contains("inprogress"));
    }

    @Test
    void aRollingFolderIsOneLog() throws IOException {
        assertTrue(SparkEventLog.isEventLog(rolling()));
        wordCount(SparkEventLog.open(rolling()), true);
    }

    @Test
    void aRollingFolderOfManyPartsIsReadInTheOrderOfTheirNumbers() throws IOException {
        List<String> lines = text(log("spark-4-lz4.lz4")).lines().toList();
        Path rolled = Files.createDirectory(folder.resolve("eventlog_v2_app-1"));
        Files.writeString(rolled.resolve("appstatus_app-1"), "");
        for (int part = 0; part < 12; part++) {
            int from = lines.size() * part / 12;
            int to = lines.size() * (part + 1) / 12;
            try (OutputStream out =
                    new GZIPOutputStream(
                            Files.newOutputStream(
                                    rolled.resolve("events_" + (part + 1) + "_app-1")))) {
                out.write(
                        (String.join("\n", lines.subList(from, to)) + "\n")
                                .getBytes(StandardCharsets.UTF_8));
            }
        }
        wordCount(SparkEventLog.open(rolled), true);
        // What a compaction took in is not read again.
        Files.write(rolled.resolve("events_12_app-1.compact"), lines);
        wordCount(SparkEventLog.open(rolled), true);
    }

    private static void wordCount(SparkEventLog log, boolean ended) {
        SparkApplication application = log.application();
        assertEquals(List.of(), application.damaged());
        assertEquals(ended, application.endedAt().isPresent());
        assertEquals("local[2]", application.master());
        assertEquals("sample", application.user());
        assertEquals(1, application.executors().size());
        assertEquals(2, application.executors().getFirst().slots());
        assertEquals(3, application.queries().size());
        for (var query : application.queries()) {
            assertFalse(query.sql());
            assertTrue(query.text().startsWith("word count: collect at"), query.text());
            assertTrue(query.outcome().orElseThrow() instanceof QueryOutcome.Succeeded);
            assertTrue(query.elapsedNanos() > 0);
        }
        QuerySnapshot first = log.snapshot(1);
        assertEquals(2, first.stages().size());
        StageState map = first.stages().getFirst();
        assertEquals("parallelize → map", map.label());
        assertEquals(4, map.tasksDone());
        assertTrue(map.counters().bytesWritten() > 0);
        assertEquals(List.of(map.stageId()), first.stages().getLast().parents());
        assertEquals(RunState.SUCCEEDED, first.stages().getLast().state());
        assertEquals(6, first.tasks().size());
        assertTrue(first.tasks().stream().allMatch(t -> t.slot() < 2));
        // The reduced RDD was cached, told by updates of its blocks.
        assertTrue(first.memory().orElseThrow().usedBytes() > 0);
        assertTrue(first.memory().orElseThrow().uses().getFirst().owner().startsWith("cached RDD"));
        // What a job finds done already is skipped.
        StageState skipped = log.snapshot(3).stages().getFirst();
        assertTrue(skipped.label().endsWith("(skipped)"), skipped.label());
        assertEquals(RunState.WAITING, skipped.state());
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark-4-sql.zstd", "spark-3-sql.zstd"})
    void anExecutionOfSqlIsAQueryWithItsFinalPlanAndMetrics(String name) {
        SparkEventLog log = SparkEventLog.open(log(name));
        SparkApplication application = log.application();
        var line = application.queries().getLast();
        assertTrue(line.sql());
        assertEquals("join and count", line.text());
        List<PlanTree> versions = new ArrayList<>();
        log.read(event -> {
            if (event instanceof EngineEvent.PlanReady ready && ready.queryId() == line.id()) {
                versions.add(ready.plan());
            }
        });
        assertTrue(versions.size() > 3, () -> versions.size() + " versions");
        QuerySnapshot snapshot = log.snapshot(line.id());
        PlanTree plan = plan(snapshot, PlanPhase.PHYSICAL);
        assertEquals(List.of("isFinalPlan=true"), plan.details());
        List<Long> ranges = new ArrayList<>();
        List<Long> joins = new ArrayList<>();
        plan.forEach(node -> {
            if (node.label().equals("Range")) {
                ranges.add(snapshot.rows(node.id()));
            } else if (node.label().equals("BroadcastHashJoin")) {
                joins.add(snapshot.rows(node.id()));
                assertTrue(node.details().contains("number of output rows: 100"));
            }
        });
        assertEquals(List.of(1000L, 100L), ranges);
        assertEquals(List.of(100L), joins);
        assertEquals("3", snapshot.settings().get("spark.sql.shuffle.partitions"));
        // A stage runs the nodes whose metrics its tasks counted.
        assertTrue(
                snapshot.stages().stream()
                        .filter(stage -> stage.state() == RunState.SUCCEEDED)
                        .noneMatch(stage -> stage.nodeIds().isEmpty()));
    }

    private static PlanTree plan(QuerySnapshot snapshot, PlanPhase phase) {
        return Objects.requireNonNull(snapshot.plans().get(phase)).plan();
    }

    @Test
    void extendedExplanationsGiveTheLogicalPlans() {
        SparkEventLog log = SparkEventLog.open(log("spark-4-extended.zstd"));
        long last = log.application().queries().getLast().id();
        QuerySnapshot snapshot = log.snapshot(last);
        assertEquals(
                List.of(
                        PlanPhase.PARSED,
                        PlanPhase.ANALYZED,
                        PlanPhase.OPTIMIZED,
                        PlanPhase.PHYSICAL),
                List.copyOf(snapshot.plans().keySet()));
        PlanTree analyzed = plan(snapshot, PlanPhase.ANALYZED);
        assertEquals("Sort", analyzed.label());
        List<String> labels = new ArrayList<>();
        plan(snapshot, PlanPhase.OPTIMIZED).forEach(node -> labels.add(node.label()));
        assertEquals(
                List.of(
                        "Sort",
                        "Aggregate",
                        "Project",
                        "Join",
                        "Project",
                        "Range",
                        "Project",
                        "Range"),
                labels);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark-4-failures.zstd", "spark-3-failures.lz4"})
    void failuresKeepTheirAttemptsAndMessages(String name) {
        SparkEventLog log = SparkEventLog.open(log(name));
        QuerySnapshot once = log.snapshot(1);
        assertTrue(once.outcome().orElseThrow() instanceof QueryOutcome.Succeeded);
        assertEquals(1, once.stages().getFirst().tasksFailed());
        var attempts = once.tasks().stream().filter(t -> t.task() == 1).toList();
        assertEquals(List.of(0, 1), attempts.stream().map(t -> t.attempt()).toList());
        assertTrue(attempts.getFirst().error().contains("first attempt fails"));
        QuerySnapshot job = log.snapshot(2);
        assertTrue(job.outcome().orElseThrow() instanceof QueryOutcome.Failed);
        assertEquals(RunState.FAILED, job.stages().getFirst().state());
        var queries = log.application().queries();
        var sql = queries.stream().filter(q -> q.sql()).toList().getLast();
        if (sql.outcome().orElseThrow() instanceof QueryOutcome.Failed(var error)) {
            assertTrue(
                    List.of("CAST_INVALID_INPUT", "DIVIDE_BY_ZERO").contains(error.condition()),
                    error.toString());
            // Spark 3.5 leaves it out of messages.
            assertEquals(name.contains("-3-"), error.sqlState().isEmpty());
        } else {
            throw new AssertionError(sql);
        }
    }

    @Test
    void aLostExecutorIsToldAndWhatItHeldRunsAgain() {
        SparkEventLog log = SparkEventLog.open(log("spark-4-cluster.zstd"));
        SparkApplication application = log.application();
        assertEquals(2, application.executors().size());
        var lost = application.executors().stream().filter(e -> !e.removed().isEmpty()).toList();
        assertEquals(1, lost.size());
        assertEquals("Executor killed by driver.", lost.getFirst().removed());
        QuerySnapshot second = log.snapshot(2);
        assertTrue(
                second.tasks().stream()
                        .noneMatch(t ->
                                t.executor().equals(lost.getFirst().name())
                                        && t.state() == RunState.SUCCEEDED),
                "nothing runs on what is gone");
        assertTrue(second.stages().getFirst().tasksDone() > 0);
    }

    @Test
    void aLogThatIsCutAnywhereIsReadAsFarAsItGoes() throws IOException {
        for (String name :
                List.of(
                        "spark-4-lz4.lz4",
                        "spark-4-lzf.lzf",
                        "spark-4-snappy.snappy",
                        "spark-4-sql.zstd")) {
            byte[] whole = Files.readAllBytes(log(name));
            Path cut = folder.resolve(name);
            int before = 0;
            for (int part = 8; part <= 10; part++) {
                Files.write(cut, Arrays.copyOf(whole, whole.length * part / 10));
                SparkApplication application = SparkEventLog.open(cut).application();
                assertTrue(application.queries().size() >= before, name);
                before = application.queries().size();
                assertEquals(part == 10, application.endedAt().isPresent(), name + " " + part);
                assertEquals(part == 10, application.damaged().isEmpty(), name + " " + part);
            }
        }
    }

    @Test
    void aTornOrForeignLineIsLeftOutAndNamed() throws IOException {
        String text = text(log("spark-4-lz4.lz4"));
        List<String> lines = new ArrayList<>(text.lines().toList());
        lines.set(9, "{\"Event\":\"Spark");
        lines.add(12, "{\"Event\":\"SparkListenerQuarkSpotted\",\"Colour\":\"red\"}");
        Path file = Files.write(folder.resolve("app-1"), lines);
        SparkApplication application = SparkEventLog.open(file).application();
        assertEquals(List.of("app-1, line 10 is no event"), application.damaged());
        assertEquals(1, application.passedOver().get("SparkListenerQuarkSpotted"));
        assertEquals(3, application.queries().size());
    }

    @Test
    void whatIsNoLogIsSaidSo() throws IOException {
        Path wrong = Files.writeString(folder.resolve("rows.json"), "{\"a\":1}\n");
        assertFalse(SparkEventLog.isEventLog(wrong));
        assertSays(wrong, "no Spark event log");
        Path newer =
                Files.writeString(
                        folder.resolve("newer"),
                        "{\"Event\":\"SparkListenerLogStart\",\"Spark Version\":\"7.1.0\"}\n");
        assertSays(newer, "Spark 7.1.0");
        assertSays(Files.createDirectory(folder.resolve("empty")), "events_N");
        assertSays(folder.resolve("missing"), "no such file");
        assertSays(Files.write(folder.resolve("nothing"), new byte[0]), "no Spark event log");
        byte[] cut = Arrays.copyOf(Files.readAllBytes(log("spark-4-lz4.lz4")), 100);
        assertSays(Files.write(folder.resolve("cut.lz4"), cut), "no Spark event log");
        assertSays(folder.resolve("cut.lz4"), "ends inside of its first block");
        assertFalse(SparkEventLog.isEventLog(folder.resolve("cut.lz4")));
    }

    private static void assertSays(Path file, String words) {
        EngineException error = assertThrows(EngineException.class, () -> SparkEventLog.open(file));
        assertEquals(ErrorCode.FILE_UNREADABLE, error.code());
        assertTrue(String.valueOf(error.getMessage()).contains(words), error.getMessage());
        assertTrue(String.valueOf(error.getMessage()).contains(file.getFileName().toString()));
    }

    @Test
    void theQueriesOfALogBecomeRecordings() {
        SparkEventLog log = SparkEventLog.open(log("spark-4-failures.zstd"));
        SparkLogImport imported = SparkLogImport.into(log, folder);
        assertEquals(imported.application().queries().size(), imported.files().size());
        for (int i = 0; i < imported.files().size(); i++) {
            var query = imported.application().queries().get(i);
            RunReplay replay = RunReplay.open(imported.files().get(i));
            assertEquals(log.snapshot(query.id()), replay.end());
            RunSummary summary = RunSummary.read(imported.files().get(i));
            assertEquals(query.text(), summary.text());
            assertEquals(query.elapsedNanos(), summary.elapsedNanos());
            assertEquals(
                    query.outcome().map(o -> o.getClass()),
                    summary.outcome().map(o -> o.getClass()));
        }
        assertEquals(Optional.empty(), RunReplay.open(imported.files().getFirst()).indexNotKept());
    }
}
