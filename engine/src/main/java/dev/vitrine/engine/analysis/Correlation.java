package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What subqueries take from the query around them.
public final class Correlation {
    private Correlation() {}

    /// The outer columns that the subqueries right inside `expr`, not below its children, refer to.
    public static List<Expr.Attribute> outerReferences(Expr expr) {
        return expr instanceof Expr.Subquery subquery
                ? outerReferences((LogicalPlan) subquery.plan())
                : List.of();
    }

    /// The columns of queries around it that a plan reads, each once; not those of the left side of
    /// a lateral join that the right side reads.
    public static List<Expr.Attribute> outerReferences(LogicalPlan plan) {
        Map<Long, Expr.Attribute> found = new LinkedHashMap<>();
        collect(plan, Set.of(), found);
        return List.copyOf(found.values());
    }

    private static void collect(
            LogicalPlan plan, Set<Long> bound, Map<Long, Expr.Attribute> found) {
        plan.exprs()
                .forEach(expr ->
                        expr.forEach(e -> {
                            if (e instanceof Expr.OuterReference(var a)
                                    && !bound.contains(a.id())) {
                                found.putIfAbsent(a.id(), a);
                            }
                        }));
        if (plan instanceof LogicalPlan.LateralJoin join) {
            Set<Long> more = new HashSet<>(bound);
            join.left().output().forEach(a -> more.add(a.id()));
            collect(join.left(), bound, found);
            collect(join.right(), more, found);
        } else {
            plan.children().forEach(child -> collect(child, bound, found));
        }
    }

    /// Refuses what Spark does in a subquery that reads the query around it: outer columns in
    /// aggregates and sort keys, and below the side of an outer join that may be missing.
    ///
    /// @throws EngineException UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY
    static void check(LogicalPlan subquery) {
        subquery.forEach(node -> {
            switch (node) {
                case LogicalPlan.Aggregate a -> refuseOuterColumns(a);
                case LogicalPlan.Sort s -> refuseOuterColumns(s);
                case LogicalPlan.Join(var left, var right, var type, var condition) -> {
                    switch (type) {
                        case INNER, CROSS -> {}
                        case LEFT_OUTER, LEFT_SEMI, LEFT_ANTI -> refuseCorrelated(right);
                        case RIGHT_OUTER -> refuseCorrelated(left);
                        case FULL_OUTER -> {
                            refuseCorrelated(left);
                            refuseCorrelated(right);
                        }
                    }
                }
                default -> {}
            }
        });
    }

    private static void refuseOuterColumns(LogicalPlan node) {
        for (Expr expr : node.exprs()) {
            if (expr.any(Expr.OuterReference.class::isInstance)) {
                throw new EngineException(
                        ErrorCode.UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY__CORRELATED_REFERENCE,
                        Map.of("sqlExprs", "\"" + expr.sql() + "\""));
            }
        }
    }

    private static void refuseCorrelated(LogicalPlan side) {
        List<Expr.Attribute> read = outerReferences(side);
        if (!read.isEmpty()) {
            throw new EngineException(
                    ErrorCode
                            .UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY__ACCESSING_OUTER_QUERY_COLUMN_IS_NOT_ALLOWED,
                    Map.of("treeNode", read.getFirst().name()));
        }
    }
}
