package dev.vitrine.engine.record;

import dev.vitrine.engine.event.EngineEvent.CodeReady;
import dev.vitrine.engine.event.EngineEvent.FaultFired;
import dev.vitrine.engine.event.EngineEvent.LogLine;
import dev.vitrine.engine.event.EngineEvent.RuleApplied;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.snapshot.QueryReducer;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.QuerySnapshot.PlanVersion;
import dev.vitrine.engine.snapshot.QuerySnapshot.TaskState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What checkpoints leave out of a snapshot, and how they are put together again.
final class RecordingState {
    private RecordingState() {}

    /// What of `now` is not in `before`, a snapshot cut earlier by the same reducer; its rule steps
    /// and code are left out.
    static QuerySnapshot changes(Optional<QuerySnapshot> before, QuerySnapshot now) {
        Map<PlanPhase, PlanVersion> plans = new EnumMap<>(PlanPhase.class);
        now.plans()
                .forEach((phase, plan) -> {
                    if (before.isEmpty() || before.get().plans().get(phase) != plan) {
                        plans.put(phase, plan);
                    }
                });
        // Attempts keep their places in the list, and their identity while nothing happens to them.
        List<TaskState> known = before.map(QuerySnapshot::tasks).orElse(List.of());
        List<TaskState> tasks = new ArrayList<>();
        for (int i = 0; i < now.tasks().size(); i++) {
            if (i >= known.size() || known.get(i) != now.tasks().get(i)) {
                tasks.add(now.tasks().get(i));
            }
        }
        long knownLogs = before.map(RecordingState::logLines).orElse(0L);
        int newLogs = (int) Math.min(now.logs().size(), logLines(now) - knownLogs);
        int faults = before.map(s -> s.faults().size()).orElse(0);
        return with(
                now,
                plans,
                List.of(),
                tasks,
                List.of(),
                now.faults().subList(faults, now.faults().size()),
                now.logs().subList(now.logs().size() - newLogs, now.logs().size()));
    }

    private static long logLines(QuerySnapshot snapshot) {
        return snapshot.droppedLogs() + snapshot.logs().size();
    }

    /// The snapshot at the last of `checkpoints`, which are all up to that one, without rule steps
    /// and code.
    static QuerySnapshot whole(List<Checkpoint> checkpoints) {
        Map<PlanPhase, PlanVersion> plans = new EnumMap<>(PlanPhase.class);
        Map<TaskKey, TaskState> tasks = new LinkedHashMap<>();
        List<FaultFired> faults = new ArrayList<>();
        List<LogLine> logs = new ArrayList<>();
        for (Checkpoint checkpoint : checkpoints) {
            QuerySnapshot changed = checkpoint.changed();
            plans.putAll(changed.plans());
            changed.tasks()
                    .forEach(t -> tasks.put(new TaskKey(t.stageId(), t.task(), t.attempt()), t));
            faults.addAll(changed.faults());
            logs.addAll(changed.logs());
        }
        QuerySnapshot last = checkpoints.getLast().changed();
        int kept = last.droppedLogs() > 0 ? QueryReducer.LOG_LINES : logs.size();
        return with(
                last,
                plans,
                List.of(),
                List.copyOf(tasks.values()),
                List.of(),
                List.copyOf(faults),
                List.copyOf(logs.subList(logs.size() - kept, logs.size())));
    }

    /// `snapshot` with these steps of rules and this code.
    static QuerySnapshot with(
            QuerySnapshot snapshot, List<RuleApplied> steps, List<CodeReady> code) {
        return with(
                snapshot,
                snapshot.plans(),
                steps,
                snapshot.tasks(),
                code,
                snapshot.faults(),
                snapshot.logs());
    }

    private record TaskKey(int stageId, int task, int attempt) {}

    private static QuerySnapshot with(
            QuerySnapshot s,
            Map<PlanPhase, PlanVersion> plans,
            List<RuleApplied> steps,
            List<TaskState> tasks,
            List<CodeReady> code,
            List<FaultFired> faults,
            List<LogLine> logs) {
        return new QuerySnapshot(
                s.queryId(),
                s.version(),
                s.text(),
                s.startedAt(),
                s.master(),
                s.settings(),
                plans,
                steps,
                s.ruleTimes(),
                s.stages(),
                tasks,
                s.nodes(),
                code,
                s.executors(),
                faults,
                s.cached(),
                s.memory(),
                s.sample(),
                logs,
                s.droppedLogs(),
                s.elapsedNanos(),
                s.outcome());
    }
}
