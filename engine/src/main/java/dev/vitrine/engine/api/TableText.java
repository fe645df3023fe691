package dev.vitrine.engine.api;

import dev.vitrine.engine.catalog.QualifiedName;
import dev.vitrine.engine.catalog.Relation;
import dev.vitrine.engine.catalog.StoredView;
import dev.vitrine.engine.catalog.Table;
import dev.vitrine.engine.catalog.TableColumn;
import dev.vitrine.engine.catalog.View;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.sql.SqlText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is known of a table or view as text: the statement that makes it, and its details.
final class TableText {
    private final Relation relation;

    TableText(Relation relation) {
        this.relation = relation;
    }

    /// A folder as an address, `file:/data/sales`.
    static String address(String folder) {
        return "file:" + Path.of(folder).toAbsolutePath().toString().replace('\\', '/');
    }

    // SHOW CREATE TABLE

    String createStatement(SourceRange where) {
        return switch (relation) {
            case Table table -> of(table);
            case StoredView view -> of(view);
            case View view ->
                    throw new EngineException(
                            ErrorCode._LEGACY_ERROR_TEMP_1270,
                            Map.of("table", "`" + view.name() + "`"),
                            where);
        };
    }

    private static String name(QualifiedName name) {
        return name.parts().stream().map(SqlText::quoted).collect(Collectors.joining("."));
    }

    private static String string(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String of(Table table) {
        StringBuilder text =
                new StringBuilder("CREATE TABLE ").append(name(table.name())).append(" (\n  ");
        text.append(
                        table.columns().stream()
                                .map(TableText::column)
                                .collect(Collectors.joining(",\n  ")))
                .append(")\nUSING ")
                .append(table.format())
                .append('\n');
        properties("OPTIONS", table.options(), text);
        if (!table.partitionColumns().isEmpty()) {
            text.append("PARTITIONED BY (")
                    .append(
                            table.partitionColumns().stream()
                                    .map(SqlText::quoted)
                                    .collect(Collectors.joining(", ")))
                    .append(")\n");
        }
        comment(table.comment(), text);
        if (table.external()) {
            text.append("LOCATION ").append(string(address(table.location()))).append('\n');
        }
        properties("TBLPROPERTIES", table.properties(), text);
        return text.toString();
    }

    private static String column(TableColumn column) {
        return SqlText.quoted(column.name())
                + " "
                + column.typeSql()
                + (column.nullable() ? "" : " NOT NULL")
                + column.defaultSql().map(sql -> " DEFAULT " + sql).orElse("")
                + column.comment().map(c -> " COMMENT " + string(c)).orElse("");
    }

    private static String of(StoredView view) {
        StringBuilder text =
                new StringBuilder("CREATE VIEW ").append(name(view.name())).append(" (\n  ");
        text.append(
                        view.columns().stream()
                                .map(c ->
                                        SqlText.quoted(c.name())
                                                + c.comment()
                                                        .map(t -> " COMMENT " + string(t))
                                                        .orElse(""))
                                .collect(Collectors.joining(",\n  ")))
                .append(")\n");
        comment(view.comment(), text);
        properties("TBLPROPERTIES", view.properties(), text);
        return text.append("WITH SCHEMA COMPENSATION\nAS ")
                .append(view.sql())
                .append('\n')
                .toString();
    }

    private static void comment(Optional<String> comment, StringBuilder text) {
        comment.ifPresent(c -> text.append("COMMENT ").append(string(c)).append('\n'));
    }

    private static void properties(
            String clause, Map<String, String> properties, StringBuilder text) {
        if (!properties.isEmpty()) {
            text.append(clause)
                    .append(
                            properties.entrySet().stream()
                                    .map(e -> string(e.getKey()) + " = " + string(e.getValue()))
                                    .collect(Collectors.joining(",\n  ", " (\n  ", ")\n")));
        }
    }

    // DESCRIBE EXTENDED

    /// Names and values in the order shown; none for temporary views.
    Map<String, String> details() {
        Map<String, String> details = new LinkedHashMap<>();
        switch (relation) {
            case Table table -> {
                named(table.name(), table.createdMillis(), details);
                details.put("Type", table.external() ? "EXTERNAL" : "MANAGED");
                details.put("Provider", table.format());
                table.comment().ifPresent(c -> details.put("Comment", c));
                properties(table.properties(), details);
                details.put("Location", address(table.location()));
                if (!table.options().isEmpty()) {
                    details.put("Storage Properties", list(table.options()));
                }
                if (!table.partitionColumns().isEmpty()) {
                    details.put("Partition Provider", "Catalog");
                }
            }
            case StoredView view -> {
                named(view.name(), view.createdMillis(), details);
                details.put("Type", "VIEW");
                view.comment().ifPresent(c -> details.put("Comment", c));
                properties(view.properties(), details);
                details.put("View Text", view.sql());
                details.put("View Original Text", view.sql());
                details.put("View Schema Mode", "COMPENSATION");
                details.put(
                        "View Catalog and Namespace",
                        QualifiedName.CATALOG + "." + view.database());
                details.put(
                        "View Query Output Columns",
                        view.columns().stream()
                                .map(c -> "`" + c.name() + "`")
                                .collect(Collectors.joining(", ", "[", "]")));
            }
            case View view -> {}
        }
        return details;
    }

    private static void named(QualifiedName name, long created, Map<String, String> details) {
        details.put("Catalog", QualifiedName.CATALOG);
        details.put("Database", name.database());
        details.put("Table", name.name());
        details.put("Created Time", Instant.ofEpochMilli(created).toString());
        details.put("Last Access", "UNKNOWN");
        details.put("Created By", "Vitrine");
    }

    private static void properties(Map<String, String> properties, Map<String, String> details) {
        if (!properties.isEmpty()) {
            details.put("Table Properties", list(properties));
        }
    }

    private static String list(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /// The details as lines, and the columns as a tree, as SHOW TABLE EXTENDED has them.
    String information() {
        StringBuilder text = new StringBuilder();
        details()
                .forEach(
                        (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        List<TableColumn> columns =
                switch (relation) {
                    case Table table -> table.columns();
                    case StoredView view -> view.columns();
                    case View view -> List.of();
                };
        if (relation instanceof Table table && !table.partitionColumns().isEmpty()) {
            text.append("Partition Columns: ")
                    .append(
                            table.partitionColumns().stream()
                                    .map(c -> "`" + c + "`")
                                    .collect(Collectors.joining(", ", "[", "]")))
                    .append('\n');
        }
        if (!columns.isEmpty()) {
            text.append("Schema: root\n");
            for (TableColumn column : columns) {
                text.append(" |-- ")
                        .append(column.name())
                        .append(": ")
                        .append(column.typeName())
                        .append(" (nullable = ")
                        .append(column.nullable())
                        .append(")\n");
            }
            text.append('\n');
        }
        return text.toString();
    }
}
