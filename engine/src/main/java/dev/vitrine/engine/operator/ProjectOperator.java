package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.Evaluator;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.Optional;

/// Computes expressions for each row, interpreted; where all are columns of the input, shares them.
final class ProjectOperator extends StreamedOperator {
    private final PhysicalPlan.Project plan;
    private final TaskContext context;
    private final Schema schema;
    private final List<Evaluator> exprs;
    private final BatchRow row = new BatchRow();
    private final Optional<int[]> columns;

    ProjectOperator(PhysicalPlan.Project plan, TaskContext context, Operator above) {
        super(above);
        this.plan = plan;
        this.context = context;
        this.schema = plan.schema();
        this.exprs =
                Interpreted.bind(
                        plan.exprs(), plan.input().output(), context.settings().timeZone());
        boolean plain = plan.exprs().stream().allMatch(ProjectOperator::isColumn);
        this.columns =
                plain
                        ? Optional.of(
                                plan.exprs().stream()
                                        .mapToInt(e ->
                                                Interpreted.ordinal(
                                                        column(e), plan.input().output()))
                                        .toArray())
                        : Optional.empty();
    }

    /// Whether an expression gives a column of the input as it is.
    static boolean isColumn(Expr expr) {
        return expr instanceof Expr.Attribute
                || expr instanceof Expr.Alias(Expr.Attribute a, var name, var id);
    }

    private static Expr.Attribute column(Expr expr) {
        return expr instanceof Expr.Alias(Expr.Attribute a, var name, var id)
                ? a
                : (Expr.Attribute) expr;
    }

    @Override
    public void accept(Batch batch) {
        int rows = batch.rowCount();
        context.metrics().entering(plan.id());
        if (columns.isPresent()) {
            context.metrics().gave(plan.id(), rows);
            try (Batch selected = batch.select(columns.get(), schema)) {
                above.accept(selected);
            }
            return;
        }
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
            context.metrics().gave(plan.id(), rows);
            try (Batch projected = builder.build(rows)) {
                above.accept(projected);
            }
        }
    }
}
