package dev.vitrine.engine.optimizer;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.expr.Expr.OuterReference;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.*;
import dev.vitrine.engine.logical.LogicalPlanTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A subquery's plan with the conditions that tie it to the query around it taken out, so that they
/// can become a join's condition.
///
/// Conditions are pulled up through filters, projections, inner joins, and aggregations whose
/// groups they then extend; whatever else reads the outer query is an error that says so.
public final class Correlation {
    private final List<Expr> conditions = new ArrayList<>();

    private Correlation() {}

    /// @param plan the subquery's plan, which now also gives the columns its conditions read
    /// @param conditions over columns of `plan` and [OuterReference]s
    public record Pulled(LogicalPlan plan, List<Expr> conditions) {
        public Pulled {
            conditions = List.copyOf(conditions);
        }

        public boolean isCorrelated() {
            return !conditions.isEmpty();
        }
    }

    /// Takes the conditions out of `plan`.
    public static Pulled pull(LogicalPlan plan) {
        if (!isCorrelated(plan)) {
            return new Pulled(plan, List.of());
        }
        Correlation correlation = new Correlation();
        LogicalPlan pulled = correlation.up(plan);
        return new Pulled(pulled, correlation.conditions);
    }

    /// Whether a plan reads columns of a query around it.
    public static boolean isCorrelated(LogicalPlan plan) {
        boolean[] found = {false};
        plan.forEach(node -> node.exprs().forEach(e -> found[0] |= hasOuter(e)));
        return found[0];
    }

    static boolean hasOuter(Expr expr) {
        return expr.any(OuterReference.class::isInstance);
    }

    private LogicalPlan up(LogicalPlan plan) {
        if (!isCorrelated(plan)) {
            return plan;
        }
        return switch (plan) {
            case Filter(var input, var predicate) -> {
                LogicalPlan below = up(input);
                List<Expr> kept = new ArrayList<>();
                for (Expr term : Expr.conjuncts(predicate)) {
                    (hasOuter(term) ? conditions : kept).add(term);
                }
                yield kept.isEmpty() ? below : new Filter(below, Expr.and(kept));
            }
            case Project(var input, var exprs) -> {
                List<Expr> inner = new ArrayList<>();
                for (Expr expr : exprs) {
                    if (hasOuter(expr)) {
                        throw unsupported(plan);
                    }
                    inner.add(expr);
                }
                LogicalPlan below = up(input);
                for (Attribute needed : needed(below, inner)) {
                    inner.add(needed);
                }
                yield new Project(below, inner);
            }
            case Aggregate(var input, var groupings, var outputs) -> {
                if (groupings.stream().anyMatch(Correlation::hasOuter)
                        || outputs.stream().anyMatch(Correlation::hasOuter)) {
                    throw unsupported(plan);
                }
                LogicalPlan below = up(input);
                List<Attribute> needed = needed(below, List.of());
                if (conditions.stream().anyMatch(c -> !isEquality(c))) {
                    throw unsupported(plan);
                }
                List<Expr> groups = new ArrayList<>(groupings);
                List<Expr> all = new ArrayList<>(outputs);
                for (Attribute attribute : needed) {
                    if (groups.stream()
                            .noneMatch(g -> g instanceof Attribute a && a.id() == attribute.id())) {
                        groups.add(attribute);
                    }
                    if (all.stream()
                            .noneMatch(o -> o instanceof Attribute a && a.id() == attribute.id())) {
                        all.add(attribute);
                    }
                }
                yield new Aggregate(below, groups, all);
            }
            case Distinct(var input) -> new Distinct(up(input));
            case Sort(var input, var keys, boolean global) -> up(input);
            case Join join when join.joinType().isInner() -> {
                LogicalPlan left = up(join.left());
                LogicalPlan right = up(join.right());
                List<Expr> kept = new ArrayList<>();
                for (Expr term : join.condition().map(Expr::conjuncts).orElse(List.of())) {
                    (hasOuter(term) ? conditions : kept).add(term);
                }
                yield new Join(
                        left,
                        right,
                        join.joinType(),
                        kept.isEmpty()
                                ? java.util.Optional.empty()
                                : java.util.Optional.of(Expr.and(kept)));
            }
            case Join join
                    when !isCorrelated(join.right())
                            && join.condition().stream().noneMatch(Correlation::hasOuter) ->
                    new Join(up(join.left()), join.right(), join.joinType(), join.condition());
            default -> throw unsupported(plan);
        };
    }

    /// Columns of `below` that the conditions read and `already` does not give.
    private List<Attribute> needed(LogicalPlan below, List<Expr> already) {
        Set<Long> given = new HashSet<>();
        LogicalPlan.attributes(already).forEach(a -> given.add(a.id()));
        Set<Long> read = new HashSet<>();
        conditions.forEach(c -> read.addAll(c.references()));
        Map<Long, Attribute> needed = new LinkedHashMap<>();
        for (Attribute attribute : below.output()) {
            if (read.contains(attribute.id()) && !given.contains(attribute.id())) {
                needed.put(attribute.id(), attribute);
            }
        }
        return List.copyOf(needed.values());
    }

    /// Whether a condition is `inner = outer`, so that grouping by the inner side keeps what
    /// belongs together.
    private static boolean isEquality(Expr condition) {
        return condition instanceof Expr.Comparison(var op, var left, var right)
                && (op == Expr.ComparisonOp.EQ || op == Expr.ComparisonOp.NULL_SAFE_EQ)
                && (left.references().isEmpty() && !hasOuter(right)
                        || right.references().isEmpty() && !hasOuter(left));
    }

    /// `expr` with outer references to columns of `outer` as plain columns.
    public static Expr inside(Expr expr, LogicalPlan outer) {
        Set<Long> ids = new HashSet<>();
        outer.output().forEach(a -> ids.add(a.id()));
        return expr.transformUp(
                e -> e instanceof OuterReference(var a) && ids.contains(a.id()) ? a : e);
    }

    private static EngineException unsupported(LogicalPlan plan) {
        return new EngineException(
                ErrorCode.UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY__UNSUPPORTED_CORRELATED,
                Map.of("treeNode", LogicalPlanTree.label(plan)));
    }
}
