package dev.vitrine.engine.analysis;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes window calls out of a select list: calls of one partitioning and order become one Window
/// node, and attributes of it stand in the list.
final class WindowExtraction {
    private final Analyzer analyzer;
    private final Map<Spec, List<Expr>> calls = new LinkedHashMap<>();
    private final Map<Expr, Expr.Attribute> known = new LinkedHashMap<>();

    private record Spec(List<Expr> partitionBy, List<Expr> orderBy) {}

    private WindowExtraction(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    static boolean isIn(Expr expr) {
        return expr.any(Expr.WindowCall.class::isInstance);
    }

    /// `Project(Window(…(input)), list)`.
    static LogicalPlan plan(
            Analyzer analyzer, LogicalPlan input, List<Expr> list, LogicalPlan written) {
        WindowExtraction extraction = new WindowExtraction(analyzer);
        List<Expr> outputs = list.stream().map(extraction::replace).toList();
        LogicalPlan plan = input;
        for (List<Expr> calls : extraction.calls.values()) {
            plan = analyzer.made(new LogicalPlan.Window(plan, calls), written);
        }
        return analyzer.made(new LogicalPlan.Project(plan, outputs), written);
    }

    private Expr replace(Expr expr) {
        if (!(expr instanceof Expr.WindowCall call)) {
            return expr.mapChildren(this::replace);
        }
        Expr canonical = SameExpr.canonical(call);
        Expr.Attribute attribute = known.get(canonical);
        if (attribute == null) {
            Expr.Alias alias =
                    new Expr.Alias(
                            call, call.function().sql(), analyzer.context().newAttributeId());
            Spec spec =
                    new Spec(
                            call.partitionBy().stream().map(SameExpr::canonical).toList(),
                            call.orderBy().stream().map(SameExpr::canonical).toList());
            calls.computeIfAbsent(spec, s -> new ArrayList<>()).add(alias);
            attribute = alias.toAttribute();
            known.put(canonical, attribute);
        }
        return attribute;
    }
}
