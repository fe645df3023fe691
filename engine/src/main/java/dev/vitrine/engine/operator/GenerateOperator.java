package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.expr.GeneratorFunction;
import dev.vitrine.engine.function.Evaluator;
import dev.vitrine.engine.kernel.RowCopier;
import dev.vitrine.engine.physical.PhysicalPlan;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives each row once for every row that a generator makes of it.
final class GenerateOperator extends StreamedOperator {
    private final PhysicalPlan.Generate plan;
    private final TaskContext context;
    private final List<Evaluator> args;
    private final GeneratorFunction function;
    private final boolean outer;
    private final int inputColumns;
    private final int columns;
    private final RowOutput output;
    private final BatchRow row = new BatchRow();

    GenerateOperator(PhysicalPlan.Generate plan, TaskContext context, Operator above) {
        super(above);
        this.plan = plan;
        this.context = context;
        this.function = plan.generator().function();
        this.outer = plan.outer() || function.outer();
        this.args =
                Interpreted.bind(
                        plan.generator().args(),
                        plan.input().output(),
                        context.settings().timeZone());
        this.inputColumns = plan.input().output().size();
        this.columns = plan.added().size();
        this.output = new RowOutput(context, plan.id(), plan.schema(), above);
    }

    @Override
    public void accept(Batch batch) {
        context.metrics().entering(plan.id());
        context.metrics().interpreted(batch.rowCount());
        int[] one = new int[1];
        @Nullable Object[] values = new @Nullable Object[args.size()];
        for (int i = 0; i < batch.rowCount(); i++) {
            if ((i & 1023) == 0) {
                context.check();
            }
            row.at(batch, i);
            for (int a = 0; a < values.length; a++) {
                values[a] = args.get(a).eval(row);
            }
            List<List<@Nullable Object>> made = function.rows(values, columns);
            if (made.isEmpty() && outer) {
                made = List.of(Collections.nCopies(columns, null));
            }
            one[0] = i;
            for (List<@Nullable Object> generated : made) {
                BatchBuilder builder = output.builder();
                for (int c = 0; c < inputColumns; c++) {
                    RowCopier.copyColumn(batch, c, one, 0, 1, builder.column(c));
                }
                for (int c = 0; c < columns; c++) {
                    builder.column(inputColumns + c).append(generated.get(c));
                }
                output.endRow();
            }
        }
        output.flush();
    }

    @Override
    public void close() {
        output.close();
        above.close();
    }
}
