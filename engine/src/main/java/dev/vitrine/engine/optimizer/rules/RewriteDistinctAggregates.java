package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.AggregateCall;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Aggregate;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.ArrayList;
import java.util.List;

/// `Aggregate(x, by k, count(DISTINCT a))` becomes `Aggregate(Aggregate(x, by k, a), by k,
/// count(a))`, where all aggregates are DISTINCT over the same arguments; others are left to the
/// executor's hash sets.
public record RewriteDistinctAggregates() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (!(node instanceof Aggregate(var input, var groupings, var outputs))) {
            return node;
        }
        List<AggregateCall> calls = new ArrayList<>();
        outputs.forEach(output ->
                output.forEach(e -> {
                    if (e instanceof AggregateCall call) {
                        calls.add(call);
                    }
                }));
        boolean fits =
                !calls.isEmpty()
                        && calls.stream()
                                .allMatch(c ->
                                        c.distinct()
                                                && c.filter().isEmpty()
                                                && c.args().equals(calls.getFirst().args()))
                        && groupings.stream().allMatch(Expr.Attribute.class::isInstance);
        if (!fits) {
            return node;
        }
        List<Expr> inner = new ArrayList<>(groupings);
        List<Expr> args = new ArrayList<>();
        List<Expr> groups = new ArrayList<>(groupings);
        for (Expr arg : calls.getFirst().args()) {
            if (arg instanceof Expr.Attribute a) {
                args.add(a);
                if (groups.stream()
                        .noneMatch(g -> g instanceof Expr.Attribute k && k.id() == a.id())) {
                    inner.add(a);
                    groups.add(a);
                }
            } else {
                Expr.Alias alias = new Expr.Alias(arg, arg.sql(), context.plans().newAttributeId());
                args.add(alias.toAttribute());
                inner.add(alias);
                groups.add(arg);
            }
        }
        LogicalPlan distinct = new Aggregate(input, groups, inner);
        List<Expr> changed =
                outputs.stream()
                        .map(output ->
                                output.transformUp(e ->
                                        e instanceof AggregateCall c
                                                ? new AggregateCall(
                                                        c.function(),
                                                        args,
                                                        false,
                                                        c.filter(),
                                                        c.type(),
                                                        c.mode())
                                                : e))
                        .toList();
        return new Aggregate(distinct, groupings, changed);
    }
}
