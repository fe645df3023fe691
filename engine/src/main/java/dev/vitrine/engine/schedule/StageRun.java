package dev.vitrine.engine.schedule;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.codegen.CompiledStage;
import dev.vitrine.engine.memory.MemoryArbiter;
import dev.vitrine.engine.operator.StageContext;
import dev.vitrine.engine.operator.TaskPipeline;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.spi.Split;
import dev.vitrine.engine.spi.TableSink;
import dev.vitrine.engine.storage.Block;
import dev.vitrine.engine.storage.BlockStore;
import dev.vitrine.engine.storage.MapOutputs;
import dev.vitrine.engine.storage.PartitionSlice;
import dev.vitrine.engine.storage.SpillableBlocks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One stage while it runs. Used by the driver's thread, but for [#keepResult] and the context,
/// which tasks use.
final class StageRun implements AutoCloseable {
    private final Stage stage;
    private final Settings settings;
    private final BatchAllocator memory;
    private final MapOutputs outputs;
    private final SpillableBlocks resultBlocks;
    private final MemoryArbiter arbiter;
    private final StageContext context;
    private final CompiledStage compiled;
    private final Optional<TableSink> sink;
    private final int taskCount;
    private final Set<Integer> done = new HashSet<>();
    private final List<TaskRun> running = new ArrayList<>();
    private final Map<Integer, List<Block>> results = new TreeMap<>();
    private final Set<Integer> counted = new HashSet<>();
    private final Map<Integer, Integer> attempts = new HashMap<>();
    private final Map<Integer, Integer> failures = new HashMap<>();
    private long rowsWritten;
    private int fetchFailures;
    private boolean waitsForParents;
    private boolean finished;
    private boolean committed;
    private boolean closed;
    private Optional<PartitionSink> partitions = Optional.empty();

    private StageRun(
            Stage stage,
            Settings settings,
            BatchAllocator memory,
            MapOutputs outputs,
            SpillableBlocks resultBlocks,
            MemoryArbiter arbiter,
            StageContext context,
            CompiledStage compiled,
            Optional<TableSink> sink,
            int taskCount) {
        this.stage = stage;
        this.settings = settings;
        this.memory = memory;
        this.outputs = outputs;
        this.resultBlocks = resultBlocks;
        this.arbiter = arbiter;
        this.context = context;
        this.compiled = compiled;
        this.sink = sink;
        this.taskCount = taskCount;
    }

    /// Compiles the stage if that is not done yet, and opens its sink.
    ///
    /// @param slices what each task reads of an exchange, by its id; else a partition each
    static StageRun prepare(
            PreparedStage prepared,
            Map<Integer, List<PartitionSlice>> slices,
            Settings settings,
            BatchAllocator memory,
            MapOutputs outputs,
            SpillableBlocks resultBlocks,
            MemoryArbiter arbiter,
            SinkFactory sinks) {
        Stage stage = prepared.stage();
        long rowsRead =
                exchangesRead(stage).stream().mapToLong(read -> outputs.rowCount(read.id())).sum();
        CompiledStage compiled = prepared.compiled(rowsRead);
        Map<Integer, List<Split>> splits = prepared.splits();
        Optional<TableSink> sink =
                stage.plan() instanceof PhysicalPlan.WriteFiles write
                        ? Optional.of(sinks.create(write, write.input().schema()))
                        : Optional.empty();
        sink.ifPresent(TableSink::begin);
        StageContext context = new StageContext(splits, slices, compiled, sink, memory, outputs);
        int tasks = TaskPipeline.tasks(stage.plan(), context);
        stage.output().ifPresent(exchange -> outputs.expect(exchange.id(), tasks));
        return new StageRun(
                stage,
                settings,
                memory,
                outputs,
                resultBlocks,
                arbiter,
                context,
                compiled,
                sink,
                tasks);
    }

    private static List<PhysicalPlan.Exchange> exchangesRead(Stage stage) {
        List<PhysicalPlan.Exchange> found = new ArrayList<>();
        collect(stage.plan(), found);
        return found;
    }

    private static void collect(PhysicalPlan plan, List<PhysicalPlan.Exchange> found) {
        Stage.exchangeRead(plan)
                .ifPresentOrElse(
                        found::add, () -> plan.children().forEach(child -> collect(child, found)));
    }

    /// What a task reads of an exchange.
    record Read(int exchangeId, PartitionSlice slice) {}

    /// What a task reads of each exchange that is dealt out to the tasks; nothing where a union
    /// moves their numbers.
    List<Read> slicesRead(int task) {
        if (stage.nodes().stream().anyMatch(node -> node instanceof PhysicalPlan.Union)) {
            return List.of();
        }
        return exchangesRead(stage).stream()
                .filter(exchange -> context.tasks(exchange) == taskCount)
                .map(exchange -> new Read(exchange.id(), context.slice(exchange, task)))
                .toList();
    }

    /// Has its rows go to `to`, and only of the tasks that it wants. Called before any task.
    void into(PartitionSink to) {
        partitions = Optional.of(to);
        for (int task = 0; task < taskCount; task++) {
            if (!to.wants(task, taskCount)) {
                done.add(task);
            }
        }
    }

    /// The executor that holds what a task scans, or empty.
    String holder(int task) {
        return context.onlySplits()
                .filter(splits -> splits.size() == taskCount)
                .map(splits -> splits.get(task).executor())
                .orElse("");
    }

    int id() {
        return stage.id();
    }

    String label() {
        return stage.label();
    }

    Stage stage() {
        return stage;
    }

    Settings settings() {
        return settings;
    }

    BatchAllocator memory() {
        return memory;
    }

    MapOutputs outputs() {
        return outputs;
    }

    /// Where the rows of the query's result are kept.
    SpillableBlocks results() {
        return resultBlocks;
    }

    MemoryArbiter arbiter() {
        return arbiter;
    }

    StageContext context() {
        return context;
    }

    CompiledStage compiled() {
        return compiled;
    }

    int taskCount() {
        return taskCount;
    }

    /// Whether its rows go to a sink.
    boolean writes() {
        return sink.isPresent();
    }

    long limitBytes() {
        return memory.limitBytes();
    }

    Optional<PhysicalPlan> node(int nodeId) {
        return stage.nodes().stream().filter(n -> n.id() == nodeId).findFirst();
    }

    void submitted(TaskRun run) {
        // What it shares with others is let go of again at its end.
        closed = false;
        running.add(run);
    }

    void ended(TaskRun run) {
        running.remove(run);
    }

    List<TaskRun> running() {
        return running;
    }

    /// The number of a task's next attempt.
    int nextAttempt(int task) {
        return attempts.merge(task, 1, Integer::sum) - 1;
    }

    /// Counts a failure that is the task's own; how many there are now.
    int failed(TaskRun run) {
        return failures.merge(run.task(), 1, Integer::sum);
    }

    /// Takes note that a task did not find what it reads; tasks that miss the same outputs count
    /// once.
    ///
    /// @return how many times in a row that was so
    int fetchFailed() {
        if (!waitsForParents) {
            waitsForParents = true;
            fetchFailures++;
        }
        return fetchFailures;
    }

    /// A stage that this one reads from is complete again.
    void parentReady() {
        waitsForParents = false;
    }

    /// Counts a task as done, unless what it wrote is lost already.
    ///
    /// @return whether it had never been done before
    boolean succeeded(TaskRun run) {
        if (hasOutput(run.task())) {
            done.add(run.task());
        }
        boolean first = counted.add(run.task());
        if (first) {
            rowsWritten += run.counters().rowsWritten();
        }
        return first;
    }

    /// Whether the counters of a task are in the totals.
    boolean wasCounted(int task) {
        return counted.contains(task);
    }

    private boolean hasOutput(int task) {
        return stage.output().isEmpty() || outputs.has(stage.output().get().id(), task);
    }

    /// Takes note of what is lost: done is what has its output.
    void checkOutputs() {
        done.removeIf(task -> !hasOutput(task));
    }

    boolean isDone(int task) {
        return done.contains(task);
    }

    /// Tasks that are neither done nor under way.
    List<Integer> missing() {
        Set<Integer> underWay = new HashSet<>();
        running.forEach(run -> underWay.add(run.task()));
        List<Integer> missing = new ArrayList<>();
        for (int task = 0; task < taskCount; task++) {
            if (!done.contains(task) && !underWay.contains(task)) {
                missing.add(task);
            }
        }
        return missing;
    }

    boolean done() {
        return done.size() == taskCount;
    }

    /// Whether its end was told; not any more once tasks run again.
    boolean isFinished() {
        return finished;
    }

    void setFinished(boolean finished) {
        fetchFailures = finished ? 0 : fetchFailures;
        this.finished = finished;
    }

    long rowsWritten() {
        return rowsWritten;
    }

    /// Keeps a task's part of the query's result; the first attempt counts.
    ///
    /// @param store of the executor that it ran on
    void keepResult(int task, BlockStore store, List<Block> blocks) {
        if (partitions.isPresent()) {
            partitions.get().keep(task, store, blocks);
            return;
        }
        synchronized (results) {
            if (results.putIfAbsent(task, blocks) == null) {
                return;
            }
        }
        blocks.forEach(Block::close);
    }

    /// The result in the order of tasks; the caller closes the blocks.
    List<Block> takeResult() {
        synchronized (results) {
            List<Block> all = results.values().stream().flatMap(List::stream).toList();
            results.clear();
            return all;
        }
    }

    /// Makes what the tasks wrote to the sink visible.
    void commit() {
        sink.ifPresent(TableSink::commit);
        committed = true;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!committed) {
            sink.ifPresent(TableSink::abort);
            takeResult().forEach(Block::close);
        }
        context.close();
    }
}
