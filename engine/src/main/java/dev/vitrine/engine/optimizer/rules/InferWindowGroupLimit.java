package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.PositionFunction;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Filter;
import dev.vitrine.engine.logical.LogicalPlan.Window;
import dev.vitrine.engine.logical.LogicalPlan.WindowGroupLimit;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import dev.vitrine.engine.settings.Settings;
import java.util.List;
import java.util.Optional;

/// `Filter(Window(x, r = rank(…)), r <= 2)` becomes `Filter(Window(WindowGroupLimit(x, r, 2), …), r
/// <= 2)`: what the filter drops anyhow is neither exchanged nor sorted. Only where no call of the
/// window looks at rows that come after the one at hand.
public record InferWindowGroupLimit() implements Rule {
    private record Bound(Expr.WindowCall rank, int limit) {}

    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (!(node instanceof Filter(Window(var input, var calls), var predicate))
                || input instanceof WindowGroupLimit
                || !calls.stream().allMatch(InferWindowGroupLimit::looksBack)) {
            return node;
        }
        long largest = context.settings().getLong(Settings.WINDOW_GROUP_LIMIT);
        Optional<Bound> least = Optional.empty();
        for (Expr conjunct : Expr.conjuncts(predicate)) {
            Optional<Bound> bound = bound(conjunct, calls, largest);
            if (bound.isPresent() && (least.isEmpty() || bound.get().limit < least.get().limit)) {
                least = bound;
            }
        }
        if (least.isEmpty()) {
            return node;
        }
        LogicalPlan limited = new WindowGroupLimit(input, least.get().rank, least.get().limit);
        return new Filter(new Window(limited, calls), predicate);
    }

    /// Whether leaving out rows that come last changes nothing for those before them.
    private static boolean looksBack(Expr expr) {
        return expr instanceof Expr.Alias(Expr.WindowCall call, var name, var id)
                && call.partitionBy().stream().allMatch(Expr::deterministic)
                && call.orderBy().stream().allMatch(Expr::deterministic)
                && (isRank(call)
                        || call.function() instanceof Expr.AggregateCall
                                && call.frame().equals(Optional.of(Expr.Frame.TO_ROW)));
    }

    private static boolean isRank(Expr.WindowCall call) {
        return call.function() instanceof Expr.PositionCall position
                && (position.function() == PositionFunction.ROW_NUMBER
                        || position.function() == PositionFunction.RANK
                        || position.function() == PositionFunction.DENSE_RANK);
    }

    private static Optional<Bound> bound(Expr conjunct, List<Expr> calls, long largest) {
        if (!(conjunct instanceof Expr.Comparison comparison)) {
            return Optional.empty();
        }
        boolean turned = comparison.left() instanceof Expr.Literal;
        Expr.ComparisonOp op = turned ? comparison.op().flipped() : comparison.op();
        Expr rank = turned ? comparison.right() : comparison.left();
        Expr constant = turned ? comparison.left() : comparison.right();
        if (!(rank instanceof Expr.Attribute attribute)
                || !(constant instanceof Expr.Literal(Number number, var type))
                || !type.isIntegral()) {
            return Optional.empty();
        }
        long limit =
                switch (op) {
                    case LE, EQ, NULL_SAFE_EQ -> number.longValue();
                    case LT -> number.longValue() - 1;
                    case GT, GE, NOT_EQ -> Long.MAX_VALUE;
                };
        if (limit < 1 || limit > largest) {
            return Optional.empty();
        }
        for (Expr call : calls) {
            if (call instanceof Expr.Alias(Expr.WindowCall window, var name, var id)
                    && id == attribute.id()
                    && isRank(window)) {
                return Optional.of(new Bound(window, (int) limit));
            }
        }
        return Optional.empty();
    }
}
