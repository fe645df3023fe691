package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.expr.Expr.Literal;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.ArrayList;
import java.util.List;

/// `a + NULL` and `a = NULL` become `NULL`, `coalesce(NULL, a, b)` becomes `coalesce(a, b)` and
/// ends at the first argument that is never NULL. What comes before the NULL and can fail keeps the
/// expression as it is.
public record PropagateNulls() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        return node.mapExprs(expr -> expr.transformUp(PropagateNulls::propagate));
    }

    private static Expr propagate(Expr expr) {
        return switch (expr) {
            case Expr.Arithmetic a -> strict(a);
            case Expr.Comparison(var op, var left, var right)
                    when op != ComparisonOp.NULL_SAFE_EQ ->
                    strict(expr);
            case Expr.Like like -> strict(like);
            case Expr.Cast cast -> strict(cast);
            case Expr.Not not -> strict(not);
            case Expr.Call call when call.function().nullPropagating() && call.deterministic() ->
                    strict(call);
            case Expr.In(Literal value, var options) when value.isNull() && !options.isEmpty() ->
                    Literal.nullOf(expr.type());
            case Expr.Coalesce(var args, var type) -> coalesce(expr, args);
            default -> expr;
        };
    }

    /// NULL where an operand is, and none evaluated before it can fail.
    private static Expr strict(Expr expr) {
        for (Expr operand : expr.children()) {
            if (operand instanceof Literal literal && literal.isNull()) {
                return Literal.nullOf(expr.type());
            }
            if (operand.canFail() || !operand.deterministic()) {
                return expr;
            }
        }
        return expr;
    }

    private static Expr coalesce(Expr expr, List<Expr> args) {
        List<Expr> kept = new ArrayList<>();
        for (Expr arg : args) {
            if (arg instanceof Literal literal && literal.isNull()) {
                continue;
            }
            kept.add(arg);
            if (!arg.nullable()) {
                break;
            }
        }
        if (kept.size() == args.size()) {
            return expr;
        }
        return kept.isEmpty()
                ? Literal.nullOf(expr.type())
                : kept.size() == 1 ? kept.getFirst() : new Expr.Coalesce(kept, expr.type());
    }
}
