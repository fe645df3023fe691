package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Aggregate;
import dev.vitrine.engine.logical.LogicalPlan.Filter;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `Filter(Aggregate(x, by k), k > 1 AND sum > 2)` becomes `Filter(Aggregate(Filter(x, k > 1), by
/// k), sum > 2)`: conditions on grouping columns alone keep or drop whole groups.
public record PushFilterThroughAggregate() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (!(node
                        instanceof
                        Filter(Aggregate(var input, var groupings, var outputs), var predicate))
                || groupings.isEmpty()) {
            return node;
        }
        Map<Long, Expr> keys = new HashMap<>();
        for (Expr output : outputs) {
            switch (output) {
                case Expr.Attribute a when isGrouping(a, groupings) -> keys.put(a.id(), a);
                case Expr.Alias(var expr, var name, var id) when isGrouping(expr, groupings) ->
                        keys.put(id, expr);
                default -> {}
            }
        }
        List<Expr> pushed = new ArrayList<>();
        List<Expr> kept = new ArrayList<>();
        for (Expr term : Expr.conjuncts(predicate)) {
            // A term right of one that stays must not be evaluated on rows which that one would
            // have dropped.
            boolean goes =
                    !term.references().isEmpty()
                            && keys.keySet().containsAll(term.references())
                            && term.deterministic()
                            && (kept.isEmpty() || !term.canFail());
            (goes ? pushed : kept).add(term);
        }
        if (pushed.isEmpty()) {
            return node;
        }
        Expr below = CollapseProjects.Substitution.into(Expr.and(pushed), keys);
        LogicalPlan aggregate = new Aggregate(new Filter(input, below), groupings, outputs);
        return kept.isEmpty() ? aggregate : new Filter(aggregate, Expr.and(kept));
    }

    /// Attributes are the same by their ids; their names may be written differently.
    private static boolean isGrouping(Expr expr, List<Expr> groupings) {
        return groupings.contains(expr)
                || (expr instanceof Expr.Attribute a
                        && groupings.stream()
                                .anyMatch(g -> g instanceof Expr.Attribute k && k.id() == a.id()));
    }
}
