package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.codegen.CompiledStage;
import dev.vitrine.engine.kernel.RowOrder;
import dev.vitrine.engine.physical.Partitioning;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.Split;
import dev.vitrine.engine.storage.BlockReader;
import dev.vitrine.engine.storage.PartitionSlice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One task's work: operators wired for one part of a stage's input. Build, [#run], [#close].
public final class TaskPipeline implements AutoCloseable {
    private static final long RANGE_ROWS = 1L << 20;

    private final PhysicalPlan stage;
    private final TaskContext context;
    private final List<Runnable> steps = new ArrayList<>();
    private final List<AutoCloseable> owned = new ArrayList<>();
    private Operator bottom;

    /// @param plan the stage's plan; exchanges in it are read, not gone into
    /// @param end takes the stage's rows
    public TaskPipeline(PhysicalPlan plan, TaskContext context, Operator end) {
        this.stage = plan;
        this.context = context;
        this.bottom = end;
        try {
            wire(plan, context.task(), end);
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /// How many tasks a stage's plan has.
    public static int tasks(PhysicalPlan plan, StageContext shared) {
        return switch (plan) {
            case PhysicalPlan.TableScan scan -> Math.max(1, shared.splits(scan).size());
            case PhysicalPlan.LocalRows l -> 1;
            case PhysicalPlan.RangeRows r -> rangeTasks(r);
            case PhysicalPlan.Exchange e -> shared.tasks(e);
            case PhysicalPlan.ReusedExchange r -> shared.tasks(r.exchange());
            case PhysicalPlan.Union u ->
                    u.inputs().stream().mapToInt(input -> tasks(input, shared)).sum();
            case PhysicalPlan.HashJoin j -> tasks(j.left(), shared);
            case PhysicalPlan.NestedLoopJoin j -> tasks(j.left(), shared);
            case PhysicalPlan.Project p -> tasks(p.input(), shared);
            case PhysicalPlan.Filter f -> tasks(f.input(), shared);
            case PhysicalPlan.HashAggregate a -> tasks(a.input(), shared);
            case PhysicalPlan.Sort s -> tasks(s.input(), shared);
            case PhysicalPlan.TopN t -> tasks(t.input(), shared);
            case PhysicalPlan.Limit l -> tasks(l.input(), shared);
            case PhysicalPlan.Window w -> tasks(w.input(), shared);
            case PhysicalPlan.WindowGroupLimit w -> tasks(w.input(), shared);
            case PhysicalPlan.Expand e -> tasks(e.input(), shared);
            case PhysicalPlan.Generate g -> tasks(g.input(), shared);
            case PhysicalPlan.MapRows m -> tasks(m.input(), shared);
            case PhysicalPlan.PartitionRows p -> p.function().tasks();
            case PhysicalPlan.Sample s -> tasks(s.input(), shared);
            case PhysicalPlan.WriteFiles w -> tasks(w.input(), shared);
        };
    }

    /// What a task reads, for people.
    public static String input(PhysicalPlan plan, int task, StageContext shared) {
        return switch (plan) {
            case PhysicalPlan.TableScan scan -> {
                List<Split> splits = shared.splits(scan);
                yield task < splits.size() ? splits.get(task).description() : "nothing";
            }
            case PhysicalPlan.LocalRows l -> l.rows().size() + " constant rows";
            case PhysicalPlan.RangeRows r -> "range " + task;
            case PhysicalPlan.Exchange e -> shared.slice(e, task).text();
            case PhysicalPlan.ReusedExchange r -> shared.slice(r.exchange(), task).text();
            case PhysicalPlan.PartitionRows p -> p.function().input(task);
            case PhysicalPlan.Union u -> {
                int offset = task;
                for (PhysicalPlan child : u.inputs()) {
                    int n = tasks(child, shared);
                    if (offset < n) {
                        yield input(child, offset, shared);
                    }
                    offset -= n;
                }
                yield "nothing";
            }
            default -> input(plan.children().getFirst(), task, shared);
        };
    }

    /// Runs the task to its end on this thread.
    public void run() {
        steps.forEach(Runnable::run);
    }

    private void wire(PhysicalPlan plan, int task, Operator above) {
        bottom = above;
        CompiledStage.@Nullable Segment segment = context.shared().compiled().segment(plan.id());
        if (segment != null) {
            CompiledOperator operator =
                    new CompiledOperator(
                            segment,
                            context,
                            join -> build(join, task),
                            pass -> chain(plan, segment.input(), task, pass),
                            above);

            wire(segment.input(), task, operator);
            return;
        }
        switch (plan) {
            case PhysicalPlan.TableScan scan -> steps.add(() -> scan(scan, task, above));
            case PhysicalPlan.LocalRows local -> steps.add(() -> local(local, above));
            case PhysicalPlan.RangeRows range -> steps.add(() -> range(range, task, above));
            case PhysicalPlan.Exchange exchange ->
                    steps.add(() -> read(exchange, exchange, task, above));
            case PhysicalPlan.ReusedExchange reused ->
                    steps.add(() -> read(reused, reused.exchange(), task, above));
            case PhysicalPlan.PartitionRows rows -> {
                PartitionRowsReader reader = new PartitionRowsReader(rows, task, context, above);
                owned.add(reader);
                steps.add(reader::run);
            }
            case PhysicalPlan.Union union -> {
                int offset = task;
                for (PhysicalPlan input : union.inputs()) {
                    int n = tasks(input, context.shared());
                    if (offset < n) {
                        wire(input, offset, new UnionOperator(union, context, above));
                        return;
                    }
                    offset -= n;
                }
            }
            default -> wire(plan.children().getFirst(), task, operator(plan, task, above));
        }
    }

    /// The interpreted operators of the nodes from `top` down to, not including, `bottom`; the
    /// lowest of them.
    private Operator chain(PhysicalPlan top, PhysicalPlan bottom, int task, Operator above) {
        Operator operator = above;
        for (PhysicalPlan node = top; node != bottom; node = node.children().getFirst()) {
            operator = operator(node, task, operator);
        }
        return operator;
    }

    private Operator operator(PhysicalPlan plan, int task, Operator above) {
        return switch (plan) {
            case PhysicalPlan.Project p -> new ProjectOperator(p, context, above);
            case PhysicalPlan.Filter f -> new FilterOperator(f, context, above);
            case PhysicalPlan.HashAggregate a -> new HashAggregateOperator(a, context, above);
            case PhysicalPlan.HashJoin j -> new HashJoinOperator(j, build(j, task), context, above);
            case PhysicalPlan.NestedLoopJoin j ->
                    new HashJoinOperator(j, build(j, task), context, above);
            case PhysicalPlan.Sort s -> new SortOperator(s, context, above);
            case PhysicalPlan.TopN t -> new SortOperator(t, context, above);
            case PhysicalPlan.Limit l -> new LimitOperator(l, context, above);
            case PhysicalPlan.Window w -> new WindowOperator(w, context, above);
            case PhysicalPlan.WindowGroupLimit w -> new GroupLimitOperator(w, context, above);
            case PhysicalPlan.Expand e -> new ExpandOperator(e, context, above);
            case PhysicalPlan.Generate g -> new GenerateOperator(g, context, above);
            case PhysicalPlan.MapRows m -> new MapRowsOperator(m, context, above);
            case PhysicalPlan.Sample s -> new SampleOperator(s, context, above);
            case PhysicalPlan.WriteFiles w -> new WriteOperator(w, context);
            case PhysicalPlan.TableScan s -> throw noOperator(s);
            case PhysicalPlan.LocalRows l -> throw noOperator(l);
            case PhysicalPlan.RangeRows r -> throw noOperator(r);
            case PhysicalPlan.Union u -> throw noOperator(u);
            case PhysicalPlan.PartitionRows p -> throw noOperator(p);
            case PhysicalPlan.Exchange e -> throw noOperator(e);
            case PhysicalPlan.ReusedExchange r -> throw noOperator(r);
        };
    }

    /// The build side of a join: shared by the stage's tasks, or this task's partition of it.
    private BuildSide build(PhysicalPlan join, int task) {
        PhysicalPlan.Exchange exchange =
                switch (join.children().get(1)) {
                    case PhysicalPlan.Exchange e -> e;
                    case PhysicalPlan.ReusedExchange r -> {
                        if (task == 0) {
                            context.metrics()
                                    .gave(r.id(), context.outputs().rowCount(r.exchange().id()));
                        }
                        yield r.exchange();
                    }
                    default -> throw noOperator(join.children().get(1));
                };
        if (join instanceof PhysicalPlan.NestedLoopJoin
                || join instanceof PhysicalPlan.HashJoin hashed && hashed.broadcast()) {
            return context.shared().broadcast(join, exchange);
        }
        for (AutoCloseable resource : owned) {
            if (resource instanceof Partition(var id, var side) && id == join.id()) {
                return side;
            }
        }
        PartitionSlice slice = context.shared().slice(exchange, task);
        BuildSide side =
                new BuildSide(
                        exchange.schema(),
                        () -> context.outputs().read(exchange.id(), slice, context.allocator()),
                        context.allocator());
        owned.add(new Partition(join.id(), side));
        return side;
    }

    private record Partition(int join, BuildSide side) implements AutoCloseable {
        @Override
        public void close() {
            side.close();
        }
    }

    private void scan(PhysicalPlan.TableScan scan, int task, Operator above) {
        List<Split> splits = context.shared().splits(scan);
        if (task < splits.size()) {
            ScanRequest request =
                    context.settings().getBoolean(Settings.RUNTIME_FILTERS)
                            ? context.shared().request(stage, scan)
                            : scan.request();
            try (BatchReader reader =
                    scan.source().read(splits.get(task), request, context.allocator())) {
                long bytes = 0;
                while (!above.satisfied()) {
                    context.check();
                    Batch next = reader.next();
                    if (next == null) {
                        break;
                    }
                    try (Batch batch = next) {
                        long read = reader.bytesRead();
                        context.metrics().read(batch.rowCount(), read - bytes);
                        bytes = read;
                        context.metrics().gave(scan.id(), batch.rowCount());
                        above.accept(batch);
                    }
                }
            }
        }
        above.finish();
    }

    /// @param reader the leaf that reads; the exchange itself counts its rows where they are
    ///   written
    private void read(
            PhysicalPlan reader, PhysicalPlan.Exchange exchange, int task, Operator above) {
        if (exchange.partitioning() instanceof Partitioning.Merged(var keys)) {
            merge(reader, exchange, SortKeys.order(keys, exchange.output()), above);
            return;
        }
        BlockReader blocks =
                context.outputs()
                        .read(
                                exchange.id(),
                                context.shared().slice(exchange, task),
                                context.allocator());
        while (!above.satisfied()) {
            context.check();
            Batch next = blocks.next();
            if (next == null) {
                break;
            }
            try (Batch batch = next) {
                context.metrics().read(batch.rowCount(), batch.sizeBytes());
                if (reader != exchange) {
                    context.metrics().gave(reader.id(), batch.rowCount());
                }
                above.accept(batch);
            }
        }
        above.finish();
    }

    private void merge(
            PhysicalPlan reader, PhysicalPlan.Exchange exchange, RowOrder order, Operator above) {
        List<RunMerger.Run> runs = new ArrayList<>();
        for (BlockReader run :
                context.outputs().readByTask(exchange.id(), 0, context.allocator())) {
            runs.add(new RunMerger.Run(run::next, run.largestBytes()));
        }
        try (RunMerger merger = new RunMerger(context, exchange.schema(), order, runs)) {
            merger.run(batch -> {
                context.metrics().read(batch.rowCount(), batch.sizeBytes());
                if (reader != exchange) {
                    context.metrics().gave(reader.id(), batch.rowCount());
                }
                above.accept(batch);
            });
        }
        above.finish();
    }

    private void local(PhysicalPlan.LocalRows local, Operator above) {
        int step = context.batchRows();
        try (BatchBuilder builder =
                new BatchBuilder(
                        local.schema(), context.allocator(), Math.min(step, local.rows().size()))) {
            for (int from = 0; from < local.rows().size() && !above.satisfied(); from += step) {
                int to = Math.min(from + step, local.rows().size());
                for (int i = from; i < to; i++) {
                    builder.appendRow(local.rows().get(i));
                }
                push(local.id(), builder, to - from, above);
            }
        }
        above.finish();
    }

    private void range(PhysicalPlan.RangeRows range, int task, Operator above) {
        long rows = rangeRows(range);
        long first = task * RANGE_ROWS;
        int tasks = rangeTasks(range);
        long end = task == tasks - 1 ? rows : first + RANGE_ROWS;
        int step = context.batchRows();
        try (BatchBuilder builder = new BatchBuilder(range.schema(), context.allocator(), step)) {
            for (long from = first; from < end && !above.satisfied(); from += step) {
                long to = Math.min(from + step, end);
                for (long i = from; i < to; i++) {
                    builder.column(0).appendLong(range.start() + i * range.step());
                }
                push(range.id(), builder, (int) (to - from), above);
            }
        }
        above.finish();
    }

    private void push(int nodeId, BatchBuilder builder, int rows, Operator above) {
        context.check();
        try (Batch batch = builder.build(rows)) {
            context.metrics().read(rows, 0);
            context.metrics().gave(nodeId, rows);
            above.accept(batch);
        }
    }

    private static int rangeTasks(PhysicalPlan.RangeRows range) {
        return Math.clamp((rangeRows(range) + RANGE_ROWS - 1) / RANGE_ROWS, 1, 4096);
    }

    private static long rangeRows(PhysicalPlan.RangeRows range) {
        long span = Math.subtractExact(range.end(), range.start());
        if (span == 0 || span > 0 != range.step() > 0) {
            return 0;
        }
        return (Math.abs(span) + Math.abs(range.step()) - 1) / Math.abs(range.step());
    }

    private static RuntimeException noOperator(PhysicalPlan plan) {
        return dev.vitrine.engine.error.EngineException.internal(
                plan.getClass().getSimpleName() + " is no operator");
    }

    @Override
    public void close() {
        bottom.close();
        for (AutoCloseable resource : owned) {
            try {
                resource.close();
            } catch (Exception e) {
                throw dev.vitrine.engine.error.EngineException.internal("closing a task", e);
            }
        }
    }
}
