package dev.vitrine.engine.analysis;

import dev.vitrine.engine.catalog.Relation;
import dev.vitrine.engine.catalog.StoredView;
import dev.vitrine.engine.catalog.Table;
import dev.vitrine.engine.catalog.TableColumn;
import dev.vitrine.engine.catalog.View;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.CommonTypes;
import dev.vitrine.engine.function.ExprEvaluator;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.spi.FolderPartitions;
import dev.vitrine.engine.spi.SaveMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// INSERT: matches the rows' columns with the table's, and becomes a Write of the table's columns.
final class Inserts {
    private final Analyzer analyzer;
    private final ColumnDefaults defaults;

    Inserts(Analyzer analyzer) {
        this.analyzer = analyzer;
        this.defaults = new ColumnDefaults(analyzer);
    }

    LogicalPlan resolve(LogicalPlan.UnresolvedInsert insert, Scope scope) {
        Table table = table(insert);
        Map<String, Expr> fixed = fixed(insert, table);
        List<TableColumn> given = given(insert, table, fixed);
        LogicalPlan query = insert.input();
        if (!insert.byName()) {
            query = defaults.filledIn(query, given);
        }
        LogicalPlan rows = analyzer.exact(analyzer.resolve(query, scope)).plan();
        if (insert.overwrite()) {
            refuseOwnRows(rows, table, insert);
        }
        Map<String, Expr.Attribute> values =
                insert.byName()
                        ? byName(insert, table, rows.output(), fixed)
                        : byPosition(insert, table, given, rows.output(), fixed);
        List<Expr> columns = new ArrayList<>();
        StoreAssignment assignment = new StoreAssignment(analyzer.settings());
        for (TableColumn column : table.columns()) {
            String key = column.name().toLowerCase(Locale.ROOT);
            Expr value = fixed.getOrDefault(key, values.get(key));
            if (value == null) {
                value = defaults.missing(column).orElseThrow(() -> noValue(insert, table, column));
            }
            Expr stored = assignment.assign(value, table, column, insert.where());
            columns.add(new Expr.Alias(stored, column.name(), analyzer.context().newAttributeId()));
        }
        LogicalPlan project = analyzer.made(new LogicalPlan.Project(rows, columns), insert);
        return new LogicalPlan.Write(
                project,
                table.format(),
                table.location(),
                insert.overwrite() ? SaveMode.OVERWRITE : SaveMode.APPEND,
                table.options(),
                partitions(insert, table, fixed));
    }

    private Table table(LogicalPlan.UnresolvedInsert insert) {
        Relation found =
                analyzer.find(insert.table())
                        .orElseThrow(() ->
                                new EngineException(
                                        ErrorCode.TABLE_OR_VIEW_NOT_FOUND,
                                        Map.of(
                                                "relationName",
                                                Scope.quoted(insert.table()),
                                                "suggestion",
                                                ""),
                                        insert.where()));
        return switch (found) {
            case Table table -> table;
            case StoredView view ->
                    throw new EngineException(
                            ErrorCode.EXPECT_TABLE_NOT_VIEW__NO_ALTERNATIVE,
                            Map.of("operation", "INSERT", "viewName", view.name().quoted()),
                            insert.where());
            case View view ->
                    throw new EngineException(
                            ErrorCode.UNSUPPORTED_INSERT__RDD_BASED, Map.of(), insert.where());
        };
    }

    /// The constants of the PARTITION clause, by column in lower case.
    private Map<String, Expr> fixed(LogicalPlan.UnresolvedInsert insert, Table table) {
        Map<String, Expr> fixed = new LinkedHashMap<>();
        for (LogicalPlan.UnresolvedInsert.PartitionValue value : insert.partition()) {
            TableColumn column =
                    table.partitions().stream()
                            .filter(c -> c.name().equalsIgnoreCase(value.column()))
                            .findFirst()
                            .orElseThrow(() ->
                                    new EngineException(
                                            ErrorCode.NON_PARTITION_COLUMN,
                                            Map.of("columnName", "`" + value.column() + "`"),
                                            insert.where()));
            if (value.value().isPresent()) {
                Expr written = value.value().get();
                Expr constant =
                        ColumnDefaults.isDefault(written)
                                ? defaults.of(column)
                                : analyzer.constantExpr(written);
                fixed.put(
                        column.name().toLowerCase(Locale.ROOT),
                        CommonTypes.cast(constant, column.type(), analyzer.mode()));
            }
        }
        return fixed;
    }

    /// The columns that the rows give, in their order.
    private List<TableColumn> given(
            LogicalPlan.UnresolvedInsert insert, Table table, Map<String, Expr> fixed) {
        if (insert.columns().isEmpty()) {
            return table.columns().stream()
                    .filter(c -> !fixed.containsKey(c.name().toLowerCase(Locale.ROOT)))
                    .toList();
        }
        List<TableColumn> given = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String name : insert.columns()) {
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw new EngineException(
                        ErrorCode.COLUMN_ALREADY_EXISTS,
                        Map.of("columnName", "`" + name + "`"),
                        insert.where());
            }
            given.add(
                    table.column(name)
                            .orElseThrow(() ->
                                    new EngineException(
                                            ErrorCode.UNRESOLVED_COLUMN__WITH_SUGGESTION,
                                            Map.of(
                                                    "objectName",
                                                    "`" + name + "`",
                                                    "proposal",
                                                    Suggestions.nearest(
                                                                    name, table.schema().names())
                                                            .toString()),
                                            insert.where())));
        }
        return given;
    }

    private Map<String, Expr.Attribute> byPosition(
            LogicalPlan.UnresolvedInsert insert,
            Table table,
            List<TableColumn> given,
            List<Expr.Attribute> values,
            Map<String, Expr> fixed) {
        if (values.size() != given.size()) {
            throw wrongNumber(insert, table, given, values, fixed);
        }
        Map<String, Expr.Attribute> byColumn = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            byColumn.put(given.get(i).name().toLowerCase(Locale.ROOT), values.get(i));
        }
        return byColumn;
    }

    private static EngineException wrongNumber(
            LogicalPlan.UnresolvedInsert insert,
            Table table,
            List<TableColumn> given,
            List<Expr.Attribute> values,
            Map<String, Expr> fixed) {
        ErrorCode code =
                values.size() < given.size()
                        ? ErrorCode.INSERT_COLUMN_ARITY_MISMATCH__NOT_ENOUGH_DATA_COLUMNS
                        : ErrorCode.INSERT_COLUMN_ARITY_MISMATCH__TOO_MANY_DATA_COLUMNS;
        return new EngineException(
                fixed.isEmpty() ? code : ErrorCode.INSERT_PARTITION_COLUMN_ARITY_MISMATCH,
                Map.of(
                        "tableName",
                        table.name().quoted(),
                        "tableColumns",
                        names(given.stream().map(TableColumn::name).toList()),
                        "dataColumns",
                        names(values.stream().map(Expr.Attribute::name).toList()),
                        "staticPartCols",
                        names(List.copyOf(fixed.keySet()))),
                insert.where());
    }

    private static String names(List<String> names) {
        return names.stream().map(n -> "`" + n + "`").collect(Collectors.joining(", "));
    }

    private Map<String, Expr.Attribute> byName(
            LogicalPlan.UnresolvedInsert insert,
            Table table,
            List<Expr.Attribute> values,
            Map<String, Expr> fixed) {
        Map<String, Expr.Attribute> byColumn = new LinkedHashMap<>();
        List<String> extra = new ArrayList<>();
        for (Expr.Attribute value : values) {
            String key = value.name().toLowerCase(Locale.ROOT);
            if (byColumn.put(key, value) != null) {
                throw new EngineException(
                        ErrorCode.INCOMPATIBLE_DATA_FOR_TABLE__AMBIGUOUS_COLUMN_NAME,
                        Map.of(
                                "tableName",
                                table.name().quoted(),
                                "colName",
                                "`" + value.name() + "`"),
                        insert.where());
            }
            if (table.column(key).isEmpty() || fixed.containsKey(key)) {
                extra.add(value.name());
            }
        }
        if (!extra.isEmpty() && values.size() > table.columns().size() - fixed.size()) {
            throw wrongNumber(
                    insert,
                    table,
                    table.columns().stream()
                            .filter(c -> !fixed.containsKey(c.name().toLowerCase(Locale.ROOT)))
                            .toList(),
                    values,
                    fixed);
        }
        if (!extra.isEmpty()) {
            throw new EngineException(
                    ErrorCode.INCOMPATIBLE_DATA_FOR_TABLE__EXTRA_COLUMNS,
                    Map.of("tableName", table.name().quoted(), "extraColumns", names(extra)),
                    insert.where());
        }
        return byColumn;
    }

    private static EngineException noValue(
            LogicalPlan.UnresolvedInsert insert, Table table, TableColumn column) {
        return new EngineException(
                insert.byName()
                        ? ErrorCode.INCOMPATIBLE_DATA_FOR_TABLE__CANNOT_FIND_DATA
                        : ErrorCode.NO_DEFAULT_COLUMN_VALUE_AVAILABLE,
                Map.of("tableName", table.name().quoted(), "colName", "`" + column.name() + "`"),
                insert.where());
    }

    /// The files that are read would be gone before the last of them is.
    private static void refuseOwnRows(
            LogicalPlan rows, Table table, LogicalPlan.UnresolvedInsert insert) {
        if (TablesRead.reads(rows, table.location())) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_OVERWRITE__TABLE,
                    Map.of("table", table.name().quoted()),
                    insert.where());
        }
    }

    private FolderPartitions partitions(
            LogicalPlan.UnresolvedInsert insert, Table table, Map<String, Expr> fixed) {
        if (table.partitionColumns().isEmpty()) {
            return FolderPartitions.NONE;
        }
        List<@Nullable Object> replaced = new ArrayList<>();
        for (TableColumn column : table.partitions()) {
            Optional<Expr> value =
                    Optional.ofNullable(fixed.get(column.name().toLowerCase(Locale.ROOT)));
            if (value.isEmpty()) {
                break;
            }
            replaced.add(ExprEvaluator.constant(value.get(), analyzer.zone()));
        }
        if (insert.overwrite() && replaced.size() < fixed.size()) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_FEATURE,
                    Map.of("feature", "INSERT OVERWRITE of an inner partition of all outer ones"),
                    insert.where());
        }
        boolean dynamic =
                analyzer.settings().get(Settings.PARTITION_OVERWRITE).equalsIgnoreCase("DYNAMIC");
        return new FolderPartitions(table.partitionColumns(), replaced, dynamic);
    }
}
