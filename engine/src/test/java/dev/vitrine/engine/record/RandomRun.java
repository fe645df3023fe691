package dev.vitrine.engine.record;

import dev.vitrine.engine.error.ErrorFamily;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.ErrorInfo;
import dev.vitrine.engine.event.NodeCounters;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.event.TaskCounters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Events of a run drawn from a seed, in the order that a driver would tell them.
final class RandomRun {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final Random random;
    private final List<EngineEvent> events = new ArrayList<>();
    private final List<EngineEvent.TaskStarted> running = new ArrayList<>();
    private long at;

    private RandomRun(long seed) {
        random = new Random(seed);
    }

    /// A run with `count` events between its plans and its end.
    static List<EngineEvent> events(long seed, int count) {
        return new RandomRun(seed).make(count);
    }

    private long later() {
        at += random.nextInt(1_000_000);
        return at;
    }

    private PlanTree plan(int depth) {
        return new PlanTree(
                depth,
                "Node" + random.nextInt(100),
                List.of("detail " + random.nextInt()),
                "",
                random.nextInt(1000),
                depth == 0 ? List.of() : List.of(plan(depth - 1)));
    }

    private List<EngineEvent> make(int count) {
        events.add(
                new EngineEvent.QueryStarted(1, "SELECT ü", START, "local[2]", Map.of("k", "v")));
        for (PlanPhase phase : PlanPhase.values()) {
            events.add(new EngineEvent.PlanReady(1, phase, plan(3), 10, later()));
        }
        List<EngineEvent.StageInfo> stages = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            stages.add(
                    new EngineEvent.StageInfo(
                            i, "stage " + i, i == 0 ? List.of() : List.of(i - 1), List.of(i)));
        }
        events.add(new EngineEvent.StagesPlanned(1, stages, later()));
        for (int i = 0; i < 3; i++) {
            events.add(new EngineEvent.StageStarted(1, i, count, later()));
        }
        for (int i = 0; i < count; i++) {
            events.add(step(i));
        }
        events.add(
                new EngineEvent.ResultSampled(
                        1, List.of("a INT"), List.of(List.of("1")), 1, later()));
        events.add(
                new EngineEvent.QueryFinished(
                        1,
                        new QueryOutcome.Succeeded(1),
                        List.of(new NodeCounters(1, 5, 1)),
                        later()));
        return events;
    }

    private EngineEvent step(int i) {
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> {
                var started =
                        new EngineEvent.TaskStarted(
                                1, random.nextInt(3), i, 0, "driver", i % 2, "in " + i, later());
                running.add(started);
                yield started;
            }
            case 3, 4 -> finish(i);
            case 5, 6 ->
                    new EngineEvent.Progress(
                            1,
                            running.stream()
                                    .map(t ->
                                            new EngineEvent.TaskProgress(
                                                    t.stageId(), t.task(), t.attempt(), counters()))
                                    .toList(),
                            List.of(new NodeCounters(random.nextInt(4), random.nextInt(99), 1)),
                            later());
            case 7 ->
                    new EngineEvent.MemorySampled(
                            1,
                            List.of(new EngineEvent.MemoryUse("sort", random.nextInt(99))),
                            random.nextInt(99),
                            100,
                            5,
                            10,
                            1,
                            2);
            case 8 ->
                    new EngineEvent.RuleApplied(
                            1, "batch", "rule " + i, 1, List.of(0), plan(2), plan(1), i);
            case 9 ->
                    new EngineEvent.CodeReady(
                            1, 0, "Stage" + i, "class Stage" + i, List.of(0), i, false, "");
            case 10 ->
                    new EngineEvent.LogLine(
                            1, EngineEvent.LogLine.Level.INFO, "log", "line " + i, START);
            case 11 -> new EngineEvent.ExecutorAdded(1, "executor-" + i % 4, 2, later());
            case 12 -> new EngineEvent.ExecutorRemoved(1, "executor-" + i % 4, "gone", later());
            default -> new EngineEvent.FaultFired(1, "kill", "executor-" + i % 4, later());
        };
    }

    private EngineEvent finish(int i) {
        if (running.isEmpty()) {
            return new EngineEvent.TaskSpeculated(1, 0, i, 1, later());
        }
        var task = running.remove(random.nextInt(running.size()));
        QueryOutcome outcome =
                random.nextInt(4) == 0
                        ? new QueryOutcome.Failed(
                                new ErrorInfo(
                                        "X",
                                        "00000",
                                        ErrorFamily.USER,
                                        "no",
                                        "",
                                        Optional.empty(),
                                        "",
                                        ""))
                        : new QueryOutcome.Succeeded(1);
        return new EngineEvent.TaskFinished(
                1, task.stageId(), task.task(), task.attempt(), outcome, counters(), later());
    }

    private TaskCounters counters() {
        return new TaskCounters(random.nextInt(9), 2, 3, 4, 5, 6, 7, 8);
    }
}
