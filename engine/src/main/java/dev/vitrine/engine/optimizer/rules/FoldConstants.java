package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.ExprEvaluator;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.time.ZoneId;

/// `1 + 2` becomes `3`: an expression over constants is evaluated once. One that fails is left as
/// it is, so that it fails only when a row reaches it.
public record FoldConstants() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        ZoneId zone = context.settings().timeZone();
        return node.mapExprs(expr -> expr.transformUp(inner -> fold(inner, zone)));
    }

    private static Expr fold(Expr expr, ZoneId zone) {
        boolean constant =
                switch (expr) {
                    case Expr.Literal l -> false;
                    case Expr.Attribute a -> false;
                    case Expr.OuterReference o -> false;
                    case Expr.Alias a -> false;
                    case Expr.SortKey k -> false;
                    case Expr.AggregateCall a -> false;
                    case Expr.WindowCall w -> false;
                    case Expr.PositionCall p -> false;
                    case Expr.GeneratorCall g -> false;
                    case Expr.Subquery s -> false;
                    case Expr.Lambda l -> false;
                    case Expr.LambdaVariable v -> false;
                    default -> expr.children().stream().allMatch(Expr.Literal.class::isInstance);
                };
        if (!constant || !expr.deterministic()) {
            return expr;
        }
        try {
            return new Expr.Literal(ExprEvaluator.constant(expr, zone), expr.type());
        } catch (EngineException e) {
            // It fails when a row reaches it, which may be never.
            return expr;
        }
    }
}
