package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.SetOperation;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `x INTERSECT y` becomes the distinct rows of `Join LeftSemi(x, y)`, `x EXCEPT y` those of `Join
/// LeftAnti(x, y)`, on all columns, NULL equal to NULL.
public record ReplaceSetOperation() implements Rule {
    @Override
    public boolean required() {
        return true;
    }

    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (!(node instanceof SetOperation(var left, var right, var kind, boolean all))) {
            return node;
        }
        if (all) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_FEATURE, Map.of("feature", kind.name() + " ALL"));
        }
        List<Expr> equal = new ArrayList<>();
        for (int i = 0; i < left.output().size(); i++) {
            equal.add(
                    new Expr.Comparison(
                            Expr.ComparisonOp.NULL_SAFE_EQ,
                            left.output().get(i),
                            right.output().get(i)));
        }
        JoinType type =
                kind == SetOperation.Kind.INTERSECT ? JoinType.LEFT_SEMI : JoinType.LEFT_ANTI;
        LogicalPlan joined = new LogicalPlan.Join(left, right, type, Optional.of(Expr.and(equal)));
        List<Expr> columns = List.copyOf(left.output());
        return new LogicalPlan.Aggregate(joined, columns, columns);
    }
}
