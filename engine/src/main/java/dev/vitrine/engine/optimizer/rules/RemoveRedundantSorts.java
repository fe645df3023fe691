package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.*;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.List;
import java.util.Set;

/// `Join(Sort(x), y)` becomes `Join(x, y)`: joins, aggregates and sorts do not keep the order of
/// their input, so a sort below them, with no limit between, is work for nothing.
public record RemoveRedundantSorts() implements Rule {
    private static final Set<String> ORDERLESS =
            Set.of("count", "sum", "min", "max", "avg", "single_value");

    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        return switch (node) {
            case Join join -> join.mapChildren(RemoveRedundantSorts::unsorted);
            case Aggregate aggregate when orderless(aggregate.outputs()) ->
                    aggregate.mapChildren(RemoveRedundantSorts::unsorted);
            case Sort sort when sort.global() -> sort.mapChildren(RemoveRedundantSorts::unsorted);
            case Repartition repartition -> repartition.mapChildren(RemoveRedundantSorts::unsorted);
            default -> node;
        };
    }

    /// `plan` without the sort that it, below projections and filters, begins with.
    private static LogicalPlan unsorted(LogicalPlan plan) {
        return switch (plan) {
            case Sort(var input, var keys, boolean global) -> unsorted(input);
            case Project project when project.exprs().stream().allMatch(Expr::deterministic) ->
                    project.mapChildren(RemoveRedundantSorts::unsorted);
            case Filter filter when filter.predicate().deterministic() ->
                    filter.mapChildren(RemoveRedundantSorts::unsorted);
            default -> plan;
        };
    }

    private static boolean orderless(List<Expr> outputs) {
        return outputs.stream()
                .noneMatch(output ->
                        output.any(e ->
                                e instanceof Expr.AggregateCall call
                                        && !ORDERLESS.contains(call.function().name())));
    }
}
