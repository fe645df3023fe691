package dev.vitrine.engine.api;

import dev.vitrine.engine.catalog.Catalog;
import dev.vitrine.engine.catalog.Database;
import dev.vitrine.engine.catalog.QualifiedName;
import dev.vitrine.engine.catalog.Relation;
import dev.vitrine.engine.catalog.SqlFunction;
import dev.vitrine.engine.catalog.StoredView;
import dev.vitrine.engine.catalog.Table;
import dev.vitrine.engine.catalog.View;
import dev.vitrine.engine.catalog.Warehouse;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.function.FunctionEntry;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.sql.ShowStatement;
import dev.vitrine.engine.sql.SqlText;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// SHOW and DESCRIBE.
final class ShowCommands {
    private final CommandContext commands;
    private final Catalog catalog;
    private final Warehouse warehouse;

    ShowCommands(CommandContext commands) {
        this.commands = commands;
        this.catalog = commands.catalog();
        this.warehouse = catalog.warehouse();
    }

    QueryResult run(ShowStatement statement) {
        return switch (statement) {
            case ShowStatement.Tables tables -> tables(tables);
            case ShowStatement.TableExtended extended -> extended(extended);
            case ShowStatement.Databases(var pattern, var text) ->
                    commands.strings(
                            List.of("namespace"),
                            warehouse.databases().stream()
                                    .map(Database::name)
                                    .filter(n -> CommandContext.matches(n, pattern))
                                    .map(List::of)
                                    .toList());
            case ShowStatement.CurrentDatabase c ->
                    commands.strings(
                            List.of("catalog", "namespace"),
                            List.of(
                                    List.of(
                                            QualifiedName.CATALOG,
                                            catalog.temporary().currentDatabase())));
            case ShowStatement.Catalogs(var pattern, var text) ->
                    commands.strings(
                            List.of("catalog"),
                            CommandContext.matches(QualifiedName.CATALOG, pattern)
                                    ? List.of(List.of(QualifiedName.CATALOG))
                                    : List.of());
            case ShowStatement.TableProperties properties -> properties(properties);
            case ShowStatement.Partitions partitions -> partitions(partitions);
            case ShowStatement.CreateTable(var table, var where, var text) -> {
                Relation relation = commands.relation(table, where);
                yield commands.strings(
                        List.of("createtab_stmt"),
                        List.of(List.of(new TableText(relation).createStatement(where))));
            }
            case ShowStatement.Functions functions -> functions(functions);
            case ShowStatement.Columns(var table, var where, var text) ->
                    commands.strings(
                            List.of("col_name"),
                            schema(table, where).fields().stream()
                                    .map(f -> List.of(f.name()))
                                    .toList());
            case ShowStatement.DescribeFunction describe -> describe(describe);
            case ShowStatement.DescribeDatabase describe -> describe(describe);
            case ShowStatement.DescribeTable describe ->
                    new DescribeCommand(commands).run(describe);
            case ShowStatement.DescribeQuery(var plan, var context, var text) ->
                    DescribeCommand.columns(commands, commands.analyzed(plan, context).schema());
        };
    }

    private String database(List<String> name) {
        if (name.isEmpty()) {
            return catalog.temporary().currentDatabase();
        }
        String database = commands.database(name, new SourceRange(0, 0));
        return database.equals(View.GLOBAL) ? database : catalog.database(database).name();
    }

    private Schema schema(List<String> table, SourceRange where) {
        return commands.analyzed(
                        new LogicalPlan.UnresolvedRelation(table, where), new PlanContext())
                .schema();
    }

    // Tables

    private QueryResult tables(ShowStatement.Tables show) {
        String database = database(show.database());
        Schema schema =
                Schema.of(
                        Field.of("namespace", DataType.STRING),
                        Field.of(show.viewsOnly() ? "viewName" : "tableName", DataType.STRING),
                        Field.of("isTemporary", DataType.BOOLEAN));
        List<List<Object>> rows = new ArrayList<>();
        for (Relation relation : listed(database)) {
            String name = name(relation);
            boolean wanted = !show.viewsOnly() || !(relation instanceof Table);
            if (wanted && CommandContext.matches(name, show.pattern())) {
                String namespace =
                        switch (relation) {
                            case Table table -> table.name().database();
                            case StoredView view -> view.name().database();
                            case View view -> view.global() ? View.GLOBAL : "";
                        };
                rows.add(List.of(namespace, name, relation instanceof View));
            }
        }
        return commands.query().rows(schema, rows);
    }

    /// What lies in a database, then what is temporary.
    private List<Relation> listed(String database) {
        List<Relation> listed = new ArrayList<>();
        if (database.equals(View.GLOBAL)) {
            listed.addAll(catalog.temporary().globalViews());
        } else {
            listed.addAll(warehouse.relations(database));
        }
        listed.addAll(catalog.temporary().views());
        return listed;
    }

    private static String name(Relation relation) {
        return switch (relation) {
            case Table table -> table.name().name();
            case StoredView view -> view.name().name();
            case View view -> view.name();
        };
    }

    private QueryResult extended(ShowStatement.TableExtended show) {
        String database = database(show.database());
        Schema schema =
                Schema.of(
                        Field.of("namespace", DataType.STRING),
                        Field.of("tableName", DataType.STRING),
                        Field.of("isTemporary", DataType.BOOLEAN),
                        Field.of("information", DataType.STRING));
        List<List<Object>> rows = new ArrayList<>();
        if (show.partition().isEmpty()) {
            for (Relation relation : listed(database)) {
                if (CommandContext.matches(name(relation), Optional.of(show.pattern()))) {
                    boolean temporary = relation instanceof View;
                    rows.add(
                            List.of(
                                    temporary ? "" : database,
                                    name(relation),
                                    temporary,
                                    new TableText(relation).information()));
                }
            }
            return commands.query().rows(schema, rows);
        }
        SourceRange where = new SourceRange(0, show.text().length());
        Table table =
                commands.table(List.of(database, show.pattern()), "SHOW TABLE EXTENDED", where);
        PartitionValues values = new PartitionValues(commands, table);
        List<String> matching = values.matching(values.whole(show.partition(), where));
        if (matching.isEmpty()) {
            throw values.notFound(show.partition(), where);
        }
        String information =
                "Partition Values: ["
                        + matching.getFirst().replace("/", ", ")
                        + "]\nLocation: "
                        + TableText.address(table.location() + "/" + matching.getFirst())
                        + "\n";
        rows.add(List.of(database, table.name().name(), false, information));
        return commands.query().rows(schema, rows);
    }

    private QueryResult properties(ShowStatement.TableProperties show) {
        Map<String, String> properties =
                switch (commands.relation(show.table(), show.tableRange())) {
                    case Table table -> table.properties();
                    case StoredView view -> view.properties();
                    case View view -> Map.of();
                };
        List<List<String>> rows = new ArrayList<>();
        if (show.key().isPresent()) {
            String key = show.key().get();
            String name = CommandContext.quoted(show.table()).replace("`", "");
            rows.add(
                    List.of(
                            key,
                            properties.getOrDefault(
                                    key, "Table " + name + " does not have property: " + key)));
        } else {
            properties.forEach((key, value) -> rows.add(List.of(key, value)));
        }
        return commands.strings(List.of("key", "value"), rows);
    }

    private QueryResult partitions(ShowStatement.Partitions show) {
        Table table = commands.table(show.table(), "SHOW PARTITIONS", show.tableRange());
        if (table.partitionColumns().isEmpty()) {
            throw new EngineException(
                    ErrorCode.INVALID_PARTITION_OPERATION__PARTITION_SCHEMA_IS_EMPTY,
                    Map.of("name", table.name().quoted()),
                    show.tableRange());
        }
        PartitionValues values = new PartitionValues(commands, table);
        return commands.strings(
                List.of("partition"),
                values.matching(values.of(show.partition(), show.tableRange())).stream()
                        .map(List::of)
                        .toList());
    }

    // Functions

    private QueryResult functions(ShowStatement.Functions show) {
        TreeSet<String> names = new TreeSet<>();
        if (!show.scope().equals("USER")) {
            for (FunctionEntry entry : commands.session().functions().entries()) {
                names.add(entry.name());
            }
        }
        if (!show.scope().equals("SYSTEM")) {
            catalog.temporary().functions().forEach(f -> names.add(f.name().name()));
            commands.session().functions().own().forEach(f -> names.add(f.name()));
            for (SqlFunction function : warehouse.functions(database(show.database()))) {
                names.add(String.join(".", function.name().parts()));
            }
        }
        return commands.strings(
                List.of("function"),
                names.stream()
                        .filter(name ->
                                CommandContext.matches(
                                        name.substring(name.lastIndexOf('.') + 1), show.pattern()))
                        .map(List::of)
                        .toList());
    }

    private QueryResult describe(ShowStatement.DescribeFunction show) {
        Optional<SqlFunction> own =
                catalog.function(show.name(), catalog.temporary().currentDatabase());
        Optional<FunctionEntry> entry =
                show.name().size() == 1
                        ? commands.session().functions().find(show.name().getFirst())
                        : Optional.empty();
        List<List<String>> rows = new ArrayList<>();
        if (own.isPresent() && (own.get().temporary() || entry.isEmpty())) {
            own(own.get(), show.extended(), rows);
        } else if (entry.isPresent()) {
            builtin(entry.get(), show.extended(), rows);
        } else {
            throw new EngineException(
                    ErrorCode.UNRESOLVED_ROUTINE,
                    Map.of(
                            "routineName",
                            SqlText.quoted(String.join(".", show.name())),
                            "suggestion",
                            ""),
                    show.range());
        }
        return commands.strings(List.of("function_desc"), rows);
    }

    private static void builtin(FunctionEntry entry, boolean extended, List<List<String>> rows) {
        rows.add(List.of("Function: " + entry.name()));
        rows.add(List.of("Usage: " + entry.signature() + " - " + entry.doc()));
        if (extended && !entry.example().isEmpty()) {
            rows.add(List.of("Example: SELECT " + entry.example() + "; gives " + entry.result()));
        }
    }

    private static void own(SqlFunction function, boolean extended, List<List<String>> rows) {
        String name =
                function.temporary()
                        ? function.name().name()
                        : String.join(".", function.name().parts());
        String parameters =
                function.parameters().stream()
                        .map(p -> p.name() + " " + p.typeSql())
                        .collect(Collectors.joining(", "));
        String returns =
                function.returnsTable()
                        ? function.table().stream()
                                .map(c -> c.name() + " " + c.typeSql())
                                .collect(Collectors.joining(", ", "TABLE (", ")"))
                        : function.returns().map(DataType::sql).orElse("");
        rows.add(List.of("Function: " + name));
        rows.add(List.of("Type: " + (function.returnsTable() ? "TABLE" : "SCALAR")));
        rows.add(List.of("Input: " + (parameters.isEmpty() ? "()" : parameters)));
        rows.add(List.of("Returns: " + returns));
        if (extended) {
            function.comment().ifPresent(comment -> rows.add(List.of("Comment: " + comment)));
            rows.add(List.of("Body: " + function.body()));
        }
    }

    // Databases

    private QueryResult describe(ShowStatement.DescribeDatabase show) {
        Database database;
        try {
            database = catalog.database(commands.database(show.name(), show.nameRange()));
        } catch (EngineException e) {
            throw e.at(show.nameRange());
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        rows.add(List.of("Catalog Name", QualifiedName.CATALOG));
        rows.add(List.of("Namespace Name", database.name()));
        rows.add(List.of("Comment", database.comment().orElse("")));
        rows.add(List.of("Location", TableText.address(database.location())));
        if (show.extended()) {
            rows.add(
                    List.of(
                            "Properties",
                            database.properties().isEmpty()
                                    ? ""
                                    : database.properties().entrySet().stream()
                                            .map(e -> "(" + e.getKey() + "," + e.getValue() + ")")
                                            .collect(Collectors.joining(", ", "(", ")"))));
        }
        return commands.strings(List.of("info_name", "info_value"), rows);
    }
}
