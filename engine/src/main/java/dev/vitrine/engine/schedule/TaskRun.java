package dev.vitrine.engine.schedule;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.event.NodeCounters;
import dev.vitrine.engine.event.TaskCounters;
import dev.vitrine.engine.function.TaskPlace;
import dev.vitrine.engine.memory.TaskMemory;
import dev.vitrine.engine.operator.CollectOperator;
import dev.vitrine.engine.operator.ExchangeOperator;
import dev.vitrine.engine.operator.Operator;
import dev.vitrine.engine.operator.TaskContext;
import dev.vitrine.engine.operator.TaskMetrics;
import dev.vitrine.engine.operator.TaskPipeline;
import dev.vitrine.engine.operator.TaskUpdates;
import dev.vitrine.engine.physical.PhysicalPlanTree;
import dev.vitrine.engine.storage.BlockStore;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One attempt of one task. [#run] works on a slot's thread; counters may be read from any.
final class TaskRun {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final StageRun stage;
    private final int task;
    private final int attempt;
    private final BooleanSupplier stopped;
    private final TaskMetrics metrics;
    private final TaskUpdates updates = new TaskUpdates();
    private volatile @Nullable Executor executor;
    private volatile boolean killed;
    private volatile long startedNanos;

    TaskRun(StageRun stage, int task, int attempt, BooleanSupplier stopped) {
        this.stage = stage;
        this.task = task;
        this.attempt = attempt;
        this.stopped = stopped;
        this.metrics = new TaskMetrics(stage.stage().nodeIds());
    }

    StageRun stage() {
        return stage;
    }

    int task() {
        return task;
    }

    int attempt() {
        return attempt;
    }

    /// For people.
    String name() {
        return "task " + task + " of stage " + stage.id();
    }

    /// The executor it runs or ran on, or null while it waits.
    @Nullable Executor executor() {
        return executor;
    }

    /// Whether its executor is gone.
    boolean isLost() {
        Executor on = executor;
        return on != null && on.isLost();
    }

    /// Ends it, since another attempt was first.
    void kill() {
        killed = true;
    }

    boolean isKilled() {
        return killed;
    }

    /// Whether it is to end.
    boolean isStopped() {
        return stopped.getAsBoolean() || killed || isLost();
    }

    /// When it began, on `System.nanoTime`'s clock; 0 while it waits.
    long startedNanos() {
        return startedNanos;
    }

    void start(Executor on) {
        executor = on;
        startedNanos = System.nanoTime();
    }

    /// What it reads, in words.
    String input() {
        return TaskPipeline.input(stage.stage().plan(), task, stage.context());
    }

    void run(Executor on) {
        long cpu = THREADS.getCurrentThreadCpuTime();
        TaskPlace.enter(task);
        try (TaskMemory memory = stage.arbiter().enter(this::operator, metrics::spilled)) {
            updates.during(() -> run(memory, on.blocks()));
        } finally {
            metrics.cpu(THREADS.getCurrentThreadCpuTime() - cpu);
        }
    }

    /// The node at work now, in words.
    String operator() {
        return stage.node(metrics.node())
                        .map(node -> PhysicalPlanTree.label(node) + " [" + node.id() + "] of ")
                        .orElse("")
                + "stage "
                + stage.id();
    }

    private void run(TaskMemory memory, BlockStore blocks) {
        TaskContext context =
                new TaskContext(
                        task,
                        attempt,
                        stage.settings(),
                        stage.memory(),
                        blocks,
                        stage.outputs(),
                        stage.context(),
                        metrics,
                        memory,
                        this::isStopped);
        if (stage.stage().output().isPresent()) {
            ExchangeOperator exchange = new ExchangeOperator(stage.stage().output().get(), context);
            work(context, exchange);
            stage.outputs()
                    .commit(blocks, stage.stage().output().get().id(), task, exchange.take());
        } else {
            CollectOperator result = new CollectOperator(context, stage.results());
            work(context, result);
            stage.keepResult(task, blocks, result.take());
        }
    }

    private void work(TaskContext context, Operator end) {
        try (TaskPipeline pipeline =
                new TaskPipeline(stage.stage().plan(), context, new KeepOpen(end))) {
            pipeline.run();
        } catch (Throwable e) {
            end.close();
            throw e;
        }
    }

    /// Leaves the end of a pipeline open when the pipeline is closed: what it holds is committed
    /// afterwards.
    private record KeepOpen(Operator end) implements Operator {
        @Override
        public void accept(Batch batch) {
            end.accept(batch);
        }

        @Override
        public void finish() {
            end.finish();
        }

        @Override
        public boolean satisfied() {
            return end.satisfied();
        }

        @Override
        public void close() {}
    }

    /// What it changes outside its rows if it counts.
    TaskUpdates updates() {
        return updates;
    }

    TaskCounters counters() {
        return metrics.counters();
    }

    List<NodeCounters> nodeCounters() {
        return metrics.nodes();
    }

    /// The plan node that was at work when `error` was thrown, or 0.
    int failedNode(Throwable error) {
        int compiled = stage.compiled().nodeOf(error);
        return compiled != 0 ? compiled : metrics.node();
    }
}
