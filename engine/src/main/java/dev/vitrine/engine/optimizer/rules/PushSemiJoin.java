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
/// where `a` is estimated to have no more rows than the join; anti joins likewise.
public record PushSemiJoin() implements Rule {
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
        wanted.removeAll(ids(outer.right()));
        Estimator estimator = new Estimator();
        double rows = estimator.rows(inner);
        if (ids(inner.left()).containsAll(wanted) && estimator.rows(inner.left()) <= rows) {
            return Optional.of(
                    new Join(
                            over(inner.left(), outer),
                            inner.right(),
                            inner.joinType(),
                            inner.condition()));
        }
        if (ids(inner.right()).containsAll(wanted) && estimator.rows(inner.right()) <= rows) {
            return Optional.of(
                    new Join(
                            inner.left(),
                            over(inner.right(), outer),
                            inner.joinType(),
                            inner.condition()));
        }
        return Optional.empty();
    }

    private static Join over(LogicalPlan side, Join outer) {
        return new Join(side, outer.right(), outer.joinType(), outer.condition());
    }

    private static Set<Long> ids(LogicalPlan plan) {
        Set<Long> ids = new HashSet<>();
        plan.output().forEach(a -> ids.add(a.id()));
        return ids;
    }
}
