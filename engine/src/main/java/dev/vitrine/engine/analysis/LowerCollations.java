package dev.vitrine.engine.analysis;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.expr.PositionFunction;
import dev.vitrine.engine.expr.SortDirection;
import dev.vitrine.engine.function.AggregateFunctions;
import dev.vitrine.engine.function.PlainText;
import dev.vitrine.engine.logical.DeepStack;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes the collations out of an analyzed plan: what compares text gets what the text is compared
/// by ([CollationKey]), and all text is plain. Nothing after this, neither optimizer nor operators
/// nor generated code, has to know of collations.
public final class LowerCollations {
    private final PlanContext context;
    private final PlainText exprs = new PlainText(this::subquery);

    private LowerCollations(PlanContext context) {
        this.context = context;
    }

    /// The plan without collations; the very same where it has none.
    public static LogicalPlan of(LogicalPlan plan, PlanContext context) {
        return DeepStack.call(() -> isIn(plan) ? new LowerCollations(context).lowered(plan) : plan);
    }

    private static boolean isIn(LogicalPlan plan) {
        boolean here =
                plan.exprs().stream().anyMatch(LowerCollations::isIn)
                        || plan.children().isEmpty()
                                && plan.output().stream().anyMatch(a -> a.type().hasCollation());
        return here || plan.children().stream().anyMatch(LowerCollations::isIn);
    }

    private static boolean isIn(Expr expr) {
        return PlainText.isWanted(expr, subquery -> isIn((LogicalPlan) subquery.plan()));
    }

    // Plans

    private LogicalPlan lowered(LogicalPlan plan) {
        LogicalPlan over = plan.mapChildren(this::lowered);
        LogicalPlan made =
                switch (over) {
                    case LogicalPlan.Aggregate a -> aggregate(a);
                    case LogicalPlan.Distinct d when compares(columns(plan)) ->
                            aggregate(
                                    new LogicalPlan.Aggregate(
                                            d.input(),
                                            List.copyOf(columns(plan)),
                                            List.copyOf(columns(plan))));
                    case LogicalPlan.SetOperation s when compares(columns(plan)) ->
                            setOperation((LogicalPlan.SetOperation) plan, s);
                    case LogicalPlan.Repartition(var input, var exprs, var n) ->
                            new LogicalPlan.Repartition(
                                    input, exprs.stream().map(this::key).toList(), n);
                    default -> over.mapExprs(this::lowered);
                };
        LogicalPlan plain = withPlainColumns(made);
        context.inherit(plain, plan);
        return plain;
    }

    /// The columns with their collations, which the inputs of a lowered node have no more.
    private static List<Attribute> columns(LogicalPlan written) {
        return written.output();
    }

    private static boolean compares(List<Attribute> columns) {
        return columns.stream().anyMatch(a -> a.type().hasCollation());
    }

    private static LogicalPlan withPlainColumns(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Scan(var source, var output, var filters, var limit) ->
                    new LogicalPlan.Scan(source, plain(output), filters, limit);
            case LogicalPlan.LocalRelation(var output, var rows) ->
                    new LogicalPlan.LocalRelation(plain(output), rows);
            case LogicalPlan.Union(var inputs, var byName, var attributes) ->
                    new LogicalPlan.Union(inputs, byName, plain(attributes));
            case LogicalPlan.Expand(var input, var projections, var attributes) ->
                    new LogicalPlan.Expand(input, projections, plain(attributes));
            case LogicalPlan.Generate(var input, var generator, var outer, var added) ->
                    new LogicalPlan.Generate(input, generator, outer, plain(added));
            case LogicalPlan.MapRows(var input, var function, var reads, int keys, var made) ->
                    new LogicalPlan.MapRows(input, function, reads, keys, plain(made));
            case LogicalPlan.PartitionRows(var inputs, var function, var made) ->
                    new LogicalPlan.PartitionRows(inputs, function, plain(made));
            default -> plan;
        };
    }

    private static List<Attribute> plain(List<Attribute> columns) {
        return columns.stream().map(LowerCollations::plain).toList();
    }

    private static Attribute plain(Attribute column) {
        return column.withType(column.type().withoutCollations());
    }

    private Expr.Alias named(Expr expr, String name) {
        return new Expr.Alias(expr, name, context.newAttributeId());
    }

    /// Groups are made by keys; what is shown of a group is the text of its first row.
    private LogicalPlan aggregate(LogicalPlan.Aggregate written) {
        LogicalPlan.Aggregate aggregate = written;
        DistinctTexts distinct = distinctTexts(aggregate);
        LogicalPlan input = distinct.input();
        List<Expr> outputs = distinct.outputs();
        List<Expr> computed = new ArrayList<>();
        List<Expr> groupings = new ArrayList<>();
        Map<Long, Attribute> shown = new HashMap<>();
        for (Expr grouping : aggregate.groupings()) {
            if (!grouping.type().hasCollation()) {
                groupings.add(lowered(grouping));
                continue;
            }
            Expr.Alias key = named(key(grouping), grouping.sql());
            computed.add(key);
            groupings.add(key.toAttribute());
            if (grouping instanceof Attribute column) {
                Expr.Alias copy = named(plain(column), column.name());
                computed.add(copy);
                shown.put(column.id(), copy.toAttribute());
            }
        }
        if (computed.isEmpty()) {
            return new LogicalPlan.Aggregate(
                    input, groupings, outputs.stream().map(this::lowered).toList());
        }
        List<Expr> all = new ArrayList<>(input.output());
        all.addAll(computed);
        List<Expr> made = new ArrayList<>();
        for (Expr output : outputs) {
            Expr of = ofGroup(lowered(output), shown, true);
            made.add(
                    output instanceof Attribute column && !(of instanceof Attribute)
                            ? new Expr.Alias(of, column.name(), column.id())
                            : of);
        }
        return new LogicalPlan.Aggregate(new LogicalPlan.Project(input, all), groupings, made);
    }

    private static Expr ofGroup(Expr expr, Map<Long, Attribute> shown, boolean outside) {
        return switch (expr) {
            case Attribute a when shown.containsKey(a.id()) -> {
                Attribute copy = shown.get(a.id());
                yield outside ? AggregateFunctions.first(copy) : copy;
            }
            case Expr.AggregateCall call -> call.mapChildren(arg -> ofGroup(arg, shown, false));
            default -> expr.mapChildren(child -> ofGroup(child, shown, outside));
        };
    }

    /// An aggregate's input and outputs without DISTINCT over texts with collations.
    private record DistinctTexts(LogicalPlan input, List<Expr> outputs) {}

    /// DISTINCT texts: a window numbers the rows of equal ones, and the aggregate takes the first.
    private DistinctTexts distinctTexts(LogicalPlan.Aggregate aggregate) {
        List<Expr> calls = new ArrayList<>();
        List<Expr> outputs =
                aggregate.outputs().stream()
                        .map(output ->
                                output.transformUp(node ->
                                        node instanceof Expr.AggregateCall call
                                                        && isDistinctText(call)
                                                ? onlyFirst(call, aggregate.groupings(), calls)
                                                : node))
                        .toList();
        LogicalPlan input = aggregate.input();
        for (Expr call : calls) {
            input = new LogicalPlan.Window(input, List.of(call));
        }
        return new DistinctTexts(input, outputs);
    }

    private static boolean isDistinctText(Expr.AggregateCall call) {
        boolean mode = call.function().name().equals("mode");
        boolean counts = call.function().name().equals("count");
        return (call.distinct() && !counts || mode)
                && !call.function().ignoresDuplicates()
                && call.args().getFirst().type().hasCollation();
    }

    private Expr onlyFirst(Expr.AggregateCall call, List<Expr> groupings, List<Expr> calls) {
        Expr text = call.args().getFirst();
        List<Expr> partition = new ArrayList<>();
        groupings.forEach(grouping -> partition.add(key(grouping)));
        partition.add(key(text));
        call.filter().ifPresent(filter -> partition.add(lowered(filter)));
        Expr plain = lowered(text);
        List<Expr.SortKey> order = List.of(new Expr.SortKey(plain, SortDirection.ASCENDING, true));
        if (!call.distinct()) {
            // mode: all rows count, each as the first of those it is equal to.
            Expr.WindowCall first =
                    new Expr.WindowCall(
                            new Expr.PositionCall(
                                    PositionFunction.FIRST_VALUE,
                                    List.of(plain),
                                    false,
                                    plain.type()),
                            partition,
                            order,
                            Optional.of(Expr.Frame.WHOLE));
            Expr.Alias column = named(first, text.sql());
            calls.add(column);
            return new Expr.AggregateCall(
                    call.function(),
                    List.of(column.toAttribute()),
                    false,
                    call.filter(),
                    call.type(),
                    call.mode());
        }
        Expr.Alias number =
                named(
                        new Expr.WindowCall(
                                new Expr.PositionCall(
                                        PositionFunction.ROW_NUMBER,
                                        List.of(),
                                        false,
                                        DataType.INT),
                                partition,
                                order,
                                Optional.of(Expr.Frame.TO_ROW)),
                        "row_number");
        calls.add(number);
        Expr first =
                new Expr.Comparison(Expr.ComparisonOp.EQ, number.toAttribute(), Expr.Literal.of(1));
        List<Expr> conditions = new ArrayList<>(call.filter().map(List::of).orElse(List.of()));
        conditions.add(first);
        return new Expr.AggregateCall(
                call.function(),
                call.args(),
                false,
                Optional.of(Expr.and(conditions)),
                call.type(),
                call.mode());
    }

    /// INTERSECT and EXCEPT become joins over keys; of ALL the n-th of equal rows meets the n-th.
    private LogicalPlan setOperation(
            LogicalPlan.SetOperation written, LogicalPlan.SetOperation operation) {
        List<Attribute> left = written.left().output();
        List<Attribute> right = written.right().output();
        List<Expr> conditions = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            conditions.add(
                    new Expr.Comparison(
                            Expr.ComparisonOp.NULL_SAFE_EQ, key(left.get(i)), key(right.get(i))));
        }
        boolean keeps = operation.kind() == LogicalPlan.SetOperation.Kind.INTERSECT;
        JoinType type = keeps ? JoinType.LEFT_SEMI : JoinType.LEFT_ANTI;
        if (!operation.all()) {
            List<Expr> columns = List.copyOf(left);
            LogicalPlan different =
                    aggregate(new LogicalPlan.Aggregate(operation.left(), columns, columns));
            return new LogicalPlan.Join(
                    different, operation.right(), type, Optional.of(Expr.and(conditions)));
        }
        Expr.Alias leftNumber = numbered(left);
        Expr.Alias rightNumber = numbered(right);
        conditions.add(
                new Expr.Comparison(
                        Expr.ComparisonOp.EQ, leftNumber.toAttribute(), rightNumber.toAttribute()));
        LogicalPlan join =
                new LogicalPlan.Join(
                        new LogicalPlan.Window(operation.left(), List.of(leftNumber)),
                        new LogicalPlan.Window(operation.right(), List.of(rightNumber)),
                        type,
                        Optional.of(Expr.and(conditions)));
        return new LogicalPlan.Project(join, List.copyOf(plain(left)));
    }

    private Expr.Alias numbered(List<Attribute> columns) {
        List<Expr> keys = columns.stream().map(this::key).toList();
        List<Expr.SortKey> order =
                keys.stream().map(k -> new Expr.SortKey(k, SortDirection.ASCENDING, true)).toList();
        return named(
                new Expr.WindowCall(
                        new Expr.PositionCall(
                                PositionFunction.ROW_NUMBER, List.of(), false, DataType.INT),
                        keys,
                        order,
                        Optional.of(Expr.Frame.TO_ROW)),
                "row_number");
    }

    // Expressions

    private Expr key(Expr expr) {
        return exprs.key(expr);
    }

    private Expr lowered(Expr expr) {
        return exprs.lowered(expr);
    }

    private Expr.Subquery subquery(Expr.Subquery subquery) {
        LogicalPlan plan = (LogicalPlan) subquery.plan();
        return subquery.withPlan(subquery instanceof Expr.InSubquery ? keys(plan) : lowered(plan));
    }

    /// The columns of a subquery as what they are compared by.
    private LogicalPlan keys(LogicalPlan written) {
        LogicalPlan plan = lowered(written);
        if (!compares(written.output())) {
            return plan;
        }
        List<Expr> columns = new ArrayList<>();
        for (Attribute column : written.output()) {
            columns.add(named(key(column), column.name()));
        }
        return new LogicalPlan.Project(plan, columns);
    }
}
