package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Limit;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// `Limit(Project(x), n)` becomes `Project(Limit(x, n))`, a limit over a union limits its inputs
/// too, two limits become the smaller, and a scan is told how many rows suffice.
public record PushLimit() implements Rule {
    /// A recursion may have no other end.
    @Override
    public boolean basic() {
        return true;
    }

    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (!(node instanceof Limit(var input, Optional<Expr> limit, Expr.Literal offset))
                || limit.isEmpty()
                || !(limit.get() instanceof Expr.Literal(Number count, var t))
                || !(offset.value() instanceof Number skip)
                || skip.longValue() != 0) {
            return node;
        }
        long rows = count.longValue();
        return switch (input) {
            case LogicalPlan.Project(var below, var exprs)
                    when !(below instanceof LogicalPlan.Sort)
                            && exprs.stream().noneMatch(e -> e.canFail() || !e.deterministic()) ->
                    new LogicalPlan.Project(new Limit(below, limit, offset), exprs);
            case Limit(var below, Optional<Expr> inner, Expr.Literal innerOffset)
                    when inner.isPresent()
                            && inner.get() instanceof Expr.Literal(Number n, var type)
                            && innerOffset.value() instanceof Number o
                            && o.longValue() == 0 ->
                    new Limit(
                            below,
                            Optional.of(Expr.Literal.of(Math.min(rows, n.longValue()))),
                            offset);
            case LogicalPlan.Union(var inputs, boolean byName, var attributes)
                    when inputs.stream().anyMatch(i -> !givesAtMost(i, rows)) -> {
                List<LogicalPlan> limited =
                        inputs.stream()
                                .map(i ->
                                        givesAtMost(i, rows)
                                                ? i
                                                : (LogicalPlan) new Limit(i, limit, offset))
                                .toList();
                yield new Limit(new LogicalPlan.Union(limited, byName, attributes), limit, offset);
            }
            case LogicalPlan.Scan(var source, var output, var filters, var known)
                    when known.isEmpty() || known.getAsLong() > rows ->
                    new Limit(
                            new LogicalPlan.Scan(source, output, filters, OptionalLong.of(rows)),
                            limit,
                            offset);
            default -> node;
        };
    }

    /// Whether a plan is seen to give no more rows than that.
    private static boolean givesAtMost(LogicalPlan plan, long rows) {
        return switch (plan) {
            case Limit(var input, Optional<Expr> limit, var offset) ->
                    limit.isPresent()
                            && limit.get() instanceof Expr.Literal(Number n, var type)
                            && n.longValue() <= rows;
            case LogicalPlan.Project(var input, var exprs) -> givesAtMost(input, rows);
            case LogicalPlan.Filter(var input, var predicate) -> givesAtMost(input, rows);
            case LogicalPlan.LocalRelation local -> local.rows().size() <= rows;
            case LogicalPlan.Aggregate aggregate -> aggregate.groupings().isEmpty() && rows > 0;
            default -> false;
        };
    }
}
