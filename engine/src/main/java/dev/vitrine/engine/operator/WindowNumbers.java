package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.NativeAggregate;
import dev.vitrine.engine.kernel.CheckedMath;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.types.DataType;
import java.util.List;

/// count, sum, avg, min or max of whole numbers or doubles, and smallest and largest values of what
/// columns hold as whole numbers, over each row's frame, unboxed. A frame that begins with the
/// partition grows by what comes in; of others, smallest and largest values come from a queue of
/// those that may still be (each row enters and leaves once), counts change by what enters and
/// leaves, and sums are made anew, in the rows' order, which is why such frames must be short.
final class WindowNumbers implements WindowColumn {
    private static final int LONGEST_SUM = 64;

    private final NativeAggregate form;
    private final WindowFrame frame;
    private final int column;
    private final boolean fractional;
    private final boolean fractionalSum;
    private final boolean checked;
    private final boolean wide;
    private WindowPartition rows;
    private long[] values = new long[0];
    private boolean[] nulls = new boolean[0];
    private int from;
    private int to;
    private boolean computed;

    /// The frame's numbers so far, or for extremes the queue of row numbers.
    private long count;

    private long sum;
    private double doubleSum;
    private int[] queue = new int[0];
    private int head;
    private int tail;
    private int queued;

    private WindowNumbers(
            Expr.AggregateCall call,
            NativeAggregate form,
            WindowFrame frame,
            int column,
            WindowPartition rows) {
        this.form = form;
        this.frame = frame;
        this.column = column;
        this.rows = rows;
        DataType type = column < 0 ? DataType.BIGINT : call.args().getFirst().type();
        this.fractional = type == DataType.DOUBLE;
        this.fractionalSum = fractional || form == NativeAggregate.AVG;
        this.checked = call.mode() == EvalMode.ANSI;
        this.wide = ColumnBuilder.width(call.type()) == 8;
    }

    /// Whether a call over a frame can be computed so.
    static boolean supports(Expr.AggregateCall call, CallSite site, WindowFrame frame) {
        boolean numbers =
                call.args().stream()
                        .allMatch(a ->
                                a instanceof Expr.Attribute
                                        && (a.type().isIntegral()
                                                || a.type() == DataType.DOUBLE
                                                || isOrdered(a.type())));
        if (!numbers || call.distinct() || call.filter().isPresent() || call.args().size() > 1) {
            return false;
        }
        boolean added =
                call.args().stream()
                        .allMatch(a -> a.type().isIntegral() || a.type() == DataType.DOUBLE);
        return switch (call.function().nativeForm(site)) {
            case MIN, MAX, COUNT -> true;
            case SUM, AVG -> added && (frame.startsAtFirst() || frame.rowsAtMost() <= LONGEST_SUM);
            case NONE, MOMENTS, MOMENTS_4, PAIRS, VALUES -> false;
        };
    }

    /// Whether a type's values are whole numbers in their order, of 32 or 64 bits.
    private static boolean isOrdered(DataType type) {
        return type == DataType.DATE
                || type == DataType.TIMESTAMP
                || type == DataType.TIMESTAMP_NTZ
                || type instanceof DataType.Decimal && ColumnBuilder.width(type) == 8;
    }

    static WindowNumbers of(
            Expr.AggregateCall call,
            CallSite site,
            WindowFrame frame,
            PhysicalPlan.Window plan,
            WindowPartition rows) {
        List<Expr> args = call.args();
        int column =
                args.isEmpty()
                        ? -1
                        : Interpreted.ordinal(
                                (Expr.Attribute) args.getFirst(), plan.input().output());
        return new WindowNumbers(call, call.function().nativeForm(site), frame, column, rows);
    }

    @Override
    public void start(WindowPartition partition) {
        rows = partition;
        frame.start();
        if (values.length < rows.size()) {
            values = new long[Math.max(rows.size(), 2 * values.length)];
            nulls = new boolean[values.length];
            queue = new int[isExtreme() ? values.length : 0];
        }
        if (column >= 0) {
            rows.numbers(column, values, nulls);
        }
        computed = false;
        from = 0;
        to = 0;
        head = 0;
        tail = 0;
        queued = 0;
        clear();
    }

    private boolean isExtreme() {
        return form == NativeAggregate.MIN || form == NativeAggregate.MAX;
    }

    private void clear() {
        count = 0;
        sum = 0;
        doubleSum = 0;
    }

    @Override
    public void append(int index, ColumnBuilder target) {
        int newFrom = frame.from(rows, index);
        int newTo = Math.max(newFrom, frame.to(rows, index));
        if (!computed || newFrom != from || newTo != to) {
            move(newFrom, newTo);
            computed = true;
        }
        give(target);
    }

    private void move(int newFrom, int newTo) {
        if (isExtreme()) {
            for (; queued < newTo; queued++) {
                enqueue(queued);
            }
            while (head < tail && queue[head] < newFrom) {
                head++;
            }
        } else if (form == NativeAggregate.COUNT) {
            for (int row = to; row < newTo; row++) {
                count += counted(row);
            }
            for (int row = from; row < newFrom; row++) {
                count -= counted(row);
            }
        } else {
            int at = to;
            if (!frame.startsAtFirst()) {
                clear();
                at = newFrom;
            }
            for (; at < newTo; at++) {
                add(at);
            }
        }
        from = newFrom;
        to = newTo;
    }

    private int counted(int row) {
        return column >= 0 && nulls[row] ? 0 : 1;
    }

    private void enqueue(int row) {
        if (nulls[row]) {
            return;
        }
        while (tail > head && order(row, queue[tail - 1]) > 0) {
            tail--;
        }
        queue[tail++] = row;
    }

    /// Above 0 where a row's value goes before that of another.
    private int order(int row, int other) {
        int order =
                fractional
                        ? CheckedMath.compare(
                                Double.longBitsToDouble(values[row]),
                                Double.longBitsToDouble(values[other]))
                        : Long.compare(values[row], values[other]);
        return form == NativeAggregate.MAX ? order : -order;
    }

    private void add(int row) {
        if (nulls[row]) {
            return;
        }
        count++;
        if (fractionalSum) {
            doubleSum += fractional ? Double.longBitsToDouble(values[row]) : values[row];
        } else {
            sum = checked ? CheckedMath.addLong(sum, values[row]) : sum + values[row];
        }
    }

    private void give(ColumnBuilder target) {
        if (form == NativeAggregate.COUNT) {
            target.appendLong(count);
        } else if (isExtreme()) {
            giveExtreme(target);
        } else if (count == 0) {
            target.appendNull();
        } else if (form == NativeAggregate.AVG) {
            target.appendDouble(doubleSum / count);
        } else if (fractionalSum) {
            target.appendDouble(doubleSum);
        } else {
            target.appendLong(sum);
        }
    }

    private void giveExtreme(ColumnBuilder target) {
        if (head == tail) {
            target.appendNull();
        } else if (fractional) {
            target.appendDouble(Double.longBitsToDouble(values[queue[head]]));
        } else if (wide) {
            target.appendLong(values[queue[head]]);
        } else {
            target.appendInt((int) values[queue[head]]);
        }
    }
}
