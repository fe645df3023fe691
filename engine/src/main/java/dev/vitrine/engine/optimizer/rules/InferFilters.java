package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.logical.JoinType;
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
/// condition on one side of an inner or semi join's equality holds on the other; so does one on the
/// side of an outer join that all rows of are kept, for the other side's rows that find a partner.
public record InferFilters() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (!(node instanceof Join(var left, var right, var type, Optional<Expr> condition))
                || condition.isEmpty()
                || type == JoinType.FULL_OUTER) {
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
        boolean both = type.isInner() || type == JoinType.LEFT_SEMI;
        List<Expr> toLeft =
                both || type == JoinType.RIGHT_OUTER
                        ? inferred(known(right), equalities, left.outputIds(), known(left))
                        : List.of();
        List<Expr> toRight =
                both || type != JoinType.RIGHT_OUTER
                        ? inferred(known(left), equalities, right.outputIds(), known(right))
                        : List.of();
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
            case LogicalPlan.Project(var input, var exprs) -> renamed(known(input), exprs);
            case LogicalPlan.Aggregate(var input, var groupings, var outputs) ->
                    renamed(
                            known(input).stream()
                                    .filter(term ->
                                            groupIds(groupings).containsAll(term.references()))
                                    .toList(),
                            outputs);
            case Join(var left, var right, var type, var condition) when type.isInner() -> {
                List<Expr> all = new ArrayList<>(known(left));
                all.addAll(known(right));
                yield all;
            }
            case Join(var left, var right, var type, var condition)
                    when type == JoinType.LEFT_OUTER || type.leftOnly() ->
                    known(left);
            default -> List.of();
        };
    }

    private static Set<Long> groupIds(List<Expr> groupings) {
        Set<Long> ids = new LinkedHashSet<>();
        groupings.forEach(
                g -> ids.addAll(g instanceof Expr.Attribute a ? Set.of(a.id()) : Set.of()));
        return ids;
    }

    /// What holds of the columns of a projection: also by the names that it gives them.
    private static List<Expr> renamed(List<Expr> terms, List<? extends Expr> exprs) {
        List<Expr> all = new ArrayList<>(terms);
        for (Expr expr : exprs) {
            if (expr instanceof Expr.Alias alias && alias.input() instanceof Expr.Attribute a) {
                for (Expr term : terms) {
                    if (term.references().equals(Set.of(a.id()))) {
                        all.add(replaced(term, a.id(), alias.toAttribute()));
                    }
                }
            }
        }
        return all;
    }

    private static Expr replaced(Expr term, long id, Expr.Attribute other) {
        return term.transformUp(e -> e instanceof Expr.Attribute x && x.id() == id ? other : e);
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
                    Expr moved = replaced(term, id, other);
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
}
