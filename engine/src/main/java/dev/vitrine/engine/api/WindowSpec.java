package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A window: how rows are parted, in which order they stand, and which of them a function sees.
/// Immutable; made by [Window].
public final class WindowSpec {
    static final WindowSpec ALL = new WindowSpec(List.of(), List.of(), Optional.empty());

    private final List<Expr> partitionBy;
    private final List<Expr.SortKey> orderBy;
    private final Optional<Expr.Frame> frame;

    private WindowSpec(
            List<Expr> partitionBy, List<Expr.SortKey> orderBy, Optional<Expr.Frame> frame) {
        this.partitionBy = partitionBy;
        this.orderBy = orderBy;
        this.frame = frame;
    }

    public WindowSpec partitionBy(Column... columns) {
        return new WindowSpec(Column.exprs(columns), orderBy, frame);
    }

    public WindowSpec partitionBy(String first, String... more) {
        return partitionBy(Functions.with(Functions.col(first), Functions.names(more)));
    }

    public WindowSpec orderBy(Column... columns) {
        return new WindowSpec(partitionBy, Column.sortKeys(columns), frame);
    }

    public WindowSpec orderBy(String first, String... more) {
        return orderBy(Functions.with(Functions.col(first), Functions.names(more)));
    }

    /// The rows from `start` to `end`, both counted from the row itself: -1 is the one before.
    ///
    /// @throws EngineException INVALID_BOUNDARY where a bound is no int and none of [Window]'s
    public WindowSpec rowsBetween(long start, long end) {
        return framed(new Expr.Frame(true, rowBound("start", start), rowBound("end", end)));
    }

    /// The rows whose sort key is between the row's own plus `start` and plus `end`.
    public WindowSpec rangeBetween(long start, long end) {
        return framed(new Expr.Frame(false, bound(start), bound(end)));
    }

    private WindowSpec framed(Expr.Frame changed) {
        return new WindowSpec(partitionBy, orderBy, Optional.of(changed));
    }

    private static Expr.Bound rowBound(String name, long offset) {
        boolean end = offset == Window.UNBOUNDED_PRECEDING || offset == Window.UNBOUNDED_FOLLOWING;
        if (!end && offset != (int) offset) {
            throw new EngineException(
                    name.equals("start")
                            ? ErrorCode.INVALID_BOUNDARY__START
                            : ErrorCode.INVALID_BOUNDARY__END,
                    Map.of(
                            "boundary",
                            "`" + name + "`",
                            "invalidValue",
                            offset,
                            "intMinValue",
                            Integer.MIN_VALUE,
                            "intMaxValue",
                            Integer.MAX_VALUE));
        }
        return bound(offset);
    }

    private static Expr.Bound bound(long offset) {
        if (offset == Window.CURRENT_ROW) {
            return Expr.Bound.of(Expr.BoundKind.CURRENT);
        }
        if (offset == Window.UNBOUNDED_PRECEDING) {
            return Expr.Bound.of(Expr.BoundKind.FIRST);
        }
        if (offset == Window.UNBOUNDED_FOLLOWING) {
            return Expr.Bound.of(Expr.BoundKind.LAST);
        }
        long distance = Math.abs(offset);
        return new Expr.Bound(
                offset < 0 ? Expr.BoundKind.PRECEDING : Expr.BoundKind.FOLLOWING,
                Optional.of(
                        distance == (int) distance
                                ? Expr.Literal.of((int) distance)
                                : Expr.Literal.of(distance)));
    }

    Column call(Column function) {
        return new Column(new Expr.WindowCall(function.expr(), partitionBy, orderBy, frame));
    }
}
