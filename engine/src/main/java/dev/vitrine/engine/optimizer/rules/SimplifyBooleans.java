package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.expr.Expr.Literal;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;

/// `a AND TRUE` becomes `a`, `a OR TRUE` becomes `TRUE`, `NOT (a < b)` becomes `a >= b`, a term
/// said twice is said once, and tests for NULL of what never is one are decided. `a AND FALSE` is
/// FALSE even where `a` can fail: it may be spared an error, as in Spark.
public record SimplifyBooleans() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        return node.mapExprs(expr -> expr.transformUp(SimplifyBooleans::simplify));
    }

    private static Expr simplify(Expr expr) {
        return switch (expr) {
            case Expr.And(var terms) -> connective(expr, terms, true);
            case Expr.Or(var terms) -> connective(expr, terms, false);
            case Expr.Not(Literal(Boolean value, var type)) -> Literal.of(!value);
            case Expr.Not(Expr.Not(var inner)) -> inner;
            case Expr.Not(Expr.Comparison(var op, var l, var r))
                    when op != ComparisonOp.NULL_SAFE_EQ ->
                    new Expr.Comparison(negated(op), l, r);
            case Expr.IsNull(var input)
                    when !input.nullable() && !input.canFail() && input.deterministic() ->
                    Literal.FALSE;
            case Expr.Case(var branches, var otherwise, var type)
                    when branches.getFirst().when() instanceof Literal when ->
                    Boolean.TRUE.equals(when.value())
                            ? branches.getFirst().then()
                            : branches.size() == 1
                                    ? otherwise
                                    : new Expr.Case(
                                            branches.subList(1, branches.size()), otherwise, type);
            default -> expr;
        };
    }

    private static ComparisonOp negated(ComparisonOp op) {
        return switch (op) {
            case EQ -> ComparisonOp.NOT_EQ;
            case NOT_EQ -> ComparisonOp.EQ;
            case LT -> ComparisonOp.GE;
            case LE -> ComparisonOp.GT;
            case GT -> ComparisonOp.LE;
            case GE -> ComparisonOp.LT;
            case NULL_SAFE_EQ -> ComparisonOp.NULL_SAFE_EQ;
        };
    }

    private static Expr connective(Expr expr, List<Expr> terms, boolean and) {
        List<Expr> kept = new ArrayList<>();
        for (Expr term : terms) {
            List<Expr> parts =
                    and
                            ? term instanceof Expr.And(var inner) ? inner : List.of(term)
                            : term instanceof Expr.Or(var inner) ? inner : List.of(term);
            for (Expr part : parts) {
                if (part instanceof Literal(Boolean value, var type)) {
                    if (value == and) {
                        continue;
                    }
                    return part;
                }
                if (kept.size() < 64 && kept.contains(part) && part.deterministic()) {
                    continue;
                }
                kept.add(part);
            }
        }
        if (kept.equals(terms)) {
            return expr;
        }
        return kept.isEmpty()
                ? new Literal(and, DataType.BOOLEAN)
                : and ? Expr.and(kept) : Expr.or(kept);
    }
}
