package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Casts;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;

/// `CAST(x AS T)` of an `x` of type T becomes `x`; a cast of a lossless widening of whole numbers
/// becomes one cast.
public record SimplifyCasts() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        return node.mapExprs(expr -> expr.transformUp(SimplifyCasts::simplify));
    }

    private static Expr simplify(Expr expr) {
        return switch (expr) {
            case Expr.Cast(var input, var type, var mode) when input.type().equals(type) -> input;
            case Expr.Cast(Expr.Cast(var input, var middle, var inner), var type, var mode)
                    when input.type().isIntegral()
                            && middle.isIntegral()
                            && type.isIntegral()
                            && Casts.neverFails(input.type(), middle) ->
                    new Expr.Cast(input, type, mode);
            default -> expr;
        };
    }
}
