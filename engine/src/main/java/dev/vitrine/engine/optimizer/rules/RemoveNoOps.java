package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.List;
import java.util.Optional;

/// `Filter(x, TRUE)` becomes `x`, `Filter(x, FALSE)` becomes no rows, a projection of all columns
/// as they are becomes its input, and a sort below an aggregate or another sort goes.
public record RemoveNoOps() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        return switch (node) {
            case LogicalPlan.Filter(var input, Expr.Literal literal) ->
                    Boolean.TRUE.equals(literal.value())
                            ? input
                            : new LogicalPlan.LocalRelation(input.output(), List.of());
            case LogicalPlan.Project(var input, var exprs) when same(exprs, input.output()) ->
                    input;
            case LogicalPlan.Sort(
                            LogicalPlan.Sort(var input, var inner, boolean g),
                            var keys,
                            boolean global)
                    when global ->
                    new LogicalPlan.Sort(input, keys, true);
            case LogicalPlan.Aggregate(
                            LogicalPlan.Sort(var input, var keys, boolean g),
                            var groupings,
                            var outputs)
                    when orderless(outputs) ->
                    new LogicalPlan.Aggregate(input, groupings, outputs);
            case LogicalPlan.Limit(var input, Optional<Expr> limit, Expr.Literal offset)
                    when limit.isEmpty()
                            && offset.value() instanceof Number n
                            && n.longValue() == 0 ->
                    input;
            default -> node;
        };
    }

    private static boolean same(List<Expr> exprs, List<Expr.Attribute> output) {
        if (exprs.size() != output.size()) {
            return false;
        }
        for (int i = 0; i < exprs.size(); i++) {
            if (!(exprs.get(i) instanceof Expr.Attribute a)
                    || a.id() != output.get(i).id()
                    || !a.name().equals(output.get(i).name())) {
                return false;
            }
        }
        return true;
    }

    /// Whether no aggregate's result depends on the order of rows.
    private static boolean orderless(List<Expr> outputs) {
        return outputs.stream()
                .noneMatch(output ->
                        output.any(e ->
                                e instanceof Expr.AggregateCall call
                                        && !List.of("count", "sum", "min", "max", "avg")
                                                .contains(call.function().name())));
    }
}
