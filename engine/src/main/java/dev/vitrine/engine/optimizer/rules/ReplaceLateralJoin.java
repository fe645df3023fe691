package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.*;
import dev.vitrine.engine.optimizer.Correlation;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `LateralJoin(x, y where y.k = x.k)` becomes `Join(x, y, y.k = x.k)`; `LateralJoin(x, SELECT x.a
/// + 1)` a projection of x.
public record ReplaceLateralJoin() implements Rule {
    @Override
    public boolean required() {
        return true;
    }

    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (!(node instanceof LateralJoin(var left, var right, var type, var condition))) {
            return node;
        }
        if (!Correlation.isCorrelated(right)) {
            return new Join(left, right, type, condition);
        }
        boolean oneRow =
                right instanceof Project(LocalRelation local, var exprs)
                        && local.rows().size() == 1
                        && local.output().isEmpty();
        if (oneRow && type.isInner()) {
            List<Expr> columns = new ArrayList<>(left.output());
            ((Project) right).exprs().forEach(expr -> columns.add(Correlation.inside(expr, left)));
            LogicalPlan projected = new Project(left, columns);
            return condition.isEmpty() ? projected : new Filter(projected, condition.get());
        }
        Correlation.Pulled pulled = SubqueryParts.unnested(right, left, context);
        List<Expr> own = condition.map(Expr::conjuncts).orElse(List.of());
        Optional<Expr> all = SubqueryParts.condition(own, pulled, left);
        LogicalPlan joined = new Join(left, pulled.plan(), type, all);
        return new Project(joined, List.copyOf(kept(joined, node)));
    }

    private static List<Expr.Attribute> kept(LogicalPlan joined, LogicalPlan wanted) {
        return joined.output().stream()
                .filter(a -> wanted.output().stream().anyMatch(w -> w.id() == a.id()))
                .toList();
    }
}
