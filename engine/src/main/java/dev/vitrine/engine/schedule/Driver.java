package dev.vitrine.engine.schedule;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorFamily;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EventListener;
import dev.vitrine.engine.event.NodeCounters;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.memory.MemoryArbiter;
import dev.vitrine.engine.operator.TaskCancelled;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.storage.Block;
import dev.vitrine.engine.storage.BlockStore;
import dev.vitrine.engine.storage.SpillableBlocks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Runs one physical plan: starts each stage when its parents are done, hands its tasks to the
/// executors, retries those that fail, and samples progress ten times a second. [#run] is called
/// once, on a thread of its own.
public final class Driver implements AutoCloseable {
    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long POLL_MILLIS = 20;

    private final long queryId;
    private final List<Stage> stages;
    private final Settings settings;
    private final Executors executors;
    private final BatchAllocator allocator;
    private final SinkFactory sinks;
    private final EventListener events;
    private final FailurePlace places;
    private final BooleanSupplier cancelled;
    private final long startNanos;
    private final MemoryArbiter arbiter;
    private final BlockStore blocks;
    private final SpillableBlocks results;
    private final Map<Integer, StageRun> runs = new LinkedHashMap<>();
    private final Map<Integer, PreparedStage> prepared = new HashMap<>();
    private final LinkedBlockingQueue<TaskEnd> ends = new LinkedBlockingQueue<>();
    private final Map<Integer, NodeCounters> finishedNodes = new TreeMap<>();
    private final List<BatchAllocator> stageAllocators = new ArrayList<>();
    private boolean stopping;
    private long lastSample;

    /// A task attempt that has ended, with what it threw, if anything.
    record TaskEnd(TaskRun run, @Nullable Throwable failure) {}

    /// @param startNanos the query's start on `System.nanoTime`'s clock, from which event times
    ///   count
    public Driver(
            long queryId,
            PhysicalPlan plan,
            Settings settings,
            Executors executors,
            MemoryArbiter arbiter,
            BatchAllocator allocator,
            SinkFactory sinks,
            EventListener events,
            FailurePlace places,
            BooleanSupplier cancelled,
            long startNanos) {
        this.queryId = queryId;
        this.stages = Stage.cut(plan);
        this.settings = settings;
        this.executors = executors;
        this.arbiter = arbiter;
        this.blocks = new BlockStore(arbiter);
        this.results = new SpillableBlocks(arbiter);
        this.allocator = allocator;
        this.sinks = sinks;
        this.events = events;
        this.places = places;
        this.cancelled = cancelled;
        this.startNanos = startNanos;
    }

    /// Runs the plan to its end.
    ///
    /// @return the result's rows, which [#closeMemory] lets go of at the latest
    /// @throws EngineException where it failed
    /// @throws TaskCancelled where it was cancelled; its tasks may run on for a moment, and
    ///   [#close] waits for them
    public List<Block> run() {
        events.on(
                new EngineEvent.ExecutorAdded(queryId, executors.name(), executors.slots(), now()));
        events.on(
                new EngineEvent.StagesPlanned(
                        queryId,
                        stages.stream()
                                .map(s ->
                                        new EngineEvent.StageInfo(
                                                s.id(), s.label(), s.parents(), s.nodeIds()))
                                .toList(),
                        now()));
        try {
            startReady();
            while (runs.size() < stages.size() || runs.values().stream().anyMatch(r -> !r.done())) {
                if (cancelled.getAsBoolean()) {
                    throw new TaskCancelled();
                }
                TaskEnd end = ends.poll();
                if (end == null && !prepareAhead()) {
                    end = poll();
                }
                if (end != null) {
                    handle(end);
                }
                sample(false);
            }
            sample(true);
            return java.util.Objects.requireNonNull(runs.get(stages.size() - 1)).takeResult();
        } finally {
            stopping = true;
            drain();
        }
    }

    /// Final counters of all nodes, after [#run].
    public List<NodeCounters> nodeCounters() {
        return List.copyOf(finishedNodes.values());
    }

    private @Nullable TaskEnd poll() {
        try {
            return ends.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaskCancelled();
        }
    }

    private void startReady() {
        for (Stage stage : stages) {
            boolean ready =
                    !runs.containsKey(stage.id())
                            && stage.parents().stream()
                                    .allMatch(p -> runs.containsKey(p) && runs.get(p).done());
            if (ready) {
                start(stage);
            }
        }
    }

    private void start(Stage stage) {
        BatchAllocator memory = allocator.child("stage " + stage.id() + ": " + stage.label());
        stageAllocators.add(memory);
        PreparedStage ahead = prepared.remove(stage.id());
        StageRun run =
                StageRun.prepare(
                        ahead == null ? prepare(stage) : ahead,
                        settings,
                        memory,
                        blocks,
                        results,
                        arbiter,
                        sinks);
        runs.put(stage.id(), run);
        events.on(new EngineEvent.StageStarted(queryId, stage.id(), run.taskCount(), now()));
        for (int task = 0; task < run.taskCount(); task++) {
            submit(run, task, 0);
        }
    }

    private PreparedStage prepare(Stage stage) {
        return new PreparedStage(
                stage,
                settings,
                executors.slots(),
                code ->
                        events.on(
                                new EngineEvent.CodeReady(
                                        queryId,
                                        stage.id(),
                                        code.className(),
                                        code.source(),
                                        code.lineNodes(),
                                        code.compileNanos(),
                                        code.cached(),
                                        code.problem())));
    }

    /// Prepares the next stage that waits for others, while their tasks run; false where there is
    /// none.
    private boolean prepareAhead() {
        for (Stage stage : stages) {
            if (!runs.containsKey(stage.id()) && !prepared.containsKey(stage.id())) {
                prepared.put(stage.id(), prepare(stage));
                return true;
            }
        }
        return false;
    }

    private void submit(StageRun stage, int task, int attempt) {
        TaskRun run = new TaskRun(stage, task, attempt, this::stopped);
        stage.submitted(run);
        executors.submit(slot -> execute(run, slot));
    }

    private boolean stopped() {
        return stopping || cancelled.getAsBoolean();
    }

    /// Runs a task attempt on a slot's thread.
    private void execute(TaskRun run, int slot) {
        Throwable failure = null;
        try {
            if (stopped()) {
                throw new TaskCancelled();
            }
            events.on(
                    new EngineEvent.TaskStarted(
                            queryId,
                            run.stage().id(),
                            run.task(),
                            run.attempt(),
                            executors.name(),
                            slot,
                            run.input(),
                            now()));
            run.run();
        } catch (Throwable e) {
            failure = e;
        }
        ends.add(new TaskEnd(run, failure));
    }

    private void handle(TaskEnd end) {
        TaskRun run = end.run();
        StageRun stage = run.stage();
        stage.ended(run);
        if (end.failure() == null) {
            finished(run, new QueryOutcome.Succeeded(run.counters().rowsWritten()));
            add(run.nodeCounters());
            stage.succeeded(run);
            if (stage.done()) {
                stage.commit();
                events.on(
                        new EngineEvent.StageFinished(
                                queryId,
                                stage.id(),
                                new QueryOutcome.Succeeded(stage.rowsWritten()),
                                now()));
                stage.close();
                dropReadExchanges();
                startReady();
            }
            return;
        }
        if (end.failure() instanceof TaskCancelled) {
            finished(run, new QueryOutcome.Cancelled());
            throw new TaskCancelled();
        }
        EngineException error = places.place(end.failure(), run);
        finished(run, new QueryOutcome.Failed(places.info(error, run)));
        boolean again =
                error.code().family() != ErrorFamily.USER
                        && error.code().family() != ErrorFamily.INTERNAL
                        && run.attempt() + 1 < settings.getInt(Settings.MAX_TASK_FAILURES);
        if (again) {
            submit(stage, run.task(), run.attempt() + 1);
            return;
        }
        events.on(
                new EngineEvent.StageFinished(
                        queryId,
                        stage.id(),
                        new QueryOutcome.Failed(places.info(error, run)),
                        now()));
        throw new FailedTask(error, places.info(error, run));
    }

    private void finished(TaskRun run, QueryOutcome outcome) {
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

    private void add(List<NodeCounters> counters) {
        for (NodeCounters c : counters) {
            finishedNodes.merge(
                    c.nodeId(),
                    c,
                    (a, b) ->
                            new NodeCounters(
                                    a.nodeId(), a.rows() + b.rows(), a.batches() + b.batches()));
        }
    }

    /// Lets go of exchanges whose reading stages are all done.
    private void dropReadExchanges() {
        for (Stage stage : stages) {
            if (stage.output().isEmpty()) {
                continue;
            }
            boolean read =
                    stages.stream()
                            .filter(s -> s.parents().contains(stage.id()))
                            .allMatch(s -> runs.containsKey(s.id()) && runs.get(s.id()).done());
            if (read) {
                blocks.drop(stage.output().get().id());
            }
        }
    }

    private void sample(boolean last) {
        long time = System.nanoTime();
        if (!last && time - lastSample < SAMPLE_NANOS) {
            return;
        }
        lastSample = time;
        List<EngineEvent.TaskProgress> tasks = new ArrayList<>();
        Map<Integer, NodeCounters> nodes = new HashMap<>(finishedNodes);
        for (StageRun stage : runs.values()) {
            for (TaskRun run : stage.running()) {
                tasks.add(
                        new EngineEvent.TaskProgress(
                                stage.id(), run.task(), run.attempt(), run.counters()));
                for (NodeCounters c : run.nodeCounters()) {
                    nodes.merge(
                            c.nodeId(),
                            c,
                            (a, b) ->
                                    new NodeCounters(
                                            a.nodeId(),
                                            a.rows() + b.rows(),
                                            a.batches() + b.batches()));
                }
            }
        }
        events.on(new EngineEvent.Progress(queryId, tasks, List.copyOf(nodes.values()), now()));
        Runtime jvm = Runtime.getRuntime();
        events.on(
                new EngineEvent.MemorySampled(
                        queryId,
                        stageAllocators.stream()
                                .filter(a -> a.usedBytes() > 0)
                                .map(a -> new EngineEvent.MemoryUse(a.owner(), a.usedBytes()))
                                .sorted(
                                        Comparator.comparingLong(EngineEvent.MemoryUse::bytes)
                                                .reversed())
                                .toList(),
                        allocator.usedBytes(),
                        allocator.limitBytes(),
                        jvm.totalMemory() - jvm.freeMemory(),
                        jvm.maxMemory(),
                        executors.busySlots(),
                        executors.slots()));
    }

    /// Waits up to 80 ms for tasks that are to stop; [#close] waits for the rest.
    private void drain() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(80);
        while (anyRunning() && System.nanoTime() < end) {
            take(5);
        }
    }

    private boolean anyRunning() {
        return runs.values().stream().anyMatch(r -> !r.running().isEmpty());
    }

    private void take(long millis) {
        try {
            TaskEnd end = ends.poll(millis, TimeUnit.MILLISECONDS);
            if (end != null) {
                end.run().stage().ended(end.run());
                finished(end.run(), new QueryOutcome.Cancelled());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long now() {
        return System.nanoTime() - startNanos;
    }

    /// Waits for tasks that still run and frees all but the result.
    @Override
    public void close() {
        stopping = true;
        while (anyRunning() && !Thread.currentThread().isInterrupted()) {
            take(POLL_MILLIS);
        }
        runs.values().forEach(StageRun::close);
        blocks.close();
    }

    /// Lets go of the result and closes the memory of the stages.
    public void closeMemory() {
        results.close();
        stageAllocators.forEach(BatchAllocator::close);
    }
}
