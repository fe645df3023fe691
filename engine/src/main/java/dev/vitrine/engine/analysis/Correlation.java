package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What subqueries take from the query around them.
public final class Correlation {
    private Correlation() {}

    /// The outer columns that the subqueries right inside `expr`, not below its children, refer to.
    public static List<Expr.Attribute> outerReferences(Expr expr) {
        return switch (expr) {
            case Expr.ScalarSubquery(var plan) -> outerReferences((LogicalPlan) plan);
            case Expr.Exists(var plan) -> outerReferences((LogicalPlan) plan);
            case Expr.InSubquery(var values, var plan) -> outerReferences((LogicalPlan) plan);
            default -> List.of();
        };
    }

    /// The outer columns that the nodes of a subquery's plan refer to.
    public static List<Expr.Attribute> outerReferences(LogicalPlan plan) {
        List<Expr.Attribute> found = new ArrayList<>();
        plan.forEach(node ->
                node.exprs()
                        .forEach(expr ->
                                expr.forEach(e -> {
                                    if (e instanceof Expr.OuterReference(var a)) {
                                        found.add(a);
                                    }
                                })));
        return found;
    }

    /// Refuses an aggregate of a subquery over columns of the query around it.
    ///
    /// @throws EngineException UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.CORRELATED_REFERENCE
    static void refuseOuterAggregates(LogicalPlan node) {
        if (node instanceof LogicalPlan.Aggregate aggregate) {
            for (Expr output : aggregate.outputs()) {
                output.forEach(e -> {
                    if (e instanceof Expr.AggregateCall call
                            && call.any(Expr.OuterReference.class::isInstance)) {
                        throw new EngineException(
                                ErrorCode
                                        .UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY__CORRELATED_REFERENCE,
                                Map.of("sqlExprs", "\"" + call.sql() + "\""));
                    }
                });
            }
        }
    }
}
