package dev.vitrine.engine.schedule;

/// Something that goes wrong on purpose, in one query.
///
/// `afterTasks` is how many tasks of the query have ended when it comes about; a stage or task of
/// -1, or an empty executor, is whichever comes first or is drawn by the plan's seed.
public sealed interface Fault {
    /// An executor dies, with its tasks and blocks. Nothing happens where it is the last one.
    record KillExecutor(String executor, int afterTasks) implements Fault {
        @Override
        public String text() {
            return "kill" + Fault.on(executor) + " after=" + afterTasks;
        }
    }

    /// An executor hangs: it sends no more heartbeats and is lost when the timeout is over.
    record SilenceExecutor(String executor, int afterTasks) implements Fault {
        @Override
        public String text() {
            return "silence" + Fault.on(executor) + " after=" + afterTasks;
        }
    }

    /// Attempt number `attempt` (from 0) of a task of a stage fails, with a probability.
    record FailTask(double probability, int attempt, int stage) implements Fault {
        @Override
        public String text() {
            return "fail p=" + probability + " attempt=" + attempt + Fault.of(stage);
        }
    }

    /// What a map task wrote is lost.
    record LoseOutput(int stage, int task, int afterTasks) implements Fault {
        @Override
        public String text() {
            return "lose"
                    + Fault.of(stage)
                    + (task < 0 ? "" : " task=" + task)
                    + " after="
                    + afterTasks;
        }
    }

    /// A cached partition is lost, on whatever executors hold it.
    ///
    /// @param cache name of what is cached, or empty for any
    record LoseCached(String cache, int partition, int afterTasks) implements Fault {
        @Override
        public String text() {
            return "lose cache="
                    + (cache.isEmpty() ? "*" : cache)
                    + (partition < 0 ? "" : " partition=" + partition)
                    + " after="
                    + afterTasks;
        }
    }

    /// Each task on an executor begins later.
    record SlowExecutor(String executor, long delayMillis) implements Fault {
        @Override
        public String text() {
            return "slow" + Fault.on(executor) + " delay=" + delayMillis + "ms";
        }
    }

    /// All executors may keep fewer bytes of blocks in memory from now on, cached ones among them.
    record ShrinkMemory(long bytes, int afterTasks) implements Fault {
        @Override
        public String text() {
            return "shrink bytes=" + bytes + " after=" + afterTasks;
        }
    }

    /// The fault as [FaultPlan#parse] reads it.
    String text();

    private static String on(String executor) {
        return executor.isEmpty() ? "" : " executor=" + executor;
    }

    private static String of(int stage) {
        return stage < 0 ? "" : " stage=" + stage;
    }
}
