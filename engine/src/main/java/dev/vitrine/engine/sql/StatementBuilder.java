package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/// Reads statements.
final class StatementBuilder {
    private static final Pattern KEY = Pattern.compile("[^\\s;=]+");

    private final PlanContext context = new PlanContext();
    private final QueryBuilder queries;
    private final StatementParts parts;
    private final TableStatements tables;
    private final RoutineStatements routines;
    private final ShowStatements shows;

    StatementBuilder(SourceText source) {
        this.queries = new QueryBuilder(source, context);
        this.parts = new StatementParts(source, context, queries);
        this.tables = new TableStatements(parts);
        this.routines = new RoutineStatements(parts);
        this.shows = new ShowStatements(parts);
    }

    private SourceRange range(ParserRuleContext node) {
        return parts.range(node);
    }

    Statement statement(SqlGrammar.StatementContext node) {
        String text = parts.slice(node);
        return switch (node) {
            case SqlGrammar.QueryStatementContext query ->
                    new Statement.Query(queries.query(query.query()), context, text);
            case SqlGrammar.ExplainContext explain ->
                    new Statement.Explain(
                            mode(explain.explainMode()), statement(explain.statement()), text);
            case SqlGrammar.InsertStatementContext insert -> tables.insert(insert.insert(), text);
            case SqlGrammar.CreateTableContext create -> tables.create(create, text);
            case SqlGrammar.CreateTableLikeContext create -> tables.createLike(create, text);
            case SqlGrammar.ReplaceTableContext replace ->
                    throw tables.replaced(replace.multipart(0));
            case SqlGrammar.AlterTableContext alter -> tables.alter(alter, text);
            case SqlGrammar.AlterViewContext alter -> tables.alterView(alter, text);
            case SqlGrammar.TruncateTableContext truncate -> tables.truncate(truncate, text);
            case SqlGrammar.CreateFunctionContext create -> routines.create(create, text);
            case SqlGrammar.DropFunctionContext drop -> routines.drop(drop, text);
            case SqlGrammar.DeclareVariableContext declare -> routines.declare(declare, text);
            case SqlGrammar.SetVariableContext set -> routines.set(set, text);
            case SqlGrammar.ExecuteImmediateContext execute -> routines.execute(execute, text);
            case SqlGrammar.SetVariablesContext set -> routines.set(set, text);
            case SqlGrammar.ShowFunctionsContext show -> shows.functions(show, text);
            case SqlGrammar.ShowColumnsContext show -> shows.columns(show, text);
            case SqlGrammar.DescribeFunctionContext d -> shows.describeFunction(d, text);
            case SqlGrammar.DescribeTableContext d -> shows.describeTable(d, text);
            default -> oneName(node, text);
        };
    }

    /// Statements of little more than a name.
    private Statement oneName(SqlGrammar.StatementContext node, String text) {
        return switch (node) {
            case SqlGrammar.DropTableContext drop ->
                    new TableStatement.Drop(
                            StatementParts.names(drop.multipart()),
                            drop.EXISTS() != null,
                            range(drop.multipart()),
                            text);
            case SqlGrammar.RepairTableContext repair -> recover(repair.multipart(), text);
            case SqlGrammar.RecoverPartitionsContext recover -> recover(recover.multipart(), text);
            case SqlGrammar.AlterViewPropertiesContext alter ->
                    new TableStatement.Alter(
                            StatementParts.names(alter.multipart()),
                            true,
                            TableStatements.properties(alter.propertyChange()),
                            range(alter.multipart()),
                            text);
            case SqlGrammar.RefreshTableContext refresh ->
                    new TableStatement.Refresh(
                            StatementParts.names(refresh.multipart()),
                            range(refresh.multipart()),
                            text);
            case SqlGrammar.RefreshPathContext refresh ->
                    new TableStatement.Refresh(List.of(), range(refresh), text);
            case SqlGrammar.RefreshFunctionContext refresh ->
                    new RoutineStatement.RefreshFunction(
                            StatementParts.names(refresh.multipart()),
                            range(refresh.multipart()),
                            text);
            case SqlGrammar.AnalyzeTableContext analyze ->
                    new TableStatement.Analyze(
                            StatementParts.names(analyze.multipart(0)),
                            analyze.multipart().stream()
                                    .skip(1)
                                    .map(m -> String.join(".", StatementParts.names(m)))
                                    .toList(),
                            range(analyze.multipart(0)),
                            text);
            case SqlGrammar.AnalyzeTablesContext analyze ->
                    new TableStatement.Refresh(List.of(), range(analyze), text);
            case SqlGrammar.CommentOnContext comment -> comment(comment, text);
            case SqlGrammar.DropVariableContext drop ->
                    new RoutineStatement.DropVariable(
                            StatementParts.names(drop.multipart()),
                            drop.EXISTS() != null,
                            range(drop.multipart()),
                            text);
            case SqlGrammar.CreateDatabaseContext create -> createDatabase(create, text);
            case SqlGrammar.AlterDatabaseContext alter -> alterDatabase(alter, text);
            case SqlGrammar.DropDatabaseContext drop ->
                    new DatabaseStatement.Drop(
                            StatementParts.names(drop.multipart()),
                            drop.EXISTS() != null,
                            drop.CASCADE() != null,
                            range(drop.multipart()),
                            text);
            case SqlGrammar.UseDatabaseContext use ->
                    new DatabaseStatement.Use(
                            StatementParts.names(use.multipart()), range(use.multipart()), text);
            case SqlGrammar.SetCatalogContext set ->
                    new DatabaseStatement.UseCatalog(
                            set.identifier() == null
                                    ? LiteralBuilder.string(set.string())
                                    : StatementParts.name(set.identifier()),
                            text);
            default -> view(node, text);
        };
    }

    private Statement recover(SqlGrammar.MultipartContext name, String text) {
        return new TableStatement.Alter(
                StatementParts.names(name),
                false,
                new TableStatement.Change.RecoverPartitions(),
                range(name),
                text);
    }

    private Statement view(SqlGrammar.StatementContext node, String text) {
        return switch (node) {
            case SqlGrammar.CreateViewContext view -> createView(view, text);
            case SqlGrammar.CreateViewUsingContext view -> createViewUsing(view, text);
            case SqlGrammar.DropViewContext drop ->
                    new Statement.DropView(
                            StatementParts.names(drop.multipart()),
                            drop.EXISTS() != null,
                            range(drop.multipart()),
                            text);
            case SqlGrammar.CacheTableContext cache -> cacheTable(cache, text);
            case SqlGrammar.UncacheTableContext uncache ->
                    new Statement.UncacheTable(
                            StatementParts.names(uncache.multipart()),
                            uncache.EXISTS() != null,
                            range(uncache.multipart()),
                            text);
            case SqlGrammar.ClearCacheContext clear -> new Statement.ClearCache(text);
            case SqlGrammar.SetTimeZoneContext zone -> timeZone(zone, text);
            case SqlGrammar.SetStatementContext set -> set(body(set.SET().getText(), text), text);
            case SqlGrammar.ResetContext reset -> {
                String key = body(reset.RESET().getText(), text);
                yield new Statement.ResetSetting(
                        key.isEmpty() ? Optional.empty() : Optional.of(key), text);
            }
            default -> show(node, text);
        };
    }

    private Statement show(SqlGrammar.StatementContext node, String text) {
        return switch (node) {
            case SqlGrammar.ShowTablesContext show ->
                    new ShowStatement.Tables(
                            show.VIEWS() != null,
                            StatementParts.optionalNames(show.multipart()),
                            StatementParts.string(show.string()),
                            text);
            case SqlGrammar.ShowTableExtendedContext show ->
                    new ShowStatement.TableExtended(
                            StatementParts.optionalNames(show.multipart()),
                            LiteralBuilder.string(show.string()),
                            parts.partition(show.partitionSpec()),
                            text);
            case SqlGrammar.ShowDatabasesContext show ->
                    new ShowStatement.Databases(StatementParts.string(show.string()), text);
            case SqlGrammar.ShowCurrentDatabaseContext show ->
                    new ShowStatement.CurrentDatabase(text);
            case SqlGrammar.ShowCatalogsContext show ->
                    new ShowStatement.Catalogs(StatementParts.string(show.string()), text);
            case SqlGrammar.ShowTablePropertiesContext show ->
                    new ShowStatement.TableProperties(
                            StatementParts.names(show.multipart()),
                            Optional.ofNullable(show.propertyKey())
                                    .map(k -> StatementParts.key(k.optionKey())),
                            range(show.multipart()),
                            text);
            case SqlGrammar.ShowPartitionsContext show ->
                    new ShowStatement.Partitions(
                            StatementParts.names(show.multipart()),
                            parts.partition(show.partitionSpec()),
                            range(show.multipart()),
                            text);
            case SqlGrammar.ShowCreateTableContext show ->
                    new ShowStatement.CreateTable(
                            StatementParts.names(show.multipart()), range(show.multipart()), text);
            case SqlGrammar.DescribeDatabaseContext describe ->
                    new ShowStatement.DescribeDatabase(
                            StatementParts.names(describe.multipart()),
                            describe.EXTENDED() != null,
                            range(describe.multipart()),
                            text);
            case SqlGrammar.DescribeQueryContext describe ->
                    new ShowStatement.DescribeQuery(queries.query(describe.query()), context, text);
            default -> throw EngineException.internal("the statement " + node.getText());
        };
    }

    private static ExplainMode mode(SqlGrammar.@Nullable ExplainModeContext node) {
        return node == null
                ? ExplainMode.SIMPLE
                : ExplainMode.valueOf(node.getText().toUpperCase(Locale.ROOT));
    }

    private Statement cacheTable(SqlGrammar.CacheTableContext node, String text) {
        // Other options are passed over, as by Spark.
        Optional<String> level =
                Optional.ofNullable(StatementParts.options(node.properties()).get("storagelevel"));
        List<String> name = StatementParts.names(node.multipart());
        Optional<Statement.CreateView> view =
                node.query() == null
                        ? Optional.empty()
                        : Optional.of(
                                new Statement.CreateView(
                                        name,
                                        Statement.ViewLife.SESSION,
                                        List.of(),
                                        List.of(),
                                        Optional.empty(),
                                        Map.of(),
                                        queries.query(node.query()),
                                        context,
                                        parts.slice(node.query()),
                                        false,
                                        false,
                                        range(node.multipart()),
                                        text));
        return new Statement.CacheTable(
                name, view, node.LAZY() != null, level, range(node.multipart()), text);
    }

    private Statement comment(SqlGrammar.CommentOnContext node, String text) {
        List<String> name = StatementParts.names(node.multipart());
        Optional<String> comment = StatementParts.string(node.string());
        SourceRange where = range(node.multipart());
        if (node.COLUMN() != null) {
            if (name.size() < 2) {
                throw parts.unsupported("COMMENT ON COLUMN without a table's name", node);
            }
            return new TableStatement.Alter(
                    name.subList(0, name.size() - 1),
                    false,
                    new TableStatement.Change.AlterColumn(
                            name.getLast(),
                            new TableStatement.ColumnChange.SetComment(comment.orElse(""))),
                    where,
                    text);
        }
        return node.TABLE() != null
                ? new TableStatement.SetTableComment(name, comment, where, text)
                : new DatabaseStatement.SetComment(name, comment, where, text);
    }

    private Statement createDatabase(SqlGrammar.CreateDatabaseContext node, String text) {
        Optional<String> comment = Optional.empty();
        Optional<String> location = Optional.empty();
        Map<String, String> properties = new LinkedHashMap<>();
        for (SqlGrammar.DatabaseClauseContext clause : node.databaseClause()) {
            if (clause.COMMENT() != null) {
                comment = StatementParts.string(clause.string());
            } else if (clause.LOCATION() != null) {
                location = StatementParts.string(clause.string());
            } else {
                properties.putAll(StatementParts.properties(clause.properties()));
            }
        }
        return new DatabaseStatement.Create(
                StatementParts.names(node.multipart()),
                node.EXISTS() != null,
                comment,
                location,
                properties,
                range(node.multipart()),
                text);
    }

    private Statement alterDatabase(SqlGrammar.AlterDatabaseContext node, String text) {
        List<String> name = StatementParts.names(node.multipart());
        SourceRange where = range(node.multipart());
        if (node.LOCATION() != null) {
            return new DatabaseStatement.SetLocation(
                    name, LiteralBuilder.string(node.string()), where, text);
        }
        return node.properties() != null
                ? new DatabaseStatement.SetProperties(
                        name, StatementParts.properties(node.properties()), where, text)
                : new DatabaseStatement.UnsetProperties(
                        name, StatementParts.keys(node.propertyKeys()), where, text);
    }

    private Statement createView(SqlGrammar.CreateViewContext node, String text) {
        Optional<String> comment = Optional.empty();
        Map<String, String> properties = new LinkedHashMap<>();
        for (SqlGrammar.ViewClauseContext clause : node.viewClause()) {
            if (clause.COMMENT() != null) {
                comment = StatementParts.string(clause.string());
            } else if (clause.properties() != null) {
                properties.putAll(StatementParts.properties(clause.properties()));
            }
        }
        List<SqlGrammar.ViewColumnContext> columns =
                node.viewColumns() == null ? List.of() : node.viewColumns().viewColumn();
        return new Statement.CreateView(
                StatementParts.names(node.multipart()),
                life(node.TEMPORARY() != null, node.GLOBAL() != null),
                columns.stream().map(c -> StatementParts.name(c.identifier())).toList(),
                columns.stream().map(c -> StatementParts.string(c.string())).toList(),
                comment,
                properties,
                queries.query(node.query()),
                context,
                parts.slice(node.query()),
                node.REPLACE() != null,
                node.EXISTS() != null,
                range(node.multipart()),
                text);
    }

    private static Statement.ViewLife life(boolean temporary, boolean global) {
        if (global) {
            return Statement.ViewLife.GLOBAL;
        }
        return temporary ? Statement.ViewLife.SESSION : Statement.ViewLife.STORED;
    }

    private Statement createViewUsing(SqlGrammar.CreateViewUsingContext node, String text) {
        if (node.TEMPORARY() == null) {
            throw parts.unsupported("A view over files that is not TEMPORARY", node);
        }
        Optional<Schema> schema =
                node.field().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new TypeBuilder(parts.source()).schema(node.field()));
        return new Statement.CreateViewUsing(
                StatementParts.names(node.multipart(0)),
                life(true, node.GLOBAL() != null),
                schema,
                String.join(".", StatementParts.names(node.multipart(1))).toLowerCase(Locale.ROOT),
                StatementParts.options(node.properties()),
                node.REPLACE() != null,
                range(node.multipart(0)),
                text);
    }

    /// SET TIME ZONE 'Europe/Paris', LOCAL, or an interval.
    private Statement timeZone(SqlGrammar.SetTimeZoneContext node, String text) {
        String key = dev.vitrine.engine.settings.Settings.TIME_ZONE.key();
        if (node.identifier() != null) {
            if (!node.identifier().getText().equalsIgnoreCase("LOCAL")) {
                throw new EngineException(
                        ErrorCode.PARSE_SYNTAX_ERROR,
                        Map.of("error", "'" + node.identifier().getText() + "'"),
                        range(node.identifier()));
            }
            return new Statement.SetSetting(key, java.time.ZoneId.systemDefault().getId(), text);
        }
        Expr value = new LiteralBuilder(parts.source()).literal(node.literal());
        if (value instanceof Expr.Literal(String zone, var type)) {
            return new Statement.SetSetting(key, zone, text);
        }
        if (value instanceof Expr.Literal(Long micros, DataType.DayTimeInterval type)
                && micros % 1_000_000 == 0
                && Math.abs(micros) <= 18L * 3_600_000_000L) {
            return new Statement.SetSetting(
                    key,
                    java.time.ZoneOffset.ofTotalSeconds((int) (micros / 1_000_000)).getId(),
                    text);
        }
        throw new EngineException(
                ErrorCode.INVALID_INTERVAL_FORMAT__TIMEZONE_INTERVAL_OUT_OF_RANGE,
                Map.of("input", parts.slice(node.literal())),
                range(node.literal()));
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
            String key = body.substring(0, equals).strip().replace("`", "");
            if (!KEY.matcher(key).matches()) {
                throw new EngineException(
                        ErrorCode.INVALID_SET_SYNTAX, Map.of(), new SourceRange(0, text.length()));
            }
            return new Statement.SetSetting(key, value, text);
        }
        if (body.isEmpty() || body.equals("-v")) {
            return new Statement.ShowSettings(Optional.empty(), !body.isEmpty(), text);
        }
        if (!KEY.matcher(body.replace("`", "")).matches()) {
            throw new EngineException(
                    ErrorCode.INVALID_SET_SYNTAX, Map.of(), new SourceRange(0, text.length()));
        }
        return new Statement.ShowSettings(Optional.of(body.replace("`", "")), false, text);
    }
}
