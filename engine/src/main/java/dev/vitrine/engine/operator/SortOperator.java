package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.kernel.RowCopier;
import dev.vitrine.engine.kernel.RowOrder;
import dev.vitrine.engine.kernel.RowSorter;
import dev.vitrine.engine.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;

/// Sorts a task's rows, or gives the first of them in order: keeps the batches, sorts row numbers,
/// gathers at the end.
final class SortOperator implements Operator {
    private final int nodeId;
    private final RowOrder order;
    private final long limit;
    private final long offset;
    private final TaskContext context;
    private final Operator above;
    private List<Batch> batches = new ArrayList<>();
    private long rows;
    private long bound = Long.MAX_VALUE;

    SortOperator(PhysicalPlan.Sort plan, TaskContext context, Operator above) {
        this(
                plan.id(),
                SortKeys.order(plan.keys(), plan.input().output()),
                Long.MAX_VALUE,
                0,
                context,
                above);
    }

    SortOperator(PhysicalPlan.TopN plan, TaskContext context, Operator above) {
        this(
                plan.id(),
                SortKeys.order(plan.keys(), plan.input().output()),
                plan.limit(),
                plan.offset(),
                context,
                above);
    }

    private SortOperator(
            int nodeId,
            RowOrder order,
            long limit,
            long offset,
            TaskContext context,
            Operator above) {
        this.nodeId = nodeId;
        this.order = order;
        this.limit = limit;
        this.offset = offset;
        this.context = context;
        this.above = above;
    }

    @Override
    public void accept(Batch batch) {
        context.check();
        keep(batch);
        // A top-N keeps no more than a few times what it needs.
        long needed = wanted();
        if (needed < Long.MAX_VALUE && rows > 4 * needed + context.batchRows()) {
            List<Batch> top = gather(0, needed);
            batches.forEach(Batch::close);
            batches = new ArrayList<>(top);
            rows = top.stream().mapToLong(Batch::rowCount).sum();
            Batch last = batches.getLast();
            bound = order.prefix(last, last.rowCount() - 1);
        }
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
        try (BatchBuilder builder = new BatchBuilder(batch.schema(), context.allocator(), count)) {
            RowCopier.copy(batch, chosen, 0, count, builder);
            return builder.build(count);
        }
    }

    private long wanted() {
        return limit > Long.MAX_VALUE - offset ? Long.MAX_VALUE : limit + offset;
    }

    private List<Batch> gather(long from, long to) {
        context.check();
        RowSorter.Sorted sorted = RowSorter.sort(batches, order);
        List<Batch> result = new ArrayList<>();
        int end = (int) Math.min(to, sorted.row.length);
        int step = context.batchRows();
        try (BatchBuilder builder =
                new BatchBuilder(
                        batches.getFirst().schema(), context.allocator(), Math.min(step, 1024))) {
            for (int at = (int) Math.min(from, end); at < end; at += step) {
                int until = Math.min(at + step, end);
                int[] one = new int[1];
                for (int i = at; i < until; i++) {
                    if ((i & 1023) == 0) {
                        context.check();
                    }
                    one[0] = sorted.row[i];
                    RowCopier.copy(batches.get(sorted.batch[i]), one, 0, 1, builder);
                }
                result.add(builder.build(until - at));
            }
            return result;
        } catch (RuntimeException e) {
            result.forEach(Batch::close);
            throw e;
        }
    }

    @Override
    public void finish() {
        if (rows > 0) {
            List<Batch> sorted = gather(offset, wanted());
            try {
                for (Batch batch : sorted) {
                    context.metrics().gave(nodeId, batch.rowCount());
                    above.accept(batch);
                }
            } finally {
                sorted.forEach(Batch::close);
            }
        }
        above.finish();
    }

    @Override
    public void close() {
        batches.forEach(Batch::close);
        batches = List.of();
        above.close();
    }
}
