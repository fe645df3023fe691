package dev.vitrine.engine.schedule;

import dev.vitrine.engine.storage.BlockStore;
import org.jspecify.annotations.Nullable;

/// What a driver's thread is told.
sealed interface DriverMessage {
    /// A task attempt that has ended, with what it threw, if anything.
    record TaskEnd(TaskRun run, @Nullable Throwable failure) implements DriverMessage {}

    record CancelStage(int stageId) implements DriverMessage {}

    record ExecutorCame(Executor executor) implements DriverMessage {}

    /// @param blocks what was on it, gone by now
    record ExecutorGone(Executor executor, BlockStore blocks, String reason)
            implements DriverMessage {}
}
