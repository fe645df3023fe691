package dev.vitrine.engine.optimizer;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.expr.Expr.Literal;
import dev.vitrine.engine.expr.Expr.OuterReference;
import dev.vitrine.engine.expr.PositionFunction;
import dev.vitrine.engine.expr.SortDirection;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.*;
import dev.vitrine.engine.logical.LogicalPlanTree;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Makes a correlated plan an ordinary one: it is computed for every distinct combination of the
/// outer values that it reads, the domain, and gives these values as columns beside its own.
///
/// The join with the domain starts above the plan and is pushed down through every operator until
/// it stands over a part that reads nothing from outside (Neumann and Kemper, "Unnesting Arbitrary
/// Queries", 2015). Aggregates without groups keep the row that they give for no rows: their input
/// is joined to the domain from outside.
public final class DependentJoin {
    private final LogicalPlan outer;
    private final List<Attribute> read;
    private final PlanContext context;

    /// Replaces a lateral join by an ordinary or a correlated one.
    private final UnaryOperator<LogicalPlan> lateral;

    private DependentJoin(
            LogicalPlan outer,
            List<Attribute> read,
            PlanContext context,
            UnaryOperator<LogicalPlan> lateral) {
        this.outer = outer;
        this.read = read;
        this.context = context;
        this.lateral = lateral;
    }

    /// A plan that gives the columns of the domain too.
    ///
    /// @param domain by the id of the outer column, the column of `plan` with its value
    private record Pushed(LogicalPlan plan, Map<Long, Attribute> domain) {
        private Expr inside(Expr expr) {
            return expr.transformUp(e ->
                    e instanceof OuterReference(var a) && domain.containsKey(a.id())
                            ? domain.get(a.id())
                            : e);
        }

        private List<Expr> inside(List<Expr> exprs) {
            return exprs.stream().map(this::inside).toList();
        }

        private Attribute column(long id) {
            return Objects.requireNonNull(domain.get(id));
        }

        private List<Attribute> columns() {
            return List.copyOf(domain.values());
        }

        /// `exprs`, then the columns of the domain.
        private List<Expr> with(List<? extends Expr> exprs) {
            List<Expr> all = new ArrayList<>(exprs);
            all.addAll(domain.values());
            return all;
        }

        private Pushed over(Function<LogicalPlan, LogicalPlan> node) {
            return new Pushed(node.apply(plan), domain);
        }
    }

    /// `sub` for all rows of `outer` at once.
    ///
    /// @param lateral replaces a lateral join inside `sub`
    /// @return the plan, and the conditions that tell which of its rows belong to a row of `outer`:
    ///   equality, NULL with NULL, of each outer column with one of the plan's
    public static Correlation.Pulled apply(
            LogicalPlan sub,
            LogicalPlan outer,
            PlanContext context,
            UnaryOperator<LogicalPlan> lateral) {
        List<Attribute> read =
                Correlation.outerColumns(sub).stream()
                        .filter(a -> outer.output().stream().anyMatch(o -> o.id() == a.id()))
                        .toList();
        if (read.isEmpty()) {
            return new Correlation.Pulled(sub, List.of());
        }
        Pushed pushed = new DependentJoin(outer, read, context, lateral).push(sub);
        List<Expr> conditions = new ArrayList<>();
        read.forEach(a ->
                conditions.add(
                        new Expr.Comparison(
                                ComparisonOp.NULL_SAFE_EQ,
                                new OuterReference(a),
                                pushed.inside(new OuterReference(a)))));
        return new Correlation.Pulled(pushed.plan, conditions);
    }

    private boolean depends(LogicalPlan plan) {
        return Correlation.outerColumns(plan).stream().anyMatch(this::isRead);
    }

    private boolean isRead(Attribute attribute) {
        return read.stream().anyMatch(r -> r.id() == attribute.id());
    }

    /// The domain by itself.
    private Pushed domain() {
        LogicalPlan copy = FreshIds.copy(outer, context);
        Map<Long, Attribute> columns = new LinkedHashMap<>();
        for (Attribute wanted : read) {
            for (int i = 0; i < outer.output().size(); i++) {
                if (outer.output().get(i).id() == wanted.id()) {
                    columns.put(wanted.id(), copy.output().get(i).withQualifier(List.of()));
                }
            }
        }
        List<Expr> keys = List.copyOf(columns.values());
        return new Pushed(new Aggregate(copy, keys, keys), columns);
    }

    /// Every row of a plan that reads nothing from outside, for each row of the domain.
    private Pushed times(LogicalPlan plan) {
        return domain().over(d -> new Join(d, plan, JoinType.CROSS, Optional.empty()));
    }

    private Pushed push(LogicalPlan plan) {
        if (!depends(plan)) {
            return times(plan);
        }
        return switch (plan) {
            case Filter(var input, var predicate) -> {
                Pushed below = push(input);
                yield below.over(in -> new Filter(in, below.inside(predicate)));
            }
            case Project(var input, var exprs) -> {
                Pushed below = push(input);
                yield below.over(in -> new Project(in, below.with(below.inside(exprs))));
            }
            case Aggregate(var input, var groupings, var outputs) when groupings.isEmpty() ->
                    wholeAggregate(push(input), outputs);
            case Aggregate(var input, var groupings, var outputs) -> {
                Pushed below = push(input);
                yield below.over(in ->
                        new Aggregate(
                                in,
                                below.with(below.inside(groupings)),
                                below.with(below.inside(outputs))));
            }
            case Distinct(var input) -> push(input).over(Distinct::new);
            // Rows of a subquery have no order, but for a limit right above.
            case Sort(var input, var keys, boolean global) -> push(input);
            case Repartition(var input, var exprs, int partitions) -> push(input);
            case Limit limit -> limit(limit);
            case Union union -> union(union);
            case SetOperation(var left, var right, var kind, boolean all) -> {
                Pushed l = ordered(push(left), left.output());
                Pushed r = ordered(push(right), right.output());
                yield l.over(in -> new SetOperation(in, r.plan, kind, all));
            }
            case Join join -> join(join);
            case LateralJoin join -> push(lateral.apply(join));
            case Window(var input, var calls) -> {
                Pushed below = push(input);
                yield below.over(in -> new Window(in, partitioned(below, calls)));
            }
            case Generate(var input, var generator, boolean isOuter, var added) -> {
                Pushed below = push(input);
                yield below.over(in ->
                        new Generate(
                                in, (Expr.GeneratorCall) below.inside(generator), isOuter, added));
            }
            case Expand(var input, var projections, var attributes) -> {
                Pushed below = push(input);
                Map<Long, Attribute> columns = renamed(below);
                List<List<Expr>> wider =
                        projections.stream().map(p -> below.with(below.inside(p))).toList();
                List<Attribute> all = new ArrayList<>(attributes);
                all.addAll(columns.values());
                yield new Pushed(new Expand(below.plan, wider, all), columns);
            }
            default ->
                    throw new EngineException(
                            ErrorCode
                                    .UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY__UNSUPPORTED_CORRELATED,
                            Map.of("treeNode", LogicalPlanTree.label(plan)));
        };
    }

    /// The columns of the domain under new ids, for a node that gives columns of its own.
    private Map<Long, Attribute> renamed(Pushed below) {
        Map<Long, Attribute> columns = new LinkedHashMap<>();
        below.domain.forEach((id, a) ->
                columns.put(
                        id,
                        new Attribute(context.newAttributeId(), a.name(), a.type(), a.nullable())));
        return columns;
    }

    /// One row for each of the domain, also where there is nothing to aggregate.
    private Pushed wholeAggregate(Pushed below, List<Expr> outputs) {
        Expr.Alias present = new Expr.Alias(Literal.TRUE, "present", context.newAttributeId());
        List<Expr> columns = new ArrayList<>(below.plan.output());
        columns.add(present);
        LogicalPlan marked = new Project(below.plan, columns);
        Pushed all = domain();
        LogicalPlan joined =
                new Join(all.plan, marked, JoinType.LEFT_OUTER, Optional.of(equal(all, below)));
        Expr isPresent = Expr.isNotNull(present.toAttribute().withNullable(true));
        List<Expr> aggregated = new ArrayList<>();
        for (Expr output : outputs) {
            aggregated.add(
                    all.inside(output)
                            .transformUp(e ->
                                    switch (e) {
                                        case Attribute a when !all.domain.containsValue(a) ->
                                                a.withNullable(true);
                                        case Expr.AggregateCall call -> onlyWhere(call, isPresent);
                                        default -> e;
                                    }));
        }
        return all.over(in -> new Aggregate(joined, all.with(List.of()), all.with(aggregated)));
    }

    private static Expr onlyWhere(Expr.AggregateCall call, Expr condition) {
        Expr filter = call.filter().map(f -> Expr.and(List.of(condition, f))).orElse(condition);
        return new Expr.AggregateCall(
                call.function(),
                call.args(),
                call.distinct(),
                Optional.of(filter),
                call.type(),
                call.mode());
    }

    /// The rows of a limit are counted for each row of the domain.
    private Pushed limit(Limit limit) {
        boolean sorted = limit.input() instanceof Sort;
        Pushed below =
                push(
                        limit.input() instanceof Sort(var in, var keys, var global)
                                ? in
                                : limit.input());
        List<Expr.SortKey> order = new ArrayList<>();
        if (sorted) {
            ((Sort) limit.input())
                    .keys()
                    .forEach(key -> order.add((Expr.SortKey) below.inside(key)));
        } else {
            below.columns()
                    .forEach(a -> order.add(new Expr.SortKey(a, SortDirection.ASCENDING, true)));
        }
        Expr number =
                new Expr.WindowCall(
                        new Expr.PositionCall(
                                PositionFunction.ROW_NUMBER, List.of(), false, DataType.INT),
                        List.copyOf(below.columns()),
                        order,
                        Optional.of(Expr.Frame.TO_ROW));
        Expr.Alias named = new Expr.Alias(number, "row", context.newAttributeId());
        Expr row = new Expr.Cast(named.toAttribute(), DataType.BIGINT, EvalMode.ANSI);
        List<Expr> kept = new ArrayList<>();
        kept.add(new Expr.Comparison(ComparisonOp.GT, row, limit.offset()));
        limit.limit()
                .ifPresent(rows ->
                        kept.add(
                                new Expr.Comparison(
                                        ComparisonOp.LE, row, sum(rows, limit.offset()))));
        return below.over(in ->
                new Project(
                        new Filter(new Window(in, List.of(named)), Expr.and(kept)),
                        below.with(limit.output())));
    }

    /// The end of a limit: its two numbers are literals.
    private static Expr sum(Expr rows, Expr offset) {
        long first = whole(rows);
        long second = whole(offset);
        return Literal.of(first > Long.MAX_VALUE - second ? Long.MAX_VALUE : first + second);
    }

    private static long whole(Expr literal) {
        return (Long) Objects.requireNonNull(((Literal) literal).value());
    }

    private Pushed union(Union union) {
        List<LogicalPlan> inputs = new ArrayList<>();
        Map<Long, Attribute> columns = new LinkedHashMap<>();
        for (LogicalPlan input : union.inputs()) {
            Pushed pushed = push(input);
            inputs.add(ordered(pushed, input.output()).plan);
            if (columns.isEmpty()) {
                columns.putAll(renamed(pushed));
            }
        }
        List<Attribute> all = new ArrayList<>(union.attributes());
        all.addAll(columns.values());
        return new Pushed(new Union(inputs, union.byName(), all), columns);
    }

    /// Just these columns, then the domain's.
    private static Pushed ordered(Pushed pushed, List<Attribute> columns) {
        return pushed.over(in -> new Project(in, pushed.with(columns)));
    }

    private List<Expr> partitioned(Pushed below, List<Expr> calls) {
        return calls.stream()
                .map(call ->
                        below.inside(call)
                                .transformUp(e ->
                                        e instanceof Expr.WindowCall w
                                                ? new Expr.WindowCall(
                                                        w.function(),
                                                        below.with(w.partitionBy()),
                                                        w.orderBy(),
                                                        w.frame())
                                                : e))
                .toList();
    }

    /// The side that has no need of the domain goes without: where its rows are only looked up from
    /// the other.
    private Pushed join(Join join) {
        JoinType type = join.joinType();
        boolean left = depends(join.left());
        boolean right = depends(join.right());
        boolean leftMatters = type == JoinType.LEFT_OUTER || type.leftOnly();
        boolean rightMatters = type == JoinType.RIGHT_OUTER;
        if (type == JoinType.FULL_OUTER) {
            return bothSides(join);
        }
        if (!right && !rightMatters) {
            return oneSide(join, push(join.left()), true);
        }
        if (!left && !leftMatters) {
            return oneSide(join, push(join.right()), false);
        }
        return bothSides(join);
    }

    private static Pushed oneSide(Join join, Pushed side, boolean left) {
        Optional<Expr> condition = join.condition().map(side::inside);
        return side.over(in ->
                left
                        ? new Join(in, join.right(), join.joinType(), condition)
                        : new Join(join.left(), in, join.joinType(), condition));
    }

    private Pushed bothSides(Join join) {
        Pushed left = push(join.left());
        Pushed right = push(join.right());
        boolean fromRight = join.joinType() == JoinType.RIGHT_OUTER;
        Pushed kept = fromRight ? right : left;
        List<Expr> terms = new ArrayList<>();
        terms.add(equal(left, right));
        join.condition().map(kept::inside).ifPresent(terms::add);
        JoinType type = join.joinType() == JoinType.CROSS ? JoinType.INNER : join.joinType();
        LogicalPlan joined = new Join(left.plan, right.plan, type, Optional.of(Expr.and(terms)));
        if (type != JoinType.FULL_OUTER) {
            return new Pushed(joined, kept.domain);
        }
        List<Expr> outputs = new ArrayList<>(join.output());
        Map<Long, Attribute> columns = new LinkedHashMap<>();
        left.domain.forEach((id, l) -> {
            Attribute r = right.column(id);
            Expr either =
                    new Expr.Coalesce(
                            List.of(l.withNullable(true), r.withNullable(true)), l.type());
            Expr.Alias named = new Expr.Alias(either, l.name(), context.newAttributeId());
            outputs.add(named);
            columns.put(id, named.toAttribute());
        });
        return new Pushed(new Project(joined, outputs), columns);
    }

    private static Expr equal(Pushed left, Pushed right) {
        List<Expr> terms = new ArrayList<>();
        left.domain.forEach((id, l) ->
                terms.add(new Expr.Comparison(ComparisonOp.NULL_SAFE_EQ, l, right.column(id))));
        return Expr.and(terms);
    }
}
