package dev.vitrine.engine.api;

import dev.vitrine.engine.catalog.View;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;

/// Puts a view's plan where a plan names the view: `table("v")…createOrReplaceTempView("v")` means
/// the rows of the view as it was, not of itself.
final class BoundViews {
    private final View view;
    private final Predicate<List<String>> names;

    /// Columns refer to plans by identity: what takes a plan's place takes it everywhere.
    private final IdentityHashMap<LogicalPlan, LogicalPlan> rewritten = new IdentityHashMap<>();

    /// @param names whether a name in FROM means the view
    BoundViews(View view, Predicate<List<String>> names) {
        this.view = view;
        this.names = names;
    }

    LogicalPlan in(LogicalPlan plan) {
        LogicalPlan known = rewritten.get(plan);
        if (known == null) {
            known = rewrite(plan);
            rewritten.put(plan, known);
        }
        return known;
    }

    private LogicalPlan rewrite(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.UnresolvedRelation relation when names.test(relation.nameParts()) ->
                    new LogicalPlan.SubqueryAlias(
                            view.plan(), relation.nameParts().getLast(), List.of());
            // There the name means the common table.
            case LogicalPlan.With with
                    when with.ctes().stream()
                            .anyMatch(cte -> cte.name().equalsIgnoreCase(view.name())) ->
                    with;
            case LogicalPlan.With(var input, var ctes, boolean recursive) ->
                    new LogicalPlan.With(
                            in(input),
                            ctes.stream()
                                    .map(cte ->
                                            new LogicalPlan.With.Cte(
                                                    cte.name(), in(cte.plan()), cte.maxLevel()))
                                    .toList(),
                            recursive);
            default -> plan.mapChildren(this::in).mapExprs(expr -> expr.transformUp(this::inExpr));
        };
    }

    @SuppressWarnings("ReferenceEquality") // a frame is its plan object
    private Expr inExpr(Expr expr) {
        return switch (expr) {
            case Expr.InputColumn(var plan, int ordinal, var name) -> {
                LogicalPlan changed = in((LogicalPlan) plan);
                yield changed == plan ? expr : new Expr.InputColumn(changed, ordinal, name);
            }
            case Expr.Subquery subquery -> subquery.withPlan(in((LogicalPlan) subquery.plan()));
            default -> expr;
        };
    }
}
