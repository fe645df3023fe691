package dev.vitrine.engine.analysis;

import dev.vitrine.engine.catalog.Relation;
import dev.vitrine.engine.catalog.StoredView;
import dev.vitrine.engine.catalog.Table;
import dev.vitrine.engine.catalog.TableColumn;
import dev.vitrine.engine.catalog.TextLength;
import dev.vitrine.engine.catalog.View;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.Collations;
import dev.vitrine.engine.function.CommonTypes;
import dev.vitrine.engine.function.StoredValues;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.sql.SqlParser;
import dev.vitrine.engine.sql.Statement;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Names in FROM: common tables, views, tables and files become plans that read them.
final class Relations {
    private final Analyzer analyzer;

    Relations(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    Resolved resolve(LogicalPlan.UnresolvedRelation relation, Scope scope) {
        List<String> parts = relation.nameParts();
        CommonTable table =
                parts.size() == 1
                        ? scope.ctes().get(parts.getFirst().toLowerCase(Locale.ROOT))
                        : null;
        if (table != null) {
            analyzer.reads(table);
            return body(table, scope).qualified(table.name());
        }
        Optional<Relation> found = analyzer.find(parts);
        if (found.isPresent()) {
            return known(found.get(), relation, scope);
        }
        if (parts.size() == 2 && analyzer.catalog().connector(parts.getFirst()).isPresent()) {
            return named(relation, parts.getFirst(), List.of(parts.getLast()));
        }
        boolean path = parts.size() == 1 && parts.getFirst().matches(".*[/\\\\].*");
        if (path && analyzer.catalog().connectorForFile(parts.getFirst()).isPresent()) {
            return named(relation, "", parts);
        }
        throw notFound(relation, scope);
    }

    /// The rows of a common table.
    Resolved body(CommonTable table, Scope scope) {
        return table.recursive() && Recursions.readsItself(table)
                ? new Recursions(analyzer).resolve(table, scope)
                : analyzer.exact(analyzer.resolve(table.plan(), table.inside(scope)));
    }

    private Resolved known(Relation found, LogicalPlan.UnresolvedRelation relation, Scope scope) {
        List<String> qualifier =
                switch (found) {
                    case View view ->
                            view.global()
                                    ? List.of(View.GLOBAL, view.name())
                                    : List.of(relation.nameParts().getLast());
                    case StoredView view -> view.name().parts();
                    case Table table -> table.name().parts();
                };
        Optional<LogicalPlan> cached = analyzer.catalog().cached(found);
        Resolved read =
                cached.isPresent()
                        ? cached(found, cached.get(), scope)
                        : switch (found) {
                            case View view -> view(view, relation, scope);
                            case StoredView view -> view(view, relation, scope);
                            case Table table -> table(table, relation);
                        };
        return read.qualified(qualifier);
    }

    /// The rows of a relation that are kept.
    private Resolved cached(Relation found, LogicalPlan rows, Scope scope) {
        Resolved read = analyzer.resolve(rows, scope.alone(Map.of()));
        if (found instanceof Table table) {
            List<Expr.Attribute> output = read.plan().output();
            for (int i = 0; i < output.size(); i++) {
                long id = output.get(i).id();
                table.columns()
                        .get(i)
                        .length()
                        .filter(TextLength::fixed)
                        .ifPresent(length -> analyzer.chars().note(id, length.characters()));
            }
        }
        return read;
    }

    private EngineException notFound(LogicalPlan.UnresolvedRelation relation, Scope scope) {
        List<String> names = new ArrayList<>();
        scope.ctes().values().forEach(cte -> names.add(cte.name()));
        analyzer.catalog().temporary().views().forEach(view -> names.add(view.name()));
        for (Relation stored : analyzer.catalog().warehouse().relations(analyzer.database())) {
            switch (stored) {
                case Table table -> names.add(table.name().name());
                case StoredView view -> names.add(view.name().name());
                case View view -> names.add(view.name());
            }
        }
        return new EngineException(
                ErrorCode.TABLE_OR_VIEW_NOT_FOUND,
                Map.of(
                        "relationName", Scope.quoted(relation.nameParts()),
                        "suggestion", Suggestions.sentence(relation.nameParts().getLast(), names)),
                relation.where());
    }

    // Views

    private Resolved view(View view, LogicalPlan.UnresolvedRelation relation, Scope scope) {
        Analyzer inner =
                opened(
                        view.key(),
                        new Analyzer.Names(view.database(), false),
                        analyzer.settings(),
                        relation);
        return body(inner, view.plan(), relation, scope);
    }

    private Resolved view(StoredView view, LogicalPlan.UnresolvedRelation relation, Scope scope) {
        Settings settings = analyzer.settings();
        for (Map.Entry<String, String> setting : view.settings().entrySet()) {
            settings = settings.with(setting.getKey(), setting.getValue());
        }
        Analyzer inner =
                opened(view.key(), new Analyzer.Names(view.database(), true), settings, relation);
        Statement.Query query = (Statement.Query) SqlParser.parse(view.sql());
        Resolved body = body(inner, query.plan(), relation, scope);
        List<Expr.Attribute> output = body.plan().output();
        if (output.size() < view.columns().size()) {
            throw new EngineException(
                    ErrorCode.INCOMPATIBLE_VIEW_SCHEMA_CHANGE,
                    Map.of("viewName", view.name().quoted()),
                    relation.where());
        }
        // The view promised these names and types, whatever its tables have become.
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < view.columns().size(); i++) {
            TableColumn column = view.columns().get(i);
            Expr value = CommonTypes.cast(output.get(i), column.type(), inner.mode());
            columns.add(new Expr.Alias(value, column.name(), analyzer.context().newAttributeId()));
        }
        return Resolved.of(analyzer.made(new LogicalPlan.Project(body.plan(), columns), relation));
    }

    private Analyzer opened(
            String key,
            Analyzer.Names names,
            Settings settings,
            LogicalPlan.UnresolvedRelation relation) {
        if (analyzer.openViews().contains(key)) {
            throw new EngineException(
                    ErrorCode.RECURSIVE_VIEW,
                    Map.of(
                            "viewIdent",
                            key,
                            "newPath",
                            String.join(" -> ", analyzer.openViews()) + " -> " + key),
                    relation.where());
        }
        return analyzer.inside(key, names, settings, analyzer.context().origin(relation));
    }

    private static Resolved body(
            Analyzer inner,
            LogicalPlan plan,
            LogicalPlan.UnresolvedRelation relation,
            Scope scope) {
        try {
            return inner.exact(inner.resolve(plan, scope.alone(Map.of())));
        } catch (EngineException e) {
            // Its place is in the view's text, not in this one.
            throw new EngineException(e.code(), e.args(), relation.where(), e);
        }
    }

    // Tables and files

    private Resolved table(Table table, LogicalPlan.UnresolvedRelation relation) {
        TableSource source = analyzer.catalog().open(table, relation.where());
        LogicalPlan scan = analyzer.made(collated(analyzer.scan(source), table), relation);
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            TableColumn column = table.columns().get(i);
            Expr.Attribute read = scan.output().get(i);
            Optional<TextLength> fixed = column.length().filter(TextLength::fixed);
            columns.add(fixed.map(length -> padded(read, column, length)).orElse(read));
        }
        return columns.equals(scan.output())
                ? Resolved.of(scan)
                : Resolved.of(analyzer.made(new LogicalPlan.Project(scan, columns), relation));
    }

    /// A CHAR column as it is seen.
    private Expr padded(Expr.Attribute read, TableColumn column, TextLength length) {
        if (!analyzer.settings().getBoolean(Settings.CHAR_PADDING)) {
            analyzer.chars().note(read.id(), length.characters());
            return read;
        }
        Expr filled = StoredValues.filledText(Collations.plain(read), length.characters());
        Expr.Alias alias =
                new Expr.Alias(
                        CommonTypes.cast(filled, column.type(), analyzer.mode()),
                        column.name(),
                        analyzer.context().newAttributeId());
        analyzer.chars().note(alias.id(), length.characters());
        return alias;
    }

    /// What is read of a table, whose files know of no collation, with its collations.
    private static LogicalPlan.Scan collated(LogicalPlan.Scan scan, Table table) {
        List<Expr.Attribute> output = new ArrayList<>();
        for (int i = 0; i < scan.output().size(); i++) {
            DataType declared = table.columns().get(i).type();
            Expr.Attribute read = scan.output().get(i);
            output.add(declared.hasCollation() ? read.withType(declared) : read);
        }
        return new LogicalPlan.Scan(scan.source(), output, scan.filters(), scan.limit());
    }

    Resolved files(LogicalPlan.UnresolvedFiles files) {
        return opened(
                files,
                analyzer.catalog()
                        .open(
                                files.format(),
                                files.paths(),
                                files.givenSchema(),
                                files.options(),
                                files.where()));
    }

    /// Files by their path, as ``csv.`flights.csv` `` or the path alone.
    private Resolved named(
            LogicalPlan.UnresolvedRelation relation, String format, List<String> paths) {
        @Nullable SourceRange where = relation.where();
        TableSource source =
                analyzer.catalog().open(format, paths, Optional.empty(), Map.of(), where);
        return opened(relation, source).qualified(relation.nameParts());
    }

    private Resolved opened(LogicalPlan written, TableSource source) {
        return Resolved.of(analyzer.made(analyzer.scan(source), written));
    }
}
