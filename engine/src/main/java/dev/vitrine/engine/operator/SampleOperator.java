package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.kernel.RowCopier;
import dev.vitrine.engine.physical.PhysicalPlan;
import java.util.SplittableRandom;

/// Lets a random part of the rows through, the same for the same seed and task.
final class SampleOperator extends StreamedOperator {
    private final PhysicalPlan.Sample plan;
    private final TaskContext context;
    private final SplittableRandom random;

    SampleOperator(PhysicalPlan.Sample plan, TaskContext context, Operator above) {
        super(above);
        this.plan = plan;
        this.context = context;
        this.random = new SplittableRandom(plan.seed() * 31 + context.task());
    }

    @Override
    public void accept(Batch batch) {
        int[] kept = new int[batch.rowCount()];
        int count = 0;
        for (int i = 0; i < batch.rowCount(); i++) {
            if (random.nextDouble() < plan.fraction()) {
                kept[count++] = i;
            }
        }
        context.metrics().gave(plan.id(), count);
        try (BatchBuilder builder = new BatchBuilder(batch.schema(), context.allocator(), count)) {
            RowCopier.copy(batch, kept, 0, count, builder);
            try (Batch part = builder.build(count)) {
                above.accept(part);
            }
        }
    }
}
