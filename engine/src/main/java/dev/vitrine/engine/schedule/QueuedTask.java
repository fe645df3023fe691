package dev.vitrine.engine.schedule;

import java.util.function.Predicate;

/// A task attempt that waits for a slot.
///
/// @param preferred name of the executor that holds most of what it reads, or empty
/// @param accepts whether an executor may run it
/// @param withdrawn called where it is taken back before it runs
record QueuedTask(
        Job job, String preferred, Predicate<Executor> accepts, Work work, Runnable withdrawn) {

    /// What runs on a slot.
    interface Work {
        void run(Executor executor, int slot);
    }

    /// The query that tasks belong to, as far as slots are shared out.
    ///
    /// @param pool name of its pool
    /// @param weight share of slots that the pool gets
    /// @param minShare slots that the pool gets before others get more
    record Job(long queryId, String pool, int weight, int minShare) {}
}
