package dev.vitrine.engine.schedule;

import dev.vitrine.engine.codegen.GeneratedCode;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.ErrorInfo;
import dev.vitrine.engine.event.EventListener;
import dev.vitrine.engine.event.NodeCounters;
import dev.vitrine.engine.event.QueryOutcome;
import java.util.List;

/// Tells what happens in one run, with the time since the query's start. Used by the driver's
/// thread and by slots.
final class RunEvents {
    private final long queryId;
    private final EventListener events;
    private final long startNanos;

    /// @param startNanos the query's start on `System.nanoTime`'s clock
    RunEvents(long queryId, EventListener events, long startNanos) {
        this.queryId = queryId;
        this.events = events;
        this.startNanos = startNanos;
    }

    private long now() {
        return System.nanoTime() - startNanos;
    }

    void added(Executor executor) {
        events.on(new EngineEvent.ExecutorAdded(queryId, executor.name(), executor.slots(), now()));
    }

    void removed(Executor executor, String reason) {
        events.on(new EngineEvent.ExecutorRemoved(queryId, executor.name(), reason, now()));
    }

    /// @param stage -1 for all stages
    void excluded(String executor, int stage, int failedTasks) {
        events.on(new EngineEvent.ExecutorExcluded(queryId, executor, stage, failedTasks, now()));
    }

    void planned(List<Stage> stages) {
        events.on(
                new EngineEvent.StagesPlanned(
                        queryId, stages.stream().map(RunEvents::info).toList(), now()));
    }

    private static EngineEvent.StageInfo info(Stage stage) {
        return new EngineEvent.StageInfo(
                stage.id(), stage.label(), stage.parents(), stage.nodeIds());
    }

    void decided(Adaptive.Decision decision) {
        events.on(
                new EngineEvent.AdaptiveDecision(
                        queryId,
                        info(decision.stage()),
                        decision.nodeId(),
                        decision.rule(),
                        decision.what(),
                        decision.statistic(),
                        now()));
    }

    void skipped(Stage stage) {
        events.on(new EngineEvent.StageSkipped(queryId, stage.id(), now()));
    }

    void cancelled(StageRun stage) {
        finished(stage, new QueryOutcome.Cancelled());
    }

    void compiled(int stage, GeneratedCode code) {
        events.on(
                new EngineEvent.CodeReady(
                        queryId,
                        stage,
                        code.className(),
                        code.source(),
                        code.lineNodes(),
                        code.compileNanos(),
                        code.cached(),
                        code.problem()));
    }

    void started(StageRun stage) {
        events.on(new EngineEvent.StageStarted(queryId, stage.id(), stage.taskCount(), now()));
    }

    void resubmitted(StageRun stage, List<Integer> tasks) {
        events.on(new EngineEvent.StageResubmitted(queryId, stage.id(), tasks, now()));
    }

    void succeeded(StageRun stage) {
        finished(stage, new QueryOutcome.Succeeded(stage.rowsWritten()));
    }

    void failed(StageRun stage, ErrorInfo error) {
        finished(stage, new QueryOutcome.Failed(error));
    }

    private void finished(StageRun stage, QueryOutcome outcome) {
        events.on(new EngineEvent.StageFinished(queryId, stage.id(), outcome, now()));
    }

    void started(TaskRun run, Executor executor, int slot) {
        events.on(
                new EngineEvent.TaskStarted(
                        queryId,
                        run.stage().id(),
                        run.task(),
                        run.attempt(),
                        executor.name(),
                        slot,
                        run.input(),
                        now()));
    }

    void finished(TaskRun run, QueryOutcome outcome) {
        events.on(
                new EngineEvent.TaskFinished(
                        queryId,
                        run.stage().id(),
                        run.task(),
                        run.attempt(),
                        outcome,
                        run.counters(),
                        now()));
    }

    void speculated(TaskRun slow) {
        events.on(
                new EngineEvent.TaskSpeculated(
                        queryId, slow.stage().id(), slow.task(), slow.attempt() + 1, now()));
    }

    /// @param executor that held what the tasks wrote
    void lost(StageRun stage, List<Integer> tasks, String executor, String reason) {
        events.on(new EngineEvent.BlockLost(queryId, stage.id(), tasks, executor, reason, now()));
    }

    void fired(Fault fault, String target) {
        events.on(new EngineEvent.FaultFired(queryId, fault.text(), target, now()));
    }

    void progress(List<EngineEvent.TaskProgress> tasks, List<NodeCounters> nodes) {
        events.on(new EngineEvent.Progress(queryId, tasks, nodes, now()));
    }

    void memory(
            List<EngineEvent.MemoryUse> uses,
            long usedBytes,
            long limitBytes,
            Executors executors) {
        Runtime jvm = Runtime.getRuntime();
        events.on(
                new EngineEvent.MemorySampled(
                        queryId,
                        uses,
                        usedBytes,
                        limitBytes,
                        jvm.totalMemory() - jvm.freeMemory(),
                        jvm.maxMemory(),
                        executors.busySlots(),
                        executors.slots()));
    }
}
