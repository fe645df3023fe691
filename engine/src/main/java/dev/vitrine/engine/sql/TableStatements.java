package dev.vitrine.engine.sql;

import dev.vitrine.engine.catalog.TableColumn;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.Origin;
import dev.vitrine.engine.spi.FolderPartitions;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.engine.sql.TableStatement.Change;
import dev.vitrine.engine.sql.TableStatement.ColumnChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/// Reads the statements that make, fill and change tables.
final class TableStatements {
    private final StatementParts parts;

    TableStatements(StatementParts parts) {
        this.parts = parts;
    }

    private SourceRange range(ParserRuleContext node) {
        return parts.range(node);
    }

    Statement insert(SqlGrammar.InsertContext node, String text) {
        LogicalPlan query = parts.queries().query(node.query());
        if (node.with() != null) {
            query = parts.queries().with(node.with(), query);
        }
        if (node.DIRECTORY() != null) {
            return directory(node, query, text);
        }
        List<LogicalPlan.UnresolvedInsert.PartitionValue> partition =
                parts.partition(node.partitionSpec()).entrySet().stream()
                        .map(e ->
                                new LogicalPlan.UnresolvedInsert.PartitionValue(
                                        e.getKey(), e.getValue()))
                        .toList();
        LogicalPlan insert =
                new LogicalPlan.UnresolvedInsert(
                        query,
                        StatementParts.names(node.multipart()),
                        node.identifierList() == null
                                ? List.of()
                                : StatementParts.names(node.identifierList()),
                        node.NAME() != null,
                        node.OVERWRITE() != null,
                        partition,
                        node.EXISTS() != null,
                        range(node.multipart()));
        parts.context().mark(insert, Origin.ofSql(range(node)));
        return new Statement.Insert(insert, parts.context(), text);
    }

    /// Rows for a folder that is no table's.
    private Statement directory(SqlGrammar.InsertContext node, LogicalPlan query, String text) {
        Map<String, String> options =
                node.properties() == null
                        ? new HashMap<>()
                        : new HashMap<>(StatementParts.options(node.properties()));
        String inOptions = options.remove("path");
        if ((node.path == null) == (inOptions == null)) {
            throw new EngineException(ErrorCode._LEGACY_ERROR_TEMP_0032, Map.of(), range(node));
        }
        LogicalPlan write =
                new LogicalPlan.Write(
                        query,
                        String.join(".", StatementParts.names(node.format)),
                        node.path == null ? inOptions : LiteralBuilder.string(node.path),
                        SaveMode.OVERWRITE,
                        options,
                        FolderPartitions.NONE);
        parts.context().mark(write, Origin.ofSql(range(node)));
        return new Statement.Insert(write, parts.context(), text);
    }

    Statement create(SqlGrammar.CreateTableContext node, String text) {
        if (node.REPLACE() != null) {
            throw replaced(node.multipart(0));
        }
        List<SqlGrammar.MultipartContext> names = node.multipart();
        TableStatement.Definition definition =
                definition(
                        node.columnDefinition(),
                        node.format,
                        node.tableClause(),
                        node.EXTERNAL() != null);
        if (node.query() != null && !definition.columns().isEmpty()) {
            throw new EngineException(
                    ErrorCode._LEGACY_ERROR_TEMP_0035,
                    Map.of("message", "Columns beside the query of CREATE TABLE … AS"),
                    range(node));
        }
        return new TableStatement.Create(
                StatementParts.names(names.getFirst()),
                definition,
                Optional.ofNullable(node.query()).map(parts.queries()::query),
                parts.context(),
                node.EXISTS() != null,
                range(names.getFirst()),
                text);
    }

    /// Tables of files cannot be replaced in one step, in Spark as here.
    EngineException replaced(SqlGrammar.MultipartContext name) {
        return operation(StatementParts.names(name), "REPLACE TABLE", range(name));
    }

    static EngineException operation(List<String> table, String operation, SourceRange where) {
        return new EngineException(
                ErrorCode.UNSUPPORTED_FEATURE__TABLE_OPERATION,
                Map.of("tableName", "`" + String.join("`.`", table) + "`", "operation", operation),
                where);
    }

    Statement createLike(SqlGrammar.CreateTableLikeContext node, String text) {
        return new TableStatement.CreateLike(
                StatementParts.names(node.target),
                StatementParts.names(node.likeSource),
                definition(List.of(), node.format, node.tableClause(), false),
                node.EXISTS() != null,
                range(node.target),
                text);
    }

    private TableStatement.Definition definition(
            List<SqlGrammar.ColumnDefinitionContext> written,
            SqlGrammar.@Nullable MultipartContext using,
            List<SqlGrammar.TableClauseContext> clauses,
            boolean external) {
        List<TableStatement.PartitionColumn> partitions = new ArrayList<>();
        Optional<String> format =
                Optional.ofNullable(using)
                        .map(f -> String.join(".", StatementParts.names(f)))
                        .map(f -> f.toLowerCase(Locale.ROOT));
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, String> properties = new LinkedHashMap<>();
        Optional<String> location = Optional.empty();
        Optional<String> comment = Optional.empty();
        for (SqlGrammar.TableClauseContext clause : clauses) {
            switch (clause) {
                case SqlGrammar.PartitionedByContext by ->
                        by.partitionColumn().forEach(c -> partitions.add(partitionColumn(c)));
                case SqlGrammar.TableOptionsContext o ->
                        options.putAll(StatementParts.options(o.properties()));
                case SqlGrammar.TablePropertiesContext p ->
                        properties.putAll(StatementParts.properties(p.properties()));
                case SqlGrammar.TableLocationContext l -> {
                    once(location, "LOCATION", l);
                    location = StatementParts.string(l.string());
                }
                case SqlGrammar.TableCommentContext c -> {
                    once(comment, "COMMENT", c);
                    comment = StatementParts.string(c.string());
                }
                case SqlGrammar.StoredAsContext s ->
                        format =
                                Optional.of(
                                        StatementParts.name(s.identifier())
                                                .toLowerCase(Locale.ROOT));
                case SqlGrammar.RowFormatContext r ->
                        throw parts.unsupported("ROW FORMAT SERDE", r);
                case SqlGrammar.ClusteredByContext c -> throw parts.unsupported("CLUSTERED BY", c);
                case SqlGrammar.ClusterByContext c -> throw parts.unsupported("CLUSTER BY", c);
                default -> throw EngineException.internal("the clause " + clause.getText());
            }
        }
        String path = options.remove("path");
        if (path != null && location.isEmpty()) {
            location = Optional.of(path);
        }
        return new TableStatement.Definition(
                written.stream().map(parts::column).toList(),
                partitions,
                format,
                options,
                properties,
                location,
                comment,
                external);
    }

    private void once(Optional<String> before, String clause, ParserRuleContext node) {
        if (before.isPresent()) {
            throw new EngineException(
                    ErrorCode.DUPLICATE_CLAUSES, Map.of("clauseName", clause), range(node));
        }
    }

    private TableStatement.PartitionColumn partitionColumn(SqlGrammar.PartitionColumnContext node) {
        if (node.columnDefinition() != null) {
            TableColumn column = parts.column(node.columnDefinition());
            return new TableStatement.PartitionColumn(column.name(), Optional.of(column));
        }
        if (node.LPAREN() != null) {
            throw operation(List.of(), "partitions by expressions", range(node));
        }
        return new TableStatement.PartitionColumn(
                StatementParts.name(node.identifier()), Optional.empty());
    }

    Statement alter(SqlGrammar.AlterTableContext node, String text) {
        return new TableStatement.Alter(
                StatementParts.names(node.multipart()),
                false,
                change(node.tableChange()),
                range(node.multipart()),
                text);
    }

    private Change change(SqlGrammar.TableChangeContext node) {
        return switch (node) {
            case SqlGrammar.RenameTableContext r ->
                    new Change.RenameTo(StatementParts.names(r.multipart()));
            case SqlGrammar.RenamePartitionContext r ->
                    new Change.RenamePartition(
                            parts.partition(r.partitionSpec(0)),
                            parts.partition(r.partitionSpec(1)));
            case SqlGrammar.AddColumnsContext a -> addColumns(a);
            case SqlGrammar.RenameColumnContext r -> new Change.Unsupported("RENAME COLUMN");
            case SqlGrammar.DropColumnsContext d -> new Change.Unsupported("DROP COLUMN");
            case SqlGrammar.AlterColumnContext a -> alterColumn(a);
            case SqlGrammar.ChangeColumnContext c -> {
                if (c.columnPlace() != null) {
                    yield new Change.Unsupported("ALTER COLUMN ... FIRST | AFTER");
                }
                TableColumn column = parts.column(c.columnDefinition());
                if (!column.name().equalsIgnoreCase(c.multipart().getText().replace("`", ""))) {
                    yield new Change.Unsupported("RENAME COLUMN");
                }
                yield new Change.AlterColumn(column.name(), new ColumnChange.SetType(column));
            }
            case SqlGrammar.ReplaceColumnsContext r -> new Change.Unsupported("REPLACE COLUMNS");
            case SqlGrammar.TablePropertyChangeContext p -> properties(p.propertyChange());
            case SqlGrammar.SetLocationContext l -> {
                if (l.partitionSpec() != null) {
                    yield new Change.Unsupported("PARTITION SET LOCATION");
                }
                yield new Change.SetLocation(LiteralBuilder.string(l.string()));
            }
            case SqlGrammar.AddPartitionsContext a -> {
                if (!a.string().isEmpty()) {
                    yield new Change.Unsupported("ADD PARTITION ... LOCATION");
                }
                yield new Change.AddPartitions(
                        a.partitionSpec().stream().map(parts::partition).toList(),
                        a.EXISTS() != null);
            }
            case SqlGrammar.DropPartitionsContext d ->
                    new Change.DropPartitions(
                            d.partitionSpec().stream().map(parts::partition).toList(),
                            d.EXISTS() != null);
            case SqlGrammar.SetSerdeContext s -> new Change.Unsupported("SET SERDE");
            case SqlGrammar.AlterClusterByContext c -> new Change.Unsupported("CLUSTER BY");
            default -> throw EngineException.internal("the change " + node.getText());
        };
    }

    private Change addColumns(SqlGrammar.AddColumnsContext node) {
        List<TableColumn> columns = new ArrayList<>();
        for (SqlGrammar.AddedColumnContext added : node.addedColumn()) {
            List<String> name = StatementParts.names(added.multipart());
            if (name.size() > 1 || added.columnPlace() != null) {
                return new Change.Unsupported(
                        name.size() > 1
                                ? "ADD COLUMN with qualified column"
                                : "ADD COLUMN ... FIRST | AFTER");
            }
            TableColumn column =
                    parts.column(name.getFirst(), added.dataType(), added.columnClause());
            if (!column.nullable()) {
                return new Change.Unsupported("ADD COLUMN with NOT NULL");
            }
            columns.add(column);
        }
        return new Change.AddColumns(columns);
    }

    private Change alterColumn(SqlGrammar.AlterColumnContext node) {
        List<String> column = StatementParts.names(node.multipart());
        if (column.size() > 1) {
            return new Change.Unsupported("ALTER COLUMN with qualified column");
        }
        SqlGrammar.ColumnChangeContext change = node.columnChange();
        if (change.columnPlace() != null) {
            return new Change.Unsupported("ALTER COLUMN ... FIRST | AFTER");
        }
        if (change.NULL() != null) {
            return new Change.Unsupported(
                    change.SET() != null
                            ? "ALTER COLUMN ... SET NOT NULL"
                            : "ALTER COLUMN ... DROP NOT NULL");
        }
        ColumnChange asked;
        if (change.dataType() != null) {
            asked =
                    new ColumnChange.SetType(
                            parts.column(column.getFirst(), change.dataType(), List.of()));
        } else if (change.string() != null) {
            asked = new ColumnChange.SetComment(LiteralBuilder.string(change.string()));
        } else {
            asked =
                    new ColumnChange.SetDefault(
                            Optional.ofNullable(change.expression()).map(parts::slice));
        }
        return new Change.AlterColumn(column.getFirst(), asked);
    }

    static Change properties(SqlGrammar.PropertyChangeContext node) {
        return node.SET() != null
                ? new Change.SetProperties(StatementParts.properties(node.properties()))
                : new Change.UnsetProperties(
                        StatementParts.keys(node.propertyKeys()), node.EXISTS() != null);
    }

    Statement alterView(SqlGrammar.AlterViewContext node, String text) {
        Change change =
                node.query() == null
                        ? new Change.RenameTo(StatementParts.names(node.to))
                        : new Change.SetQuery(
                                parts.queries().query(node.query()),
                                parts.context(),
                                parts.slice(node.query()));
        SqlGrammar.MultipartContext name = node.multipart(0);
        return new TableStatement.Alter(
                StatementParts.names(name), true, change, range(name), text);
    }

    Statement truncate(SqlGrammar.TruncateTableContext node, String text) {
        Map<String, Optional<Expr>> partition = parts.partition(node.partitionSpec());
        return new TableStatement.Truncate(
                StatementParts.names(node.multipart()), partition, range(node.multipart()), text);
    }
}
