package dev.vitrine.engine.record;

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
import dev.vitrine.engine.event.TaskCounters;
import dev.vitrine.engine.snapshot.QueryReducer;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recordings in a folder: written, listed, trimmed, and read where they are damaged.
class RunArchiveTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir Path folder;

    @Test
    void aRunIsListedByItsFirstAndLastLine() {
        RunArchive archive = new RunArchive(folder);
        Path file = record(archive, NOON, 7, events(7, "SELECT 1\nFROM t"));
        RunSummary run = archive.list().getFirst();
        assertEquals(file, run.file());
        assertEquals("SELECT 1 FROM t", RunSummary.name(run.text(), 60));
        assertEquals(NOON, run.startedAt());
        assertEquals(900, run.elapsedNanos());
        assertEquals(Optional.of(new QueryOutcome.Succeeded(3)), run.outcome());
        assertEquals("20260301-120000-000-7.run.jsonl", file.getFileName().toString());
        assertTrue(RunRecording.isRecording(file));
    }

    @Test
    void replayGivesTheSnapshotOfTheLiveRun() {
        List<EngineEvent> events = events(1, "SELECT 1");
        Path file = record(new RunArchive(folder), NOON, 1, events);
        QueryReducer live = new QueryReducer(1);
        events.forEach(live::on);
        RunReplay recording = RunReplay.open(file);
        assertEquals(live.snapshot(), recording.end());
        assertTrue(recording.complete());
    }

    @Test
    void theNewestComeFirstAndTheOldestGo() throws IOException {
        RunArchive archive = new RunArchive(folder);
        for (int i = 0; i < 5; i++) {
            record(archive, NOON.plusSeconds(i), i + 1, events(i + 1, "SELECT " + i));
        }
        assertEquals(
                List.of("SELECT 4", "SELECT 3", "SELECT 2", "SELECT 1", "SELECT 0"),
                archive.list().stream().map(RunSummary::text).toList());
        assertEquals(2, archive.trim(3, Long.MAX_VALUE).size());
        assertEquals(3, archive.list().size());
        long one = archive.list().getFirst().sizeBytes();
        assertEquals(1, archive.trim(50, 2 * one + one / 2).size());
        // The newest stays, however little room there is.
        archive.trim(0, 0);
        assertEquals(List.of("SELECT 4"), archive.list().stream().map(RunSummary::text).toList());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(1, left.count());
        }
    }

    @Test
    void aGrowingRecordingIsNeitherListedNorDeleted() {
        RunArchive archive = new RunArchive(folder);
        RunRecorder growing = archive.record(1, NOON);
        growing.on(events(1, "SELECT 1").getFirst());
        record(archive, NOON.plusSeconds(1), 2, events(2, "SELECT 2"));
        record(archive, NOON.plusSeconds(2), 3, events(3, "SELECT 3"));
        archive.trim(1, Long.MAX_VALUE);
        assertEquals(List.of("SELECT 3"), archive.list().stream().map(RunSummary::text).toList());
        archive.finish(growing);
        assertEquals(2, archive.list().size());
        assertTrue(archive.list().getLast().outcome().isEmpty());
        assertEquals(-1, archive.list().getLast().elapsedNanos());
    }

    @Test
    void aQueryThatNeverStartedLeavesNoFile() throws IOException {
        RunArchive archive = new RunArchive(folder);
        archive.finish(archive.record(1, NOON));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void twoQueriesOfOneNameGetFilesOfTheirOwn() {
        RunArchive archive = new RunArchive(folder);
        Path first = record(archive, NOON, 1, events(1, "SELECT 1"));
        Path second = record(archive, NOON, 1, events(1, "SELECT 2"));
        assertFalse(first.equals(second));
        assertEquals(2, archive.list().size());
    }

    @Test
    void damagedLinesAreLeftOutAndNamed() throws IOException {
        Path file = record(new RunArchive(folder), NOON, 1, events(1, "SELECT 1"));
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(1, lines.get(1).substring(5));
        lines.set(3, "{\"event\":\"StageFinished\",\"queryId\":1}");
        Files.write(file, lines);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 30] = (byte) 0xFF;
        Files.write(file, bytes);
        RunReplay recording = RunReplay.open(file);
        assertEquals(List.of(2, 4), recording.damagedLines().subList(0, 2));
        QuerySnapshot snapshot = recording.end();
        assertEquals("SELECT 1", snapshot.text());
        assertTrue(snapshot.plans().isEmpty());
        assertEquals(1, snapshot.stages().size());
    }

    @Test
    void everyTruncationIsReadAsFarAsItGoes() throws IOException {
        Path file = record(new RunArchive(folder), NOON, 1, events(1, "SELECT 1"));
        byte[] whole = Files.readAllBytes(file);
        int first = new String(whole, StandardCharsets.UTF_8).indexOf('\n');
        for (int length = first; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            RunReplay recording = RunReplay.open(file);
            assertEquals("SELECT 1", recording.end().text());
            assertTrue(recording.damagedLines().size() <= 1, "cut at " + length);
            assertEquals("SELECT 1", RunSummary.read(file).text());
        }
    }

    @Test
    void whatIsNoRecordingIsSaidSo() throws IOException {
        Path file = Files.writeString(folder.resolve("rows.jsonl"), "{\"a\":1}\n{\"a\":2}\n");
        assertFalse(RunRecording.isRecording(file));
        EngineException error = assertThrows(EngineException.class, () -> RunReplay.open(file));
        assertEquals(ErrorCode.FILE_UNREADABLE, error.code());
        assertTrue(String.valueOf(error.getMessage()).contains("rows.jsonl"));
        assertThrows(EngineException.class, () -> RunSummary.read(file));
        assertThrows(EngineException.class, () -> RunReplay.open(folder.resolve("missing.jsonl")));
    }

    @Test
    void aPlanOfAThousandOperatorsIsReadBack() {
        PlanTree plan = new PlanTree(0, "Scan", List.of(), "", 1, List.of());
        for (int i = 1; i < 1_500; i++) {
            plan = new PlanTree(i, "Project", List.of(), "", 1, List.of(plan));
        }
        List<EngineEvent> events = new ArrayList<>(events(1, "deep"));
        events.add(1, new EngineEvent.PlanReady(1, PlanPhase.PHYSICAL, plan, 5, 5));
        Path file = record(new RunArchive(folder), NOON, 1, events);
        assertEquals(List.of(), RunReplay.open(file).damagedLines());
        assertEquals(events.size(), RunReplay.open(file).end().version());
    }

    private static Path record(
            RunArchive archive, Instant at, long queryId, List<EngineEvent> events) {
        RunRecorder recorder = archive.record(queryId, at);
        events.forEach(recorder::on);
        archive.finish(recorder);
        return recorder.file();
    }

    private static List<EngineEvent> events(long id, String text) {
        PlanTree plan = new PlanTree(1, "Scan", List.of("t"), "", 3, List.of());
        QueryOutcome done = new QueryOutcome.Succeeded(3);
        return List.of(
                new EngineEvent.QueryStarted(id, text, NOON, "local[2]", Map.of("a", "b")),
                new EngineEvent.PlanReady(id, PlanPhase.PHYSICAL, plan, 10, 100),
                new EngineEvent.StagesPlanned(
                        id,
                        List.of(new EngineEvent.StageInfo(0, "Scan t", List.of(), List.of(1))),
                        200),
                new EngineEvent.StageStarted(id, 0, 1, 300),
                new EngineEvent.TaskStarted(id, 0, 0, 0, "driver", 0, "t", 400),
                new EngineEvent.TaskFinished(
                        id, 0, 0, 0, done, new TaskCounters(3, 30, 3, 30, 0, 0, 0, 5), 700),
                new EngineEvent.StageFinished(id, 0, done, 800),
                new EngineEvent.QueryFinished(id, done, List.of(), 900));
    }
}
