package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.Evaluator;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.List;

/// Gives each batch once for every projection. Columns of the input are given on as they are, coded
/// ones as codes; only what is computed, and constants, are written.
final class ExpandOperator extends StreamedOperator {
    private final int nodeId;
    private final TaskContext context;
    private final Schema schema;
    private final List<Projection> projections = new ArrayList<>();
    private final BatchRow row = new BatchRow();

    /// @param chosen for each column the input's, or the number of the input's columns and on for
    ///   those that are made
    private record Projection(int[] chosen, Schema made, List<Column> columns) {}

    /// How a column that is made is filled.
    private sealed interface Column {
        record Constant(Expr.Literal value) implements Column {}

        record Computed(Evaluator evaluator) implements Column {}
    }

    ExpandOperator(PhysicalPlan.Expand plan, TaskContext context, Operator above) {
        super(above);
        this.nodeId = plan.id();
        this.context = context;
        this.schema = plan.schema();
        plan.projections().forEach(exprs -> projections.add(projection(exprs, plan)));
    }

    private Projection projection(List<Expr> exprs, PhysicalPlan.Expand plan) {
        List<Expr.Attribute> input = plan.input().output();
        List<Evaluator> evaluators = Interpreted.bind(exprs, input, context.settings().timeZone());
        int[] chosen = new int[exprs.size()];
        List<Field> fields = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < chosen.length; i++) {
            if (exprs.get(i) instanceof Expr.Attribute attribute) {
                chosen[i] = Interpreted.ordinal(attribute, input);
                continue;
            }
            chosen[i] = input.size() + fields.size();
            fields.add(schema.field(i));
            columns.add(
                    exprs.get(i) instanceof Expr.Literal literal
                            ? new Column.Constant(literal)
                            : new Column.Computed(evaluators.get(i)));
        }
        return new Projection(chosen, new Schema(fields), columns);
    }

    @Override
    public void accept(Batch batch) {
        int rows = batch.rowCount();
        for (Projection projection : projections) {
            context.check();
            context.metrics().entering(nodeId);
            context.metrics().interpreted(rows);
            context.metrics().gave(nodeId, rows);
            try (Batch made = made(projection, batch);
                    Batch expanded = batch.select(projection.chosen, made, schema)) {
                above.accept(expanded);
            }
        }
    }

    private Batch made(Projection projection, Batch batch) {
        int rows = batch.rowCount();
        try (BatchBuilder builder = new BatchBuilder(projection.made, context.allocator(), rows)) {
            for (int i = 0; i < projection.columns.size(); i++) {
                ColumnBuilder column = builder.column(i);
                switch (projection.columns.get(i)) {
                    case Column.Constant(var literal) when literal.isNull() ->
                            column.appendNulls(rows);
                    case Column.Constant(var literal) -> {
                        for (int r = 0; r < rows; r++) {
                            column.append(literal.value());
                        }
                    }
                    case Column.Computed(var evaluator) -> {
                        for (int r = 0; r < rows; r++) {
                            row.at(batch, r);
                            column.append(evaluator.eval(row));
                        }
                    }
                }
            }
            return builder.build(rows);
        }
    }
}
