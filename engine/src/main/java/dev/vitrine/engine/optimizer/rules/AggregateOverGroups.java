package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.AggregateCall;
import dev.vitrine.engine.expr.Expr.Alias;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Aggregate;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.optimizer.FreshIds;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import dev.vitrine.engine.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where a query aggregates the same rows once by groups and once as a whole, as for shares of a
/// total, `Aggregate(x, sum(a))` becomes `Aggregate(Aggregate(x, by g, sum(a)), sum(sum(a)))`: the
/// inner aggregate is the one that is there already, and its exchange is then read twice instead of
/// all rows.
public record AggregateOverGroups() implements Rule {
    @Override
    public boolean wholePlan() {
        return true;
    }

    @Override
    public LogicalPlan apply(LogicalPlan root, RuleContext context) {
        List<Aggregate> grouped = new ArrayList<>();
        List<Aggregate> whole = new ArrayList<>();
        root.forEach(node -> {
            if (node instanceof Aggregate aggregate) {
                (aggregate.groupings().isEmpty() ? whole : grouped).add(aggregate);
            }
        });
        if (whole.isEmpty()
                || grouped.isEmpty()
                || !context.settings().getBoolean(Settings.REUSE_EXCHANGES)) {
            return root;
        }
        LogicalPlan plan = root;
        for (Aggregate total : whole) {
            for (Aggregate groups : grouped) {
                Optional<LogicalPlan> made = over(total, groups, context);
                if (made.isPresent()) {
                    plan = replaced(plan, total, made.get(), context);
                    break;
                }
            }
        }
        return plan;
    }

    private static Optional<LogicalPlan> over(
            Aggregate total, Aggregate groups, RuleContext context) {
        Set<AggregateCall> calls = PartialAggregates.calls(groups.outputs());
        Set<AggregateCall> wanted = PartialAggregates.calls(total.outputs());
        if (!groups.groupings().stream().allMatch(Expr::deterministic)
                || !calls.stream().allMatch(PartialAggregates::isOfParts)
                || wanted.size() != calls.size()
                || !numbered(total.input()).equals(numbered(groups.input()))) {
            return Optional.empty();
        }
        Map<Expr, Expr> columns = new HashMap<>();
        for (int i = 0; i < groups.input().output().size(); i++) {
            columns.put(groups.input().output().get(i), total.input().output().get(i));
        }
        Map<AggregateCall, Expr> merged = new HashMap<>();
        List<Expr> outputs = new ArrayList<>();
        for (AggregateCall call : calls) {
            AggregateCall own = (AggregateCall) renamed(call, columns);
            Alias part = new Alias(own, own.sql(), context.plans().newAttributeId());
            outputs.add(part);
            merged.put(own, PartialAggregates.whole(own, part.toAttribute()));
        }
        if (!merged.keySet().equals(wanted)) {
            return Optional.empty();
        }
        Aggregate again =
                new Aggregate(
                        total.input(),
                        groups.groupings().stream().map(g -> renamed(g, columns)).toList(),
                        outputs);
        context.plans().inherit(again, total);
        return Optional.of(
                new Aggregate(
                        again,
                        List.of(),
                        total.outputs().stream()
                                .map(output ->
                                        output.transformUp(e ->
                                                e instanceof AggregateCall call
                                                        ? merged.getOrDefault(call, call)
                                                        : e))
                                .toList()));
    }

    /// A copy whose attributes are numbered in their order: two plans that differ in the ids of
    /// their attributes only have equal ones.
    private static LogicalPlan numbered(LogicalPlan plan) {
        return FreshIds.copy(plan, new PlanContext());
    }

    private static Expr renamed(Expr expr, Map<Expr, Expr> columns) {
        return expr.transformUp(e -> e instanceof Attribute ? columns.getOrDefault(e, e) : e);
    }

    @SuppressWarnings("ReferenceEquality") // an equal aggregate elsewhere is another's affair
    private static LogicalPlan replaced(
            LogicalPlan plan, LogicalPlan old, LogicalPlan made, RuleContext context) {
        if (plan == old) {
            context.plans().inherit(made, old);
            return made;
        }
        LogicalPlan changed = plan.mapChildren(child -> replaced(child, old, made, context));
        context.plans().inherit(changed, plan);
        return changed;
    }
}
