package dev.vitrine.app.bench;

import dev.vitrine.app.background.TemporaryFolder;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EngineEvent.*;
import dev.vitrine.engine.event.NodeCounters;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.event.TaskCounters;
import dev.vitrine.engine.record.RunRecorder;
import dev.vitrine.engine.record.RunReplay;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// How fast a long recording opens: one is made of the events of a run of many hours (samples of
/// sixteen running tasks, tasks that come and go, steps of rules, a log), then opened with its
/// index, at instants in between, and with its index lost.
///
/// @param lines what was done and how long it took
public record RecordingSpeed(String title, List<String> lines) {
    private static final int STAGES = 40;
    private static final int NODES = 60;
    private static final int RUNNING = 16;
    private static final int STEPS = 2_000;
    private static final int SAMPLES_A_TASK = 3;
    private static final long SAMPLE_NANOS = 100_000_000;
    private static final int EVENTS_AHEAD = 10_000;

    public RecordingSpeed {
        lines = List.copyOf(lines);
    }

    /// @param megabytes how large the recording becomes, about
    public static RecordingSpeed measure(int megabytes) throws IOException {
        List<String> lines = new ArrayList<>();
        try (TemporaryFolder folder = TemporaryFolder.create("vitrine-recording")) {
            Path file = folder.path().resolve("long.run.jsonl");
            long start = System.nanoTime();
            write(file, (long) megabytes << 20);
            Path index = file.resolveSibling(file.getFileName() + ".index");
            lines.add(
                    line("recorded, index and all", System.nanoTime() - start)
                            + String.format(
                                    Locale.ROOT,
                                    "; %,d MB, index %,d MB",
                                    Files.size(file) >> 20,
                                    Files.size(index) >> 20));
            start = System.nanoTime();
            RunReplay replay = RunReplay.open(file);
            QuerySnapshot end = replay.end();
            lines.add(
                    line("opened", System.nanoTime() - start)
                            + String.format(
                                    Locale.ROOT,
                                    "; %,d events, %,d tasks, %,d steps of rules",
                                    end.version(),
                                    end.tasks().size(),
                                    end.ruleSteps().size()));
            start = System.nanoTime();
            RunReplay.open(file);
            lines.add(line("opened again", System.nanoTime() - start));
            for (int part = 1; part < 4; part++) {
                Duration at = replay.duration().multipliedBy(part).dividedBy(4);
                start = System.nanoTime();
                replay.at(at);
                lines.add(
                        line(
                                "the state after " + at.toMinutes() + " minutes",
                                System.nanoTime() - start));
            }
            Files.delete(index);
            start = System.nanoTime();
            RunReplay.open(file);
            lines.add(line("opened without its index, which is made", System.nanoTime() - start));
        }
        return new RecordingSpeed("A recording of " + megabytes + " MB", lines);
    }

    private static String line(String what, long nanos) {
        return String.format(Locale.ROOT, "%-42s %8.2f s", what, nanos / 1e9);
    }

    /// A table for people.
    public String text() {
        return title + "\n" + String.join("\n", lines) + "\n";
    }

    private static void write(Path file, long bytes) throws IOException {
        try (RunRecorder recorder = new RunRecorder(1, file)) {
            new Run(recorder, file, bytes).play();
        }
    }

    /// The events of the run.
    private static final class Run {
        private final RunRecorder recorder;
        private final Path file;
        private final long bytes;
        private final Random random = new Random(1);
        private final List<TaskStarted> running = new ArrayList<>();
        private long at;
        private int task;
        private long told;

        private Run(RunRecorder recorder, Path file, long bytes) {
            this.recorder = recorder;
            this.file = file;
            this.bytes = bytes;
        }

        private void tell(EngineEvent event) {
            recorder.on(event);
            told++;
        }

        private void play() throws IOException {
            tell(new QueryStarted(1, "SELECT …", Instant.EPOCH, "local[16]", Map.of()));
            PlanTree plan = plan(NODES);
            for (PlanPhase phase : PlanPhase.values()) {
                tell(new PlanReady(1, phase, plan, 1, at));
            }
            for (int i = 0; i < STEPS; i++) {
                tell(new RuleApplied(1, "batch", "rule " + i, 1, List.of(), plan, plan, 1));
            }
            tell(
                    new StagesPlanned(
                            1,
                            IntStream.range(0, STAGES)
                                    .mapToObj(i ->
                                            new StageInfo(
                                                    i, "Stage " + i, List.of(), List.of(i + 1)))
                                    .toList(),
                            at));
            while (Files.size(file) < bytes) {
                for (long goal = told + EVENTS_AHEAD; told < goal; ) {
                    sample();
                }
                // The queue of a recorder has no end: wait for the disk.
                for (long before = -1; before != Files.size(file); ) {
                    before = Files.size(file);
                    java.util.concurrent.locks.LockSupport.parkNanos(SAMPLE_NANOS);
                }
            }
            tell(new QueryFinished(1, new QueryOutcome.Succeeded(1), List.of(), at));
        }

        private static PlanTree plan(int depth) {
            return new PlanTree(
                    depth,
                    "Project",
                    List.of("[column_" + depth + ", other_column_" + depth + "]"),
                    "",
                    1_000,
                    depth == 1 ? List.of() : List.of(plan(depth - 1)));
        }

        private void sample() {
            at += SAMPLE_NANOS;
            int stage = (int) (told / 200_000 % STAGES);
            while (running.size() < RUNNING) {
                TaskStarted started =
                        new TaskStarted(
                                1, stage, task++, 0, "executor-1", running.size(), "part", at);
                running.add(started);
                tell(started);
            }
            tell(
                    new Progress(
                            1,
                            running.stream()
                                    .map(t ->
                                            new TaskProgress(t.stageId(), t.task(), 0, counters()))
                                    .toList(),
                            IntStream.rangeClosed(1, NODES / 4)
                                    .mapToObj(i -> new NodeCounters(i, random.nextInt(), 1))
                                    .toList(),
                            at));
            for (int i = 0; i < RUNNING / SAMPLES_A_TASK; i++) {
                TaskStarted t = running.remove(random.nextInt(running.size()));
                tell(
                        new TaskFinished(
                                1,
                                t.stageId(),
                                t.task(),
                                0,
                                new QueryOutcome.Succeeded(5),
                                counters(),
                                at));
            }
        }

        private TaskCounters counters() {
            long n = random.nextInt(1_000_000);
            return new TaskCounters(n, n * 8, n / 2, n * 4, n, 0, 0, n * 50);
        }
    }
}
