package dev.vitrine.engine.api;

import dev.vitrine.engine.catalog.Relation;
import dev.vitrine.engine.catalog.StoredView;
import dev.vitrine.engine.catalog.Table;
import dev.vitrine.engine.catalog.TableColumn;
import dev.vitrine.engine.catalog.View;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.sql.ShowStatement;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// DESCRIBE TABLE, and DESCRIBE of a query.
final class DescribeCommand {
    private final CommandContext commands;

    DescribeCommand(CommandContext commands) {
        this.commands = commands;
    }

    private static List<@Nullable String> row(String name, String type, @Nullable String comment) {
        return Arrays.asList(name, type, comment);
    }

    private static QueryResult answer(CommandContext commands, List<List<@Nullable String>> rows) {
        return commands.strings(List.of("col_name", "data_type", "comment"), rows);
    }

    /// Columns without comments.
    static QueryResult columns(CommandContext commands, Schema schema) {
        return answer(
                commands,
                schema.fields().stream()
                        .map(f -> row(f.name(), f.type().catalogString(), null))
                        .toList());
    }

    QueryResult run(ShowStatement.DescribeTable describe) {
        Relation relation = commands.relation(describe.table(), describe.tableRange());
        List<TableColumn> columns =
                switch (relation) {
                    case Table table -> table.columns();
                    case StoredView view -> view.columns();
                    case View view ->
                            commands
                                    .analyzed(view.plan(), view.context())
                                    .schema()
                                    .fields()
                                    .stream()
                                    .map(TableColumn::of)
                                    .toList();
                };
        if (describe.column().isPresent()) {
            return column(describe, columns, describe.column().get());
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (TableColumn column : columns) {
            rows.add(described(column));
        }
        if (relation instanceof Table table) {
            partitions(table, rows);
            if (!describe.partition().isEmpty()) {
                partition(table, describe, rows);
            }
        }
        if (describe.extended() && describe.partition().isEmpty()) {
            rows.add(row("", "", ""));
            if (!(relation instanceof View)) {
                rows.add(row("# Detailed Table Information", "", ""));
                new TableText(relation)
                        .details()
                        .forEach((name, value) -> rows.add(row(name, value, "")));
            }
            defaults(columns, rows);
        }
        return answer(commands, rows);
    }

    private static List<@Nullable String> described(TableColumn column) {
        return row(column.name(), column.typeName(), column.comment().orElse(null));
    }

    private static void partitions(Table table, List<List<@Nullable String>> rows) {
        if (!table.partitionColumns().isEmpty()) {
            rows.add(row("# Partition Information", "", ""));
            rows.add(row("# col_name", "data_type", "comment"));
            table.partitions().forEach(column -> rows.add(described(column)));
        }
    }

    private void partition(
            Table table, ShowStatement.DescribeTable describe, List<List<@Nullable String>> rows) {
        PartitionValues values = new PartitionValues(commands, table);
        List<String> matching =
                values.matching(values.whole(describe.partition(), describe.tableRange()));
        if (matching.isEmpty()) {
            throw values.notFound(describe.partition(), describe.tableRange());
        }
        if (describe.extended()) {
            String name = matching.getFirst();
            rows.add(row("", "", ""));
            rows.add(row("# Detailed Partition Information", "", ""));
            rows.add(row("Database", table.name().database(), ""));
            rows.add(row("Table", table.name().name(), ""));
            rows.add(row("Partition Values", "[" + name.replace("/", ", ") + "]", ""));
            rows.add(row("Location", TableText.address(table.location() + "/" + name), ""));
        }
    }

    private static void defaults(List<TableColumn> columns, List<List<@Nullable String>> rows) {
        if (columns.stream().anyMatch(c -> c.defaultSql().isPresent())) {
            rows.add(row("", "", ""));
            rows.add(row("# Column Default Values", "", ""));
            for (TableColumn column : columns) {
                column.defaultSql()
                        .ifPresent(sql -> rows.add(row(column.name(), column.typeName(), sql)));
            }
        }
    }

    private QueryResult column(
            ShowStatement.DescribeTable describe, List<TableColumn> columns, List<String> name) {
        if (!describe.partition().isEmpty()) {
            throw new EngineException(
                    ErrorCode.DESC_TABLE_COLUMN_PARTITION, Map.of(), describe.tableRange());
        }
        TableColumn column =
                columns.stream()
                        .filter(c -> c.name().equalsIgnoreCase(name.getLast()))
                        .findFirst()
                        .orElseThrow(() ->
                                new EngineException(
                                        ErrorCode.COLUMN_NOT_FOUND,
                                        Map.of("colName", CommandContext.quoted(name)),
                                        describe.tableRange()));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("col_name", column.name()));
        rows.add(List.of("data_type", column.typeName()));
        rows.add(List.of("comment", column.comment().orElse("NULL")));
        if (describe.extended()) {
            for (String statistic :
                    List.of(
                            "min",
                            "max",
                            "num_nulls",
                            "distinct_count",
                            "avg_col_len",
                            "max_col_len",
                            "histogram")) {
                rows.add(List.of(statistic, "NULL"));
            }
        }
        return commands.strings(List.of("info_name", "info_value"), rows);
    }
}
