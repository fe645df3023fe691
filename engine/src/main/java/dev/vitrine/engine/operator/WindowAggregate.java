package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An aggregate over each row's frame. A frame that begins with the partition grows by what comes
/// in (a whole partition at once); any other is put together from states of blocks of 16, 256 …
/// rows, which are made when first asked for: the segment tree of Leis and others (2015) with wider
/// nodes.
final class WindowAggregate implements WindowColumn {
    private static final int SHIFT = 4;
    private static final int BLOCK = 1 << SHIFT;

    private final Expr.AggregateCall call;
    private final CallSite site;
    private final WindowFrame frame;
    private final int[] columns;
    private final @Nullable Object[] constants;
    private WindowPartition rows;
    private Accumulator running;
    private int done;
    private int from;
    private int to;
    private @Nullable Object result;
    private boolean computed;
    private final List<List<@Nullable List<@Nullable Object>>> blocks = new ArrayList<>();

    WindowAggregate(
            Expr.AggregateCall call,
            CallSite site,
            WindowFrame frame,
            PhysicalPlan.Window plan,
            WindowPartition rows) {
        this.call = call;
        this.frame = frame;
        this.rows = rows;
        this.site = site;
        this.columns = new int[call.args().size()];
        this.constants = new @Nullable Object[columns.length];
        for (int i = 0; i < columns.length; i++) {
            if (call.args().get(i) instanceof Expr.Literal(Object value, var type)) {
                columns[i] = -1;
                constants[i] = value;
            } else {
                columns[i] =
                        Interpreted.ordinal(
                                (Expr.Attribute) call.args().get(i), plan.input().output());
            }
        }
        this.running = call.function().accumulator(site);
    }

    @Override
    public void start(WindowPartition partition) {
        rows = partition;
        frame.start();
        running = call.function().accumulator(site);
        done = 0;
        computed = false;
        blocks.clear();
    }

    @Override
    public void append(int index, ColumnBuilder target) {
        int newFrom = frame.from(rows, index);
        int newTo = Math.max(newFrom, frame.to(rows, index));
        if (!computed || newFrom != from || newTo != to) {
            from = newFrom;
            to = newTo;
            result = frame.startsAtFirst() ? grown() : assembled();
            computed = true;
        }
        target.append(result);
    }

    private @Nullable Object grown() {
        while (done < to) {
            add(running, done++);
        }
        return running.result();
    }

    private void add(Accumulator accumulator, int index) {
        @Nullable Object[] args = new @Nullable Object[columns.length];
        for (int i = 0; i < args.length; i++) {
            args[i] = columns[i] < 0 ? constants[i] : rows.value(columns[i], index);
        }
        accumulator.add(args);
    }

    private @Nullable Object assembled() {
        Accumulator accumulator = call.function().accumulator(site);
        int at = from;
        while (at < to) {
            int level = -1;
            while ((at & (1 << SHIFT * (level + 2)) - 1) == 0
                    && SHIFT * (level + 2) < 28
                    && at + (1 << SHIFT * (level + 2)) <= to) {
                level++;
            }
            if (level < 0) {
                add(accumulator, at++);
            } else {
                accumulator.merge(block(level, at >>> SHIFT * (level + 1)));
                at += 1 << SHIFT * (level + 1);
            }
        }
        return accumulator.result();
    }

    /// The state of a block: of 16 rows at level 0, of 16 blocks below at others.
    private List<@Nullable Object> block(int level, int number) {
        while (blocks.size() <= level) {
            blocks.add(new ArrayList<>());
        }
        List<@Nullable List<@Nullable Object>> known = blocks.get(level);
        while (known.size() <= number) {
            known.add(null);
        }
        List<@Nullable Object> state = known.get(number);
        if (state == null) {
            Accumulator accumulator = call.function().accumulator(site);
            for (int i = 0; i < BLOCK; i++) {
                int child = number * BLOCK + i;
                if (level == 0) {
                    add(accumulator, child);
                } else {
                    accumulator.merge(block(level - 1, child));
                }
            }
            state = accumulator.state();
            known.set(number, state);
        }
        return state;
    }
}
