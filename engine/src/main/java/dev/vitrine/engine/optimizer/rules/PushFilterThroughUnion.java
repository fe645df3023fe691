package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Filter;
import dev.vitrine.engine.logical.LogicalPlan.Union;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `Filter(Union(x, y), p)` becomes `Union(Filter(x, p), Filter(y, p))`.
public record PushFilterThroughUnion() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (!(node instanceof Filter(Union union, var predicate)) || !predicate.deterministic()) {
            return node;
        }
        List<LogicalPlan> filtered =
                union.inputs().stream()
                        .map(input ->
                                (LogicalPlan) new Filter(input, over(predicate, union, input)))
                        .toList();
        return new Union(filtered, union.byName(), union.attributes());
    }

    private static Expr over(Expr predicate, Union union, LogicalPlan input) {
        Map<Long, Expr> columns = new HashMap<>();
        for (int i = 0; i < union.attributes().size(); i++) {
            columns.put(union.attributes().get(i).id(), input.output().get(i));
        }
        return CollapseProjects.Substitution.into(predicate, columns);
    }
}
