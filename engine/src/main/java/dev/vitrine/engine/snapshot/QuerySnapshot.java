package dev.vitrine.engine.snapshot;

import dev.vitrine.engine.event.EngineEvent.CacheBlockChanged;
import dev.vitrine.engine.event.EngineEvent.CodeReady;
import dev.vitrine.engine.event.EngineEvent.FaultFired;
import dev.vitrine.engine.event.EngineEvent.LogLine;
import dev.vitrine.engine.event.EngineEvent.MemorySampled;
import dev.vitrine.engine.event.EngineEvent.ResultSampled;
import dev.vitrine.engine.event.EngineEvent.RuleApplied;
import dev.vitrine.engine.event.EngineEvent.RuleTime;
import dev.vitrine.engine.event.NodeCounters;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.event.TaskCounters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything known of one query at one moment. Immutable; times in nanoseconds since the query's
/// start.
///
/// @param version counts up with every change
/// @param plans the versions of the plan that are ready
/// @param ruleSteps rule applications in order
/// @param stages in topological order
/// @param tasks every attempt, in order of start
/// @param nodes counters by physical node id
/// @param faults faults of the fault bench that came about, in order
/// @param cached the last thing that happened to each cached partition, on behalf of this query
/// @param sample the first rows of the result, once there are any
/// @param logs the newest lines; `droppedLogs` older ones are gone
public record QuerySnapshot(
        long queryId,
        long version,
        String text,
        Instant startedAt,
        String master,
        Map<String, String> settings,
        Map<PlanPhase, PlanVersion> plans,
        List<RuleApplied> ruleSteps,
        List<RuleTime> ruleTimes,
        List<StageState> stages,
        List<TaskState> tasks,
        Map<Integer, NodeCounters> nodes,
        List<CodeReady> code,
        List<ExecutorState> executors,
        List<FaultFired> faults,
        List<CacheBlockChanged> cached,
        Optional<MemorySampled> memory,
        Optional<ResultSampled> sample,
        List<LogLine> logs,
        long droppedLogs,
        long elapsedNanos,
        Optional<QueryOutcome> outcome) {

    /// A plan version and the time that making it took.
    public record PlanVersion(PlanTree plan, long nanos) {}

    public enum RunState {
        WAITING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED,
        /// Not needed any more before it began.
        SKIPPED
    }

    /// @param tasksAgain tasks that ran again because what they wrote was lost
    /// @param startedAt -1 while waiting
    /// @param finishedAt -1 while not finished
    public record StageState(
            int stageId,
            String label,
            List<Integer> parents,
            List<Integer> nodeIds,
            RunState state,
            int tasks,
            int tasksRunning,
            int tasksDone,
            int tasksFailed,
            int tasksAgain,
            TaskCounters counters,
            long startedAt,
            long finishedAt) {}

    public record TaskState(
            int stageId,
            int task,
            int attempt,
            String executor,
            int slot,
            String input,
            RunState state,
            TaskCounters counters,
            long startedAt,
            long finishedAt,
            String error) {}

    /// @param reason why it was lost, or empty
    public record ExecutorState(String name, int slots, boolean lost, String reason) {}

    public boolean running() {
        return outcome.isEmpty();
    }

    /// Share of tasks done, from 0 to 1; stages that have not started yet count with the number of
    /// tasks known.
    public double progress() {
        if (outcome.isPresent()) {
            return 1;
        }
        if (stages.isEmpty()) {
            return 0;
        }
        double done = 0;
        for (StageState stage : stages) {
            boolean over = stage.state == RunState.SKIPPED || stage.state == RunState.CANCELLED;
            done += over ? 1 : stage.tasks == 0 ? 0 : (double) stage.tasksDone / stage.tasks;
        }
        return done / stages.size();
    }

    /// Rows that node `nodeId` has given out, or -1 where that is not known.
    public long rows(int nodeId) {
        NodeCounters counters = nodes.get(nodeId);
        return counters == null ? -1 : counters.rows();
    }
}
