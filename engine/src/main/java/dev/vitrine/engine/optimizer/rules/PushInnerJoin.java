package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Join;
import dev.vitrine.engine.logical.LogicalPlan.Project;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import dev.vitrine.engine.optimizer.stats.Estimator;
import java.util.List;
import java.util.Set;

/// `Join(LeftOuterJoin(a, b), c)` whose condition is about `a` and `c` becomes
/// `LeftOuterJoin(Join(a, c), b)` where joining `c` is not estimated to give more rows than `a`
/// has: the outer join then looks up only what the inner one leaves, and the inner one can be put
/// in order with others below. Where the inner join leaves fewer rows than `a` has, it goes below
/// semi and anti joins too.
public record PushInnerJoin() implements Rule {
    /// Of the rows of `a`; estimates of a row for each row are seldom exact.
    private static final double MOST = 1.1;

    /// The same for a semi or anti join, which gives fewer rows itself.
    private static final double MOST_BELOW_SEMI = 0.5;

    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (!(node instanceof Join join)
                || join.joinType() != JoinType.INNER
                || !join.condition().stream().allMatch(Expr::deterministic)) {
            return node;
        }
        LogicalPlan left = pushed(node, join, join.left(), join.right());
        return left == node ? pushed(node, join, join.right(), join.left()) : left;
    }

    private static LogicalPlan pushed(
            LogicalPlan node, Join join, LogicalPlan side, LogicalPlan other) {
        boolean picked =
                side instanceof Project(var input, var exprs)
                        && exprs.stream().allMatch(Attribute.class::isInstance);
        LogicalPlan below = picked ? ((Project) side).input() : side;
        if (!(below instanceof Join outer)
                || outer.joinType() != JoinType.LEFT_OUTER && !outer.joinType().leftOnly()) {
            return node;
        }
        double most = outer.joinType() == JoinType.LEFT_OUTER ? MOST : MOST_BELOW_SEMI;
        Set<Long> known = outer.left().outputIds();
        known.addAll(other.outputIds());
        if (!join.condition().stream().allMatch(c -> known.containsAll(c.references()))) {
            return node;
        }
        Join inner = new Join(outer.left(), other, JoinType.INNER, join.condition());
        Estimator estimator = new Estimator();
        if (estimator.rows(inner) > most * estimator.rows(outer.left())) {
            return node;
        }
        Join turned = new Join(inner, outer.right(), outer.joinType(), outer.condition());
        return new Project(turned, List.copyOf(node.output()));
    }
}
