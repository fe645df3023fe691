package dev.vitrine.engine.api;

import dev.vitrine.engine.catalog.View;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EventListener;
import dev.vitrine.engine.event.NodeCounters;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.engine.function.FunctionEntry;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.settings.Setting;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.sql.ExplainMode;
import dev.vitrine.engine.sql.SqlText;
import dev.vitrine.engine.sql.Statement;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Runs statements that are not queries: views, settings, SHOW, DESCRIBE, EXPLAIN.
final class CommandRunner {
    private final LocalSession session;
    private final LocalQuery query;
    private final Settings settings;

    CommandRunner(LocalSession session, LocalQuery query, Settings settings) {
        this.session = session;
        this.query = query;
        this.settings = settings;
    }

    QueryResult run(Statement statement) {
        return switch (statement) {
            case Statement.Query q -> throw EngineException.internal("a query is no command");
            case Statement.Explain(var mode, var inner, var text) -> explain(mode, inner);
            case Statement.CreateView view -> createView(view);
            case Statement.CreateViewUsing view -> createViewUsing(view);
            case Statement.DropView(var name, boolean ifExists, var range, var text) -> {
                if (!session.catalog().dropView(name) && !ifExists) {
                    throw notFound(name, range);
                }
                session.uncache(name);
                yield nothing();
            }
            case Statement.CacheTable cache -> cacheTable(cache);
            case Statement.UncacheTable(var name, boolean ifExists, var range, var text) -> {
                if (!session.uncache(name) && !ifExists && session.catalog().view(name).isEmpty()) {
                    throw notFound(name, range);
                }
                yield nothing();
            }
            case Statement.ClearCache c -> {
                session.clearCache();
                yield nothing();
            }
            case Statement.SetSetting(var key, var value, var text) -> {
                session.set(key, value);
                yield query.rows(strings("key", "value"), List.of(List.of(key, value)));
            }
            case Statement.ResetSetting(var key, var text) -> {
                if (key.isPresent()) {
                    session.reset(key.get());
                } else {
                    session.settings().explicit().keySet().forEach(session::reset);
                }
                yield nothing();
            }
            case Statement.ShowSettings(var key, boolean all, var text) -> showSettings(key, all);
            case Statement.ShowTables(boolean viewsOnly, var pattern, var text) ->
                    showTables(viewsOnly, pattern);
            case Statement.ShowFunctions(var pattern, var text) -> showFunctions(pattern);
            case Statement.ShowColumns(var table, var range, var text) ->
                    query.rows(
                            strings("col_name"),
                            schema(table, range).fields().stream()
                                    .map(f -> List.of(f.name()))
                                    .toList());
            case Statement.DescribeTable(var table, boolean extended, var range, var text) ->
                    query.rows(
                            strings("col_name", "data_type", "comment"),
                            schema(table, range).fields().stream()
                                    .map(f ->
                                            Arrays.<@Nullable Object>asList(
                                                    f.name(), f.type().catalogString(), null))
                                    .toList());
            case Statement.DescribeFunction(var name, boolean extended, var text) ->
                    describe(name, extended);
        };
    }

    private QueryResult nothing() {
        return query.rows(new Schema(List.of()), List.of());
    }

    private static Schema strings(String... names) {
        return new Schema(Arrays.stream(names).map(n -> Field.of(n, DataType.STRING)).toList());
    }

    // Views

    private QueryResult createView(Statement.CreateView view) {
        LogicalPlan plan =
                view.columns().isEmpty()
                        ? view.plan()
                        : new LogicalPlan.SubqueryAlias(view.plan(), view.name(), view.columns());
        create(
                new View(view.name(), "view", plan, view.context(), view.query()),
                view.replace(),
                view.ifNotExists(),
                view.nameRange());
        return nothing();
    }

    private QueryResult createViewUsing(Statement.CreateViewUsing view) {
        Map<String, String> options = new HashMap<>(view.options());
        Optional<String> path = Optional.ofNullable(options.remove("path"));
        LogicalPlan files =
                new LogicalPlan.UnresolvedFiles(
                        view.format(),
                        path.stream().toList(),
                        view.schema(),
                        options,
                        view.nameRange());
        create(
                new View(view.name(), "file", files, new PlanContext(), path.orElse(view.format())),
                view.replace(),
                false,
                view.nameRange());
        return nothing();
    }

    /// Reads a view whole, as this query, and keeps its rows.
    private QueryResult cacheTable(Statement.CacheTable statement) {
        statement.view().ifPresent(this::createView);
        View view =
                session.catalog()
                        .view(statement.name())
                        .orElseThrow(() -> notFound(statement.name(), statement.nameRange()));
        if (!session.isCached(view.name())) {
            QueryPlanning.Planned planned =
                    query.planning()
                            .plan(
                                    new LogicalPlan.UnresolvedRelation(
                                            List.of(view.name()), statement.nameRange()),
                                    new PlanContext());
            QueryResult rows = query.execute(planned);
            session.cache(view, rows.schema(), rows.take());
        }
        return nothing();
    }

    private static EngineException notFound(String name, SourceRange where) {
        return new EngineException(
                ErrorCode.TABLE_OR_VIEW_NOT_FOUND,
                Map.of("relationName", SqlText.quoted(name), "suggestion", ""),
                where);
    }

    private void create(View view, boolean replace, boolean ifNotExists, SourceRange where) {
        if (ifNotExists && session.catalog().view(view.name()).isPresent()) {
            return;
        }
        session.analyzed(view.plan(), view.context(), settings);
        try {
            session.catalog().createView(view, replace);
            session.uncache(view.name());
        } catch (EngineException e) {
            throw e.at(where);
        }
    }

    // SHOW and DESCRIBE

    private QueryResult showSettings(Optional<String> key, boolean all) {
        if (key.isPresent()) {
            String value = session.settings().get(key.get(), "<undefined>");
            return query.rows(strings("key", "value"), List.of(List.of(key.get(), value)));
        }
        if (!all) {
            return query.rows(
                    strings("key", "value"),
                    session.settings().explicit().entrySet().stream()
                            .map(e -> List.of(e.getKey(), e.getValue()))
                            .toList());
        }
        List<List<String>> rows = new ArrayList<>();
        for (Setting setting : Settings.known()) {
            rows.add(List.of(setting.key(), session.settings().get(setting), setting.doc()));
        }
        return query.rows(strings("key", "value", "meaning"), rows);
    }

    private QueryResult showTables(boolean viewsOnly, Optional<String> pattern) {
        Schema schema =
                viewsOnly
                        ? Schema.of(
                                Field.of("namespace", DataType.STRING),
                                Field.of("viewName", DataType.STRING),
                                Field.of("isTemporary", DataType.BOOLEAN))
                        : Schema.of(
                                Field.of("namespace", DataType.STRING),
                                Field.of("tableName", DataType.STRING),
                                Field.of("isTemporary", DataType.BOOLEAN));
        return query.rows(
                schema,
                session.tables().stream()
                        .filter(t -> matches(t.name(), pattern))
                        .map(t -> List.<Object>of("", t.name(), true))
                        .toList());
    }

    private QueryResult showFunctions(Optional<String> pattern) {
        return query.rows(
                strings("function"),
                session.functions().entries().stream()
                        .map(FunctionEntry::name)
                        .filter(name -> matches(name, pattern))
                        .sorted()
                        .map(List::of)
                        .toList());
    }

    /// Spark's patterns: `*` for any run, `|` between choices.
    private static boolean matches(String name, Optional<String> pattern) {
        if (pattern.isEmpty()) {
            return true;
        }
        for (String choice : pattern.get().split("\\|")) {
            String regex =
                    Pattern.quote(choice.strip().toLowerCase(Locale.ROOT)).replace("*", "\\E.*\\Q");
            if (name.toLowerCase(Locale.ROOT).matches(regex)) {
                return true;
            }
        }
        return false;
    }

    private Schema schema(List<String> table, SourceRange range) {
        return session.analyzed(
                        new LogicalPlan.UnresolvedRelation(table, range),
                        new PlanContext(),
                        settings)
                .schema();
    }

    private QueryResult describe(String name, boolean extended) {
        FunctionEntry entry =
                session.functions()
                        .find(name)
                        .orElseThrow(() ->
                                new EngineException(
                                        ErrorCode.UNRESOLVED_ROUTINE,
                                        Map.of(
                                                "routineName",
                                                SqlText.quoted(name),
                                                "suggestion",
                                                "")));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Function: " + entry.name()));
        rows.add(List.of("Usage: " + entry.signature() + " - " + entry.doc()));
        if (extended && !entry.example().isEmpty()) {
            rows.add(List.of("Example: SELECT " + entry.example() + "; gives " + entry.result()));
        }
        return query.rows(strings("function_desc"), rows);
    }

    // EXPLAIN

    private QueryResult explain(ExplainMode mode, Statement statement) {
        if (!(statement instanceof Statement.Query(var plan, var context, var text))) {
            return query.rows(
                    strings("plan"),
                    List.of(List.of("Execute " + statement.getClass().getSimpleName())));
        }
        List<EngineEvent> told = new ArrayList<>();
        EventListener listener = told::add;
        query.subscribe(event -> {
            synchronized (told) {
                listener.on(event);
            }
        });
        QueryPlanning.Planned planned = query.planning().plan(plan, context);
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
        return query.rows(strings("plan"), List.of(List.of(shown)));
    }

    private static String versions(QueryPlanning.Planned planned) {
        StringBuilder text = new StringBuilder();
        String[] titles = {
            "Parsed Logical Plan",
            "Analyzed Logical Plan",
            "Optimized Logical Plan",
            "Physical Plan"
        };
        for (PlanPhase phase : PlanPhase.values()) {
            text.append(phase.ordinal() == 0 ? "" : "\n")
                    .append("== ")
                    .append(titles[phase.ordinal()])
                    .append(" ==\n")
                    .append(planned.trees().get(phase.ordinal()).text());
        }
        return text.toString();
    }

    private String analyzed(QueryPlanning.Planned planned) {
        Map<Integer, Long> rows = new HashMap<>();
        for (NodeCounters counters : query.nodeCounters()) {
            rows.put(counters.nodeId(), counters.rows());
        }
        return "== Physical Plan with rows ==\n" + withRows(planned.trees().getLast(), rows);
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
