package dev.vitrine.engine.logical;

import dev.vitrine.engine.event.LateLines;
import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.engine.expr.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// Logical plans as [PlanTree]s, labelled as Spark labels them. Plans of subquery expressions are
/// children after the inputs.
public final class LogicalPlanTree {
    private static final int MAX_ROWS_SHOWN = 3;

    private final PlanContext context;
    private final ToDoubleFunction<LogicalPlan> estimatedRows;

    private LogicalPlanTree(PlanContext context, ToDoubleFunction<LogicalPlan> estimatedRows) {
        this.context = context;
        this.estimatedRows = estimatedRows;
    }

    public static PlanTree of(LogicalPlan plan, PlanContext context) {
        return of(plan, context, node -> -1);
    }

    /// @param estimatedRows the optimizer's estimate of a node's rows
    public static PlanTree of(
            LogicalPlan plan, PlanContext context, ToDoubleFunction<LogicalPlan> estimatedRows) {
        return new LogicalPlanTree(context, estimatedRows).tree(plan);
    }

    private PlanTree tree(LogicalPlan plan) {
        List<PlanTree> children = new ArrayList<>();
        plan.children().forEach(child -> children.add(tree(child)));
        if (plan instanceof LogicalPlan.With(var input, var ctes, boolean recursive)) {
            ctes.forEach(cte -> children.add(tree(cte.plan())));
        }
        plan.forEachSubquery(subquery -> children.add(tree(subquery)));
        return new PlanTree(
                context.id(plan),
                label(plan),
                new LateLines(() -> details(plan)),
                context.origin(plan).pipelineNode().orElse(""),
                estimatedRows.applyAsDouble(plan),
                children);
    }

    /// What a node is, in a word or two.
    public static String label(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.UnresolvedRelation u -> "'UnresolvedRelation";
            case LogicalPlan.UnresolvedFiles u -> "'UnresolvedFiles";
            case LogicalPlan.UnresolvedInlineTable u -> "'UnresolvedInlineTable";
            case LogicalPlan.With w -> "With";
            case LogicalPlan.SubqueryAlias s -> "SubqueryAlias " + s.alias();
            case LogicalPlan.UsingJoin j -> "UsingJoin " + j.joinType().label();
            case LogicalPlan.Scan s ->
                    s.source().kept().isPresent()
                            ? "InMemoryRelation"
                            : "Relation " + s.source().format();
            case LogicalPlan.LocalRelation l -> "LocalRelation";
            case LogicalPlan.Range r -> "Range";
            case LogicalPlan.Project p -> "Project";
            case LogicalPlan.Filter f -> "Filter";
            case LogicalPlan.Aggregate a -> "Aggregate";
            case LogicalPlan.Join j -> "Join " + j.joinType().label();
            case LogicalPlan.Sort s -> "Sort";
            case LogicalPlan.Limit l -> "Limit";
            case LogicalPlan.Distinct d -> "Distinct";
            case LogicalPlan.Union u -> "Union";
            case LogicalPlan.SetOperation s ->
                    s.kind().name().charAt(0)
                            + s.kind().name().substring(1).toLowerCase(java.util.Locale.ROOT)
                            + (s.all() ? " All" : "");
            case LogicalPlan.Window w -> "Window";
            case LogicalPlan.WindowGroupLimit w -> "WindowGroupLimit";
            case LogicalPlan.Expand e -> "Expand";
            case LogicalPlan.Generate g -> "Generate " + g.generator().function().name();
            case LogicalPlan.MapRows m -> m.function().text();
            case LogicalPlan.PartitionRows p -> p.function().text();
            case LogicalPlan.LateralJoin j -> "LateralJoin " + j.joinType().label();
            case LogicalPlan.UnresolvedGenerate u -> "'Generate";
            case LogicalPlan.Repartition r -> "Repartition";
            case LogicalPlan.Sample s -> "Sample";
            case LogicalPlan.Write w -> "Write " + w.format();
            case LogicalPlan.UnresolvedInsert u -> "'Insert";
            case QueryForm f -> f.label();
        };
    }

    private static List<String> details(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.UnresolvedRelation u ->
                    List.of("[" + String.join(".", u.nameParts()) + "]");
            case LogicalPlan.UnresolvedFiles u -> List.of(u.format(), String.join(", ", u.paths()));
            case LogicalPlan.UnresolvedInlineTable u ->
                    List.of(u.names() + ", rows: " + u.rows().size());
            case LogicalPlan.With w ->
                    List.of(w.ctes().stream().map(LogicalPlan.With.Cte::name).toList().toString());
            case LogicalPlan.SubqueryAlias s ->
                    s.columnNames().isEmpty() ? List.of() : List.of(s.columnNames().toString());
            case LogicalPlan.UsingJoin j -> List.of(j.columns().toString());
            case LogicalPlan.Scan s -> scan(s);
            case LogicalPlan.LocalRelation l ->
                    List.of(
                            list(l.output())
                                    + (l.rows().size() <= MAX_ROWS_SHOWN
                                            ? " " + l.rows()
                                            : ", rows: " + l.rows().size()));
            case LogicalPlan.Range r ->
                    List.of("(" + r.start() + ", " + r.end() + ", step=" + r.step() + ")");
            case LogicalPlan.Project p -> List.of(list(p.exprs()));
            case LogicalPlan.Filter f -> List.of(text(f.predicate()));
            case LogicalPlan.Aggregate a -> List.of(list(a.groupings()), list(a.outputs()));
            case LogicalPlan.Join j -> j.condition().map(c -> List.of(text(c))).orElse(List.of());
            case LogicalPlan.Sort s ->
                    List.of(list(s.keys()), s.global() ? "global" : "within partitions");
            case LogicalPlan.Limit l ->
                    List.of(
                            l.limit().map(LogicalPlanTree::text).orElse("all")
                                    + (l.offset() instanceof Expr.Literal(Number n, var t)
                                                    && n.longValue() == 0
                                            ? ""
                                            : ", offset: " + text(l.offset())));
            case LogicalPlan.Distinct d -> List.of();
            case LogicalPlan.Union u -> u.byName() ? List.of("by name") : List.of();
            case LogicalPlan.SetOperation s -> List.of();
            case LogicalPlan.Window w -> List.of(list(w.calls()));
            case LogicalPlan.WindowGroupLimit w -> List.of(text(w.rank()), "limit: " + w.limit());
            case LogicalPlan.Expand e ->
                    e.projections().stream().map(LogicalPlanTree::list).toList();
            case LogicalPlan.Generate g ->
                    List.of(text(g.generator()), list(g.added()), g.outer() ? "outer" : "inner");
            case LogicalPlan.MapRows m ->
                    List.of(list(m.reads()), list(m.made()), "opaque to the optimizer");
            case LogicalPlan.PartitionRows p -> p.function().details();
            case LogicalPlan.LateralJoin j ->
                    j.condition().map(c -> List.of(text(c))).orElse(List.of());
            case LogicalPlan.UnresolvedGenerate u -> List.of(text(u.function()));
            case LogicalPlan.Repartition r -> List.of(list(r.exprs()) + ", " + r.partitions());
            case LogicalPlan.Sample s -> List.of("fraction: " + s.fraction());
            case LogicalPlan.Write w -> List.of(w.path(), w.mode().name());
            case LogicalPlan.UnresolvedInsert u ->
                    List.of(String.join(".", u.table()), u.overwrite() ? "OVERWRITE" : "APPEND");
            case QueryForm f -> f.details();
        };
    }

    private static List<String> scan(LogicalPlan.Scan scan) {
        List<String> details = new ArrayList<>();
        details.add(list(scan.output()));
        details.add(scan.source().description());
        scan.source().kept().ifPresent(details::add);
        if (!scan.filters().isEmpty()) {
            details.add(
                    scan.filters().stream()
                            .map(f -> f.column() + " " + f.op() + " " + f.values())
                            .collect(Collectors.joining(", ", "pruned by: [", "]")));
        }
        scan.limit().ifPresent(limit -> details.add("limit: " + limit));
        return details;
    }

    private static String list(List<? extends Expr> exprs) {
        return exprs.stream()
                .map(LogicalPlanTree::text)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /// SQL text with attribute ids, `a#1`, by which equal names differ.
    public static String text(Expr expr) {
        return switch (expr) {
            case Expr.Attribute a -> a.name() + "#" + a.id();
            case Expr.Alias(var input, var name, var id) -> text(input) + " AS " + name + "#" + id;
            default -> expr.mapChildren(LogicalPlanTree::numbered).sql();
        };
    }

    private static Expr numbered(Expr expr) {
        return switch (expr) {
            case Expr.Attribute a ->
                    new Expr.Attribute(a.id(), a.name() + "#" + a.id(), a.type(), a.nullable());
            case Expr.OuterReference(var a) ->
                    new Expr.OuterReference((Expr.Attribute) numbered(a));
            default -> expr.mapChildren(LogicalPlanTree::numbered);
        };
    }
}
