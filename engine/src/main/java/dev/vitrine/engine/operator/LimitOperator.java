package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.kernel.RowCopier;
import dev.vitrine.engine.physical.PhysicalPlan;

/// Lets the first rows through.
final class LimitOperator extends StreamedOperator {
    private final PhysicalPlan.Limit plan;
    private final TaskContext context;
    private long skip;
    private long left;

    LimitOperator(PhysicalPlan.Limit plan, TaskContext context, Operator above) {
        super(above);
        this.plan = plan;
        this.context = context;
        this.skip = plan.offset();
        this.left = plan.limit();
    }

    @Override
    public void accept(Batch batch) {
        int rows = batch.rowCount();
        int from = (int) Math.min(skip, rows);
        skip -= from;
        int count = (int) Math.min(left, rows - from);
        if (count == 0) {
            return;
        }
        left -= count;
        context.metrics().gave(plan.id(), count);
        if (count == rows) {
            above.accept(batch);
            return;
        }
        int[] kept = new int[count];
        for (int i = 0; i < count; i++) {
            kept[i] = from + i;
        }
        try (BatchBuilder builder = new BatchBuilder(batch.schema(), context.allocator(), count)) {
            RowCopier.copy(batch, kept, 0, count, builder);
            try (Batch part = builder.build(count)) {
                above.accept(part);
            }
        }
    }

    @Override
    public boolean satisfied() {
        return left == 0 || above.satisfied();
    }
}
