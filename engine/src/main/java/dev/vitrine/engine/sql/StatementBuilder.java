package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.types.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads statements.
final class StatementBuilder {
    private final SourceText source;
    private final PlanContext context = new PlanContext();
    private final QueryBuilder queries;

    StatementBuilder(SourceText source) {
        this.source = source;
        this.queries = new QueryBuilder(source, context);
    }

    Statement statement(SqlGrammar.StatementContext node) {
        String text = source.slice(node);
        return switch (node) {
            case SqlGrammar.QueryStatementContext query ->
                    new Statement.Query(queries.query(query.query()), context, text);
            case SqlGrammar.ExplainContext explain ->
                    new Statement.Explain(
                            mode(explain.explainMode()), statement(explain.statement()), text);
            case SqlGrammar.CreateViewContext view -> createView(view, text);
            case SqlGrammar.CreateViewUsingContext view -> createViewUsing(view, text);
            case SqlGrammar.DropViewContext drop ->
                    new Statement.DropView(
                            name(drop.multipart()),
                            drop.EXISTS() != null,
                            source.range(drop.multipart()),
                            text);
            case SqlGrammar.SetStatementContext set -> set(body(set.SET().getText(), text), text);
            case SqlGrammar.ResetContext reset -> {
                String key = body(reset.RESET().getText(), text);
                yield new Statement.ResetSetting(
                        key.isEmpty() ? Optional.empty() : Optional.of(key), text);
            }
            case SqlGrammar.ShowTablesContext show ->
                    new Statement.ShowTables(
                            show.VIEWS() != null,
                            Optional.ofNullable(show.STRING())
                                    .map(s -> Quoting.string(s.getText())),
                            text);
            case SqlGrammar.ShowFunctionsContext show -> {
                Optional<String> pattern =
                        Optional.ofNullable(show.STRING()).map(s -> Quoting.string(s.getText()));
                int identifiers = show.identifier().size();
                boolean afterKeyword =
                        identifiers > 0
                                && show.identifier(identifiers - 1).getStart().getTokenIndex()
                                        > show.FUNCTIONS().getSymbol().getTokenIndex();
                yield new Statement.ShowFunctions(
                        pattern.isEmpty() && afterKeyword
                                ? Optional.of(
                                        Quoting.identifier(
                                                show.identifier(identifiers - 1).getText()))
                                : pattern,
                        text);
            }
            case SqlGrammar.ShowColumnsContext show ->
                    new Statement.ShowColumns(
                            PrimaryBuilder.names(show.multipart().identifier()),
                            source.range(show.multipart()),
                            text);
            case SqlGrammar.DescribeFunctionContext describe ->
                    new Statement.DescribeFunction(
                            Quoting.identifier(describe.functionName().getText()),
                            describe.EXTENDED() != null,
                            text);
            case SqlGrammar.DescribeTableContext describe ->
                    new Statement.DescribeTable(
                            PrimaryBuilder.names(describe.multipart().identifier()),
                            describe.EXTENDED() != null,
                            source.range(describe.multipart()),
                            text);
            case SqlGrammar.CacheTableContext cache -> cacheTable(cache, text);
            case SqlGrammar.UncacheTableContext uncache ->
                    new Statement.UncacheTable(
                            name(uncache.multipart()),
                            uncache.EXISTS() != null,
                            source.range(uncache.multipart()),
                            text);
            case SqlGrammar.ClearCacheContext clear -> new Statement.ClearCache(text);
            default -> throw EngineException.internal("the statement " + node.getText());
        };
    }

    private static ExplainMode mode(SqlGrammar.@Nullable ExplainModeContext node) {
        return node == null
                ? ExplainMode.SIMPLE
                : ExplainMode.valueOf(node.getText().toUpperCase(Locale.ROOT));
    }

    private static EngineException unsupported(String feature, SourceRange where) {
        return new EngineException(
                ErrorCode.UNSUPPORTED_FEATURE, Map.of("feature", feature), where);
    }

    private static String name(SqlGrammar.MultipartContext node) {
        return PrimaryBuilder.names(node.identifier()).stream().collect(Collectors.joining("."));
    }

    private Statement cacheTable(SqlGrammar.CacheTableContext node, String text) {
        if (node.LAZY() != null) {
            throw unsupported("CACHE LAZY TABLE", source.range(node));
        }
        for (SqlGrammar.OptionContext option : node.option()) {
            String key = option.optionKey().getText().replaceAll("['\"]", "");
            String value = option.optionValue().getText().replaceAll("['\"]", "");
            if (!key.equalsIgnoreCase("storageLevel") || !value.equalsIgnoreCase("MEMORY_ONLY")) {
                throw unsupported(
                        "CACHE TABLE with the option " + key + " = " + value, source.range(option));
            }
        }
        String name = name(node.multipart());
        Optional<Statement.CreateView> view =
                node.query() == null
                        ? Optional.empty()
                        : Optional.of(
                                new Statement.CreateView(
                                        name,
                                        List.of(),
                                        queries.query(node.query()),
                                        context,
                                        source.slice(node.query()),
                                        false,
                                        false,
                                        source.range(node.multipart()),
                                        text));
        return new Statement.CacheTable(name, view, source.range(node.multipart()), text);
    }

    private Statement createView(SqlGrammar.CreateViewContext node, String text) {
        if (node.TEMPORARY() == null) {
            throw unsupported("A view that is not TEMPORARY", source.range(node));
        }
        return new Statement.CreateView(
                name(node.multipart()),
                node.identifierList() == null
                        ? List.of()
                        : PrimaryBuilder.names(node.identifierList().identifier()),
                queries.query(node.query()),
                context,
                source.slice(node.query()),
                node.REPLACE() != null,
                node.EXISTS() != null,
                source.range(node.multipart()),
                text);
    }

    private Statement createViewUsing(SqlGrammar.CreateViewUsingContext node, String text) {
        if (node.TEMPORARY() == null) {
            throw unsupported("A view that is not TEMPORARY", source.range(node));
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (SqlGrammar.OptionContext option : node.option()) {
            String key =
                    option.optionKey().identifier().isEmpty()
                            ? Quoting.string(option.optionKey().getText())
                            : PrimaryBuilder.names(option.optionKey().identifier()).stream()
                                    .collect(Collectors.joining("."));
            SqlGrammar.OptionValueContext value = option.optionValue();
            boolean quoted = value.STRING() != null || value.DOUBLE_QUOTED() != null;
            options.put(
                    key.toLowerCase(Locale.ROOT),
                    quoted ? Quoting.string(value.getText()) : value.getText());
        }
        Optional<Schema> schema =
                node.field().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new TypeBuilder(source).schema(node.field()));
        return new Statement.CreateViewUsing(
                name(node.multipart()),
                schema,
                Quoting.identifier(node.identifier().getText()).toLowerCase(Locale.ROOT),
                options,
                node.REPLACE() != null,
                source.range(node.multipart()),
                text);
    }

    /// What stands after a statement's first word, as it is: settings hold whatever characters they
    /// like.
    private static String body(String word, String text) {
        return text.strip().substring(word.length()).strip();
    }

    private static Statement set(String body, String text) {
        int equals = body.indexOf('=');
        if (equals > 0) {
            String value = body.substring(equals + 1).strip();
            return new Statement.SetSetting(body.substring(0, equals).strip(), value, text);
        }
        if (body.isEmpty() || body.equals("-v")) {
            return new Statement.ShowSettings(Optional.empty(), !body.isEmpty(), text);
        }
        return new Statement.ShowSettings(Optional.of(body), false, text);
    }
}
