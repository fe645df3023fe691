package dev.vitrine.engine.api;

import dev.vitrine.engine.catalog.Table;
import dev.vitrine.engine.catalog.TableColumn;
import dev.vitrine.engine.catalog.TablePartitions;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.spi.FolderPartitions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What PARTITION (…) of a command means for one table.
final class PartitionValues {
    private final CommandContext commands;
    private final Table table;
    private final TablePartitions partitions;

    PartitionValues(CommandContext commands, Table table) {
        this.commands = commands;
        this.table = table;
        this.partitions = new TablePartitions(table);
    }

    TablePartitions partitions() {
        return partitions;
    }

    /// The constants, by partition column in lower case, as values of the columns.
    ///
    /// @throws EngineException NON_PARTITION_COLUMN, CAST_INVALID_INPUT and the like
    Map<String, @Nullable Object> of(
            Map<String, Optional<Expr>> written, @Nullable SourceRange where) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, Optional<Expr>> entry : written.entrySet()) {
            TableColumn column =
                    table.partitions().stream()
                            .filter(c -> c.name().equalsIgnoreCase(entry.getKey()))
                            .findFirst()
                            .orElseThrow(() -> wrongColumns(written, where));
            if (entry.getValue().isPresent()) {
                values.put(
                        column.name().toLowerCase(Locale.ROOT),
                        commands.analyzer()
                                .constant(entry.getValue().get(), column.type())
                                .value());
            }
        }
        return values;
    }

    /// As [#of], for a statement that must name every partition column.
    Map<String, @Nullable Object> whole(Map<String, Optional<Expr>> written, SourceRange where) {
        Map<String, @Nullable Object> values = of(written, where);
        if (values.size() != table.partitionColumns().size()) {
            throw wrongColumns(written, where);
        }
        return values;
    }

    private EngineException wrongColumns(
            Map<String, Optional<Expr>> written, @Nullable SourceRange where) {
        if (table.partitionColumns().isEmpty()) {
            return new EngineException(
                    ErrorCode.INVALID_PARTITION_OPERATION__PARTITION_SCHEMA_IS_EMPTY,
                    Map.of("name", table.name().quoted()),
                    where);
        }
        return new EngineException(
                ErrorCode._LEGACY_ERROR_TEMP_1232,
                Map.of(
                        "specKeys", String.join(", ", written.keySet()),
                        "partitionColumnNames", String.join(", ", table.partitionColumns()),
                        "tableName", table.name().quoted()),
                where);
    }

    /// The table's partitions that have these values.
    List<String> matching(Map<String, @Nullable Object> values) {
        List<String> wanted = new ArrayList<>();
        for (TableColumn column : table.partitions()) {
            String key = column.name().toLowerCase(Locale.ROOT);
            wanted.add(
                    values.containsKey(key)
                            ? FolderPartitions.folderName(column.field(), values.get(key))
                            : "");
        }
        List<String> matching = new ArrayList<>();
        for (String name : partitions.names()) {
            String[] folders = name.split("/");
            boolean all = true;
            for (int i = 0; i < folders.length; i++) {
                all &= wanted.get(i).isEmpty() || wanted.get(i).equals(folders[i]);
            }
            if (all) {
                matching.add(name);
            }
        }
        return matching;
    }

    EngineException notFound(Map<String, Optional<Expr>> written, SourceRange where) {
        return new EngineException(
                ErrorCode.PARTITIONS_NOT_FOUND,
                Map.of(
                        "partitionList", text(written),
                        "tableName", table.name().quoted()),
                where);
    }

    static String text(Map<String, Optional<Expr>> written) {
        List<String> parts = new ArrayList<>();
        written.forEach((column, value) ->
                parts.add("`" + column + "`" + value.map(v -> " = " + v.sql()).orElse("")));
        return "PARTITION (" + String.join(", ", parts) + ")";
    }
}
