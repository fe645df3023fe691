package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.kernel.RowCopier;
import dev.vitrine.engine.kernel.RowGather;
import dev.vitrine.engine.kernel.RowOrder;
import dev.vitrine.engine.kernel.RowSorter;
import dev.vitrine.engine.memory.SpillFile;
import dev.vitrine.engine.memory.Spillable;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sorts a task's rows, or gives the first of them in order: keeps the batches, sorts row numbers,
/// gathers at the end. Where memory is short the rows so far go to a file as a sorted run, and the
/// runs are merged at the end; so do the first rows of a top-N where they take more than the task's
/// share.
final class SortOperator implements Operator, Spillable {
    /// Rows of a batch of a spilled run: one of each run is in memory when they are merged.
    static final int RUN_ROWS = 4096;

    /// Row numbers and keys are on the heap.
    private static final long MAX_ROWS = 1L << 22;

    private final int nodeId;
    private final Schema schema;
    private final RowOrder order;
    private final long limit;
    private final long offset;
    private final TaskContext context;
    private final Operator above;

    /// Takes merged runs.
    private final Operator merged;

    private final List<SpilledRun> runs = new ArrayList<>();
    private List<Batch> batches = new ArrayList<>();
    private long rows;
    private long bound = Long.MAX_VALUE;
    private @Nullable SpillFile file;
    private boolean busy;
    private boolean spilling;
    private volatile long bytes;

    SortOperator(PhysicalPlan.Sort plan, TaskContext context, Operator above) {
        this(
                plan.id(),
                plan.schema(),
                SortKeys.order(plan.keys(), plan.input().output()),
                Long.MAX_VALUE,
                0,
                context,
                above,
                above);
    }

    SortOperator(PhysicalPlan.TopN plan, TaskContext context, Operator above) {
        this(
                plan.id(),
                plan.schema(),
                SortKeys.order(plan.keys(), plan.input().output()),
                plan.limit(),
                plan.offset(),
                context,
                above,
                new LimitOperator(
                        new PhysicalPlan.Limit(
                                plan.id(), plan.input(), plan.limit(), plan.offset()),
                        context,
                        above));
    }

    private SortOperator(
            int nodeId,
            Schema schema,
            RowOrder order,
            long limit,
            long offset,
            TaskContext context,
            Operator above,
            Operator merged) {
        this.nodeId = nodeId;
        this.schema = schema;
        this.order = order;
        this.limit = limit;
        this.offset = offset;
        this.context = context;
        this.above = above;
        this.merged = merged;
        this.spilling = wanted() == Long.MAX_VALUE;
        context.memory().register(this);
    }

    @Override
    public void accept(Batch batch) {
        context.check();
        context.metrics().entering(nodeId);
        if (spilling) {
            if (rows + batch.rowCount() > MAX_ROWS) {
                spillRun();
            }
            // Columns decoded now may need memory, for which this operator may be spilled.
            Batch kept = batch.retain();
            batches.add(kept);
            rows += kept.rowCount();
            // Written by this thread alone.
            long held = bytes;
            bytes = held + kept.sizeBytes();
            return;
        }
        keepTop(batch, wanted());
    }

    private void keepTop(Batch batch, long needed) {
        busy = true;
        keep(batch);
        // A top-N keeps no more than a few times what it needs.
        long share = context.memory().share();
        if (rows > 4 * needed + context.batchRows() || heldBytes() > share) {
            List<Batch> top = new ArrayList<>();
            try {
                gather(0, needed, context.batchRows(), next -> top.add(next.retain()));
            } catch (RuntimeException e) {
                top.forEach(Batch::close);
                throw e;
            }
            batches.forEach(Batch::close);
            batches = top;
            rows = top.stream().mapToLong(Batch::rowCount).sum();
            long topBytes = heldBytes();
            if (topBytes > share / 2) {
                spilling = true;
                busy = false;
                bytes = topBytes;
            } else if (rows > 0) {
                Batch last = batches.getLast();
                bound = order.prefix(last, last.rowCount() - 1);
            }
        }
    }

    private long heldBytes() {
        return batches.stream().mapToLong(Batch::sizeBytes).sum();
    }

    /// Keeps the rows of a batch that may be among those wanted.
    private void keep(Batch batch) {
        int[] chosen = new int[batch.rowCount()];
        int count = 0;
        if (bound < Long.MAX_VALUE) {
            for (int row = 0; row < batch.rowCount(); row++) {
                chosen[count] = row;
                count += order.prefix(batch, row) <= bound ? 1 : 0;
            }
            if (count < batch.rowCount() / 2) {
                if (count > 0) {
                    batches.add(copy(batch, chosen, count));
                    rows += count;
                }
                return;
            }
        }
        batches.add(batch.retain());
        rows += batch.rowCount();
    }

    private Batch copy(Batch batch, int[] chosen, int count) {
        try (BatchBuilder builder = new BatchBuilder(schema, context.allocator(), count)) {
            RowCopier.copy(batch, chosen, 0, count, builder);
            return builder.build(count);
        }
    }

    private long wanted() {
        return limit > Long.MAX_VALUE - offset ? Long.MAX_VALUE : limit + offset;
    }

    /// Gives rows `[from, to)` of the order in batches, which are closed after the call.
    private void gather(long from, long to, int step, Consumer<Batch> target) {
        RowSorter.Sorted sorted = RowSorter.sort(batches, order, context::check);
        RowGather gather = new RowGather(schema, batches.size());
        for (int i = 0; i < batches.size(); i++) {
            gather.set(i, batches.get(i));
        }
        int end = (int) Math.min(to, sorted.row.length);
        int first = (int) Math.min(from, end);
        try (BatchBuilder builder =
                new BatchBuilder(schema, context.allocator(), Math.clamp(end - first, 1, step))) {
            for (int at = first; at < end; at += step) {
                int until = Math.min(at + step, end);
                for (int i = at; i < until; i += 1024) {
                    context.check();
                    gather.copy(sorted.batch, sorted.row, i, Math.min(i + 1024, until), builder);
                }
                try (Batch batch = builder.build(until - at)) {
                    target.accept(batch);
                }
            }
        }
    }

    @Override
    public long spillableBytes() {
        return bytes;
    }

    @Override
    public long spill(long wanted) {
        long freed = bytes;
        if (busy || freed == 0) {
            return 0;
        }
        spillRun();
        return freed;
    }

    private void spillRun() {
        if (rows == 0) {
            return;
        }
        busy = true;
        if (file == null) {
            file = context.memory().arbiter().newFile(schema);
        }
        SpilledRun run = new SpilledRun(file, context);
        gather(0, Math.min(rows, wanted()), Math.min(RUN_ROWS, context.batchRows()), run::add);
        runs.add(run);
        batches.forEach(Batch::close);
        batches = new ArrayList<>();
        rows = 0;
        bytes = 0;
        busy = false;
    }

    @Override
    public void finish() {
        context.metrics().entering(nodeId);
        if (!runs.isEmpty()) {
            spillRun();
        }
        busy = true;
        bytes = 0;
        if (!runs.isEmpty()) {
            List<RunMerger.Run> sorted = runs.stream().map(SpilledRun::run).toList();
            try (RunMerger merger = new RunMerger(context, schema, order, sorted)) {
                merger.run(wanted() == Long.MAX_VALUE ? this::give : merged::accept);
            }
        } else if (rows > 0) {
            gather(offset, wanted(), context.batchRows(), this::give);
        }
        above.finish();
    }

    private void give(Batch batch) {
        context.metrics().gave(nodeId, batch.rowCount());
        above.accept(batch);
    }

    @Override
    public void close() {
        context.memory().unregister(this);
        batches.forEach(Batch::close);
        batches = List.of();
        if (file != null) {
            file.close();
        }
        above.close();
    }
}
