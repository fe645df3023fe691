package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.function.Evaluator;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.types.Schema;
import java.util.List;

/// Gives each batch once for every projection.
final class ExpandOperator extends StreamedOperator {
    private final int nodeId;
    private final TaskContext context;
    private final Schema schema;
    private final List<List<Evaluator>> projections;
    private final BatchRow row = new BatchRow();

    ExpandOperator(PhysicalPlan.Expand plan, TaskContext context, Operator above) {
        super(above);
        this.nodeId = plan.id();
        this.context = context;
        this.schema = plan.schema();
        this.projections =
                plan.projections().stream()
                        .map(exprs ->
                                Interpreted.bind(
                                        exprs,
                                        plan.input().output(),
                                        context.settings().timeZone()))
                        .toList();
    }

    @Override
    public void accept(Batch batch) {
        int rows = batch.rowCount();
        for (List<Evaluator> exprs : projections) {
            context.metrics().entering(nodeId);
            context.metrics().interpreted(rows);
            try (BatchBuilder builder = new BatchBuilder(schema, context.allocator(), rows)) {
                for (int i = 0; i < rows; i++) {
                    if ((i & 1023) == 0) {
                        context.check();
                    }
                    row.at(batch, i);
                    for (int column = 0; column < exprs.size(); column++) {
                        builder.column(column).append(exprs.get(column).eval(row));
                    }
                }
                context.metrics().gave(nodeId, rows);
                try (Batch expanded = builder.build(rows)) {
                    above.accept(expanded);
                }
            }
        }
    }
}
