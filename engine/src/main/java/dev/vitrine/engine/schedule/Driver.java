package dev.vitrine.engine.schedule;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.ErrorFamily;
import dev.vitrine.engine.event.EventListener;
import dev.vitrine.engine.event.NodeCounters;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.memory.MemoryArbiter;
import dev.vitrine.engine.operator.TaskCancelled;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.storage.Block;
import dev.vitrine.engine.storage.CacheLost;
import dev.vitrine.engine.storage.FetchFailed;
import dev.vitrine.engine.storage.LostBlocks;
import dev.vitrine.engine.storage.MapOutputs;
import dev.vitrine.engine.storage.SpillableBlocks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Runs one physical plan: starts each stage when its parents are done, hands its tasks to the
/// executors, retries those that fail, runs again those whose output is lost, and samples progress
/// ten times a second. [#run] is called once, on a thread of its own.
public final class Driver implements AutoCloseable {
    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long POLL_MILLIS = 20;

    private final StageBook stages;
    private final Settings settings;
    private final Executors executors;
    private final BatchAllocator allocator;
    private final SinkFactory sinks;
    private final RunEvents events;
    private final FailurePlace places;
    private final BooleanSupplier cancelled;
    private final MemoryArbiter arbiter;
    private final MapOutputs outputs = new MapOutputs();
    private final SpillableBlocks results;
    private final QueuedTask.Job job;
    private final Exclusion exclusion;
    private final Speculation speculation;
    private final FaultBench faults;
    private final Adaptive adaptive;
    private final ProgressSampler progress;
    private final Map<Integer, PreparedStage> prepared = new HashMap<>();
    private final LinkedBlockingQueue<DriverMessage> messages = new LinkedBlockingQueue<>();
    private final Set<Integer> skipped = new HashSet<>();
    private final Set<Integer> underWayStages = ConcurrentHashMap.newKeySet();
    private final List<BatchAllocator> stageAllocators = new ArrayList<>();
    private final Watch watch = new Watch();
    private Optional<PartitionSink> partitions = Optional.empty();
    private volatile boolean stopping;
    private long lastSample;

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
        this.stages = new StageBook(plan);
        this.settings = settings;
        this.executors = executors;
        this.arbiter = arbiter;
        this.results = new SpillableBlocks(arbiter);
        this.allocator = allocator;
        this.sinks = sinks;
        this.events = new RunEvents(queryId, events, startNanos);
        this.places = places;
        this.cancelled = cancelled;
        String pool = settings.get(Settings.SCHEDULER_POOL);
        this.job =
                new QueuedTask.Job(
                        queryId,
                        pool,
                        share(settings, pool, "weight", 1),
                        share(settings, pool, "minShare", 0));
        this.exclusion = new Exclusion(executors, settings);
        this.speculation = new Speculation(settings);
        this.faults =
                new FaultBench(
                        queryId,
                        FaultPlan.parse(settings.get(Settings.FAULTS)),
                        executors,
                        this.events::fired);
        this.adaptive =
                new Adaptive(settings, outputs, executors.slots(), stages, this.events::decided);
        this.progress = new ProgressSampler(this.events, executors, allocator);
    }

    private static int share(Settings settings, String pool, String what, int least) {
        String key = "spark.scheduler.pool." + pool + "." + what;
        String value = settings.get(key, String.valueOf(least));
        if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < least) {
            throw new EngineException(
                    ErrorCode.INVALID_SETTING,
                    Map.of("key", key, "value", "'" + value + "'", "expected", least + " or more"));
        }
        return Integer.parseInt(value);
    }

    /// What happens to executors, from other threads.
    private final class Watch implements Executors.Watcher {
        @Override
        public void added(Executor executor) {
            messages.add(new DriverMessage.ExecutorCame(executor));
        }

        @Override
        public void leaving(Executor executor, Executor heir) {
            outputs.move(executor.blocks(), heir.blocks(), allocator);
        }

        @Override
        public void removed(Executor executor, String reason) {
            messages.add(new DriverMessage.ExecutorGone(executor, executor.blocks(), reason));
        }
    }

    /// Has the last stage's rows go to `sink` instead of a result. Called before [#run].
    public Driver into(PartitionSink sink) {
        partitions = Optional.of(sink);
        return this;
    }

    /// Runs the plan to its end.
    ///
    /// @return the result's rows, which [#closeMemory] lets go of at the latest
    /// @throws EngineException where it failed
    /// @throws TaskCancelled where it was cancelled; its tasks may run on for a moment, and
    ///   [#close] waits for them
    public List<Block> run() {
        executors.watch(watch);
        executors.present().forEach(events::added);
        events.planned(stages.all());
        try {
            advance();
            while (!stages.isFinished(stages.last())) {
                if (cancelled.getAsBoolean()) {
                    throw new TaskCancelled();
                }
                DriverMessage message = messages.poll();
                if (message == null && !prepareAhead()) {
                    message = poll(POLL_MILLIS);
                }
                if (message != null) {
                    handle(message);
                }
                sample(false);
            }
            sample(true);
            return stages.run(stages.last().id()).takeResult();
        } finally {
            stopping = true;
            executors.unwatch(watch);
            executors.withdraw(job);
            drain();
        }
    }

    /// Final counters of all nodes, after [#run].
    public List<NodeCounters> nodeCounters() {
        return progress.finished();
    }

    /// Asks the run to end, as cancelled, where a stage is under way; from any thread.
    ///
    /// @return whether it is
    public boolean cancelStage(int stageId) {
        boolean underWay = underWayStages.contains(stageId);
        if (underWay) {
            messages.add(new DriverMessage.CancelStage(stageId));
        }
        return underWay;
    }

    /// The plan as adaptive execution left it, and what it decided for each node; empty where it
    /// changed nothing.
    public Optional<AdaptedPlan> adapted() {
        return adaptive.decisions().isEmpty()
                ? Optional.empty()
                : Optional.of(AdaptedPlan.of(stages.all(), adaptive.decisions()));
    }

    private @Nullable DriverMessage poll(long millis) {
        try {
            return messages.poll(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaskCancelled();
        }
    }

    /// Starts what can start: the tasks of every needed stage whose parents are done that are
    /// neither done nor under way. After a loss those are the tasks that wrote what is lost, from
    /// the earliest stage on.
    private void advance() {
        for (Stage stage : stages.all()) {
            boolean ready =
                    !stages.isFinished(stage)
                            && (stages.hasBegun(stage) || !adaptive.waits(stage))
                            && stages.hasInput(stage)
                            && stages.isNeeded(stage);
            if (ready) {
                stages.run(stage).ifPresentOrElse(this::submitMissing, () -> start(stage));
            }
        }
    }

    private void submitMissing(StageRun run) {
        List<Integer> missing = run.missing();
        List<Integer> again = missing.stream().filter(run::wasCounted).toList();
        if (!again.isEmpty()) {
            run.setFinished(false);
            underWayStages.add(run.id());
            events.resubmitted(run, again);
        }
        missing.forEach(task -> submit(run, task, ""));
    }

    private void start(Stage planned) {
        Stage stage = change(planned, adaptive.turned(planned));
        BatchAllocator memory = allocator.child("stage " + stage.id() + ": " + stage.label());
        stageAllocators.add(memory);
        PreparedStage ahead = prepared.remove(stage.id());
        StageRun run =
                StageRun.prepare(
                        ahead == null ? prepare(stage) : ahead,
                        adaptive.slices(stage),
                        settings,
                        memory,
                        outputs,
                        results,
                        arbiter,
                        sinks);
        stages.begin(run);
        underWayStages.add(stage.id());
        events.started(run);
        if (stage.output().isEmpty()) {
            partitions.ifPresent(run::into);
        }
        run.missing().forEach(task -> submit(run, task, ""));
    }

    /// Takes a changed stage for one that has not begun; gives it back.
    private Stage change(Stage before, Stage after) {
        if (after != before) {
            stages.replace(after);
            prepared.remove(after.id());
        }
        return after;
    }

    /// Changes what has not begun by what is known now, and ends what nothing reads any more.
    private void reconsider() {
        boolean changed = false;
        for (Stage stage : stages.all()) {
            if (!stages.hasBegun(stage)) {
                changed |= change(stage, adaptive.reconsidered(stage)) != stage;
            }
        }
        if (changed) {
            stages.all().stream()
                    .filter(stage -> !stages.isFinished(stage) && !stages.isNeeded(stage))
                    .forEach(this::skip);
        }
    }

    private void skip(Stage stage) {
        Optional<StageRun> begun = stages.run(stage);
        begun.ifPresent(run -> {
            run.running().forEach(TaskRun::kill);
            run.setFinished(true);
            events.cancelled(run);
        });
        if (begun.isEmpty() && skipped.add(stage.id())) {
            events.skipped(stage);
        }
    }

    private PreparedStage prepare(Stage stage) {
        int slots = partitions.map(p -> p.slots(executors.slots())).orElse(executors.slots());
        return new PreparedStage(stage, settings, slots, code -> events.compiled(stage.id(), code));
    }

    /// Prepares the next stage that waits for others, while their tasks run; false where there is
    /// none.
    private boolean prepareAhead() {
        for (Stage stage : stages.all()) {
            if (!stages.hasBegun(stage)
                    && !prepared.containsKey(stage.id())
                    && !skipped.contains(stage.id())) {
                prepared.put(stage.id(), prepare(stage));
                return true;
            }
        }
        return false;
    }

    /// @param notOn an executor that is not to run it, or empty
    private void submit(StageRun stage, int task, String notOn) {
        TaskRun run = new TaskRun(stage, task, stage.nextAttempt(task), this::stopped);
        stage.submitted(run);
        executors.submit(
                new QueuedTask(
                        job,
                        preferred(stage, task),
                        executor -> exclusion.accepts(stage.id(), task, notOn, executor),
                        (executor, slot) -> execute(run, executor, slot),
                        () -> messages.add(new DriverMessage.TaskEnd(run, new TaskCancelled()))));
    }

    /// The executor that holds most of what a task reads, where it matters.
    private String preferred(StageRun stage, int task) {
        if (!executors.canLose()) {
            return "";
        }
        String holder = stage.holder(task);
        if (!holder.isEmpty()) {
            return holder;
        }
        Map<String, Long> bytes = new HashMap<>();
        for (StageRun.Read read : stage.slicesRead(task)) {
            outputs.bytesByExecutor(read.exchangeId(), read.slice())
                    .forEach((executor, size) -> bytes.merge(executor, size, Long::sum));
        }
        return bytes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private boolean stopped() {
        return stopping || cancelled.getAsBoolean();
    }

    /// Runs a task attempt on a slot's thread.
    private void execute(TaskRun run, Executor executor, int slot) {
        Throwable failure = null;
        try {
            run.start(executor);
            if (run.isStopped()) {
                throw new TaskCancelled();
            }
            events.started(run, executor, slot);
            faults.beforeTask(run, executor);
            run.run(executor);
        } catch (Throwable e) {
            failure = e;
        }
        messages.add(new DriverMessage.TaskEnd(run, failure));
    }

    private void handle(DriverMessage message) {
        switch (message) {
            case DriverMessage.TaskEnd(var run, var failure) -> {
                run.stage().ended(run);
                if (failure == null) {
                    succeeded(run);
                } else {
                    failed(run, failure);
                }
            }
            case DriverMessage.CancelStage(int id) -> {
                StageRun run = stages.run(id);
                if (!run.isFinished()) {
                    events.cancelled(run);
                    throw new TaskCancelled();
                }
            }
            case DriverMessage.ExecutorCame(var executor) -> events.added(executor);
            case DriverMessage.ExecutorGone(var executor, var blocks, var reason) -> {
                events.removed(executor, reason);
                lost(executor, outputs.forget(blocks), reason);
                if (executors.present().isEmpty()) {
                    throw Losses.ofLastExecutor(executor, reason);
                }
                advance();
            }
        }
    }

    private void lost(Executor executor, Map<Integer, List<Integer>> tasks, String reason) {
        for (StageRun run : stages.runs()) {
            run.stage()
                    .output()
                    .map(exchange -> tasks.get(exchange.id()))
                    .ifPresent(lost -> events.lost(run, lost, executor.name(), reason));
            run.checkOutputs();
        }
    }

    private void succeeded(TaskRun run) {
        StageRun stage = run.stage();
        events.finished(run, new QueryOutcome.Succeeded(run.counters().rowsWritten()));
        if (stage.succeeded(run)) {
            progress.add(run.nodeCounters());
            run.updates().commit();
        }
        speculation.ended(run, System.nanoTime());
        for (TaskRun other : stage.running()) {
            if (other.task() == run.task() && stage.isDone(run.task())) {
                other.kill();
            }
        }
        if (!faults.isEmpty()) {
            faults.afterTask(new FaultReach(stages, outputs, events));
            advance();
        }
        if (stage.done()) {
            end(stage);
        } else if (!stage.isDone(run.task())) {
            advance();
        }
    }

    private void end(StageRun stage) {
        if (stage.isFinished()) {
            return;
        }
        stage.setFinished(true);
        underWayStages.remove(stage.id());
        for (StageRun reader : stages.runs()) {
            if (reader.stage().parents().contains(stage.id())) {
                reader.parentReady();
            }
        }
        stage.commit();
        events.succeeded(stage);
        if (stage.running().isEmpty()) {
            stage.close();
        }
        if (!executors.canLose() && faults.isEmpty()) {
            dropReadExchanges();
        }
        reconsider();
        advance();
    }

    private void failed(TaskRun run, Throwable failure) {
        StageRun stage = run.stage();
        if (run.isKilled() && !stopped()) {
            events.finished(run, new QueryOutcome.Cancelled());
            advance();
            return;
        }
        boolean away =
                failure instanceof LostBlocks
                        || failure instanceof TaskCancelled && run.isLost() && !stopped();
        if (away) {
            EngineException reason = Losses.ofTask(run, failure);
            events.finished(run, new QueryOutcome.Failed(places.info(reason, run)));
            if (failure instanceof FetchFailed) {
                stages.runs().forEach(StageRun::checkOutputs);
                int most = settings.getInt(Settings.MAX_STAGE_ATTEMPTS);
                if (stage.fetchFailed() >= most) {
                    throw gaveUp(run, Losses.ofStage(run, failure, most));
                }
            } else if (failure instanceof CacheLost lost) {
                lost.recover();
            }
            advance();
            return;
        }
        if (failure instanceof TaskCancelled) {
            events.finished(run, new QueryOutcome.Cancelled());
            throw new TaskCancelled();
        }
        EngineException error = places.place(failure, run);
        events.finished(run, new QueryOutcome.Failed(places.info(error, run)));
        String executor = Losses.executor(run);
        exclusion.failed(
                stage.id(),
                run.task(),
                executor,
                (stageId, tasks) -> events.excluded(executor, stageId, tasks));
        boolean again =
                error.code().family() != ErrorFamily.USER
                        && error.code().family() != ErrorFamily.INTERNAL
                        && stage.failed(run) < maxFailures();
        if (again) {
            advance();
            return;
        }
        throw gaveUp(run, error);
    }

    private FailedTask gaveUp(TaskRun run, EngineException error) {
        events.failed(run.stage(), places.info(error, run));
        return new FailedTask(error, places.info(error, run));
    }

    private int maxFailures() {
        return executors.master() instanceof Master.Local local
                ? local.maxFailures().orElse(settings.getInt(Settings.MAX_TASK_FAILURES))
                : settings.getInt(Settings.MAX_TASK_FAILURES);
    }

    /// Lets go of exchanges whose reading stages are all done.
    private void dropReadExchanges() {
        for (Stage stage : stages.all()) {
            if (stages.readers(stage).stream().allMatch(stages::isFinished)) {
                stage.output().ifPresent(exchange -> outputs.drop(exchange.id()));
            }
        }
    }

    private void sample(boolean last) {
        long time = System.nanoTime();
        if (!last && time - lastSample < SAMPLE_NANOS) {
            return;
        }
        lastSample = time;
        progress.tell(stages.runs(), stageAllocators);
        if (speculation.isEnabled() && !last && executors.present().size() > 1) {
            for (StageRun stage : stages.runs()) {
                if (stage.writes()) {
                    continue;
                }
                for (TaskRun slow : speculation.stragglers(stage, time)) {
                    events.speculated(slow);
                    submit(stage, slow.task(), Losses.executor(slow));
                }
            }
        }
    }

    /// Waits up to 80 ms for tasks that are to stop; [#close] waits for the rest.
    private void drain() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(80);
        while (anyRunning() && System.nanoTime() < end) {
            take(5);
        }
    }

    private boolean anyRunning() {
        return stages.runs().stream().anyMatch(r -> !r.running().isEmpty());
    }

    private void take(long millis) {
        try {
            if (messages.poll(millis, TimeUnit.MILLISECONDS)
                    instanceof DriverMessage.TaskEnd(var run, var failure)) {
                run.stage().ended(run);
                events.finished(run, new QueryOutcome.Cancelled());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for tasks that still run and frees all but the result.
    @Override
    public void close() {
        stopping = true;
        while (anyRunning() && !Thread.currentThread().isInterrupted()) {
            take(POLL_MILLIS);
        }
        stages.runs().forEach(StageRun::close);
        outputs.close();
    }

    /// Lets go of the result and closes the memory of the stages.
    public void closeMemory() {
        results.close();
        stageAllocators.forEach(BatchAllocator::close);
    }
}
