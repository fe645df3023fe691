package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.expr.Expr.Literal;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import dev.vitrine.engine.types.DataType;

/// `a LIKE 'x'` becomes `a = 'x'`, and `a LIKE '%'` is true where a is never NULL. Other patterns
/// stay: the string kernels take prefixes, suffixes and parts as LIKE.
public record SimplifyLike() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        return node.mapExprs(expr -> expr.transformUp(SimplifyLike::simplify));
    }

    private static Expr simplify(Expr expr) {
        if (!(expr
                        instanceof
                        Expr.Like(
                                var value,
                                Literal(String pattern, var type),
                                char escape,
                                boolean ignoreCase))
                || pattern.indexOf(escape) >= 0) {
            return expr;
        }
        boolean wild = pattern.indexOf('%') >= 0 || pattern.indexOf('_') >= 0;
        if (!wild && !ignoreCase) {
            return new Expr.Comparison(
                    ComparisonOp.EQ, value, new Literal(pattern, DataType.STRING));
        }
        if (!pattern.isEmpty() && pattern.chars().allMatch(c -> c == '%')) {
            return value.nullable() || value.canFail() ? expr : Literal.TRUE;
        }
        return expr;
    }
}
