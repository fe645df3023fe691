package dev.vitrine.engine.operator;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.SortDirection;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.types.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where each row's frame begins and ends. Rows are asked for in ascending order, so both ends only
/// move forward.
final class WindowFrame {
    private final Expr.Frame frame;
    private final int keyColumn;
    private final int lowerColumn;
    private final int upperColumn;
    private final boolean descending;
    private final boolean nullsFirst;
    private int lower;
    private int upper;

    WindowFrame(Expr.Frame frame, PhysicalPlan.Window plan) {
        this.frame = frame;
        List<Expr.Attribute> input = plan.input().output();
        this.lowerColumn = boundColumn(frame, frame.lower(), input);
        this.upperColumn = boundColumn(frame, frame.upper(), input);
        boolean keyed = lowerColumn >= 0 || upperColumn >= 0;
        Expr.@Nullable SortKey key = keyed ? plan.order().getFirst() : null;
        this.keyColumn =
                key == null ? -1 : Interpreted.ordinal((Expr.Attribute) key.input(), input);
        this.descending = key != null && key.direction() == SortDirection.DESCENDING;
        this.nullsFirst = key != null && key.nullsFirst();
    }

    private static int boundColumn(Expr.Frame frame, Expr.Bound bound, List<Expr.Attribute> input) {
        return !frame.rows() && bound.offset().isPresent()
                ? Interpreted.ordinal((Expr.Attribute) bound.offset().get(), input)
                : -1;
    }

    boolean startsAtFirst() {
        return frame.lower().kind() == Expr.BoundKind.FIRST;
    }

    /// How many rows a frame has at most, as far as that is fixed.
    long rowsAtMost() {
        return frame.rows() && bounded(frame.lower()) && bounded(frame.upper())
                ? Math.max(0, distance(frame.upper()) - distance(frame.lower()) + 1)
                : Long.MAX_VALUE;
    }

    private static boolean bounded(Expr.Bound bound) {
        return bound.kind() != Expr.BoundKind.FIRST && bound.kind() != Expr.BoundKind.LAST;
    }

    boolean endsAtLast() {
        return frame.upper().kind() == Expr.BoundKind.LAST;
    }

    /// Begins with a new partition.
    void start() {
        lower = 0;
        upper = 0;
    }

    /// The first row of the frame of row `index`.
    int from(WindowPartition rows, int index) {
        lower =
                switch (frame.lower().kind()) {
                    case FIRST -> 0;
                    case LAST -> rows.size();
                    case CURRENT -> frame.rows() ? index : rows.peerStart(index);
                    case PRECEDING, FOLLOWING -> {
                        if (frame.rows()) {
                            yield place(index + distance(frame.lower()), rows.size());
                        }
                        Object bound = rows.value(lowerColumn, index);
                        int at = lower;
                        while (at < rows.size() && compare(rows.value(keyColumn, at), bound) < 0) {
                            at++;
                        }
                        yield at;
                    }
                };
        return lower;
    }

    /// The row after the last of the frame of row `index`.
    int to(WindowPartition rows, int index) {
        upper =
                switch (frame.upper().kind()) {
                    case FIRST -> 0;
                    case LAST -> rows.size();
                    case CURRENT -> frame.rows() ? index + 1 : rows.peerEnd(index);
                    case PRECEDING, FOLLOWING -> {
                        if (frame.rows()) {
                            yield place(index + distance(frame.upper()) + 1, rows.size());
                        }
                        Object bound = rows.value(upperColumn, index);
                        int at = upper;
                        while (at < rows.size() && compare(rows.value(keyColumn, at), bound) <= 0) {
                            at++;
                        }
                        yield at;
                    }
                };
        return upper;
    }

    private static long distance(Expr.Bound bound) {
        if (bound.kind() == Expr.BoundKind.CURRENT) {
            return 0;
        }
        long rows =
                bound.offset().orElseThrow() instanceof Expr.Literal(Number n, var type)
                        ? n.longValue()
                        : 0;
        return bound.kind() == Expr.BoundKind.PRECEDING ? -rows : rows;
    }

    private static int place(long index, int size) {
        return (int) Math.clamp(index, 0L, (long) size);
    }

    /// Order of two sort keys as the rows are sorted.
    private int compare(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == b ? 0 : (a == null) == nullsFirst ? -1 : 1;
        }
        int order = Values.compare(a, b);
        return descending ? -order : order;
    }
}
