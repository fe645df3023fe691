package dev.vitrine.engine.analysis;

import dev.vitrine.engine.analysis.CompletionCandidate.Kind;
import dev.vitrine.engine.catalog.Catalog;
import dev.vitrine.engine.catalog.View;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.function.FunctionEntry;
import dev.vitrine.engine.function.FunctionKind;
import dev.vitrine.engine.function.FunctionRegistry;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.spi.Connector;
import dev.vitrine.engine.sql.SqlLexing;
import dev.vitrine.engine.sql.SqlParser;
import dev.vitrine.engine.sql.SqlText;
import dev.vitrine.engine.sql.Statement;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// What may be typed at a place of an unfinished text: tables after FROM, columns of the tables of
/// the query around the caret, functions, keywords.
public final class Completion {
    private final String text;
    private final UnfinishedQuery query;
    private final Catalog catalog;
    private final FunctionRegistry functions;
    private final Settings settings;
    private final List<CompletionCandidate> found = new ArrayList<>();

    private Completion(
            String text,
            int offset,
            Catalog catalog,
            FunctionRegistry functions,
            Settings settings) {
        this.text = text;
        this.query = UnfinishedQuery.at(text, offset);
        this.catalog = catalog;
        this.functions = functions;
        this.settings = settings;
    }

    /// The candidates at `offset`, best first. Never fails.
    public static List<CompletionCandidate> candidates(
            String text,
            int offset,
            Catalog catalog,
            FunctionRegistry functions,
            Settings settings) {
        Completion completion = new Completion(text, offset, catalog, functions, settings);
        completion.collect();
        return completion.ranked();
    }

    private void collect() {
        switch (query.place()) {
            case NOWHERE -> {}
            case QUALIFIED -> columnsOf(query.qualifier());
            case TABLE -> {
                tables();
                keywords();
            }
            case EXPRESSION -> {
                query.relations().forEach(this::columns);
                functions();
                keywords();
            }
        }
    }

    private void offer(Kind kind, String label, String insert, String detail, String doc) {
        found.add(new CompletionCandidate(kind, label, insert, query.start(), detail, doc));
    }

    private void columnsOf(String qualifier) {
        for (UnfinishedQuery.Relation relation : query.relations()) {
            if (relation.name().equalsIgnoreCase(qualifier)) {
                columns(relation);
            }
        }
    }

    private void columns(UnfinishedQuery.Relation relation) {
        for (Field field : fields(relation)) {
            String table = relation.name().isEmpty() ? "" : relation.name() + "  ";
            offer(
                    Kind.COLUMN,
                    field.name(),
                    SqlText.quoted(field.name()),
                    table + field.type().catalogString(),
                    "");
        }
    }

    /// The columns of what stands in a FROM clause, found by analyzing just that.
    private List<Field> fields(UnfinishedQuery.Relation relation) {
        for (String with : List.of(query.commonTables(), "")) {
            try {
                Statement statement = SqlParser.parse(with + " SELECT * FROM " + relation.text());
                if (statement instanceof Statement.Query(var plan, PlanContext context, var sql)) {
                    return new Analyzer(catalog, functions, settings, context)
                            .analyze(plan)
                            .schema()
                            .fields();
                }
            } catch (EngineException e) {
                // What is unfinished has no columns yet; the common tables may be at fault.
            }
        }
        return List.of();
    }

    private void tables() {
        for (String name : query.commonTableNames()) {
            offer(Kind.TABLE, name, SqlText.quoted(name), "WITH", "");
        }
        for (View view : catalog.temporary().views()) {
            offer(
                    Kind.TABLE,
                    view.name(),
                    SqlText.quoted(view.name()),
                    view.kind(),
                    view.description());
        }
        for (Connector connector : catalog.connectors()) {
            String format = connector.format();
            offer(Kind.TABLE, format + ".`…`", format + ".`", "file", "Files by their path.");
        }
    }

    private void functions() {
        for (FunctionEntry entry : functions.entries()) {
            if (entry.kind() == FunctionKind.OPERATOR
                    || !Character.isLetter(entry.name().charAt(0))) {
                continue;
            }
            offer(Kind.FUNCTION, entry.name(), entry.name() + "()", entry.signature(), entry.doc());
            for (String alias : entry.aliases()) {
                offer(Kind.FUNCTION, alias, alias + "()", entry.signature(), entry.doc());
            }
        }
    }

    private void keywords() {
        for (String keyword : SqlLexing.keywords()) {
            offer(Kind.KEYWORD, keyword, keyword, "", "");
        }
    }

    private List<CompletionCandidate> ranked() {
        String typed = query.typed(text).replace("`", "").toLowerCase(Locale.ROOT);
        return found.stream()
                .filter(c -> c.label().toLowerCase(Locale.ROOT).contains(typed))
                .sorted(
                        Comparator.comparing((CompletionCandidate c) ->
                                        !c.label().toLowerCase(Locale.ROOT).startsWith(typed))
                                .thenComparing(CompletionCandidate::kind)
                                .thenComparing(c -> c.kind() == Kind.COLUMN ? "" : c.label()))
                .distinct()
                .toList();
    }
}
