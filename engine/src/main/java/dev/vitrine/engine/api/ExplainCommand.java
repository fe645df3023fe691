package dev.vitrine.engine.api;

import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EventListener;
import dev.vitrine.engine.event.NodeCounters;
import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.sql.ExplainMode;
import dev.vitrine.engine.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs EXPLAIN.
final class ExplainCommand {
    private final CommandContext commands;
    private final LocalQuery query;

    ExplainCommand(CommandContext commands) {
        this.commands = commands;
        this.query = commands.query();
    }

    QueryResult run(ExplainMode mode, Statement statement) {
        return switch (statement) {
            case Statement.Query(var plan, var context, var text) -> explain(mode, plan, context);
            case Statement.Insert(var plan, var context, var text)
                    when mode != ExplainMode.ANALYZE && mode != ExplainMode.CODEGEN ->
                    explain(mode, plan, context);
            default ->
                    commands.strings(
                            List.of("plan"),
                            List.of(List.of("Execute " + statement.getClass().getSimpleName())));
        };
    }

    private QueryResult explain(ExplainMode mode, LogicalPlan plan, PlanContext context) {
        List<EngineEvent> told = new ArrayList<>();
        EventListener listener = told::add;
        query.subscribe(event -> {
            synchronized (told) {
                listener.on(event);
            }
        });
        boolean runs = mode == ExplainMode.ANALYZE || mode == ExplainMode.CODEGEN;
        QueryPlanning.Planned planned =
                runs ? query.planning().plan(plan, context) : query.planning().shown(plan, context);
        String shown =
                switch (mode) {
                    case SIMPLE, FORMATTED ->
                            "== Physical Plan ==\n" + planned.trees().getLast().text();
                    case EXTENDED -> versions(planned);
                    case COST ->
                            "== Optimized Logical Plan ==\n"
                                    + withRows(planned.trees().get(2), Map.of())
                                    + "\n== Physical Plan ==\n"
                                    + planned.trees().getLast().text();
                    case TRACE -> trace(told);
                    case CODEGEN -> {
                        query.execute(planned).close();
                        yield code(told);
                    }
                    case ANALYZE -> {
                        query.execute(planned).close();
                        yield analyzed(planned);
                    }
                };
        return commands.strings(List.of("plan"), List.of(List.of(shown)));
    }

    private static String versions(QueryPlanning.Planned planned) {
        StringBuilder text = new StringBuilder();
        String[] titles = {
            "Parsed Logical Plan",
            "Analyzed Logical Plan",
            "Optimized Logical Plan",
            "Physical Plan"
        };
        for (int version = 0; version < titles.length; version++) {
            text.append(version == 0 ? "" : "\n")
                    .append("== ")
                    .append(titles[version])
                    .append(" ==\n")
                    .append(planned.trees().get(version).text());
        }
        return text.toString();
    }

    private String analyzed(QueryPlanning.Planned planned) {
        Map<Integer, Long> rows = new HashMap<>();
        for (NodeCounters counters : query.nodeCounters()) {
            rows.put(counters.nodeId(), counters.rows());
        }
        PlanTree ran = query.adapted(planned).orElse(planned.trees().getLast());
        return "== Physical Plan with rows ==\n" + withRows(ran, rows);
    }

    /// A tree's text with estimated rows, and actual ones where known, behind each label.
    private static String withRows(PlanTree tree, Map<Integer, Long> rows) {
        return annotated(tree, rows).text();
    }

    private static PlanTree annotated(PlanTree tree, Map<Integer, Long> rows) {
        String actual =
                rows.containsKey(tree.id()) ? String.format("%,d", rows.get(tree.id())) : "?";
        boolean estimated = tree.estimatedRows() >= 0;
        String estimate = String.format("%,.0f", tree.estimatedRows());
        String note =
                rows.isEmpty()
                        ? estimated ? " (rows: about " + estimate + ")" : ""
                        : " (rows: " + actual + (estimated ? ", estimated " + estimate : "") + ")";
        return new PlanTree(
                tree.id(),
                tree.label() + note,
                tree.details(),
                tree.pipelineNode(),
                tree.estimatedRows(),
                tree.children().stream().map(child -> annotated(child, rows)).toList());
    }

    private static String trace(List<EngineEvent> events) {
        StringBuilder text = new StringBuilder();
        for (EngineEvent event : events) {
            if (event instanceof EngineEvent.RuleApplied rule) {
                text.append("== ")
                        .append(rule.rule())
                        .append(" (")
                        .append(rule.batch())
                        .append(", pass ")
                        .append(rule.pass())
                        .append(") ==\n")
                        .append(rule.before().text())
                        .append("becomes\n")
                        .append(rule.after().text())
                        .append('\n');
            }
        }
        return text.isEmpty() ? "No rule changed the plan.\n" : text.toString();
    }

    private static String code(List<EngineEvent> events) {
        StringBuilder text = new StringBuilder();
        for (EngineEvent event : events) {
            if (event instanceof EngineEvent.CodeReady code) {
                text.append("== Stage ")
                        .append(code.stageId())
                        .append(" ==\n")
                        .append(code.source())
                        .append('\n');
            }
        }
        return text.isEmpty() ? "No stage was compiled: all are small.\n" : text.toString();
    }
}
