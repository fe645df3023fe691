package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.kernel.RankLimits;
import dev.vitrine.engine.kernel.RowCopier;
import dev.vitrine.engine.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Leaves out rows that cannot be among the first of their group: holds batches back while memory
/// allows it, so that the groups' bounds are known when their rows are chosen. Passes rows on as
/// they are where groups take too much memory, or hardly any row is left out.
final class GroupLimitOperator implements Operator {
    /// Rows after which it must be worth it.
    private static final long TRIED_ROWS = 1L << 19;

    private final PhysicalPlan.WindowGroupLimit plan;
    private final TaskContext context;
    private final Operator above;
    private final RowOutput output;
    private final List<Held> held = new ArrayList<>();
    private @Nullable RankLimits limits;
    private long heldBytes;
    private long seen;
    private long kept;

    private record Held(Batch batch, RankLimits.Candidates candidates) {}

    GroupLimitOperator(PhysicalPlan.WindowGroupLimit plan, TaskContext context, Operator above) {
        this.plan = plan;
        this.context = context;
        this.above = above;
        List<Expr.Attribute> input = plan.input().output();
        this.limits =
                new RankLimits(
                        plan.partition().stream()
                                .mapToInt(p -> Interpreted.ordinal(p, input))
                                .toArray(),
                        plan.partition().stream().map(Expr.Attribute::type).toList(),
                        SortKeys.order(plan.order(), input),
                        plan.limit(),
                        switch (plan.rank()) {
                            case RANK -> RankLimits.Ties.SAME;
                            case DENSE_RANK -> RankLimits.Ties.ONCE;
                            default -> RankLimits.Ties.LAST;
                        },
                        context.allocator());
        this.output = new RowOutput(context, plan.id(), plan.schema(), above);
    }

    @Override
    public void accept(Batch batch) {
        context.check();
        context.metrics().entering(plan.id());
        RankLimits now = limits;
        if (now == null) {
            pass(batch);
            return;
        }
        Batch own = batch.retain();
        RankLimits.Candidates candidates = new RankLimits.Candidates();
        held.add(new Held(own, candidates));
        long share = context.memory().share();
        boolean tooLarge = false;
        for (int from = 0; from < own.rowCount(); from += RankLimits.STEP) {
            context.check();
            int to = Math.min(from + RankLimits.STEP, own.rowCount());
            long growth = now.growthBytes();
            tooLarge |= growth > 0 && now.sizeBytes() + growth > share / 4;
            if (tooLarge) {
                candidates.addAll(from, to);
            } else {
                now.offer(own, from, to, candidates);
            }
        }
        seen += own.rowCount();
        heldBytes += own.sizeBytes() + candidates.sizeBytes();
        if (heldBytes > share / 4 || tooLarge) {
            handOut(now);
        }
        if (tooLarge || seen - pending() > TRIED_ROWS && kept > seen - seen / 8) {
            handOut(now);
            output.flush();
            now.close();
            limits = null;
        }
    }

    private long pending() {
        return held.stream().mapToLong(h -> h.batch.rowCount()).sum();
    }

    private void pass(Batch batch) {
        context.metrics().gave(plan.id(), batch.rowCount());
        above.accept(batch);
    }

    /// Hands up the rows that are not ruled out by now.
    private void handOut(RankLimits now) {
        for (Held each : held) {
            now.narrow(each.candidates);
            kept += each.candidates.count();
            copy(each.batch, each.candidates.rows(), each.candidates.count());
        }
        held.forEach(each -> each.batch.close());
        held.clear();
        heldBytes = 0;
    }

    private void copy(Batch batch, int[] rows, int count) {
        int at = 0;
        while (at < count) {
            context.check();
            int to = Math.min(count, at + Math.min(output.room(), RankLimits.STEP));
            RowCopier.copy(batch, rows, at, to, output.builder());
            output.endRows(to - at);
            at = to;
        }
    }

    @Override
    public void finish() {
        context.metrics().entering(plan.id());
        if (limits != null) {
            handOut(limits);
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
        held.forEach(each -> each.batch.close());
        held.clear();
        if (limits != null) {
            limits.close();
        }
        output.close();
        above.close();
    }
}
