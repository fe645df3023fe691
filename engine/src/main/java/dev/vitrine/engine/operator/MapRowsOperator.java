package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.RowFunction;
import dev.vitrine.engine.expr.SortDirection;
import dev.vitrine.engine.kernel.RowOrder;
import dev.vitrine.engine.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Hands rows to a program's function and its rows on: of each batch as it comes, or, where the
/// function sees a whole partition or group, when the last of these is there; until then their
/// batches are held.
final class MapRowsOperator implements Operator {
    private final PhysicalPlan.MapRows plan;
    private final TaskContext context;
    private final Operator above;
    private final int[] columns;
    private final RowOrder grouping;
    private final RowOutput output;

    /// What is held of the partition or group at hand.
    private final List<Part> held = new ArrayList<>();

    /// Rows `from` to before `to` of a batch.
    private record Part(Batch batch, int from, int to) {}

    MapRowsOperator(PhysicalPlan.MapRows plan, TaskContext context, Operator above) {
        this.plan = plan;
        this.context = context;
        this.above = above;
        List<Expr.Attribute> input = plan.input().output();
        this.columns = plan.reads().stream().mapToInt(a -> Interpreted.ordinal(a, input)).toArray();
        this.grouping =
                SortKeys.order(
                        plan.reads().subList(0, plan.keys()).stream()
                                .map(k -> new Expr.SortKey(k, SortDirection.ASCENDING, true))
                                .toList(),
                        input);
        this.output = new RowOutput(context, plan.id(), plan.schema(), above);
    }

    @Override
    public void accept(Batch batch) {
        context.check();
        context.metrics().entering(plan.id());
        context.metrics().interpreted(batch.rowCount());
        switch (plan.function().scope()) {
            case ROWS -> {
                call(List.of(new Part(batch, 0, batch.rowCount())));
                output.flush();
            }
            case PARTITION -> held.add(new Part(batch.retain(), 0, batch.rowCount()));
            case GROUP -> groups(batch);
        }
    }

    private void groups(Batch batch) {
        int from = 0;
        @Nullable Batch before = held.isEmpty() ? null : held.getLast().batch;
        int beforeRow = before == null ? -1 : before.rowCount() - 1;
        for (int row = 0; row < batch.rowCount(); row++) {
            if (before != null && grouping.compare(before, beforeRow, batch, row) != 0) {
                if (row > from) {
                    held.add(new Part(batch.retain(), from, row));
                }
                callHeld();
                from = row;
            }
            before = batch;
            beforeRow = row;
        }
        if (from < batch.rowCount()) {
            held.add(new Part(batch.retain(), from, batch.rowCount()));
        }
    }

    private void callHeld() {
        call(held);
        release();
    }

    private void release() {
        held.forEach(part -> part.batch.close());
        held.clear();
    }

    private void call(List<Part> parts) {
        Iterator<List<@Nullable Object>> made = plan.function().rows(new Rows(parts));
        for (int count = 0; !above.satisfied() && made.hasNext(); count++) {
            if ((count & 1023) == 0) {
                context.check();
            }
            output.add(made.next());
        }
    }

    @Override
    public void finish() {
        if (plan.function().scope() == RowFunction.Scope.PARTITION || !held.isEmpty()) {
            context.metrics().entering(plan.id());
            callHeld();
        }
        output.flush();
        above.finish();
    }

    @Override
    public boolean satisfied() {
        return above.satisfied();
    }

    @Override
    public void close() {
        release();
        output.close();
        above.close();
    }

    /// Rows of batches, each as an array of its own.
    private final class Rows implements Iterator<@Nullable Object[]> {
        private final List<Part> parts;
        private int part;
        private int row;

        Rows(List<Part> parts) {
            this.parts = List.copyOf(parts);
            this.row = parts.isEmpty() ? 0 : parts.getFirst().from;
            skip();
        }

        private void skip() {
            while (part < parts.size() && row >= parts.get(part).to) {
                part++;
                row = part < parts.size() ? parts.get(part).from : 0;
            }
        }

        @Override
        public boolean hasNext() {
            return part < parts.size();
        }

        @Override
        public @Nullable Object[] next() {
            if (part >= parts.size()) {
                throw new NoSuchElementException();
            }
            if ((row & 1023) == 0) {
                context.check();
            }
            Batch batch = parts.get(part).batch;
            @Nullable Object[] values = new @Nullable Object[columns.length];
            for (int i = 0; i < columns.length; i++) {
                values[i] = batch.value(columns[i], row);
            }
            row++;
            skip();
            return values;
        }
    }
}
