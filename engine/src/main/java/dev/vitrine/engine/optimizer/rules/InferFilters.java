package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Filter;
import dev.vitrine.engine.logical.LogicalPlan.Join;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `Join(Filter(x, a = 1), y, a = b)` becomes `Join(Filter(x, a = 1), Filter(y, b = 1), a = b)`: a
/// condition on one side of an inner or semi join's equality holds on the other.
public record InferFilters() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (!(node instanceof Join(var left, var right, var type, Optional<Expr> condition))
                || condition.isEmpty()
                || !type.isInner() && type != dev.vitrine.engine.logical.JoinType.LEFT_SEMI) {
            return node;
        }
        List<Expr.Comparison> equalities = new ArrayList<>();
        for (Expr term : Expr.conjuncts(condition.get())) {
            if (term instanceof Expr.Comparison(var op, Expr.Attribute a, Expr.Attribute b)
                    && op == ComparisonOp.EQ
                    && a.type().equals(b.type())) {
                equalities.add((Expr.Comparison) term);
            }
        }
        List<Expr> toLeft = inferred(known(right), equalities, ids(left), known(left));
        List<Expr> toRight = inferred(known(left), equalities, ids(right), known(right));
        if (toLeft.isEmpty() && toRight.isEmpty()) {
            return node;
        }
        return new Join(filtered(left, toLeft), filtered(right, toRight), type, condition);
    }

    /// Conditions that hold of all rows of a plan, as far as they are easily seen.
    private static List<Expr> known(LogicalPlan plan) {
        return switch (plan) {
            case Filter(var input, var predicate) -> {
                List<Expr> all = new ArrayList<>(Expr.conjuncts(predicate));
                all.addAll(known(input));
                yield all;
            }
            case LogicalPlan.Project(var input, var exprs) -> known(input);
            case Join(var left, var right, var type, var condition) when type.isInner() -> {
                List<Expr> all = new ArrayList<>(known(left));
                all.addAll(known(right));
                yield all;
            }
            default -> List.of();
        };
    }

    private static List<Expr> inferred(
            List<Expr> terms,
            List<Expr.Comparison> equalities,
            Set<Long> side,
            List<Expr> already) {
        List<Expr> found = new ArrayList<>();
        for (Expr term : terms) {
            Set<Long> references = term.references();
            if (references.size() != 1 || !simple(term)) {
                continue;
            }
            long id = references.iterator().next();
            for (Expr.Comparison equality : equalities) {
                Expr.Attribute a = (Expr.Attribute) equality.left();
                Expr.Attribute b = (Expr.Attribute) equality.right();
                Expr.Attribute other = a.id() == id ? b : b.id() == id ? a : null;
                if (other != null && side.contains(other.id())) {
                    Expr moved =
                            term.transformUp(
                                    e -> e instanceof Expr.Attribute x && x.id() == id ? other : e);
                    if (!already.contains(moved) && !found.contains(moved)) {
                        found.add(moved);
                    }
                }
            }
        }
        return found;
    }

    /// Conditions worth having twice: comparisons with constants.
    private static boolean simple(Expr term) {
        return switch (term) {
            case Expr.Comparison(var op, Expr.Attribute a, Expr.Literal l) -> true;
            case Expr.Comparison(var op, Expr.Literal l, Expr.Attribute a) -> true;
            case Expr.In(Expr.Attribute a, var options) ->
                    options.stream().allMatch(Expr.Literal.class::isInstance);
            default -> false;
        };
    }

    private static LogicalPlan filtered(LogicalPlan plan, List<Expr> terms) {
        return terms.isEmpty() ? plan : new Filter(plan, Expr.and(terms));
    }

    private static Set<Long> ids(LogicalPlan plan) {
        Set<Long> ids = new LinkedHashSet<>();
        plan.output().forEach(a -> ids.add(a.id()));
        return ids;
    }
}
