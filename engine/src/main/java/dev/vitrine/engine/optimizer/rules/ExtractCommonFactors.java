package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `(a AND b) OR (a AND c)` becomes `a AND (b OR c)`, so that `a` can become a join's key or go
/// below it. Where the alternatives of an OR each say something of one relation alone, what they
/// say together is said once more beside it: `(x = 1 AND y = 2) OR (x = 3 AND y = 4)` adds `x = 1
/// OR x = 3`, by which that relation can be filtered before it is joined.
public record ExtractCommonFactors() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        return switch (node) {
            case LogicalPlan.Filter(LogicalPlan.Join join, var predicate) ->
                    rewritten(node, predicate, join);
            case LogicalPlan.Join join
                    when join.condition().isPresent() && join.joinType().isInner() -> {
                List<Expr> terms = terms(join.condition().get(), join);
                yield terms.equals(Expr.conjuncts(join.condition().get()))
                        ? node
                        : new LogicalPlan.Join(
                                join.left(),
                                join.right(),
                                join.joinType(),
                                java.util.Optional.of(Expr.and(terms)));
            }
            default -> node;
        };
    }

    private static LogicalPlan rewritten(LogicalPlan node, Expr predicate, LogicalPlan.Join join) {
        List<Expr> terms = terms(predicate, join);
        return terms.equals(Expr.conjuncts(predicate))
                ? node
                : new LogicalPlan.Filter(join, Expr.and(terms));
    }

    private static List<Expr> terms(Expr predicate, LogicalPlan.Join join) {
        List<Expr> before = Expr.conjuncts(predicate);
        List<Expr> after = new ArrayList<>();
        for (Expr term : before) {
            after.addAll(
                    term instanceof Expr.Or(var options) && !term.canFail()
                            ? factored(options)
                            : List.of(term));
        }
        List<Expr> all = new ArrayList<>(after);
        for (Expr term : after) {
            if (term instanceof Expr.Or(var options) && !term.canFail()) {
                for (LogicalPlan side : List.of(join.left(), join.right())) {
                    addImplied(options, side, all);
                }
            }
        }
        return all;
    }

    /// The conjuncts that all options share, and the OR of what is left of them.
    private static List<Expr> factored(List<Expr> options) {
        List<Expr> common = new ArrayList<>(Expr.conjuncts(options.getFirst()));
        for (Expr option : options) {
            common.retainAll(Expr.conjuncts(option));
        }
        if (common.isEmpty()) {
            return List.of(Expr.or(options));
        }
        List<Expr> rest = new ArrayList<>();
        for (Expr option : options) {
            List<Expr> left = new ArrayList<>(Expr.conjuncts(option));
            left.removeAll(common);
            if (left.isEmpty()) {
                return common;
            }
            rest.add(Expr.and(left));
        }
        common.add(Expr.or(rest));
        return common;
    }

    private static void addImplied(List<Expr> options, LogicalPlan side, List<Expr> all) {
        Set<Long> ids = new HashSet<>();
        side.output().forEach(a -> ids.add(a.id()));
        List<Expr> implied = new ArrayList<>();
        boolean wholly = true;
        for (Expr option : options) {
            List<Expr> own = new ArrayList<>();
            for (Expr term : Expr.conjuncts(option)) {
                Set<Long> references = term.references();
                if (!references.isEmpty() && ids.containsAll(references) && term.deterministic()) {
                    own.add(term);
                } else {
                    wholly = false;
                }
            }
            if (own.isEmpty()) {
                return;
            }
            implied.add(Expr.and(own));
        }
        Expr condition = Expr.or(implied);
        // Once it has gone below the join it must not come again.
        if (!wholly && !all.contains(condition) && !saidBelow(side, condition)) {
            all.add(condition);
        }
    }

    private static boolean saidBelow(LogicalPlan plan, Expr condition) {
        boolean[] found = {false};
        plan.forEach(node ->
                found[0] |=
                        node instanceof LogicalPlan.Filter filter
                                && Expr.conjuncts(filter.predicate()).contains(condition));
        return found[0];
    }
}
