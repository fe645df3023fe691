package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.types.Schema;

/// Gives the rows of one input of a union the union's columns.
final class UnionOperator extends StreamedOperator {
    private final PhysicalPlan.Union plan;
    private final TaskContext context;
    private final Schema schema;
    private final int[] columns;

    UnionOperator(PhysicalPlan.Union plan, TaskContext context, Operator above) {
        super(above);
        this.plan = plan;
        this.context = context;
        this.schema = plan.schema();
        this.columns = java.util.stream.IntStream.range(0, schema.size()).toArray();
    }

    @Override
    public void accept(Batch batch) {
        context.metrics().gave(plan.id(), batch.rowCount());
        try (Batch renamed = batch.select(columns, schema)) {
            above.accept(renamed);
        }
    }
}
