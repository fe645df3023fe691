package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.Evaluator;
import dev.vitrine.engine.kernel.RowCopier;
import dev.vitrine.engine.physical.PhysicalPlan;
import java.util.List;

/// Keeps rows for which a predicate is true, interpreted. Its terms are asked one after another: a
/// row for which one is NULL is gone for the next, as it is where they are filters of their own.
final class FilterOperator extends StreamedOperator {
    private final PhysicalPlan.Filter plan;
    private final TaskContext context;
    private final List<Evaluator> terms;
    private final BatchRow row = new BatchRow();

    FilterOperator(PhysicalPlan.Filter plan, TaskContext context, Operator above) {
        super(above);
        this.plan = plan;
        this.context = context;
        this.terms =
                Expr.conjuncts(plan.predicate()).stream()
                        .map(term ->
                                Interpreted.bind(
                                        term, plan.input().output(), context.settings().timeZone()))
                        .toList();
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
            if (keeps(row.at(batch, i))) {
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

    private boolean keeps(BatchRow at) {
        for (Evaluator term : terms) {
            if (!Boolean.TRUE.equals(term.eval(at))) {
                return false;
            }
        }
        return true;
    }
}
