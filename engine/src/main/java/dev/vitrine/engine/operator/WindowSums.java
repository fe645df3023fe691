package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.NativeAggregate;
import dev.vitrine.engine.kernel.CheckedMath;
import dev.vitrine.engine.kernel.KeyLayout;
import dev.vitrine.engine.kernel.WideDecimal;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.types.DataType;

/// sum of whole numbers, sum or avg of decimals over each row's frame, unboxed: in 128 bits, in
/// which what enters a frame is added and what leaves it subtracted, so that frames may be of any
/// length.
final class WindowSums implements WindowColumn {
    private final boolean average;
    private final WindowFrame frame;
    private final int column;
    private final DataType type;
    private final int scale;
    private final WideDecimal result = new WideDecimal();
    private WindowPartition rows;
    private long[] high = new long[0];
    private long[] low = new long[0];
    private boolean[] nulls = new boolean[0];
    private int from;
    private int to;
    private long count;
    private long sumHigh;
    private long sumLow;

    WindowSums(
            Expr.AggregateCall call,
            CallSite site,
            WindowFrame frame,
            PhysicalPlan.Window plan,
            WindowPartition rows) {
        Expr.Attribute argument = (Expr.Attribute) call.args().getFirst();
        this.average = call.function().nativeForm(site) == NativeAggregate.AVG;
        this.frame = frame;
        this.column = Interpreted.ordinal(argument, plan.input().output());
        this.type = call.type();
        this.scale = argument.type() instanceof DataType.Decimal d ? d.scale() : 0;
        this.rows = rows;
    }

    /// Whether a call can be computed so.
    static boolean supports(Expr.AggregateCall call, CallSite site) {
        if (call.distinct()
                || call.filter().isPresent()
                || call.args().size() != 1
                || call.mode() != EvalMode.ANSI
                || !(call.args().getFirst() instanceof Expr.Attribute a)) {
            return false;
        }
        return switch (call.function().nativeForm(site)) {
            case SUM ->
                    a.type() instanceof DataType.Decimal && call.type() instanceof DataType.Decimal
                            || a.type().isIntegral() && call.type() == DataType.BIGINT;
            case AVG ->
                    a.type() instanceof DataType.Decimal && call.type() instanceof DataType.Decimal;
            case NONE, COUNT, MIN, MAX, MOMENTS, MOMENTS_4, PAIRS, VALUES -> false;
        };
    }

    @Override
    public void start(WindowPartition partition) {
        rows = partition;
        frame.start();
        if (low.length < rows.size()) {
            low = new long[Math.max(rows.size(), 2 * low.length)];
            high = new long[low.length];
            nulls = new boolean[low.length];
        }
        rows.words(column, high, low, nulls);
        from = 0;
        to = 0;
        count = 0;
        sumHigh = 0;
        sumLow = 0;
    }

    @Override
    public void append(int index, ColumnBuilder target) {
        int newFrom = frame.from(rows, index);
        int newTo = Math.max(newFrom, frame.to(rows, index));
        while (to < newTo) {
            add(to++);
        }
        while (from < newFrom) {
            subtract(from++);
        }
        if (count == 0) {
            target.appendNull();
        } else if (type instanceof DataType.Decimal decimal) {
            give(decimal, target);
        } else if (sumHigh == sumLow >> 63) {
            target.appendLong(sumLow);
        } else {
            throw CheckedMath.overflow("long overflow");
        }
    }

    private void give(DataType.Decimal decimal, ColumnBuilder target) {
        int digits = decimal.precision();
        if (average) {
            int up = decimal.scale() - scale;
            result.divide(sumHigh, sumLow, 0, count, up, digits, decimal.scale());
        } else {
            result.rescale(sumHigh, sumLow, 0, 0, digits, decimal.scale());
        }
        if (KeyLayout.isWide(decimal)) {
            target.appendDecimal(result.high, result.low);
        } else {
            target.appendUnscaled(result.low);
        }
    }

    private void add(int row) {
        if (nulls[row]) {
            return;
        }
        count++;
        long oldHigh = sumHigh;
        long sum = sumLow + low[row];
        long carry = Long.compareUnsigned(sum, low[row]) < 0 ? 1 : 0;
        sumHigh += high[row] + carry;
        if (((oldHigh ^ sumHigh) & (high[row] ^ sumHigh)) < 0) {
            throw WideDecimal.sumOutOfRange(oldHigh, sumLow, high[row], low[row], scale);
        }
        sumLow = sum;
    }

    private void subtract(int row) {
        if (nulls[row]) {
            return;
        }
        count--;
        long borrow = Long.compareUnsigned(sumLow, low[row]) < 0 ? 1 : 0;
        sumLow -= low[row];
        sumHigh -= high[row] + borrow;
    }
}
