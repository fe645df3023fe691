package dev.vitrine.engine.schedule;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Provokes the faults of a plan in one query. What a task is to suffer is drawn from the seed and
/// the numbers of the query and the task, so it does not depend on the order in which tasks run.
final class FaultBench {
    private static final long STEP_MILLIS = 5;

    private final long queryId;
    private final FaultPlan plan;
    private final Executors executors;
    private final BiConsumer<Fault, String> report;
    private final Random random;
    private final Set<Integer> fired = new HashSet<>();
    private int ended;

    /// The part of a query that faults reach.
    interface Reach {
        /// The map outputs that there are and that have not been read to their end, as stage and
        /// task; of one stage, or of all where `stage` is -1.
        List<int[]> outputs(int stage);

        void lose(int stage, int task, String reason);
    }

    /// @param report told of each fault that comes about, and what it hit
    FaultBench(
            long queryId, FaultPlan plan, Executors executors, BiConsumer<Fault, String> report) {
        this.queryId = queryId;
        this.plan = plan;
        this.executors = executors;
        this.report = report;
        this.random = new Random(plan.seed());
    }

    boolean isEmpty() {
        return plan.faults().isEmpty();
    }

    /// Makes a task late or lets it fail. Called on the slot's thread.
    void beforeTask(TaskRun run, Executor executor) {
        for (int i = 0; i < plan.faults().size(); i++) {
            switch (plan.faults().get(i)) {
                case Fault.SlowExecutor slow -> {
                    if (slow.executor().isEmpty() || slow.executor().equals(executor.name())) {
                        report.accept(slow, run.name() + " on " + executor.name());
                        sleep(slow.delayMillis(), run);
                    }
                }
                case Fault.FailTask fail -> {
                    if (hits(fail, i, run)) {
                        report.accept(fail, run.name() + " on " + executor.name());
                        throw new EngineException(
                                ErrorCode.TASK_LOST,
                                Map.of(
                                        "task",
                                        run.name(),
                                        "attempts",
                                        run.attempt() + 1,
                                        "executor",
                                        executor.name(),
                                        "reason",
                                        "the fault bench let it fail"));
                    }
                }
                case Fault.KillExecutor f -> {}
                case Fault.SilenceExecutor f -> {}
                case Fault.LoseOutput f -> {}
                case Fault.LoseCached f -> {}
                case Fault.ShrinkMemory f -> {}
            }
        }
    }

    private boolean hits(Fault.FailTask fail, int index, TaskRun run) {
        if (run.attempt() != fail.attempt()
                || fail.stage() >= 0 && fail.stage() != run.stage().id()) {
            return false;
        }
        long mixed = plan.seed();
        for (long part : new long[] {queryId, index, run.stage().id(), run.task(), run.attempt()}) {
            mixed = (mixed ^ part) * 0x9E3779B97F4A7C15L;
            mixed ^= mixed >>> 32;
        }
        return (mixed >>> 11) * 0x1.0p-53 < fail.probability();
    }

    private static void sleep(long millis, TaskRun run) {
        long end = System.nanoTime() + millis * 1_000_000;
        try {
            while (System.nanoTime() < end && !run.isStopped()) {
                Thread.sleep(STEP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Does what is due now that one more task has ended. Called on the driver's thread.
    void afterTask(Reach reach) {
        ended++;
        for (int i = 0; i < plan.faults().size(); i++) {
            Fault fault = plan.faults().get(i);
            String target = fired.contains(i) ? null : fire(fault, reach);
            if (target != null) {
                fired.add(i);
                report.accept(fault, target);
            }
        }
    }

    /// What a fault hit; null where it is not due or there is nothing to hit.
    private @Nullable String fire(Fault fault, Reach reach) {
        return switch (fault) {
            case Fault.KillExecutor(var executor, int after) ->
                    ended < after ? null : kill(victim(executor));
            case Fault.SilenceExecutor(var executor, int after) ->
                    ended < after ? null : silence(victim(executor));
            case Fault.LoseOutput lose -> ended < lose.afterTasks() ? null : lose(lose, reach);
            case Fault.LoseCached lose -> ended < lose.afterTasks() ? null : lose(lose);
            case Fault.ShrinkMemory(long bytes, int after) -> ended < after ? null : shrink(bytes);
            case Fault.SlowExecutor slow -> null;
            case Fault.FailTask fail -> null;
        };
    }

    /// The executor that a fault names, or one that is drawn; null where it is gone or the last.
    private @Nullable Executor victim(String name) {
        List<Executor> alive = executors.present().stream().filter(Executor::isAlive).toList();
        if (alive.size() < 2) {
            return null;
        }
        return name.isEmpty()
                ? alive.get(random.nextInt(alive.size()))
                : alive.stream().filter(e -> e.name().equals(name)).findFirst().orElse(null);
    }

    private @Nullable String kill(@Nullable Executor victim) {
        return victim != null && executors.kill(victim.name(), "killed by the fault bench")
                ? victim.name()
                : null;
    }

    private @Nullable String silence(@Nullable Executor victim) {
        return victim != null && executors.silence(victim.name()) ? victim.name() : null;
    }

    private @Nullable String lose(Fault.LoseOutput lose, Reach reach) {
        List<int[]> outputs =
                reach.outputs(lose.stage()).stream()
                        .filter(output -> lose.task() < 0 || output[1] == lose.task())
                        .toList();
        if (outputs.isEmpty()) {
            return null;
        }
        int[] output = outputs.get(random.nextInt(outputs.size()));
        reach.lose(output[0], output[1], "lost by the fault bench");
        return "what task " + output[1] + " of stage " + output[0] + " wrote";
    }

    private @Nullable String lose(Fault.LoseCached lose) {
        List<Map.Entry<String, Integer>> held =
                executors.present().stream()
                        .flatMap(executor -> executor.blocks().cachedPartitions().stream())
                        .filter(found ->
                                lose.cache().isEmpty()
                                        || found.getKey().equalsIgnoreCase(lose.cache()))
                        .filter(found ->
                                lose.partition() < 0 || found.getValue() == lose.partition())
                        .distinct()
                        .toList();
        if (held.isEmpty()) {
            return null;
        }
        Map.Entry<String, Integer> lost = held.get(random.nextInt(held.size()));
        for (Executor executor : executors.present()) {
            executor.blocks().loseCached(lost.getKey(), lost.getValue(), "lost by the fault bench");
        }
        return "partition " + lost.getValue() + " of the cached " + lost.getKey();
    }

    private String shrink(long bytes) {
        List<Executor> present = executors.present();
        present.forEach(executor -> executor.blocks().limit(bytes));
        return present.size() + " executors";
    }
}
