package dev.vitrine.engine.schedule;

import dev.vitrine.engine.settings.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Finds tasks that take much longer than the others of their stage, as Spark's speculation does:
/// once a share of the tasks is done, those that run longer than a multiple of the median time.
final class Speculation {
    private final boolean enabled;
    private final double quantile;
    private final double multiplier;
    private final long minNanos;
    private final Map<Integer, List<Long>> times = new HashMap<>();

    Speculation(Settings settings) {
        this.enabled = settings.getBoolean(Settings.SPECULATION);
        this.quantile = settings.getDouble(Settings.SPECULATION_QUANTILE);
        this.multiplier = settings.getDouble(Settings.SPECULATION_MULTIPLIER);
        this.minNanos =
                TimeUnit.MILLISECONDS.toNanos(settings.getMillis(Settings.SPECULATION_MIN_TIME));
    }

    boolean isEnabled() {
        return enabled;
    }

    /// Takes note of a task that has ended well.
    void ended(TaskRun run, long now) {
        if (enabled) {
            times.computeIfAbsent(run.stage().id(), id -> new ArrayList<>())
                    .add(now - run.startedNanos());
        }
    }

    /// Attempts of a stage that take long and have no other attempt beside them.
    List<TaskRun> stragglers(StageRun stage, long now) {
        List<Long> ended = times.getOrDefault(stage.id(), List.of());
        if (ended.isEmpty() || ended.size() < quantile * stage.taskCount()) {
            return List.of();
        }
        List<Long> sorted = new ArrayList<>(ended);
        Collections.sort(sorted);
        double longNanos = Math.max((double) minNanos, multiplier * sorted.get(sorted.size() / 2));
        return stage.running().stream()
                .filter(run ->
                        run.startedNanos() != 0
                                && now - run.startedNanos() > longNanos
                                && stage.running().stream()
                                                .filter(other -> other.task() == run.task())
                                                .count()
                                        == 1)
                .toList();
    }
}
