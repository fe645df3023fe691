package dev.vitrine.engine.logical;

import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan.*;
import dev.vitrine.engine.spi.ColumnFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// Logical plans as [PlanTree]s: labels in Spark's words, attributes with their ids.
public final class LogicalPlanTree {
    private final PlanContext context;
    private final ToDoubleFunction<LogicalPlan> estimatedRows;

    private LogicalPlanTree(PlanContext context, ToDoubleFunction<LogicalPlan> estimatedRows) {
        this.context = context;
        this.estimatedRows = estimatedRows;
    }

    /// The tree of a plan without estimates.
    public static PlanTree of(LogicalPlan plan, PlanContext context) {
        return of(plan, context, node -> -1);
    }

    public static PlanTree of(
            LogicalPlan plan, PlanContext context, ToDoubleFunction<LogicalPlan> estimatedRows) {
        return new LogicalPlanTree(context, estimatedRows).tree(plan);
    }

    private PlanTree tree(LogicalPlan plan) {
        List<PlanTree> children = new ArrayList<>();
        plan.children().forEach(child -> children.add(tree(child)));
        if (plan instanceof With(var input, var ctes)) {
            ctes.forEach(cte -> children.add(wrapped("CTE " + cte.name(), cte.plan())));
        }
        plan.exprs().forEach(expr -> addSubqueries(expr, children));
        return new PlanTree(
                context.id(plan),
                label(plan),
                List.of(),
                context.origin(plan).pipelineNode().orElse(""),
                estimatedRows.applyAsDouble(plan),
                children);
    }

    private PlanTree wrapped(String label, LogicalPlan plan) {
        return new PlanTree(0, label, List.of(), "", -1, List.of(tree(plan)));
    }

    private void addSubqueries(Expr expr, List<PlanTree> children) {
        expr.forEach(
                node -> {
                    switch (node) {
                        case Expr.ScalarSubquery(var plan) ->
                                children.add(wrapped("Subquery scalar", (LogicalPlan) plan));
                        case Expr.Exists(var plan) ->
                                children.add(wrapped("Subquery exists", (LogicalPlan) plan));
                        case Expr.InSubquery(var values, var plan) ->
                                children.add(wrapped("Subquery in", (LogicalPlan) plan));
                        default -> {}
                    }
                });
    }

    private static String label(LogicalPlan plan) {
        return switch (plan) {
            case UnresolvedRelation(var parts, var where) ->
                    "UnresolvedRelation [" + String.join(".", parts) + "]";
            case UnresolvedFiles f ->
                    "UnresolvedFiles " + f.format() + " [" + String.join(", ", f.paths()) + "]";
            case UnresolvedInlineTable t ->
                    "UnresolvedInlineTable " + t.names() + ", " + t.rows().size() + " rows";
            case With w -> "With";
            case SubqueryAlias(var input, var alias, var names) ->
                    "SubqueryAlias " + alias + (names.isEmpty() ? "" : " " + names);
            case UsingJoin(var left, var right, var type, var columns) ->
                    "UsingJoin " + type.label() + ", " + (columns.isEmpty() ? "NATURAL" : columns);
            case Scan scan -> scan(scan);
            case LocalRelation(var output, var rows) ->
                    "LocalRelation " + list(output) + ", " + rows.size() + " rows";
            case Range(var id, var start, var end, var step) ->
                    "Range (" + start + ", " + end + ", step=" + step + ") " + list(List.of(id));
            case Project(var input, var exprs) -> "Project " + list(exprs);
            case Filter(var input, var predicate) -> "Filter " + text(predicate);
            case Aggregate(var input, var groupings, var outputs) ->
                    "Aggregate " + list(groupings) + ", " + list(outputs);
            case Join(var left, var right, var type, var condition) ->
                    "Join " + type.label() + condition.map(c -> ", " + text(c)).orElse("");
            case Sort(var input, var keys, var global) ->
                    "Sort " + list(keys) + ", " + global;
            case Limit(var input, var limit, var offset) ->
                    limit.map(l -> "Limit " + text(l)).orElse("Offset " + text(offset))
                            + (limit.isEmpty() || offset.equals(Expr.Literal.of(0L))
                                    ? ""
                                    : ", offset " + text(offset));
            case Distinct d -> "Distinct";
            case Union(var inputs, var byName, var attributes) ->
                    "Union" + (attributes.isEmpty() ? "" : " " + list(attributes));
            case SetOperation(var left, var right, var kind, var all) ->
                    (kind == SetOperation.Kind.INTERSECT ? "Intersect" : "Except")
                            + (all ? " All" : "");
            case Window(var input, var calls) -> "Window " + list(calls);
            case Repartition(var input, var exprs, var partitions) ->
                    "Repartition " + partitions + (exprs.isEmpty() ? "" : ", " + list(exprs));
            case Sample(var input, var fraction, var seed) ->
                    "Sample " + fraction + ", seed " + seed;
            case Write w -> "Write " + w.format() + " " + w.path() + ", " + w.mode();
        };
    }

    private static String scan(Scan scan) {
        String path = scan.source().description();
        String filters =
                scan.filters().isEmpty()
                        ? ""
                        : scan.filters().stream()
                                .map(LogicalPlanTree::filter)
                                .collect(Collectors.joining(", ", ", pruned by [", "]"));
        String limit = scan.limit().isPresent() ? ", limit " + scan.limit().getAsLong() : "";
        return "Relation "
                + scan.source().format()
                + " "
                + path
                + " "
                + list(scan.output())
                + filters
                + limit;
    }

    private static String filter(ColumnFilter filter) {
        return switch (filter.op()) {
            case IS_NULL -> filter.column() + " IS NULL";
            case IS_NOT_NULL -> filter.column() + " IS NOT NULL";
            case IN -> filter.column() + " IN " + filter.values();
            case EQ -> filter.column() + " = " + filter.values().getFirst();
            case LT -> filter.column() + " < " + filter.values().getFirst();
            case LE -> filter.column() + " <= " + filter.values().getFirst();
            case GT -> filter.column() + " > " + filter.values().getFirst();
            case GE -> filter.column() + " >= " + filter.values().getFirst();
        };
    }

    private static String list(Collection<? extends Expr> exprs) {
        return exprs.stream()
                .map(LogicalPlanTree::text)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /// An expression with `#id` after every name.
    public static String text(Expr expr) {
        return withIds(expr).sql();
    }

    private static Expr withIds(Expr expr) {
        return switch (expr) {
            case Expr.Attribute a ->
                    new Expr.Attribute(a.id(), a.name() + "#" + a.id(), a.type(), a.nullable());
            case Expr.OuterReference(var a) ->
                    new Expr.OuterReference((Expr.Attribute) withIds(a));
            case Expr.Alias(var input, var name, var id) ->
                    new Expr.Alias(withIds(input), name + "#" + id, id);
            default -> expr.mapChildren(LogicalPlanTree::withIds);
        };
    }
}
