package dev.vitrine.engine.api;

import dev.vitrine.engine.catalog.QualifiedName;
import dev.vitrine.engine.catalog.Relation;
import dev.vitrine.engine.catalog.StoredView;
import dev.vitrine.engine.catalog.Table;
import dev.vitrine.engine.catalog.TableColumn;
import dev.vitrine.engine.catalog.View;
import dev.vitrine.engine.catalog.Warehouse;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.sql.TableStatement;
import dev.vitrine.engine.sql.TableStatement.Change;
import dev.vitrine.engine.sql.TableStatement.ColumnChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// ALTER TABLE and ALTER VIEW.
final class AlterCommands {
    private final CommandContext commands;
    private final Warehouse warehouse;

    AlterCommands(CommandContext commands) {
        this.commands = commands;
        this.warehouse = commands.catalog().warehouse();
    }

    void run(TableStatement.Alter alter) {
        Relation relation = commands.relation(alter.name(), alter.nameRange());
        commands.session().uncache(relation.key());
        switch (relation) {
            case Table table -> {
                if (alter.view()) {
                    throw new EngineException(
                            ErrorCode.EXPECT_VIEW_NOT_TABLE__USE_ALTER_TABLE,
                            Map.of("operation", "ALTER VIEW", "tableName", table.name().quoted()),
                            alter.nameRange());
                }
                change(table, alter);
            }
            case StoredView view -> {
                boolean renames = alter.change() instanceof Change.RenameTo;
                if (!alter.view() && !renames) {
                    commands.table(alter.name(), "ALTER TABLE", alter.nameRange());
                }
                change(view, alter);
            }
            case View view -> change(view, alter);
        }
    }

    // Views

    private void change(View view, TableStatement.Alter alter) {
        switch (alter.change()) {
            case Change.RenameTo(var name) -> {
                View renamed = named(view, name.getLast());
                commands.catalog().createView(renamed, false);
                commands.catalog().drop(view);
            }
            case Change.SetQuery(var plan, var context, var query) -> {
                commands.analyzed(plan, context);
                commands.catalog()
                        .createView(
                                new View(
                                        view.name(),
                                        "view",
                                        plan,
                                        context,
                                        query,
                                        commands.catalog().temporary().currentDatabase(),
                                        view.global()),
                                true);
            }
            default -> {
                if (!alter.view()) {
                    commands.table(alter.name(), "ALTER TABLE", alter.nameRange());
                }
                throw new EngineException(
                        ErrorCode.EXPECT_PERMANENT_VIEW_NOT_TEMP,
                        Map.of("operation", "ALTER VIEW", "viewName", "`" + view.name() + "`"),
                        alter.nameRange());
            }
        }
    }

    private static View named(View view, String name) {
        return new View(
                name,
                view.kind(),
                view.plan(),
                view.context(),
                view.description(),
                view.database(),
                view.global());
    }

    private void change(StoredView view, TableStatement.Alter alter) {
        switch (alter.change()) {
            case Change.RenameTo(var name) -> {
                warehouse.store(view.withName(newName(view.name(), name, alter.nameRange())));
                warehouse.drop(view);
            }
            case Change.SetProperties(var properties) ->
                    warehouse.store(view.withProperties(with(view.properties(), properties)));
            case Change.UnsetProperties(var keys, boolean ifExists) ->
                    warehouse.store(
                            view.withProperties(
                                    without(view.properties(), keys, ifExists, view.name())));
            case Change.SetQuery(var plan, var context, var query) -> {
                List<TableColumn> columns =
                        commands.analyzed(plan, context).schema().fields().stream()
                                .map(TableColumn::of)
                                .toList();
                ViewCommands.refuseTwice(
                        columns.stream().map(TableColumn::name).toList(), alter.nameRange());
                new ViewCommands(commands)
                        .store(
                                new StoredView(
                                        view.name(),
                                        columns,
                                        false,
                                        query,
                                        commands.catalog().temporary().currentDatabase(),
                                        view.settings(),
                                        view.properties(),
                                        view.comment(),
                                        view.createdMillis()),
                                plan,
                                alter.nameRange());
            }
            default ->
                    throw new EngineException(
                            ErrorCode.EXPECT_TABLE_NOT_VIEW__NO_ALTERNATIVE,
                            Map.of("operation", "ALTER TABLE", "viewName", view.name().quoted()),
                            alter.nameRange());
        }
    }

    private QualifiedName newName(QualifiedName old, List<String> name, SourceRange where) {
        QualifiedName renamed = dev.vitrine.engine.catalog.Catalog.place(name, old.database());
        if (!renamed.database().equals(old.database())) {
            throw new EngineException(
                    ErrorCode._LEGACY_ERROR_TEMP_1072,
                    Map.of("db", old.database(), "newDb", renamed.database()),
                    where);
        }
        if (warehouse.relation(renamed).isPresent()) {
            throw new EngineException(
                    ErrorCode.TABLE_OR_VIEW_ALREADY_EXISTS,
                    Map.of("relationName", renamed.quoted()),
                    where);
        }
        return renamed;
    }

    private static Map<String, String> with(
            Map<String, String> properties, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(properties);
        all.putAll(more);
        return all;
    }

    private static Map<String, String> without(
            Map<String, String> properties,
            List<String> keys,
            boolean ifExists,
            QualifiedName name) {
        List<String> missing = keys.stream().filter(k -> !properties.containsKey(k)).toList();
        if (!missing.isEmpty() && !ifExists) {
            throw new EngineException(
                    ErrorCode.UNSET_NONEXISTENT_PROPERTIES,
                    Map.of("table", name.quoted(), "properties", String.join(", ", missing)));
        }
        Map<String, String> left = new TreeMap<>(properties);
        left.keySet().removeAll(keys);
        return left;
    }

    // Tables

    private void change(Table table, TableStatement.Alter alter) {
        SourceRange where = alter.nameRange();
        switch (alter.change()) {
            case Change.RenameTo(var name) -> {
                commands.session().changed(table);
                warehouse.rename(table, newName(table.name(), name, where));
            }
            case Change.AddColumns(var columns) -> addColumns(table, columns, where);
            case Change.AlterColumn(var column, var change) ->
                    alterColumn(table, column, change, where);
            case Change.SetProperties(var properties) ->
                    warehouse.store(table.withProperties(with(table.properties(), properties)));
            case Change.UnsetProperties(var keys, boolean ifExists) ->
                    warehouse.store(
                            table.withProperties(
                                    without(table.properties(), keys, ifExists, table.name())));
            case Change.SetLocation(var location) -> {
                commands.session().changed(table);
                warehouse.store(table.withLocation(TableCommands.folder(location)));
            }
            case Change.AddPartitions(var partitions, boolean ifNotExists) ->
                    addPartitions(table, partitions, ifNotExists, where);
            case Change.DropPartitions(var partitions, boolean ifExists) ->
                    dropPartitions(table, partitions, ifExists, where);
            case Change.RenamePartition(var from, var to) ->
                    renamePartition(table, from, to, where);
            // Partitions are the folders there are.
            case Change.RecoverPartitions r -> commands.session().changed(table);
            case Change.SetQuery q ->
                    throw new EngineException(
                            ErrorCode.EXPECT_VIEW_NOT_TABLE__NO_ALTERNATIVE,
                            Map.of(
                                    "operation",
                                    "ALTER VIEW … AS",
                                    "tableName",
                                    table.name().quoted()),
                            where);
            case Change.Unsupported(var operation) ->
                    throw new EngineException(
                            ErrorCode.UNSUPPORTED_FEATURE__TABLE_OPERATION,
                            Map.of("tableName", table.name().quoted(), "operation", operation),
                            where);
        }
    }

    private void addColumns(Table table, List<TableColumn> added, SourceRange where) {
        List<TableColumn> columns = new ArrayList<>(table.dataColumns());
        columns.addAll(added);
        columns.addAll(table.partitions());
        ViewCommands.refuseTwice(columns.stream().map(TableColumn::name).toList(), where);
        for (TableColumn column : added) {
            if (column.defaultSql().isPresent()) {
                // Rows that are there would have to be given the default, in files without it.
                throw new EngineException(
                        ErrorCode.UNSUPPORTED_FEATURE,
                        Map.of("feature", "ADD COLUMN with a default"),
                        where);
            }
        }
        warehouse.store(table.withColumns(columns));
        commands.session().changed(table);
    }

    private void alterColumn(Table table, String name, ColumnChange change, SourceRange where) {
        TableColumn column = TableCommands.requireColumn(table, name, where);
        boolean partition = table.partitions().contains(column);
        TableColumn changed =
                switch (change) {
                    case ColumnChange.SetComment(var comment) ->
                            column.withComment(Optional.of(comment));
                    case ColumnChange.SetDefault(var sql) -> column.withDefault(sql);
                    case ColumnChange.SetType(var to) -> {
                        boolean same =
                                to.type().equals(column.type())
                                        && to.length().equals(column.length());
                        if (!same || partition) {
                            throw new EngineException(
                                    ErrorCode.NOT_SUPPORTED_CHANGE_COLUMN,
                                    Map.of(
                                            "table", table.name().quoted(),
                                            "originName", "`" + column.name() + "`",
                                            "originType", column.typeSql(),
                                            "newType", to.typeSql()),
                                    where);
                        }
                        yield to.comment().isPresent() ? column.withComment(to.comment()) : column;
                    }
                };
        commands.analyzer().columnDefault(changed);
        List<TableColumn> columns = new ArrayList<>(table.columns());
        columns.set(columns.indexOf(column), changed);
        warehouse.store(table.withColumns(columns));
    }

    private void addPartitions(
            Table table,
            List<Map<String, Optional<Expr>>> added,
            boolean ifNotExists,
            SourceRange where) {
        PartitionValues values = new PartitionValues(commands, table);
        List<String> names = new ArrayList<>();
        for (Map<String, Optional<Expr>> partition : added) {
            String name = values.partitions().name(values.whole(partition, where));
            if (values.partitions().exists(name) && !ifNotExists) {
                throw new EngineException(
                        ErrorCode.PARTITIONS_ALREADY_EXIST,
                        Map.of(
                                "partitionList",
                                PartitionValues.text(partition),
                                "tableName",
                                table.name().quoted()),
                        where);
            }
            names.add(name);
        }
        names.forEach(values.partitions()::add);
        commands.session().changed(table);
    }

    private void dropPartitions(
            Table table,
            List<Map<String, Optional<Expr>>> dropped,
            boolean ifExists,
            SourceRange where) {
        PartitionValues values = new PartitionValues(commands, table);
        List<String> names = new ArrayList<>();
        for (Map<String, Optional<Expr>> partition : dropped) {
            List<String> matching = values.matching(values.of(partition, where));
            if (matching.isEmpty() && !ifExists) {
                throw values.notFound(partition, where);
            }
            names.addAll(matching);
        }
        names.forEach(values.partitions()::drop);
        commands.session().changed(table);
    }

    private void renamePartition(
            Table table,
            Map<String, Optional<Expr>> from,
            Map<String, Optional<Expr>> to,
            SourceRange where) {
        PartitionValues values = new PartitionValues(commands, table);
        String old = values.partitions().name(values.whole(from, where));
        String renamed = values.partitions().name(values.whole(to, where));
        if (!values.partitions().exists(old)) {
            throw values.notFound(from, where);
        }
        if (values.partitions().exists(renamed)) {
            throw new EngineException(
                    ErrorCode.PARTITIONS_ALREADY_EXIST,
                    Map.of(
                            "partitionList",
                            PartitionValues.text(to),
                            "tableName",
                            table.name().quoted()),
                    where);
        }
        values.partitions().rename(old, renamed);
        commands.session().changed(table);
    }
}
