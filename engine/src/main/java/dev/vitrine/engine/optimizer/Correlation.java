package dev.vitrine.engine.optimizer;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.expr.Expr.OuterReference;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.*;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A subquery's plan with the conditions that tie it to the query around it taken out, so that they
/// can become a join's condition.
///
/// Conditions are pulled up through filters, projections, inner joins, and aggregations whose
/// groups they then extend; whatever else reads the outer query is for [DependentJoin].
public final class Correlation {
    private final List<Expr> conditions = new ArrayList<>();

    private boolean stuck;

    private final @Nullable Aggregate whole;

    private Correlation(@Nullable Aggregate whole) {
        this.whole = whole;
    }

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

    /// Takes the conditions out of `plan`; nothing where some of what it reads from outside cannot
    /// become a condition.
    ///
    /// An aggregate without groups gives a row for no rows, which grouping by a condition's columns
    /// loses; so it is not looked through, but for the one that the caller makes good for.
    ///
    /// @param whole that aggregate, or null
    public static Optional<Pulled> pull(LogicalPlan plan, @Nullable Aggregate whole) {
        if (!isCorrelated(plan)) {
            return Optional.of(new Pulled(plan, List.of()));
        }
        Correlation correlation = new Correlation(whole);
        LogicalPlan pulled = correlation.up(plan);
        return correlation.stuck
                ? Optional.empty()
                : Optional.of(new Pulled(pulled, correlation.conditions));
    }

    /// Whether a plan reads columns of a query around it.
    public static boolean isCorrelated(LogicalPlan plan) {
        return !outerColumns(plan).isEmpty();
    }

    /// The columns of queries around it that a plan reads, each once; not those of the left side of
    /// a lateral join that the right side reads.
    public static List<Attribute> outerColumns(LogicalPlan plan) {
        return dev.vitrine.engine.analysis.Correlation.outerReferences(plan);
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
                if (exprs.stream().anyMatch(Correlation::hasOuter)) {
                    yield stuck(plan);
                }
                List<Expr> inner = new ArrayList<>(exprs);
                LogicalPlan below = up(input);
                for (Attribute needed : needed(below, inner)) {
                    inner.add(needed);
                }
                yield new Project(below, inner);
            }
            case Aggregate(var input, var groupings, var outputs) -> {
                if (groupings.isEmpty() && plan != whole
                        || groupings.stream().anyMatch(Correlation::hasOuter)
                        || outputs.stream().anyMatch(Correlation::hasOuter)) {
                    yield stuck(plan);
                }
                int before = conditions.size();
                LogicalPlan below = up(input);
                if (conditions.subList(before, conditions.size()).stream()
                        .anyMatch(c -> !isKey(c))) {
                    yield stuck(plan);
                }
                List<Attribute> needed = needed(below, List.of());
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
                        kept.isEmpty() ? Optional.empty() : Optional.of(Expr.and(kept)));
            }
            case Join join
                    when !isCorrelated(join.right())
                            && join.condition().stream().noneMatch(Correlation::hasOuter) ->
                    new Join(up(join.left()), join.right(), join.joinType(), join.condition());
            default -> stuck(plan);
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

    /// Whether a condition is `column = outer`: then for one row of the outer query there is one
    /// value of the column, and rows may be grouped by it.
    public static boolean isKey(Expr condition) {
        return condition instanceof Expr.Comparison(var op, var left, var right)
                && (op == Expr.ComparisonOp.EQ || op == Expr.ComparisonOp.NULL_SAFE_EQ)
                && (left.references().isEmpty() && right instanceof Attribute
                        || right.references().isEmpty() && left instanceof Attribute);
    }

    /// `expr` with outer references to columns of `outer` as plain columns.
    public static Expr inside(Expr expr, LogicalPlan outer) {
        Set<Long> ids = new HashSet<>();
        outer.output().forEach(a -> ids.add(a.id()));
        return expr.transformUp(
                e -> e instanceof OuterReference(var a) && ids.contains(a.id()) ? a : e);
    }

    private LogicalPlan stuck(LogicalPlan plan) {
        stuck = true;
        return plan;
    }
}
