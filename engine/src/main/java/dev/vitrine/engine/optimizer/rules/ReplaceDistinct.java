package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.List;

/// `Distinct(x)` becomes `Aggregate(x, all columns, all columns)`.
public record ReplaceDistinct() implements Rule {
    @Override
    public boolean required() {
        return true;
    }

    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (node instanceof LogicalPlan.Distinct(var input)) {
            List<Expr> columns = List.copyOf(input.output());
            return new LogicalPlan.Aggregate(input, columns, columns);
        }
        return node;
    }
}
