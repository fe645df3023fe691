package dev.vitrine.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.snapshot.QueryReducer;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Recordings opened again: every instant as it was, with an index, without and with a wrong one.
class RunReplayTest {
    private static final long STEP = 3_000;

    private Path folder = Path.of("");

    @BeforeTry
    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("replay");
    }

    @AfterTry
    @AfterEach
    void deleteFolder() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Property(tries = 25)
    void replayAfterEachEventIsWhatTheLiveViewShowed(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 120) int count) throws IOException {
        List<EngineEvent> events = RandomRun.events(seed, count);
        Path file = record(events);
        RunReplay replay = RunReplay.open(file, STEP);
        boolean indexed = Files.size(file) >= 2 * STEP;
        assertEquals(indexed, Files.exists(RecordingIndex.file(file)));
        RunReplay again = RunReplay.open(file, STEP);
        QueryReducer live = new QueryReducer(1);
        List<QuerySnapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            live.on(events.get(i));
            snapshots.add(live.snapshot());
            assertEquals(snapshots.getLast(), replay.after(i + 1));
            assertEquals(snapshots.getLast(), again.after(i + 1));
        }
        assertEquals(snapshots.getLast(), replay.end());
        assertEquals(snapshots.getLast(), again.end());
        for (int i = 0; i < events.size(); i++) {
            long time = events.get(i).at();
            if (time >= 0) {
                int last = i;
                while (last + 1 < events.size() && events.get(last + 1).at() <= time) {
                    last++;
                }
                assertEquals(snapshots.get(last), again.at(Duration.ofNanos(time)));
            }
        }
    }

    @Test
    void anIndexOfAnotherRecordingIsMadeAnew() throws IOException {
        Path file = record(RandomRun.events(1, 300));
        RunReplay.open(file, STEP);
        Path other = folder.resolve("other.run.jsonl");
        Files.move(file, other);
        Files.move(RecordingIndex.file(file), RecordingIndex.file(other));
        List<EngineEvent> events = RandomRun.events(2, 400);
        Files.move(record(events), other, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertEquals(fold(events), RunReplay.open(other, STEP).end());
        assertEquals(fold(events), RunReplay.open(other, STEP).end());
    }

    @Test
    void everyTruncationOfAnIndexIsMendedFromTheRecording() throws IOException {
        List<EngineEvent> events = RandomRun.events(3, 120);
        Path file = record(events);
        RunReplay.open(file, STEP);
        Path index = RecordingIndex.file(file);
        byte[] whole = Files.readAllBytes(index);
        for (int length = 0; length < whole.length; length += 97) {
            Files.write(index, Arrays.copyOf(whole, length));
            assertEquals(fold(events), RunReplay.open(file, STEP).end(), "cut at " + length);
        }
        Files.writeString(index, "{\"vitrineIndex\":1}\nno json\n");
        assertEquals(fold(events), RunReplay.open(file, STEP).end());
        assertEquals(whole.length, Files.size(index));
    }

    @Test
    void aRecordingThatGrowsIsReadBehindItsIndex() throws IOException {
        List<EngineEvent> events = RandomRun.events(4, 300);
        Path file = record(events);
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() * 2 / 3));
        RunReplay cut = RunReplay.open(file, STEP);
        assertFalse(cut.complete());
        assertTrue(cut.damagedLines().size() <= 1);
        Files.writeString(file, text.substring(text.length() * 2 / 3), StandardOpenOption.APPEND);
        RunReplay whole = RunReplay.open(file, STEP);
        assertTrue(whole.complete());
        assertEquals(List.of(), whole.damagedLines());
        assertEquals(fold(events), whole.end());
        assertEquals(events.size(), whole.kinds().values().stream().mapToInt(n -> n).sum());
    }

    @Test
    void damagedLinesKeepTheirNumbersBehindAnIndex() throws IOException {
        Path file = record(RandomRun.events(5, 300));
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(10, "{\"event\":\"Torn");
        lines.set(250, "");
        lines.set(20, "{\"event\":\"QuarkSpotted\",\"queryId\":1,\"colour\":\"red\",\"at\":5}");
        Files.write(file, lines);
        for (int i = 0; i < 2; i++) {
            RunReplay replay = RunReplay.open(file, STEP);
            assertEquals(List.of(11, 251), replay.damagedLines());
            assertEquals(Map.of("QuarkSpotted", 1), replay.unknownKinds());
        }
    }

    @Test
    void deletingALongRecordingDeletesItsIndex() throws IOException {
        Path file = record(RandomRun.events(6, 300));
        Files.move(file, folder.resolve("20260101-000000-000-1.run.jsonl"));
        Path old = folder.resolve("20260101-000000-000-1.run.jsonl");
        RunReplay.open(old, STEP);
        assertTrue(Files.exists(RecordingIndex.file(old)));
        Path newest = record(RandomRun.events(7, 3));
        Files.move(newest, folder.resolve("20260102-000000-000-1.run.jsonl"));
        assertEquals(List.of(old), new RunArchive(folder).trim(1, Long.MAX_VALUE));
        assertFalse(Files.exists(RecordingIndex.file(old)));
    }

    @Test
    void aKilledProgramLeavesARecordingThatOpens() throws Exception {
        Path file = folder.resolve("killed.run.jsonl");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Recording.class.getName(),
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            long size = 0;
            while (process.isAlive() && size < 200_000) {
                TimeUnit.MILLISECONDS.sleep(20);
                size = Files.exists(file) ? Files.size(file) : 0;
            }
        } finally {
            // SIGKILL where there are signals.
            process.destroyForcibly();
            process.waitFor();
        }
        RunReplay replay = RunReplay.open(file, STEP);
        assertTrue(replay.end().version() > 500, () -> "events: " + replay.end().version());
        assertTrue(replay.damagedLines().size() <= 1, () -> replay.damagedLines().toString());
        assertFalse(replay.complete());
        assertEquals("SELECT ü", RunSummary.read(file).text());
        assertEquals(replay.end(), RunReplay.open(file, STEP).end());
    }

    /// A program that records without end.
    static final class Recording {
        public static void main(String[] args) throws InterruptedException {
            try (RunRecorder recorder = new RunRecorder(1, Path.of(args[0]))) {
                List<EngineEvent> events = RandomRun.events(9, 1_000);
                for (int i = 0; i < Integer.MAX_VALUE; i++) {
                    recorder.on(events.get(i < 8 ? i : 8 + i % 1_000));
                    if (i % 200 == 0) {
                        Thread.sleep(1);
                    }
                }
            }
        }
    }

    private Path record(List<EngineEvent> events) throws IOException {
        Path file = folder.resolve("a.run.jsonl");
        try (RunRecorder recorder = new RunRecorder(1, file)) {
            events.forEach(recorder::on);
        }
        assertEquals(
                events.size(),
                new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().count());
        return file;
    }

    private static QuerySnapshot fold(List<EngineEvent> events) {
        QueryReducer live = new QueryReducer(1);
        events.forEach(live::on);
        return live.snapshot();
    }
}
