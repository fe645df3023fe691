package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.physical.PhysicalPlan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions of a row's place: ranks, neighbours, places in the frame.
final class WindowPosition implements WindowColumn {
    private final Expr.PositionCall call;
    private final WindowFrame frame;
    private final PhysicalPlan.Window plan;
    private final int valueColumn;
    private WindowPartition rows;
    private int[] filled = new int[0];
    private int filledCount;
    private int dense;

    WindowPosition(
            Expr.PositionCall call,
            WindowFrame frame,
            PhysicalPlan.Window plan,
            WindowPartition rows) {
        this.call = call;
        this.frame = frame;
        this.plan = plan;
        this.rows = rows;
        this.valueColumn = column(0);
    }

    /// The column of an argument, or -1 for a constant or none.
    private int column(int argument) {
        return argument < call.args().size()
                        && call.args().get(argument) instanceof Expr.Attribute attribute
                ? Interpreted.ordinal(attribute, plan.input().output())
                : -1;
    }

    private @Nullable Object constant(int argument) {
        return call.args().get(argument) instanceof Expr.Literal literal ? literal.value() : null;
    }

    private long number(int argument, long otherwise) {
        return argument < call.args().size() && constant(argument) instanceof Number n
                ? n.longValue()
                : otherwise;
    }

    @Override
    public void start(WindowPartition partition) {
        rows = partition;
        frame.start();
        dense = 0;
        if (call.ignoreNulls()) {
            findFilled();
        }
    }

    /// The rows whose value is not NULL.
    private void findFilled() {
        if (filled.length < rows.size()) {
            filled = new int[rows.size()];
        }
        filledCount = 0;
        for (int i = 0; i < rows.size(); i++) {
            boolean isNull = valueColumn < 0 ? constant(0) == null : rows.isNull(valueColumn, i);
            if (!isNull) {
                filled[filledCount++] = i;
            }
        }
    }

    /// How many of the filled rows come before `index`.
    private int filledBefore(int index) {
        int found = java.util.Arrays.binarySearch(filled, 0, filledCount, index);
        return found >= 0 ? found : -found - 1;
    }

    @Override
    public void append(int index, ColumnBuilder target) {
        int size = rows.size();
        switch (call.function()) {
            case ROW_NUMBER -> target.appendInt(index + 1);
            case RANK -> target.appendInt(rows.peerStart(index) + 1);
            case DENSE_RANK -> {
                dense += rows.peerStart(index) == index ? 1 : 0;
                target.appendInt(dense);
            }
            case PERCENT_RANK ->
                    target.appendDouble(size > 1 ? (double) rows.peerStart(index) / (size - 1) : 0);
            case CUME_DIST -> target.appendDouble((double) rows.peerEnd(index) / size);
            case NTILE -> target.appendInt(bucket(index, size));
            case LAG -> neighbour(index, -number(1, 1), target);
            case LEAD -> neighbour(index, number(1, 1), target);
            case FIRST_VALUE -> inFrame(index, 0, target);
            case NTH_VALUE -> inFrame(index, nth() - 1, target);
            case LAST_VALUE -> lastInFrame(index, target);
        }
    }

    private int bucket(int index, int size) {
        long buckets = number(0, 1);
        long larger = size % buckets;
        long each = size / buckets;
        long inLarger = larger * (each + 1);
        long bucket = index < inLarger ? index / (each + 1) : larger + (index - inLarger) / each;
        return (int) (bucket + 1);
    }

    private long nth() {
        long nth = number(1, 0);
        if (nth < 1) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    Map.of(
                            "functionName", "`nth_value`",
                            "parameter", "`offset`",
                            "invalidValue", nth,
                            "expected", "a number above 0"));
        }
        return nth;
    }

    private void neighbour(int index, long distance, ColumnBuilder target) {
        long at = index + distance;
        if (call.ignoreNulls() && distance != 0) {
            long place =
                    distance < 0
                            ? filledBefore(index) + distance
                            : filledBefore(index + 1) + distance - 1;
            at = place < 0 || place >= filledCount ? -1 : filled[(int) place];
        }
        if (at >= 0 && at < rows.size()) {
            value((int) at, target);
        } else if (call.args().size() < 3) {
            target.appendNull();
        } else if (column(2) >= 0) {
            rows.copyValue(column(2), index, target);
        } else {
            target.append(constant(2));
        }
    }

    private void value(int at, ColumnBuilder target) {
        if (valueColumn < 0) {
            target.append(constant(0));
        } else {
            rows.copyValue(valueColumn, at, target);
        }
    }

    private void inFrame(int index, long offset, ColumnBuilder target) {
        int from = frame.from(rows, index);
        int to = frame.to(rows, index);
        long at = from + offset;
        if (call.ignoreNulls()) {
            long place = filledBefore(from) + offset;
            at = place < filledCount ? filled[(int) place] : to;
        }
        if (at < to) {
            value((int) at, target);
        } else {
            target.appendNull();
        }
    }

    private void lastInFrame(int index, ColumnBuilder target) {
        int from = frame.from(rows, index);
        int to = frame.to(rows, index);
        int at = to - 1;
        if (call.ignoreNulls()) {
            int place = filledBefore(to) - 1;
            at = place < 0 ? -1 : filled[place];
        }
        if (at >= from) {
            value(at, target);
        } else {
            target.appendNull();
        }
    }
}
