package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Join;
import dev.vitrine.engine.logical.LogicalPlan.Project;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import dev.vitrine.engine.optimizer.stats.Estimator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// `SemiJoin(Join(a, b), s)` whose condition is about `a` and `s` becomes `Join(SemiJoin(a, s), b)`
/// where `a` is estimated to have no more rows than the join, or to lose most of them: what joins
/// it, and scans that learn of its keys, then have far less to do. Anti joins likewise.
public record PushSemiJoin() implements Rule {
    /// A semi join that leaves one row of so many comes first.
    private static final double FEW = 4;

    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (!(node instanceof Join outer)
                || outer.joinType() != JoinType.LEFT_SEMI && outer.joinType() != JoinType.LEFT_ANTI
                || !outer.condition().stream().allMatch(c -> c.deterministic() && !c.canFail())) {
            return node;
        }
        if (outer.left() instanceof Join inner) {
            return pushed(outer, inner).orElse(node);
        }
        if (outer.left() instanceof Project(Join inner, var exprs)
                && exprs.stream().allMatch(Attribute.class::isInstance)) {
            return pushed(outer, inner)
                    .<LogicalPlan>map(join -> new Project(join, exprs))
                    .orElse(node);
        }
        return node;
    }

    private static Optional<LogicalPlan> pushed(Join outer, Join inner) {
        if (!inner.joinType().isInner()) {
            return Optional.empty();
        }
        Set<Long> wanted = new HashSet<>();
        outer.condition().ifPresent(c -> wanted.addAll(c.references()));
        wanted.removeAll(outer.right().outputIds());
        if (inner.left().outputIds().containsAll(wanted)
                && isWorthwhile(outer, inner, inner.left())) {
            return Optional.of(
                    new Join(
                            over(inner.left(), outer),
                            inner.right(),
                            inner.joinType(),
                            inner.condition()));
        }
        if (inner.right().outputIds().containsAll(wanted)
                && isWorthwhile(outer, inner, inner.right())) {
            return Optional.of(
                    new Join(
                            inner.left(),
                            over(inner.right(), outer),
                            inner.joinType(),
                            inner.condition()));
        }
        return Optional.empty();
    }

    private static boolean isWorthwhile(Join outer, Join inner, LogicalPlan side) {
        Estimator estimator = new Estimator();
        double rows = estimator.rows(side);
        return rows <= estimator.rows(inner) || FEW * estimator.rows(over(side, outer)) <= rows;
    }

    private static Join over(LogicalPlan side, Join outer) {
        return new Join(side, outer.right(), outer.joinType(), outer.condition());
    }
}
