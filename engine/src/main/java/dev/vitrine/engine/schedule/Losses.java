package dev.vitrine.engine.schedule;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.storage.CacheLost;
import dev.vitrine.engine.storage.FetchFailed;
import java.util.Map;

/// What is said of tasks, stages and queries that lost what they need.
final class Losses {
    private Losses() {}

    static EngineException ofTask(TaskRun run, Throwable failure) {
        return lost(
                run.name(),
                run.attempt() + 1,
                executor(run),
                failure instanceof FetchFailed || failure instanceof CacheLost
                        ? String.valueOf(failure.getMessage())
                        : "the executor is gone");
    }

    static EngineException ofStage(TaskRun run, Throwable failure, int attempts) {
        return lost(
                "Stage " + run.stage().id(),
                attempts,
                executor(run),
                "what it reads was lost each time: " + failure.getMessage());
    }

    static EngineException ofLastExecutor(Executor executor, String reason) {
        return lost("The query", 1, executor.name(), "no executor is left: " + reason);
    }

    /// The name of the executor that an attempt ran on, or empty.
    static String executor(TaskRun run) {
        Executor executor = run.executor();
        return executor == null ? "" : executor.name();
    }

    private static EngineException lost(String what, int attempts, String executor, String reason) {
        return new EngineException(
                ErrorCode.TASK_LOST,
                Map.of("task", what, "attempts", attempts, "executor", executor, "reason", reason));
    }
}
