package dev.vitrine.engine.snapshot;

import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EngineEvent.*;
import dev.vitrine.engine.event.NodeCounters;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.event.TaskCounters;
import dev.vitrine.engine.snapshot.QuerySnapshot.*;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Folds the events of one query into its state and cuts snapshots of it. Used by one thread at a
/// time; deterministic, so that a recording replayed gives the snapshots of the live run.
public final class QueryReducer {
    /// Lines of the log that are kept.
    public static final int LOG_LINES = 2_000;

    private final long queryId;
    private long version;
    private String text = "";
    private Instant startedAt = Instant.EPOCH;
    private String master = "";
    private Map<String, String> settings = Map.of();
    private final Map<PlanPhase, PlanVersion> plans = new EnumMap<>(PlanPhase.class);
    private final List<RuleApplied> ruleSteps = new ArrayList<>();
    private List<RuleTime> ruleTimes = List.of();
    private final Map<Integer, Stage> stages = new LinkedHashMap<>();
    private final Map<TaskKey, TaskState> tasks = new LinkedHashMap<>();
    private Map<Integer, NodeCounters> nodes = new HashMap<>();
    private final List<CodeReady> code = new ArrayList<>();
    private final Map<String, ExecutorState> executors = new LinkedHashMap<>();
    private @Nullable MemorySampled memory;
    private @Nullable ResultSampled sample;
    private final List<FaultFired> faults = new ArrayList<>();
    private final Map<CacheKey, CacheBlockChanged> cached = new LinkedHashMap<>();
    private final ArrayDeque<LogLine> logs = new ArrayDeque<>();
    private long droppedLogs;
    private long elapsed;
    private @Nullable QueryOutcome outcome;

    public QueryReducer(long queryId) {
        this.queryId = queryId;
    }

    /// A reducer that goes on from `state` as the one that cut it would.
    public static QueryReducer from(QuerySnapshot state) {
        QueryReducer reducer = new QueryReducer(state.queryId());
        reducer.version = state.version();
        reducer.text = state.text();
        reducer.startedAt = state.startedAt();
        reducer.master = state.master();
        reducer.settings = state.settings();
        reducer.plans.putAll(state.plans());
        reducer.ruleSteps.addAll(state.ruleSteps());
        reducer.ruleTimes = state.ruleTimes();
        state.stages().forEach(stage -> reducer.stages.put(stage.stageId(), new Stage(stage)));
        state.tasks()
                .forEach(task ->
                        reducer.tasks.put(
                                new TaskKey(task.stageId(), task.task(), task.attempt()), task));
        reducer.nodes.putAll(state.nodes());
        reducer.code.addAll(state.code());
        state.executors().forEach(e -> reducer.executors.put(e.name(), e));
        reducer.memory = state.memory().orElse(null);
        reducer.sample = state.sample().orElse(null);
        reducer.faults.addAll(state.faults());
        state.cached()
                .forEach(c -> reducer.cached.put(new CacheKey(c.cacheId(), c.partition()), c));
        reducer.logs.addAll(state.logs());
        reducer.droppedLogs = state.droppedLogs();
        reducer.elapsed = state.elapsedNanos();
        reducer.outcome = state.outcome().orElse(null);
        return reducer;
    }

    /// Takes in one event; events of other queries are passed over.
    public void on(EngineEvent event) {
        if (event.queryId() != queryId) {
            return;
        }
        version++;
        elapsed = Math.max(elapsed, event.at());
        switch (event) {
            case QueryStarted started -> {
                text = started.text();
                startedAt = started.startedAt();
                master = started.master();
                settings = Map.copyOf(started.settings());
            }
            case PlanReady ready -> {
                plans.put(ready.phase(), new PlanVersion(ready.plan(), ready.phaseNanos()));
            }
            case RuleApplied applied -> ruleSteps.add(applied);
            case RulesFinished finished -> ruleTimes = List.copyOf(finished.rules());
            case StagesPlanned planned -> {
                // Planned again, a stage keeps what it has done.
                planned.stages().forEach(info -> stage(info.stageId()).info = info);
            }
            case StageStarted started -> {
                Stage stage = stage(started.stageId());
                stage.state = RunState.RUNNING;
                stage.taskCount = started.tasks();
                stage.startedAt = started.at();
            }
            case StageFinished finished -> {
                Stage stage = stage(finished.stageId());
                stage.state = state(finished.outcome());
                stage.finishedAt = finished.at();
            }
            case CodeReady ready -> code.add(ready);
            case TaskStarted s -> {
                tasks.put(
                        new TaskKey(s.stageId(), s.task(), s.attempt()),
                        new TaskState(
                                s.stageId(),
                                s.task(),
                                s.attempt(),
                                s.executor(),
                                s.slot(),
                                s.input(),
                                RunState.RUNNING,
                                TaskCounters.NONE,
                                s.at(),
                                -1,
                                ""));
                stage(s.stageId()).running++;
            }
            case Progress progress -> {
                progress.tasks().forEach(this::sample);
                count(progress.nodes());
            }
            case TaskFinished finished -> finish(finished);
            case MemorySampled sampled -> memory = sampled;
            case ResultSampled sampled -> {
                sample = sampled;
            }
            case ExecutorAdded added ->
                    executors.put(
                            added.executor(),
                            new ExecutorState(added.executor(), added.slots(), false, ""));
            case ExecutorRemoved removed -> {
                executors.computeIfPresent(
                        removed.executor(),
                        (name, state) ->
                                new ExecutorState(name, state.slots(), true, removed.reason()));
                log(
                        LogLine.Level.WARN,
                        removed.executor(),
                        "removed: " + removed.reason(),
                        removed.at());
            }
            case ExecutorExcluded excluded ->
                    log(
                            LogLine.Level.WARN,
                            excluded.executor(),
                            "excluded after " + excluded.failedTasks() + " failed tasks",
                            excluded.at());
            case BlockLost lost ->
                    log(
                            LogLine.Level.WARN,
                            lost.executor(),
                            "lost what tasks "
                                    + lost.tasks()
                                    + " of stage "
                                    + lost.stageId()
                                    + " wrote: "
                                    + lost.reason(),
                            lost.at());
            case CacheBlockChanged changed ->
                    cached.put(new CacheKey(changed.cacheId(), changed.partition()), changed);
            case StageResubmitted again -> {
                Stage stage = stage(again.stageId());
                stage.state = RunState.RUNNING;
                stage.done = Math.max(0, stage.done - again.tasks().size());
                stage.again += again.tasks().size();
            }
            case AdaptiveDecision decided -> {
                stage(decided.stage().stageId()).info = decided.stage();
                log(
                        LogLine.Level.INFO,
                        decided.rule(),
                        "stage %d: %s (%s)"
                                .formatted(
                                        decided.stage().stageId(),
                                        decided.decision(),
                                        decided.statistic()),
                        decided.at());
            }
            case StageSkipped left -> stage(left.stageId()).state = RunState.SKIPPED;
            case TaskSpeculated speculated -> {}
            case FaultFired fired -> {
                faults.add(fired);
                log(LogLine.Level.WARN, "fault", fired.fault() + ": " + fired.target(), fired.at());
            }
            case LogLine line -> log(line);
            case QueryFinished finished -> {
                outcome = finished.outcome();
                count(finished.nodes());
            }
        }
    }

    /// Counts an event of the query that somebody else keeps: snapshots are without it.
    public void passOver() {
        version++;
    }

    private void log(LogLine.Level level, String source, String text, long at) {
        log(new LogLine(queryId, level, source, text, startedAt.plusNanos(at)));
    }

    private void log(LogLine line) {
        logs.add(line);
        if (logs.size() > LOG_LINES) {
            logs.removeFirst();
            droppedLogs++;
        }
    }

    /// The state as it is now.
    public QuerySnapshot snapshot() {
        Map<Integer, TaskCounters> counted = new HashMap<>();
        for (TaskState task : tasks.values()) {
            if (task.state() == RunState.RUNNING || task.state() == RunState.SUCCEEDED) {
                counted.merge(task.stageId(), task.counters(), TaskCounters::plus);
            }
        }
        return new QuerySnapshot(
                queryId,
                version,
                text,
                startedAt,
                master,
                settings,
                Collections.unmodifiableMap(new EnumMap<>(plans)),
                List.copyOf(ruleSteps),
                ruleTimes,
                stages.values().stream()
                        .map(stage ->
                                stage.state(
                                        counted.getOrDefault(
                                                stage.info.stageId(), TaskCounters.NONE)))
                        .toList(),
                List.copyOf(tasks.values()),
                Map.copyOf(nodes),
                List.copyOf(code),
                List.copyOf(executors.values()),
                List.copyOf(faults),
                List.copyOf(cached.values()),
                Optional.ofNullable(memory),
                Optional.ofNullable(sample),
                List.copyOf(logs),
                droppedLogs,
                elapsed,
                Optional.ofNullable(outcome));
    }

    private void sample(TaskProgress progress) {
        tasks.computeIfPresent(
                new TaskKey(progress.stageId(), progress.task(), progress.attempt()),
                (key, t) ->
                        t.state() == RunState.RUNNING
                                ? new TaskState(
                                        t.stageId(),
                                        t.task(),
                                        t.attempt(),
                                        t.executor(),
                                        t.slot(),
                                        t.input(),
                                        t.state(),
                                        progress.counters(),
                                        t.startedAt(),
                                        -1,
                                        "")
                                : t);
    }

    private void finish(TaskFinished f) {
        Stage stage = stage(f.stageId());
        stage.running--;
        switch (f.outcome()) {
            case QueryOutcome.Succeeded s -> stage.done = Math.min(stage.done + 1, stage.taskCount);
            case QueryOutcome.Failed s -> stage.failed++;
            case QueryOutcome.Cancelled s -> {}
        }
        String error = f.outcome() instanceof QueryOutcome.Failed(var info) ? info.message() : "";
        tasks.computeIfPresent(
                new TaskKey(f.stageId(), f.task(), f.attempt()),
                (key, t) ->
                        new TaskState(
                                t.stageId(),
                                t.task(),
                                t.attempt(),
                                t.executor(),
                                t.slot(),
                                t.input(),
                                state(f.outcome()),
                                f.counters(),
                                t.startedAt(),
                                f.at(),
                                error));
    }

    private void count(List<NodeCounters> counters) {
        counters.forEach(counter -> nodes.put(counter.nodeId(), counter));
    }

    private Stage stage(int stageId) {
        return stages.computeIfAbsent(
                stageId, id -> new Stage(new StageInfo(id, "Stage " + id, List.of(), List.of())));
    }

    private static RunState state(QueryOutcome outcome) {
        return switch (outcome) {
            case QueryOutcome.Succeeded s -> RunState.SUCCEEDED;
            case QueryOutcome.Failed f -> RunState.FAILED;
            case QueryOutcome.Cancelled c -> RunState.CANCELLED;
        };
    }

    private record CacheKey(long cacheId, int partition) {}

    private record TaskKey(int stageId, int task, int attempt) {}

    private static final class Stage {
        private StageInfo info;
        private RunState state = RunState.WAITING;
        private int taskCount;
        private int running;
        private int done;
        private int failed;
        private int again;
        private long startedAt = -1;
        private long finishedAt = -1;

        private Stage(StageInfo info) {
            this.info = info;
        }

        private Stage(StageState s) {
            this(new StageInfo(s.stageId(), s.label(), s.parents(), s.nodeIds()));
            state = s.state();
            taskCount = s.tasks();
            running = s.tasksRunning();
            done = s.tasksDone();
            failed = s.tasksFailed();
            again = s.tasksAgain();
            startedAt = s.startedAt();
            finishedAt = s.finishedAt();
        }

        /// @param counters sums over the tasks that count
        private StageState state(TaskCounters counters) {
            return new StageState(
                    info.stageId(),
                    info.label(),
                    info.parents(),
                    info.nodeIds(),
                    state,
                    taskCount,
                    running,
                    done,
                    failed,
                    again,
                    counters,
                    startedAt,
                    finishedAt);
        }
    }
}
