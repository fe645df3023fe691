package dev.vitrine.engine.schedule;

import dev.vitrine.engine.settings.Settings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which executors the tasks of a query avoid. A task that failed on one goes to another wherever
/// there is one; where exclusion is on, so do the other tasks of its stage, and of the query, after
/// some failures. Counted by the driver's thread, asked by slots.
final class Exclusion {
    /// A stage of -1 is the whole query.
    private record Avoided(int stage, String executor) {}

    private record FailedOn(int stage, int task, String executor) {}

    private final Executors executors;
    private final boolean enabled;
    private final int stageFailures;
    private final int queryFailures;
    private final Map<Avoided, Set<FailedOn>> failures = new HashMap<>();
    private final Set<Avoided> avoided = ConcurrentHashMap.newKeySet();
    private final Set<FailedOn> failedOn = ConcurrentHashMap.newKeySet();

    Exclusion(Executors executors, Settings settings) {
        this.executors = executors;
        this.enabled = settings.getBoolean(Settings.EXCLUDE);
        this.stageFailures = settings.getInt(Settings.EXCLUDE_STAGE_FAILURES);
        this.queryFailures = settings.getInt(Settings.EXCLUDE_QUERY_FAILURES);
    }

    /// Is told of an executor that is avoided from now on.
    interface Report {
        void excluded(int stage, int failedTasks);
    }

    void failed(int stage, int task, String executor, Report report) {
        FailedOn failed = new FailedOn(stage, task, executor);
        failedOn.add(failed);
        if (enabled) {
            count(new Avoided(stage, executor), failed, stageFailures, report);
            count(new Avoided(-1, executor), failed, queryFailures, report);
        }
    }

    private void count(Avoided key, FailedOn failed, int most, Report report) {
        Set<FailedOn> tasks = failures.computeIfAbsent(key, k -> new HashSet<>());
        tasks.add(failed);
        if (tasks.size() >= most && avoided.add(key)) {
            report.excluded(key.stage, tasks.size());
        }
    }

    /// Whether a task may run on an executor: one that it avoids is still better than none.
    ///
    /// @param notOn an executor that this attempt avoids, or empty
    boolean accepts(int stage, int task, String notOn, Executor executor) {
        if (failedOn.isEmpty() && notOn.isEmpty() || !avoids(stage, task, notOn, executor)) {
            return true;
        }
        for (Executor other : executors.present()) {
            if (other.isAlive() && !avoids(stage, task, notOn, other)) {
                return false;
            }
        }
        return true;
    }

    private boolean avoids(int stage, int task, String notOn, Executor executor) {
        return executor.name().equals(notOn)
                || failedOn.contains(new FailedOn(stage, task, executor.name()))
                || avoided.contains(new Avoided(stage, executor.name()))
                || avoided.contains(new Avoided(-1, executor.name()));
    }
}
