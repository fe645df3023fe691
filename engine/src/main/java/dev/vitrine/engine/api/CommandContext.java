package dev.vitrine.engine.api;

import dev.vitrine.engine.analysis.Analyzer;
import dev.vitrine.engine.catalog.Catalog;
import dev.vitrine.engine.catalog.QualifiedName;
import dev.vitrine.engine.catalog.Relation;
import dev.vitrine.engine.catalog.StoredView;
import dev.vitrine.engine.catalog.Table;
import dev.vitrine.engine.catalog.View;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What every command works with: the session, the query that it runs as, and answers of constant
/// rows.
record CommandContext(LocalSession session, LocalQuery query, Settings settings) {
    Catalog catalog() {
        return session.relations();
    }

    QueryResult nothing() {
        return query.rows(new Schema(List.of()), List.of());
    }

    /// Rows of text.
    QueryResult strings(
            List<String> columns, List<? extends List<? extends @Nullable Object>> rows) {
        List<Field> fields = columns.stream().map(n -> Field.of(n, DataType.STRING)).toList();
        return query.rows(new Schema(fields), rows);
    }

    LogicalPlan analyzed(LogicalPlan plan, PlanContext context) {
        return session.analyzed(plan, context, settings);
    }

    Analyzer analyzer() {
        return session.analyzer(new PlanContext(), settings);
    }

    /// Runs a plan as this query, and lets its rows go.
    void execute(LogicalPlan plan, PlanContext context) {
        query.execute(query.planning().plan(plan, context)).close();
    }

    static String quoted(List<String> parts) {
        return parts.stream()
                .map(part -> "`" + part.replace("`", "``") + "`")
                .collect(Collectors.joining("."));
    }

    static EngineException notFound(List<String> name, @Nullable SourceRange where) {
        return new EngineException(
                ErrorCode.TABLE_OR_VIEW_NOT_FOUND,
                Map.of("relationName", quoted(name), "suggestion", ""),
                where);
    }

    /// The table or view of a name.
    ///
    /// @throws EngineException TABLE_OR_VIEW_NOT_FOUND
    Relation relation(List<String> name, SourceRange where) {
        try {
            return catalog().relation(name).orElseThrow(() -> notFound(name, where));
        } catch (EngineException e) {
            throw e.at(where);
        }
    }

    /// The table of a name.
    ///
    /// @param operation for the error's text
    /// @throws EngineException EXPECT_TABLE_NOT_VIEW where it is a view
    Table table(List<String> name, String operation, SourceRange where) {
        return switch (relation(name, where)) {
            case Table table -> table;
            case StoredView view -> throw noView(view.name().quoted(), operation, where);
            case View view -> throw noView("`" + view.name() + "`", operation, where);
        };
    }

    private static EngineException noView(String view, String operation, SourceRange where) {
        ErrorCode code =
                operation.startsWith("ALTER TABLE")
                        ? ErrorCode.EXPECT_TABLE_NOT_VIEW__USE_ALTER_VIEW
                        : ErrorCode.EXPECT_TABLE_NOT_VIEW__NO_ALTERNATIVE;
        return new EngineException(code, Map.of("operation", operation, "viewName", view), where);
    }

    /// Spark's patterns: `*` for any run, `|` between choices.
    static boolean matches(String name, Optional<String> pattern) {
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

    /// A database's name: one part, or two with the catalog before it.
    String database(List<String> name, SourceRange where) {
        boolean qualified = name.getFirst().equalsIgnoreCase(QualifiedName.CATALOG);
        if (name.size() > (qualified ? 2 : 1)) {
            throw new EngineException(
                    ErrorCode.REQUIRES_SINGLE_PART_NAMESPACE,
                    Map.of("sessionCatalog", QualifiedName.CATALOG, "namespace", quoted(name)),
                    where);
        }
        return name.getLast().toLowerCase(Locale.ROOT);
    }
}
