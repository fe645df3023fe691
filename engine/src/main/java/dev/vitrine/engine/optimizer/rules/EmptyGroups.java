package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Literal;
import dev.vitrine.engine.function.ExprEvaluator;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Aggregate;
import dev.vitrine.engine.logical.LogicalPlan.Filter;
import dev.vitrine.engine.logical.LogicalPlan.Project;
import dev.vitrine.engine.optimizer.Correlation;
import dev.vitrine.engine.types.DataType;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an aggregate without groups gives for no rows. Grouped by the keys of a correlated
/// subquery, it gives no row there, so whoever groups it must know that nothing is lost.
final class EmptyGroups {
    private EmptyGroups() {}

    /// Refuses a correlated subquery in which the row that an aggregate gives for no rows would
    /// matter.
    ///
    /// @param nullMatters whether a NULL there is different from no row, as for NOT IN
    static void check(LogicalPlan subquery, boolean nullMatters) {
        if (!Correlation.isCorrelated(subquery)) {
            return;
        }
        boolean matters =
                switch (subquery) {
                    case Filter(var input, var predicate) -> {
                        Aggregate below = aggregate(input);
                        yield below != null && mayHold(emptied(predicate, below));
                    }
                    case Project(Filter filter, var exprs) -> {
                        Aggregate below = aggregate(filter.input());
                        yield below != null && mayHold(emptied(filter.predicate(), below));
                    }
                    default -> {
                        Aggregate top = aggregate(subquery);
                        yield top != null
                                && (nullMatters || !isNull(emptied(first(subquery), top)));
                    }
                };
        if (matters) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY__UNSUPPORTED_CORRELATED,
                    Map.of("treeNode", "an aggregate that also counts where there are no rows"));
        }
    }

    private static @Nullable Aggregate aggregate(LogicalPlan plan) {
        return switch (plan) {
            case Aggregate aggregate when aggregate.groupings().isEmpty() -> aggregate;
            case Project project -> aggregate(project.input());
            default -> null;
        };
    }

    private static Expr first(LogicalPlan plan) {
        return switch (plan) {
            case Project project -> project.exprs().getFirst();
            case Aggregate aggregate -> aggregate.outputs().getFirst();
            default -> Literal.TRUE;
        };
    }

    /// `expr` over an aggregate's output as it is where the aggregate saw no rows.
    private static Expr emptied(Expr expr, Aggregate aggregate) {
        Map<Long, Expr> definitions =
                new HashMap<>(CollapseProjects.Substitution.definitions(aggregate.outputs()));
        Expr inlined = CollapseProjects.Substitution.into(expr, definitions);
        Expr unnamed = inlined instanceof Expr.Alias alias ? alias.input() : inlined;
        return emptied(unnamed);
    }

    /// `expr` with each aggregate replaced by its value for no rows.
    static Expr emptied(Expr expr) {
        return expr.transformDown(e ->
                e instanceof Expr.AggregateCall call
                        ? call.function().name().equals("count")
                                ? new Literal(0L, DataType.BIGINT)
                                : Literal.nullOf(call.type())
                        : e);
    }

    private static boolean isNull(Expr expr) {
        return constant(expr) && ExprEvaluator.constant(expr, ZoneOffset.UTC) == null;
    }

    private static boolean mayHold(Expr expr) {
        return !constant(expr) || Boolean.TRUE.equals(ExprEvaluator.constant(expr, ZoneOffset.UTC));
    }

    private static boolean constant(Expr expr) {
        return expr.deterministic()
                && !expr.canFail()
                && !expr.any(e ->
                        e instanceof Expr.Attribute
                                || e instanceof Expr.OuterReference
                                || e instanceof Expr.Exists
                                || e instanceof Expr.InSubquery);
    }
}
