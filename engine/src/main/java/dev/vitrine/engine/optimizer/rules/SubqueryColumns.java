package dev.vitrine.engine.optimizer.rules;

import static dev.vitrine.engine.optimizer.rules.SubqueryParts.*;

import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.expr.Expr.Literal;
import dev.vitrine.engine.function.SingleValue;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.*;
import dev.vitrine.engine.optimizer.Correlation;
import dev.vitrine.engine.optimizer.FreshIds;
import dev.vitrine.engine.optimizer.RuleContext;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A plan to which joins are added as subqueries in expressions are replaced by columns.
final class SubqueryColumns {
    private final RuleContext context;

    /// The plan without the joins: it has all columns that subqueries read from outside.
    private final LogicalPlan outer;

    private LogicalPlan plan;
    private final List<Attribute> added = new ArrayList<>();

    /// Columns of scalar subqueries by their output's id: `(SELECT …) BETWEEN a AND b` holds one
    /// twice.
    private final Map<Long, Expr> scalars = new HashMap<>();

    SubqueryColumns(LogicalPlan plan, RuleContext context) {
        this.context = context;
        this.outer = plan;
        this.plan = plan;
    }

    /// The plan with its joins.
    LogicalPlan plan() {
        return plan;
    }

    /// The columns that the joins added.
    List<Attribute> added() {
        return added;
    }

    Expr replace(Expr expr) {
        return expr.transformUp(e ->
                switch (e) {
                    case Expr.ScalarSubquery(LogicalPlan sub) -> {
                        long id = sub.output().getFirst().id();
                        Expr known = scalars.get(id);
                        Expr column = known == null ? scalar(sub) : known;
                        scalars.put(id, column);
                        yield column;
                    }
                    case Expr.Exists(LogicalPlan sub) -> mark(sub);
                    case Expr.InSubquery(var values, LogicalPlan sub) -> in(values, sub);
                    default -> e;
                });
    }

    /// As [#replace], for a condition that must hold: NULL and FALSE are one there, which makes IN
    /// easier.
    Expr replaceCondition(Expr expr) {
        return switch (expr) {
            case Expr.And and -> and.mapChildren(this::replaceCondition);
            case Expr.Or or -> or.mapChildren(this::replaceCondition);
            case Expr.InSubquery(var values, LogicalPlan sub)
                    when values.stream().noneMatch(v -> v.any(Expr.Subquery.class::isInstance)) ->
                    found(values, sub);
            default -> replace(expr);
        };
    }

    /// Joins the counts of a subquery's rows, for each key of its correlation where it has one.
    private Counts join(LogicalPlan sub) {
        if (!Correlation.isCorrelated(sub)) {
            Counts counts = counts(sub, context);
            plan = new Join(plan, counts.plan(), JoinType.CROSS, Optional.empty());
            added.addAll(counts.plan().output());
            return counts;
        }
        LogicalPlan copy = FreshIds.copy(sub, context.plans());
        Correlation.Pulled pulled = keyed(copy, outer, context);
        List<Expr> keys = keys(pulled, List.of());
        List<Expr> outputs = new ArrayList<>();
        outputs.add(counted(List.of(), "rows", context));
        outputs.add(counted(List.of(copy.output().getFirst()), "values", context));
        outputs.addAll(keys);
        LogicalPlan perKey = new Aggregate(pulled.plan(), keys, outputs);
        plan = new Join(plan, perKey, JoinType.LEFT_OUTER, condition(List.of(), pulled, plan));
        List<Attribute> columns =
                perKey.output().subList(0, 2).stream().map(a -> a.withNullable(true)).toList();
        added.addAll(columns);
        return new Counts(perKey, columns.get(0), columns.get(1));
    }

    private List<Expr> keys(Correlation.Pulled pulled, List<Attribute> compared) {
        List<Expr> keys = new ArrayList<>();
        for (Attribute a : pulled.plan().output()) {
            boolean wanted = compared.stream().anyMatch(c -> c.id() == a.id());
            if (wanted
                    || pulled.conditions().stream()
                            .anyMatch(c -> c.references().contains(a.id()))) {
                keys.add(a);
            }
        }
        return keys;
    }

    /// Whether some row of `sub` certainly equals `values`.
    private Expr found(List<Expr> values, LogicalPlan sub) {
        return matched(keyed(sub, outer, context), equalities(values, sub), sub.output());
    }

    /// IN with its three answers: NULL where a row might be equal and none certainly is.
    private Expr in(List<Expr> values, LogicalPlan sub) {
        List<Expr> equal = equalities(values, sub);
        if (equal.stream().noneMatch(Expr::nullable)) {
            return found(values, sub);
        }
        if (values.size() > 1) {
            return compared(values, sub);
        }
        Counts counts = join(sub);
        Expr value = values.getFirst();
        Expr unknown = Expr.or(List.of(new Expr.IsNull(value), counts.hasNulls()));
        Expr none = Literal.nullOf(DataType.BOOLEAN);
        return new Expr.Case(
                List.of(
                        new Expr.Case.Branch(found(values, sub), Literal.TRUE),
                        new Expr.Case.Branch(counts.empty(), Literal.FALSE),
                        new Expr.Case.Branch(unknown, none)),
                Literal.FALSE,
                DataType.BOOLEAN);
    }

    /// IN for several values: counts the rows that certainly and that possibly equal them.
    private Expr compared(List<Expr> values, LogicalPlan sub) {
        List<Expr> keys = new ArrayList<>();
        List<Expr> given = new ArrayList<>(outer.output());
        for (Expr value : values) {
            Expr.Alias named = new Expr.Alias(value, "value", context.plans().newAttributeId());
            given.add(named);
            keys.add(new Expr.OuterReference(named.toAttribute()));
        }
        LogicalPlan copy = FreshIds.copy(sub, context.plans());
        Expr equal = Expr.and(equalities(keys, copy));
        LogicalPlan counts =
                new Aggregate(
                        copy,
                        List.of(),
                        List.of(
                                counted(List.of(), Optional.of(equal), "equal", context),
                                counted(
                                        List.of(),
                                        Optional.of(new Expr.IsNull(equal)),
                                        "unknown",
                                        context)));
        Correlation.Pulled pulled = dependent(counts, new Project(outer, given), context);
        List<Expr> conditions =
                pulled.conditions().stream()
                        .map(c -> c.transformUp(e -> written(e, given)))
                        .toList();
        plan =
                new Join(
                        plan,
                        pulled.plan(),
                        JoinType.LEFT_OUTER,
                        Optional.of(Correlation.inside(Expr.and(conditions), outer)));
        List<Attribute> found = counts.output().stream().map(a -> a.withNullable(true)).toList();
        added.addAll(found);
        return new Expr.Case(
                List.of(
                        new Expr.Case.Branch(isPositive(found.get(0)), Literal.TRUE),
                        new Expr.Case.Branch(
                                isPositive(found.get(1)), Literal.nullOf(DataType.BOOLEAN))),
                Literal.FALSE,
                DataType.BOOLEAN);
    }

    private static Expr isPositive(Attribute count) {
        return new Expr.Comparison(ComparisonOp.GT, count, Literal.of(0L));
    }

    /// An outer reference to one of the aliases as what it stands for.
    private static Expr written(Expr expr, List<Expr> aliases) {
        if (expr instanceof Expr.OuterReference(var a)) {
            for (Expr alias : aliases) {
                if (alias instanceof Expr.Alias(var input, var name, long id) && id == a.id()) {
                    return input;
                }
            }
        }
        return expr;
    }

    private Expr mark(LogicalPlan sub) {
        if (Correlation.isCorrelated(sub) && givesOneRow(sub)) {
            return Literal.TRUE;
        }
        return matched(keyed(withoutOutput(sub), outer, context), List.of(), List.of());
    }

    /// Whether there is a match, as a column: an outer join with the distinct keys of all there is
    /// to match.
    private Expr matched(Correlation.Pulled pulled, List<Expr> own, List<Attribute> compared) {
        List<Expr> keys = keys(pulled, compared);
        Expr.Alias flag = new Expr.Alias(Literal.TRUE, "exists", context.plans().newAttributeId());
        LogicalPlan distinct =
                keys.isEmpty()
                        ? new Limit(pulled.plan(), Optional.of(Literal.of(1L)), Literal.of(0L))
                        : new Aggregate(pulled.plan(), keys, keys);
        List<Expr> output = new ArrayList<>(keys);
        output.add(flag);
        plan =
                new Join(
                        plan,
                        new Project(distinct, output),
                        JoinType.LEFT_OUTER,
                        condition(own, pulled, plan).or(() -> Optional.of(Literal.TRUE)));
        Attribute found = flag.toAttribute().withNullable(true);
        added.add(found);
        return Expr.isNotNull(found);
    }

    private Expr scalar(LogicalPlan sub) {
        Attribute value = sub.output().getFirst();
        if (!Correlation.isCorrelated(sub)) {
            LogicalPlan single = givesOneRow(sub) ? sub : single(sub, value, List.of());
            Attribute column = single.output().getFirst();
            plan = new Join(plan, single, JoinType.CROSS, Optional.empty());
            added.add(column);
            return column;
        }
        Aggregate whole = whole(sub);
        Optional<Correlation.Pulled> simple =
                Correlation.pull(sub, whole)
                        .filter(p -> p.conditions().stream().allMatch(Correlation::isKey));
        Correlation.Pulled pulled = simple.orElseGet(() -> dependent(sub, outer, context));
        List<Expr> keys = new ArrayList<>();
        for (Attribute a : pulled.plan().output()) {
            if (pulled.conditions().stream().anyMatch(c -> c.references().contains(a.id()))) {
                keys.add(a);
            }
        }
        boolean oneRow = givesOneRow(sub);
        LogicalPlan perKey = oneRow ? pulled.plan() : single(pulled.plan(), value, keys);
        Attribute result = oneRow ? value : perKey.output().getLast();
        Optional<Expr> onNoRows =
                simple.isPresent() && whole != null ? valueOfNoRows(sub, whole) : Optional.empty();
        Expr.Alias flag = new Expr.Alias(Literal.TRUE, "matched", context.plans().newAttributeId());
        List<Expr> output = new ArrayList<>(perKey.output());
        if (onNoRows.isPresent()) {
            output.add(flag);
            perKey = new Project(perKey, output);
        }
        plan = new Join(plan, perKey, JoinType.LEFT_OUTER, condition(List.of(), pulled, plan));
        Attribute column = result.withNullable(true);
        added.add(column);
        if (onNoRows.isEmpty()) {
            return column;
        }
        Attribute matched = flag.toAttribute().withNullable(true);
        added.add(matched);
        return new Expr.Case(
                List.of(new Expr.Case.Branch(new Expr.IsNull(matched), onNoRows.get())),
                column,
                column.type());
    }

    private LogicalPlan single(LogicalPlan sub, Attribute value, List<Expr> keys) {
        Expr call =
                new Expr.AggregateCall(
                        SingleValue.INSTANCE,
                        List.of(value),
                        false,
                        Optional.empty(),
                        value.type(),
                        EvalMode.ANSI);
        List<Expr> outputs = new ArrayList<>(keys);
        outputs.add(new Expr.Alias(call, value.name(), context.plans().newAttributeId()));
        return new Aggregate(sub, keys, outputs);
    }
}
