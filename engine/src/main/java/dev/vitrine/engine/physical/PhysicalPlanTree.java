package dev.vitrine.engine.physical;

import dev.vitrine.engine.event.LateLines;
import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// Physical plans as [PlanTree]s.
public final class PhysicalPlanTree {
    private final PlanContext context;
    private final PhysicalOrigins origins;
    private final ToDoubleFunction<LogicalPlan> estimatedRows;

    public PhysicalPlanTree(
            PlanContext context,
            PhysicalOrigins origins,
            ToDoubleFunction<LogicalPlan> estimatedRows) {
        this.context = context;
        this.origins = origins;
        this.estimatedRows = estimatedRows;
    }

    public PlanTree of(PhysicalPlan plan) {
        return of(plan, Map.of());
    }

    /// @param notes what else there is to say of a node, by its id
    public PlanTree of(PhysicalPlan plan, Map<Integer, List<String>> notes) {
        String node =
                origins.logical(plan.id())
                        .flatMap(logical -> context.origin(logical).pipelineNode())
                        .orElse("");
        double rows = origins.logical(plan.id()).map(estimatedRows::applyAsDouble).orElse(-1.0);
        return new PlanTree(
                plan.id(),
                label(plan),
                new LateLines(() -> details(plan, notes)),
                node,
                rows,
                plan.children().stream().map(child -> of(child, notes)).toList());
    }

    /// What a node does, in a few words.
    public static String label(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.TableScan s ->
                    (s.source().kept().isPresent()
                                    ? "InMemoryTableScan "
                                    : "Scan " + s.source().format() + " ")
                            + shortName(s.source().description());
            case PhysicalPlan.LocalRows l -> "LocalRows";
            case PhysicalPlan.RangeRows r -> "Range";
            case PhysicalPlan.Project p -> "Project";
            case PhysicalPlan.Filter f -> "Filter";
            case PhysicalPlan.HashAggregate a ->
                    "HashAggregate"
                            + (a.mode() == PhysicalPlan.AggregateMode.PARTIAL ? " (partial)" : "");
            case PhysicalPlan.HashJoin j ->
                    (j.broadcast() ? "BroadcastHashJoin " : "ShuffledHashJoin ")
                            + j.joinType().label();
            case PhysicalPlan.NestedLoopJoin j ->
                    (j.range().isPresent() ? "RangeJoin " : "NestedLoopJoin ")
                            + j.joinType().label();
            case PhysicalPlan.Sort s -> "Sort";
            case PhysicalPlan.TopN t -> "TopN";
            case PhysicalPlan.Limit l -> "Limit";
            case PhysicalPlan.Union u -> "Union";
            case PhysicalPlan.Window w -> "Window";
            case PhysicalPlan.WindowGroupLimit w -> "WindowGroupLimit";
            case PhysicalPlan.Expand e -> "Expand";
            case PhysicalPlan.MapRows m -> m.function().text();
            case PhysicalPlan.PartitionRows p -> p.function().text();
            case PhysicalPlan.Generate g -> "Generate " + g.generator().function().name();
            case PhysicalPlan.Sample s -> "Sample";
            case PhysicalPlan.Exchange e ->
                    e.partitioning() instanceof Partitioning.Broadcast
                            ? "BroadcastExchange"
                            : "Exchange";
            case PhysicalPlan.ReusedExchange r -> "ReusedExchange";
            case PhysicalPlan.WriteFiles w -> "Write " + w.format();
        };
    }

    private static List<String> scan(PhysicalPlan.TableScan scan) {
        List<String> details = new ArrayList<>();
        details.add(list(scan.output()));
        scan.source().kept().ifPresent(details::add);
        if (!scan.request().filters().isEmpty()) {
            details.add(
                    scan.request().filters().stream()
                            .map(f -> f.column() + " " + f.op() + " " + f.values())
                            .collect(Collectors.joining(", ", "pushed filters: [", "]")));
        }
        return details;
    }

    private static List<String> details(PhysicalPlan plan, Map<Integer, List<String>> notes) {
        List<String> lines = new ArrayList<>(details(plan));
        lines.addAll(notes.getOrDefault(plan.id(), List.of()));
        return lines;
    }

    private static List<String> details(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.TableScan s -> scan(s);
            case PhysicalPlan.LocalRows l -> List.of(list(l.output()), "rows: " + l.rows().size());
            case PhysicalPlan.RangeRows r ->
                    List.of("(" + r.start() + ", " + r.end() + ", step=" + r.step() + ")");
            case PhysicalPlan.Project p -> List.of(list(p.exprs()));
            case PhysicalPlan.Filter f -> List.of(f.predicate().sql());
            case PhysicalPlan.HashAggregate a ->
                    List.of(
                            "keys: " + list(a.groups()),
                            a.items().stream()
                                    .map(item -> item.call().sql())
                                    .collect(Collectors.joining(", ", "functions: [", "]")));
            case PhysicalPlan.HashJoin j ->
                    List.of(
                            j.keys().stream()
                                            .map(k ->
                                                    k.left().name()
                                                            + (k.nullSafe() ? " <=> " : " = ")
                                                            + k.right().name())
                                            .collect(Collectors.joining(", ", "[", "]"))
                                    + j.condition().map(c -> " AND " + c.sql()).orElse(""));
            case PhysicalPlan.NestedLoopJoin j ->
                    j.condition().map(c -> List.of(c.sql())).orElse(List.of());
            case PhysicalPlan.Sort s -> List.of(list(s.keys()));
            case PhysicalPlan.TopN t ->
                    List.of(
                            list(t.keys()),
                            "limit: "
                                    + t.limit()
                                    + (t.offset() > 0 ? ", offset: " + t.offset() : ""));
            case PhysicalPlan.Limit l ->
                    List.of(
                            "limit: "
                                    + l.limit()
                                    + (l.offset() > 0 ? ", offset: " + l.offset() : ""));
            case PhysicalPlan.Union u -> List.of();
            case PhysicalPlan.Window w ->
                    List.of(
                            list(w.calls()),
                            "partition: " + list(w.partition()) + ", order: " + list(w.order()));
            case PhysicalPlan.WindowGroupLimit w ->
                    List.of(
                            "partition: " + list(w.partition()) + ", order: " + list(w.order()),
                            w.rank().name().toLowerCase(java.util.Locale.ROOT)
                                    + " at most "
                                    + w.limit());
            case PhysicalPlan.Expand e ->
                    e.projections().stream().map(PhysicalPlanTree::list).toList();
            case PhysicalPlan.MapRows m -> List.of(list(m.reads()), list(m.output()));
            case PhysicalPlan.PartitionRows p -> p.function().details();
            case PhysicalPlan.Generate g ->
                    List.of(g.generator().sql(), list(g.added()), g.outer() ? "outer" : "inner");
            case PhysicalPlan.Sample s -> List.of("fraction: " + s.fraction());
            case PhysicalPlan.Exchange e -> List.of(e.partitioning().text());
            case PhysicalPlan.ReusedExchange r ->
                    List.of(list(r.output()), "of node " + r.exchange().id());
            case PhysicalPlan.WriteFiles w -> List.of(w.path(), w.mode().name());
        };
    }

    private static String list(List<? extends Expr> exprs) {
        return exprs.stream().map(Expr::sql).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String shortName(String description) {
        int slash = description.lastIndexOf('/');
        return slash >= 0 && slash < description.length() - 1
                ? description.substring(slash + 1)
                : description;
    }
}
