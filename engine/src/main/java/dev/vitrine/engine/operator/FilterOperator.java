package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.function.Evaluator;
import dev.vitrine.engine.kernel.RowCopier;
import dev.vitrine.engine.physical.PhysicalPlan;

/// Keeps rows for which a predicate is true, interpreted.
final class FilterOperator extends StreamedOperator {
    private final PhysicalPlan.Filter plan;
    private final TaskContext context;
    private final Evaluator predicate;
    private final BatchRow row = new BatchRow();

    FilterOperator(PhysicalPlan.Filter plan, TaskContext context, Operator above) {
        super(above);
        this.plan = plan;
        this.context = context;
        this.predicate =
                Interpreted.condition(
                        plan.predicate(), plan.input().output(), context.settings().timeZone());
    }

    @Override
    public void accept(Batch batch) {
        context.metrics().entering(plan.id());
        context.metrics().interpreted(batch.rowCount());
        int[] kept = new int[batch.rowCount()];
        int count = 0;
        for (int i = 0; i < batch.rowCount(); i++) {
            if ((i & 1023) == 0) {
                context.check();
            }
            if (Boolean.TRUE.equals(predicate.eval(row.at(batch, i)))) {
                kept[count++] = i;
            }
        }
        if (count == 0) {
            return;
        }
        context.metrics().gave(plan.id(), count);
        if (count == batch.rowCount()) {
            above.accept(batch);
            return;
        }
        try (BatchBuilder builder = new BatchBuilder(batch.schema(), context.allocator(), count)) {
            RowCopier.copy(batch, kept, 0, count, builder);
            try (Batch filtered = builder.build(count)) {
                above.accept(filtered);
            }
        }
    }
}
