package dev.vitrine.engine.physical;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The equalities of a join's condition, and what else it asks.
record JoinParts(
        List<Expr> leftKeys, List<Expr> rightKeys, List<Boolean> nullSafe, Optional<Expr> rest) {

    static JoinParts of(LogicalPlan.Join join) {
        Set<Long> left = join.left().outputIds();
        Set<Long> right = join.right().outputIds();
        List<Expr> leftKeys = new ArrayList<>();
        List<Expr> rightKeys = new ArrayList<>();
        List<Boolean> nullSafe = new ArrayList<>();
        List<Expr> rest = new ArrayList<>();
        for (Expr term : join.condition().map(Expr::conjuncts).orElse(List.of())) {
            Expr.@Nullable Comparison equality = equality(term);
            if (equality == null) {
                rest.add(term);
            } else if (within(equality.left(), left) && within(equality.right(), right)) {
                leftKeys.add(equality.left());
                rightKeys.add(equality.right());
                nullSafe.add(equality.op() == Expr.ComparisonOp.NULL_SAFE_EQ);
            } else if (within(equality.left(), right) && within(equality.right(), left)) {
                leftKeys.add(equality.right());
                rightKeys.add(equality.left());
                nullSafe.add(equality.op() == Expr.ComparisonOp.NULL_SAFE_EQ);
            } else {
                rest.add(term);
            }
        }
        return new JoinParts(
                leftKeys,
                rightKeys,
                nullSafe,
                rest.isEmpty() ? Optional.empty() : Optional.of(Expr.and(rest)));
    }

    private static Expr.@Nullable Comparison equality(Expr term) {
        return term instanceof Expr.Comparison comparison
                        && (comparison.op() == Expr.ComparisonOp.EQ
                                || comparison.op() == Expr.ComparisonOp.NULL_SAFE_EQ)
                ? comparison
                : null;
    }

    private static boolean within(Expr expr, Set<Long> ids) {
        Set<Long> references = expr.references();
        return !references.isEmpty() && ids.containsAll(references);
    }
}
