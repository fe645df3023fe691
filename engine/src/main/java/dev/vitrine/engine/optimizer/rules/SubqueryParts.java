package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.expr.Expr.Literal;
import dev.vitrine.engine.function.AggregateFunctions;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.*;
import dev.vitrine.engine.optimizer.Correlation;
import dev.vitrine.engine.optimizer.DependentJoin;
import dev.vitrine.engine.optimizer.FreshIds;
import dev.vitrine.engine.optimizer.RuleContext;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the rewriting of subqueries asks of their plans and makes of them.
final class SubqueryParts {
    /// Aggregates that are 0, if they count, or NULL for no rows.
    private static final Set<String> SIMPLE = Set.of("count", "sum", "min", "max", "avg");

    private SubqueryParts() {}

    /// The plan of an EXISTS without what does not matter to it: its select list, order and limit.
    static LogicalPlan withoutOutput(LogicalPlan sub) {
        return switch (sub) {
            case Project(var input, var exprs) -> withoutOutput(input);
            case Sort(var input, var keys, boolean global) -> withoutOutput(input);
            case Distinct(var input) -> withoutOutput(input);
            case Limit(var input, Optional<Expr> limit, Literal offset)
                    when limit.isPresent()
                            && limit.get() instanceof Literal(Number n, var t)
                            && n.longValue() > 0
                            && offset.value() instanceof Number o
                            && o.longValue() == 0
                            && Correlation.isCorrelated(input) ->
                    withoutOutput(input);
            default -> sub;
        };
    }

    static List<Expr> equalities(List<Expr> values, LogicalPlan sub) {
        List<Expr> equal = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            equal.add(new Expr.Comparison(ComparisonOp.EQ, values.get(i), sub.output().get(i)));
        }
        return equal;
    }

    /// A row that says of a subquery's rows how many there are, and how many of their values are
    /// not NULL.
    ///
    /// @param rows NULL where a correlated subquery has none
    record Counts(LogicalPlan plan, Attribute rows, Attribute values) {
        Expr empty() {
            return rows.nullable()
                    ? new Expr.IsNull(rows)
                    : new Expr.Comparison(ComparisonOp.EQ, rows, Literal.of(0L));
        }

        Expr hasNulls() {
            return new Expr.Comparison(ComparisonOp.LT, values, rows);
        }
    }

    static Counts counts(LogicalPlan sub, RuleContext context) {
        LogicalPlan copy = FreshIds.copy(sub, context.plans());
        LogicalPlan counts =
                new Aggregate(
                        copy,
                        List.of(),
                        List.of(
                                counted(List.of(), "rows", context),
                                counted(List.of(copy.output().getFirst()), "values", context)));
        return new Counts(counts, counts.output().get(0), counts.output().get(1));
    }

    static Expr counted(List<Expr> args, String name, RuleContext context) {
        return counted(args, Optional.empty(), name, context);
    }

    static Expr counted(List<Expr> args, Optional<Expr> filter, String name, RuleContext context) {
        Expr call =
                new Expr.AggregateCall(
                        AggregateFunctions.COUNT,
                        args,
                        false,
                        filter,
                        DataType.BIGINT,
                        EvalMode.ANSI);
        return new Expr.Alias(call, name, context.plans().newAttributeId());
    }

    static Optional<Expr> condition(List<Expr> own, Correlation.Pulled pulled, LogicalPlan outer) {
        List<Expr> all = new ArrayList<>(own);
        pulled.conditions().forEach(c -> all.add(Correlation.inside(c, outer)));
        return all.isEmpty() ? Optional.empty() : Optional.of(Expr.and(all));
    }

    /// Whether a plan always gives exactly one row: an aggregate without groups.
    static boolean givesOneRow(LogicalPlan plan) {
        return switch (plan) {
            case Aggregate(var input, var groupings, var outputs) -> groupings.isEmpty();
            case Project(var input, var exprs) -> givesOneRow(input);
            case LocalRelation(var output, var rows) -> rows.size() == 1;
            default -> false;
        };
    }

    /// The aggregate without groups on top of a plan, below a select list at most, if what it gives
    /// for no rows is known: 0 for counts, NULL for others.
    static @Nullable Aggregate whole(LogicalPlan plan) {
        LogicalPlan top = plan instanceof Project(var input, var exprs) ? input : plan;
        return top instanceof Aggregate aggregate
                        && aggregate.groupings().isEmpty()
                        && aggregate.outputs().stream()
                                .allMatch(o ->
                                        !o.any(e ->
                                                e instanceof Expr.AggregateCall call
                                                        && !SIMPLE.contains(
                                                                call.function().name())))
                ? aggregate
                : null;
    }

    /// What a plan with a [#whole] aggregate gives in its first column for no rows, where that is
    /// not NULL.
    static Optional<Expr> valueOfNoRows(LogicalPlan plan, Aggregate whole) {
        Expr first =
                unaliased(
                        plan instanceof Project(var input, var exprs)
                                ? exprs.getFirst()
                                : whole.outputs().getFirst());
        Expr inlined =
                plan instanceof Project
                        ? CollapseProjects.Substitution.into(
                                first, CollapseProjects.Substitution.definitions(whole.outputs()))
                        : first;
        Expr value =
                inlined.transformDown(e ->
                        e instanceof Expr.AggregateCall call
                                ? call.function().name().equals("count")
                                        ? new Literal(0L, DataType.BIGINT)
                                        : Literal.nullOf(call.type())
                                : e);
        return value instanceof Literal l && l.isNull() ? Optional.empty() : Optional.of(value);
    }

    /// A subquery whose rows can be joined to those of `outer`.
    static Correlation.Pulled unnested(LogicalPlan sub, LogicalPlan outer, RuleContext context) {
        return Correlation.pull(sub, null).orElseGet(() -> dependent(sub, outer, context));
    }

    /// As [#unnested], and rows that agree in the columns that the conditions read belong to the
    /// same rows of `outer`, each of which finds one such combination at most.
    static Correlation.Pulled keyed(LogicalPlan sub, LogicalPlan outer, RuleContext context) {
        return Correlation.pull(sub, null)
                .filter(p -> p.conditions().stream().allMatch(Correlation::isKey))
                .orElseGet(() -> dependent(sub, outer, context));
    }

    static Correlation.Pulled dependent(LogicalPlan sub, LogicalPlan outer, RuleContext context) {
        return DependentJoin.apply(
                sub,
                outer,
                context.plans(),
                lateral -> new ReplaceLateralJoin().apply(lateral, context));
    }

    static Expr unaliased(Expr expr) {
        return expr instanceof Expr.Alias(var input, var name, var id) ? input : expr;
    }

    static EngineException unsupported(String what) {
        return new EngineException(
                ErrorCode.UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY__UNSUPPORTED_CORRELATED,
                Map.of("treeNode", what));
    }
}
