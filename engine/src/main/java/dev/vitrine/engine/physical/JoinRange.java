package dev.vitrine.engine.physical;

import dev.vitrine.engine.batch.ArrowTypes;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Comparisons of a join's condition that say where a left row's partners lie among the right rows
/// in the order of one column, and which of them can be left out by a second one. What is found so
/// still has to meet the whole condition: both bounds are among the partners, whether or not the
/// comparisons say so.
///
/// @param column of the right side
/// @param least of the left side: where `column` begins
/// @param greatest of the left side: where `column` ends
public record JoinRange(
        Attribute column,
        Optional<Attribute> least,
        Optional<Attribute> greatest,
        Optional<Limit> other) {
    /// @param column another one of the right side
    /// @param atMost whether `column` is at most `bound`; else it is at least that
    /// @param bound of the left side
    public record Limit(Attribute column, boolean atMost, Attribute bound) {}

    /// The columns of the left side.
    public List<Attribute> bounds() {
        return Stream.of(least, greatest, other.map(Limit::bound))
                .flatMap(Optional::stream)
                .toList();
    }

    /// Comparisons between columns of both sides; none where the condition holds no such.
    static Optional<JoinRange> of(LogicalPlan.Join join) {
        Set<Long> left = join.left().outputIds();
        Set<Long> right = join.right().outputIds();
        List<Limit> limits = new ArrayList<>();
        for (Expr term : join.condition().map(Expr::conjuncts).orElse(List.of())) {
            limit(term, left, right).ifPresent(limits::add);
        }
        // A column with bounds on both sides first: between them there are few rows.
        return limits.stream()
                .filter(limit -> bound(limits, limit.column, !limit.atMost).isPresent())
                .findFirst()
                .or(() -> limits.stream().findFirst())
                .map(first ->
                        new JoinRange(
                                first.column,
                                bound(limits, first.column, false),
                                bound(limits, first.column, true),
                                limits.stream()
                                        .filter(l -> l.column.id() != first.column.id())
                                        .findFirst()));
    }

    private static Optional<Attribute> bound(List<Limit> limits, Attribute column, boolean atMost) {
        return limits.stream()
                .filter(l -> l.column.id() == column.id() && l.atMost == atMost)
                .map(Limit::bound)
                .findFirst();
    }

    private static Optional<Limit> limit(Expr term, Set<Long> left, Set<Long> right) {
        if (!(term instanceof Expr.Comparison(var op, Attribute a, Attribute b))
                || !a.type().equals(b.type())
                || !hasWords(a.type())) {
            return Optional.empty();
        }
        boolean less = op == ComparisonOp.LT || op == ComparisonOp.LE;
        boolean greater = op == ComparisonOp.GT || op == ComparisonOp.GE;
        if (!less && !greater) {
            return Optional.empty();
        }
        if (left.contains(a.id()) && right.contains(b.id())) {
            return Optional.of(new Limit(b, greater, a));
        }
        if (right.contains(a.id()) && left.contains(b.id())) {
            return Optional.of(new Limit(a, less, b));
        }
        return Optional.empty();
    }

    /// Whether values of a type are in the order of 64-bit numbers.
    private static boolean hasWords(DataType type) {
        return switch (type) {
            case DataType.Simple.TINYINT,
                    DataType.Simple.SMALLINT,
                    DataType.Simple.INT,
                    DataType.Simple.BIGINT,
                    DataType.Simple.FLOAT,
                    DataType.Simple.DOUBLE,
                    DataType.Simple.DATE,
                    DataType.Simple.TIMESTAMP,
                    DataType.Simple.TIMESTAMP_NTZ ->
                    true;
            case DataType.Decimal decimal -> ArrowTypes.isLongDecimal(decimal);
            default -> false;
        };
    }
}
