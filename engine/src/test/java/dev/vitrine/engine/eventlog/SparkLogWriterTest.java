package dev.vitrine.engine.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.record.RunRecorder;
import dev.vitrine.engine.record.RunReplay;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.QuerySnapshot.StageState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recordings as Spark event logs: they have the structure of Spark's own, and read back they are
/// the same runs.
class SparkLogWriterTest {
    /// Parts that Spark writes and its `JsonProtocol` does without (`jsonOption`), or that are maps
    /// whose keys are free.
    private static final Set<String> OPTIONAL =
            Set.of(
                    "queryId",
                    "ExitCode",
                    "Peak On Heap Execution Memory",
                    "Peak Off Heap Execution Memory",
                    "Push Based Shuffle",
                    "Task Executor Metrics",
                    "Executor Resource Requests",
                    "Task Resource Requests",
                    "JVM Information",
                    "Spark Properties",
                    "Hadoop Properties",
                    "System Properties",
                    "Metrics Properties",
                    "Classpath Entries",
                    "Properties",
                    "modifiedConfigs",
                    "metadata",
                    "Submission Time",
                    "Completion Time",
                    "Failure Reason",
                    "Shuffle Push Mergers",
                    "Accumulables",
                    "Is Shuffle Push Enabled",
                    "Unhealthy",
                    "UnhandledExceptions",
                    "jobTags",
                    "Metadata");

    @TempDir Path folder;

    private RunReplay record(String master, String fault, String sql) {
        Path file = folder.resolve("a.run.jsonl");
        Settings settings =
                Settings.defaults()
                        .with(Settings.MASTER.key(), master)
                        .with("spark.sql.shuffle.partitions", "3");
        try (Session session = LocalSession.open(settings)) {
            if (!fault.isEmpty()) {
                session.provoke(fault);
            }
            try (Query query = session.query(sql);
                    RunRecorder recorder = new RunRecorder(query.id(), file)) {
                query.subscribe(recorder);
                query.start();
                query.outcome().join();
            }
        }
        return RunReplay.open(file);
    }

    @Test
    void everyEventHasTheStructureOfSparksOwn() throws IOException {
        RunReplay replay =
                record("local[2]", "", "SELECT id % 3 AS k, count(*) FROM range(10000) GROUP BY 1");
        Map<String, JsonNode> spark = new HashMap<>();
        Path real =
                Path.of(
                        Objects.requireNonNull(getClass().getResource("spark-4-sql.zstd"))
                                .getPath());
        try (var in = LogCompression.plain(Files.newInputStream(real))) {
            for (String line :
                    new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                            .lines()
                            .toList()) {
                JsonNode event = SparkEventLog.MAPPER.readTree(line);
                spark.put(event.path("Event").asText(), event);
            }
        }
        Path log = SparkLogWriter.write(replay, folder.resolve("log"));
        Set<String> kinds = new TreeSet<>();
        List<String> missing = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            JsonNode event = SparkEventLog.MAPPER.readTree(line);
            String kind = event.path("Event").asText();
            kinds.add(kind);
            JsonNode model = spark.get(kind);
            compare(kind, Objects.requireNonNull(model, kind), event, missing);
        }
        assertEquals(List.of(), missing);
        Set<String> expected = new TreeSet<>(spark.keySet());
        expected.removeIf(kind -> kind.contains("Block") || kind.contains("Adaptive"));
        kinds.remove("SparkListenerBlockManagerAdded");
        assertEquals(expected, kinds);
    }

    /// Each component that Spark's event has is there and of the same kind of value.
    private static void compare(String path, JsonNode model, JsonNode made, List<String> missing) {
        if (model.isObject()) {
            model.properties()
                    .forEach(e -> {
                        String inner = path + "/" + e.getKey();
                        if (OPTIONAL.contains(e.getKey())) {
                            return;
                        }
                        if (!made.has(e.getKey())) {
                            missing.add(inner);
                        } else {
                            compare(inner, e.getValue(), made.get(e.getKey()), missing);
                        }
                    });
        } else if (model.isArray()) {
            if (!made.isArray()) {
                missing.add(path + " is no array");
            } else if (!model.isEmpty() && !made.isEmpty()) {
                compare(path + "[]", model.get(0), made.get(0), missing);
            }
        } else if (!model.isNull() && model.getNodeType() != made.getNodeType()) {
            missing.add(path + " is " + made.getNodeType());
        }
    }

    @Test
    void aRunWrittenAndReadBackIsTheSame() {
        RunReplay replay =
                record(
                        "local-cluster[3,1,256]",
                        "fail p=1 attempt=0 stage=0",
                        "SELECT id % 3 AS k, count(*) FROM range(0, 100000, 1, 4) GROUP BY 1");
        QuerySnapshot before = replay.end();
        assertTrue(before.stages().getFirst().tasksFailed() > 0);
        Path log = SparkLogWriter.write(replay, folder);
        assertEquals(SparkLogWriter.applicationId(replay), log.getFileName().toString());
        assertTrue(SparkEventLog.isEventLog(log));
        SparkEventLog spark = SparkEventLog.open(log);
        SparkApplication application = spark.application();
        assertEquals(List.of(), application.damaged());
        assertEquals(1, application.queries().size());
        assertEquals(before.master(), application.master());
        QuerySnapshot after = spark.snapshot(1);
        assertEquals(before.text(), after.text());
        assertEquals(before.stages().size(), after.stages().size());
        for (int i = 0; i < before.stages().size(); i++) {
            StageState b = before.stages().get(i);
            StageState a = after.stages().get(i);
            assertEquals(b.label(), a.label());
            assertEquals(b.parents(), a.parents());
            assertEquals(b.state(), a.state());
            assertEquals(b.tasksDone(), a.tasksDone());
            assertEquals(b.tasksFailed(), a.tasksFailed());
            assertEquals(b.counters().rowsRead(), a.counters().rowsRead());
            assertEquals(b.counters().rowsWritten(), a.counters().rowsWritten());
            assertEquals(b.counters().cpuNanos(), a.counters().cpuNanos());
        }
        assertEquals(before.tasks().size(), after.tasks().size());
        assertEquals(before.executors().size(), after.executors().size());
        Set<Long> rowsBefore = new TreeSet<>();
        before.nodes().values().forEach(node -> rowsBefore.add(node.rows()));
        Set<Long> rowsAfter = new TreeSet<>();
        after.nodes().values().forEach(node -> rowsAfter.add(node.rows()));
        assertEquals(rowsBefore, rowsAfter);
    }

    @Test
    void aFailedRunFailsThereToo() {
        RunReplay replay = record("local[2]", "", "SELECT 1 / (id - 3) FROM range(10)");
        SparkEventLog log = SparkEventLog.open(SparkLogWriter.write(replay, folder.resolve("log")));
        if (log.snapshot(1).outcome().orElseThrow() instanceof QueryOutcome.Failed(var error)) {
            assertEquals("DIVIDE_BY_ZERO", error.condition());
            assertEquals("22012", error.sqlState());
        } else {
            throw new AssertionError("it failed");
        }
    }

    @Test
    void aRunWithoutAnEndIsAnApplicationInProgress() throws IOException {
        RunReplay whole = record("local[2]", "", "SELECT count(*) FROM range(1000)");
        List<String> lines = Files.readAllLines(whole.file());
        Files.write(whole.file(), lines.subList(0, lines.size() - 1));
        RunReplay cut = RunReplay.open(whole.file());
        Path log = SparkLogWriter.write(cut, folder);
        assertTrue(log.toString().endsWith(".inprogress"));
        SparkApplication application = SparkEventLog.open(log).application();
        assertTrue(application.endedAt().isEmpty());
        assertTrue(application.queries().getFirst().outcome().isEmpty());
    }

    @Test
    void aTargetThatCannotBeWrittenIsSaidSo() {
        RunReplay replay = record("local[1]", "", "SELECT 1");
        Path target = folder.resolve("missing").resolve("log");
        EngineException error =
                org.junit.jupiter.api.Assertions.assertThrows(
                        EngineException.class, () -> SparkLogWriter.write(replay, target));
        assertTrue(String.valueOf(error.getMessage()).contains("missing"), error.getMessage());
    }
}
