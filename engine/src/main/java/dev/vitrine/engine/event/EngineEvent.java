package dev.vitrine.engine.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Something that happened in the engine. Times `at` are nanoseconds since the query's start, on
/// one clock.
///
/// Counters arrive in samples, about ten times a second, never one event a batch; the last sample
/// before an end is exact.
public sealed interface EngineEvent {
    /// The query it belongs to, or 0 for the session itself.
    long queryId();

    /// When it happened, or -1 for a kind that does not say so.
    default long at() {
        return -1;
    }

    /// @param text the SQL text, or the pipeline's name
    /// @param settings settings that differ from their defaults
    record QueryStarted(
            long queryId,
            String text,
            Instant startedAt,
            String master,
            Map<String, String> settings)
            implements EngineEvent {}

    /// A version of the plan is ready.
    record PlanReady(long queryId, PlanPhase phase, PlanTree plan, long phaseNanos, long at)
            implements EngineEvent {}

    /// A rule changed the plan at `path` (child indexes from the root): the subtree before and
    /// after. When a rule changes attributes throughout, the path is empty and the subtrees are the
    /// whole plan.
    record RuleApplied(
            long queryId,
            String batch,
            String rule,
            int pass,
            List<Integer> path,
            PlanTree before,
            PlanTree after,
            long nanos)
            implements EngineEvent {}

    /// What each rule cost over the whole optimization, in order of first use, rules that changed
    /// nothing included.
    record RulesFinished(long queryId, List<RuleTime> rules) implements EngineEvent {}

    /// @param enabled false where the user switched the rule off
    record RuleTime(String batch, String rule, int calls, int hits, long nanos, boolean enabled) {}

    /// The stages that the query will run, in topological order.
    record StagesPlanned(long queryId, List<StageInfo> stages, long at) implements EngineEvent {}

    /// @param label operators in words: `Scan flights → Filter → HashAggregate (partial)`
    /// @param parents ids of stages whose exchanges it reads
    /// @param nodeIds ids of the physical plan's nodes that run in it
    record StageInfo(int stageId, String label, List<Integer> parents, List<Integer> nodeIds) {}

    record StageStarted(long queryId, int stageId, int tasks, long at) implements EngineEvent {}

    record StageFinished(long queryId, int stageId, QueryOutcome outcome, long at)
            implements EngineEvent {}

    /// @param lineNodes for each line of `source`, the id of the plan node it works for, or 0
    /// @param problem why the stage is interpreted instead, or empty when it is compiled
    record CodeReady(
            long queryId,
            int stageId,
            String className,
            String source,
            List<Integer> lineNodes,
            long compileNanos,
            boolean cached,
            String problem)
            implements EngineEvent {
        /// How a problem begins that is a failure of ours, not a limit of what is compiled.
        public static final String FAILURE = "Interpreted after a failure: ";

        /// Whether the stage should have been compiled and was not.
        public boolean failed() {
            return problem.startsWith(FAILURE);
        }
    }

    record TaskStarted(
            long queryId,
            int stageId,
            int task,
            int attempt,
            String executor,
            int slot,
            String input,
            long at)
            implements EngineEvent {}

    /// A sample of all running tasks, and of the nodes of their stages.
    record Progress(long queryId, List<TaskProgress> tasks, List<NodeCounters> nodes, long at)
            implements EngineEvent {}

    record TaskProgress(int stageId, int task, int attempt, TaskCounters counters) {}

    record TaskFinished(
            long queryId,
            int stageId,
            int task,
            int attempt,
            QueryOutcome outcome,
            TaskCounters counters,
            long at)
            implements EngineEvent {}

    /// @param uses bytes by owner, `HashAggregate stage 2`, largest first
    record MemorySampled(
            long queryId,
            List<MemoryUse> uses,
            long usedBytes,
            long limitBytes,
            long heapUsedBytes,
            long heapMaxBytes,
            int busySlots,
            int slots)
            implements EngineEvent {}

    record MemoryUse(String owner, long bytes) {}

    record ExecutorAdded(long queryId, String executor, int slots, long at)
            implements EngineEvent {}

    /// An executor is gone, and with it what it held.
    record ExecutorRemoved(long queryId, String executor, String reason, long at)
            implements EngineEvent {}

    /// An executor is avoided from now on, by a stage or, where that is -1, by the whole query.
    record ExecutorExcluded(long queryId, String executor, int stageId, int failedTasks, long at)
            implements EngineEvent {}

    /// Outputs of a stage's tasks are lost.
    record BlockLost(
            long queryId, int stageId, List<Integer> tasks, String executor, String reason, long at)
            implements EngineEvent {}

    /// A stage runs some of its tasks again, since what they wrote is lost and still needed.
    record StageResubmitted(long queryId, int stageId, List<Integer> tasks, long at)
            implements EngineEvent {}

    /// Adaptive execution changed a stage that had not begun.
    ///
    /// @param stage as it is from then on
    /// @param nodeId the plan node that works otherwise
    /// @param rule Spark's name of the rule, `CoalesceShufflePartitions`
    /// @param statistic the figures that caused it
    record AdaptiveDecision(
            long queryId,
            StageInfo stage,
            int nodeId,
            String rule,
            String decision,
            String statistic,
            long at)
            implements EngineEvent {}

    /// A stage will not run, since nothing reads any more what it would give.
    record StageSkipped(long queryId, int stageId, long at) implements EngineEvent {}

    /// A task that takes long is run a second time elsewhere.
    record TaskSpeculated(long queryId, int stageId, int task, int attempt, long at)
            implements EngineEvent {}

    /// What can happen to a block of cached rows.
    enum CacheChange {
        /// Kept for the first time.
        CACHED,
        /// Kept again, computed from its lineage.
        RECOMPUTED,
        /// Moved from memory to a file, since memory was short.
        TO_DISK,
        /// Let go of, since memory was short and its level has no files.
        DROPPED,
        /// Gone with its executor, or by a fault.
        LOST,
        /// Not kept: there is no room for it.
        REFUSED
    }

    /// Something happened to a partition of cached rows.
    ///
    /// @param cacheId the number of what is cached, in its session
    /// @param name what people call it
    /// @param bytes in memory or in a file, wherever it is after this, or was before it went
    /// @param level the name of its storage level
    /// @param reason why, or empty
    record CacheBlockChanged(
            long queryId,
            CacheChange change,
            long cacheId,
            String name,
            int partition,
            String executor,
            long bytes,
            String level,
            String reason,
            long at)
            implements EngineEvent {}

    /// A fault of the fault bench came about.
    ///
    /// @param fault as it was asked for
    /// @param target what it hit
    record FaultFired(long queryId, String fault, String target, long at) implements EngineEvent {}

    /// The first rows of a result, as text.
    ///
    /// @param columns names and types, `id BIGINT`
    /// @param rows values as Spark's shells show them, long ones cut
    /// @param rowCount rows of the whole result
    record ResultSampled(
            long queryId, List<String> columns, List<List<String>> rows, long rowCount, long at)
            implements EngineEvent {}

    /// The last event of a query. `nodes` are the final counters of all its nodes.
    record QueryFinished(long queryId, QueryOutcome outcome, List<NodeCounters> nodes, long at)
            implements EngineEvent {}

    /// A line for the log.
    record LogLine(long queryId, Level level, String source, String text, Instant time)
            implements EngineEvent {
        public enum Level {
            INFO,
            WARN,
            ERROR
        }
    }
}
