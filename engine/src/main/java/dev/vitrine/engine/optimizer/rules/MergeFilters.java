package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Filter;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.List;

/// `Filter(Filter(x, a), b)` becomes `Filter(x, a AND b)`: `a` is still evaluated first.
public record MergeFilters() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        return switch (node) {
            case Filter(Filter(var input, var first), var second) ->
                    new Filter(input, Expr.and(List.of(first, second)));
            default -> node;
        };
    }
}
