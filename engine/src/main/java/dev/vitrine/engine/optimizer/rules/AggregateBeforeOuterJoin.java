package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.AggregateCall;
import dev.vitrine.engine.expr.Expr.Alias;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.function.AggregateFunctions;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Aggregate;
import dev.vitrine.engine.logical.LogicalPlan.Join;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import dev.vitrine.engine.optimizer.stats.Estimator;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `Aggregate(LeftOuterJoin(a, b), by a.x, count(b.y))` becomes `Aggregate(LeftOuterJoin(a,
/// Aggregate(b, by its join keys, count(b.y) AS n)), by a.x, sum(n))`: where many rows of `b` have
/// the same key, far fewer are joined (eager aggregation, Yan and Larson, 1995).
///
/// For aggregates of columns of `b` that can be put together from parts with the same result, and
/// where the first one is estimated to leave few rows. An inner join may drop most rows of `b`
/// before they are aggregated, so it stays.
public record AggregateBeforeOuterJoin() implements Rule {
    /// So many rows a group.
    private static final double FEW = 4;

    /// Sums of decimals of more digits might overflow over rows that the join drops.
    private static final int SAFE_DIGITS = 28;

    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (!(node instanceof Aggregate(Join join, var groupings, var outputs))
                || join.joinType() != JoinType.LEFT_OUTER) {
            return node;
        }
        List<Expr> keys = rightKeys(join);
        Set<Long> left = join.left().outputIds();
        Set<Long> right = join.right().outputIds();
        Set<AggregateCall> calls = PartialAggregates.calls(outputs);
        boolean fits =
                !keys.isEmpty()
                        && !calls.isEmpty()
                        && groupings.stream()
                                .allMatch(
                                        g -> g.deterministic() && left.containsAll(g.references()))
                        && calls.stream().allMatch(call -> isOfParts(call, right))
                        && outputs.stream().allMatch(output -> isOver(output, left));
        if (!fits) {
            return node;
        }
        Map<AggregateCall, Expr> whole = new LinkedHashMap<>();
        List<Expr> parts = new ArrayList<>(keys);
        for (AggregateCall call : calls) {
            Alias part = new Alias(call, call.sql(), context.plans().newAttributeId());
            parts.add(part);
            whole.put(call, PartialAggregates.whole(call, part.toAttribute().withNullable(true)));
        }
        Aggregate groups = new Aggregate(join.right(), keys, parts);
        Estimator estimator = new Estimator();
        if (FEW * estimator.rows(groups) > estimator.rows(join.right())) {
            return node;
        }
        context.plans().inherit(groups, node);
        Join fewer = new Join(join.left(), groups, join.joinType(), join.condition());
        context.plans().inherit(fewer, join);
        return new Aggregate(
                fewer,
                groupings,
                outputs.stream()
                        .map(output ->
                                output.transformUp(e ->
                                        e instanceof AggregateCall call
                                                ? whole.getOrDefault(call, call)
                                                : e))
                        .toList());
    }

    /// The right side's columns in a condition that is nothing but equalities with left ones; none
    /// where it is more.
    private static List<Expr> rightKeys(Join join) {
        Set<Long> left = join.left().outputIds();
        Set<Long> right = join.right().outputIds();
        List<Expr> keys = new ArrayList<>();
        for (Expr term : join.condition().map(Expr::conjuncts).orElse(List.of())) {
            if (!(term instanceof Expr.Comparison(var op, var a, var b))
                    || op != ComparisonOp.EQ
                    || !(a instanceof Attribute one)
                    || !(b instanceof Attribute other)) {
                return List.of();
            }
            if (left.contains(one.id()) && right.contains(other.id())) {
                keys.add(other);
            } else if (right.contains(one.id()) && left.contains(other.id())) {
                keys.add(one);
            } else {
                return List.of();
            }
        }
        return keys.stream().distinct().toList();
    }

    /// Whether rows that the join makes up for a left one without a partner do not count.
    private static boolean isOfParts(AggregateCall call, Set<Long> right) {
        return PartialAggregates.isOfParts(call)
                && !call.args().isEmpty()
                && call.args().stream()
                        .allMatch(arg -> arg instanceof Attribute a && right.contains(a.id()))
                && (call.function() != AggregateFunctions.SUM
                        || isSafe(call.args().getFirst().type()));
    }

    /// Whether a sum of rows that are dropped later cannot overflow.
    private static boolean isSafe(DataType type) {
        return type instanceof DataType.Decimal decimal
                ? decimal.precision() <= SAFE_DIGITS
                : type != DataType.BIGINT;
    }

    /// Whether what is outside of aggregates is the left side's.
    private static boolean isOver(Expr output, Set<Long> left) {
        return output instanceof AggregateCall
                || (output instanceof Attribute column
                        ? left.contains(column.id())
                        : output.children().stream().allMatch(child -> isOver(child, left)));
    }
}
