package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.SortDirection;
import dev.vitrine.engine.kernel.RowOrder;
import dev.vitrine.engine.physical.PhysicalPlan;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Computes window calls over rows that come sorted: keeps the batches of a partition until its
/// last row is there.
final class WindowOperator implements Operator {
    private static final int COPIED_AT_ONCE = 1024;

    private final TaskContext context;
    private final Operator above;
    private final int nodeId;
    private final int inputColumns;
    private final boolean partitioned;
    private final RowOrder partitioning;
    private final List<WindowColumn> columns = new ArrayList<>();
    private final WindowPartition partition;
    private final RowOutput output;
    private final int[] copied = new int[COPIED_AT_ONCE];

    /// Batches with rows of the partition at hand; its first row is `start` of the first.
    private final List<Batch> held = new ArrayList<>();

    private int start;

    WindowOperator(PhysicalPlan.Window plan, TaskContext context, Operator above) {
        this.context = context;
        this.above = above;
        this.nodeId = plan.id();
        List<Expr.Attribute> input = plan.input().output();
        this.inputColumns = input.size();
        this.partitioned = !plan.partition().isEmpty();
        this.partitioning =
                SortKeys.order(
                        plan.partition().stream()
                                .map(k -> new Expr.SortKey(k, SortDirection.ASCENDING, true))
                                .toList(),
                        input);
        this.partition =
                new WindowPartition(SortKeys.order(plan.order(), input), !plan.order().isEmpty());
        ZoneId zone = context.settings().timeZone();
        for (Expr.Alias alias : plan.calls()) {
            Expr.WindowCall call = (Expr.WindowCall) alias.input();
            WindowFrame frame = new WindowFrame(call.frame().orElseThrow(), plan);
            columns.add(
                    switch (call.function()) {
                        case Expr.PositionCall position ->
                                new WindowPosition(position, frame, plan, partition);
                        case Expr.AggregateCall aggregate ->
                                aggregate(aggregate, frame, plan, zone);
                        default ->
                                throw EngineException.internal(
                                        call.function().sql() + " is no window function");
                    });
        }
        this.output = new RowOutput(context, plan.id(), plan.schema(), above);
    }

    private WindowColumn aggregate(
            Expr.AggregateCall call, WindowFrame frame, PhysicalPlan.Window plan, ZoneId zone) {
        CallSite site =
                new CallSite(
                        call.args().stream().map(Expr::type).toList(),
                        call.type(),
                        call.mode(),
                        zone);
        if (WindowSums.supports(call, site)) {
            return new WindowSums(call, site, frame, plan, partition);
        }
        return WindowNumbers.supports(call, site, frame)
                ? WindowNumbers.of(call, site, frame, plan, partition)
                : new WindowAggregate(call, site, frame, plan, partition);
    }

    @Override
    public void accept(Batch batch) {
        context.check();
        context.metrics().entering(nodeId);
        context.metrics().interpreted(batch.rowCount());
        int from = 0;
        if (partitioned) {
            @Nullable Batch before = held.isEmpty() ? null : held.getLast();
            int beforeRow = before == null ? -1 : before.rowCount() - 1;
            for (int row = 0; row < batch.rowCount(); row++) {
                if (before != null && partitioning.compare(before, beforeRow, batch, row) != 0) {
                    end(batch, from, row);
                    from = row;
                }
                before = batch;
                beforeRow = row;
            }
        }
        if (from < batch.rowCount()) {
            start = held.isEmpty() ? from : start;
            held.add(batch.retain());
        }
    }

    /// The partition at hand ends before row `to` of `batch`, in which it has rows from `from`.
    private void end(@Nullable Batch batch, int from, int to) {
        partition.clear();
        for (int i = 0; i < held.size(); i++) {
            Batch part = held.get(i);
            partition.add(part, i == 0 ? start : 0, part.rowCount());
        }
        if (batch != null && to > from) {
            partition.add(batch, from, to);
        }
        compute();
        held.forEach(Batch::close);
        held.clear();
    }

    private void compute() {
        columns.forEach(column -> column.start(partition));
        int at = 0;
        while (at < partition.size()) {
            context.check();
            int count =
                    partition.stretch(at, Math.min(partition.size(), at + output.room()), copied);
            for (int c = 0; c < inputColumns; c++) {
                partition.copyColumn(c, copied, count, at, output.builder().column(c));
            }
            for (int c = 0; c < columns.size(); c++) {
                WindowColumn column = columns.get(c);
                for (int i = at; i < at + count; i++) {
                    column.append(i, output.builder().column(inputColumns + c));
                }
            }
            at += count;
            output.endRows(count);
        }
    }

    @Override
    public void finish() {
        if (!held.isEmpty()) {
            end(null, 0, 0);
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
        held.forEach(Batch::close);
        held.clear();
        output.close();
        above.close();
    }
}
