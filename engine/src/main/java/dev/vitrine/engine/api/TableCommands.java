package dev.vitrine.engine.api;

import dev.vitrine.engine.catalog.Catalog;
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
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.spi.FolderPartitions;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.engine.sql.Statement;
import dev.vitrine.engine.sql.TableStatement;
import dev.vitrine.engine.types.Field;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Makes, fills and drops tables.
final class TableCommands {
    private final CommandContext commands;
    private final LocalSession session;
    private final Catalog catalog;
    private final Warehouse warehouse;

    TableCommands(CommandContext commands) {
        this.commands = commands;
        this.session = commands.session();
        this.catalog = commands.catalog();
        this.warehouse = catalog.warehouse();
    }

    QueryResult run(TableStatement statement) {
        switch (statement) {
            case TableStatement.Create create -> create(create);
            case TableStatement.CreateLike like -> createLike(like);
            case TableStatement.Drop drop -> drop(drop);
            case TableStatement.Truncate truncate -> truncate(truncate);
            case TableStatement.Alter alter -> new AlterCommands(commands).run(alter);
            case TableStatement.SetTableComment comment -> {
                switch (commands.relation(comment.name(), comment.nameRange())) {
                    case Table table -> warehouse.store(table.withComment(comment.comment()));
                    case StoredView view -> warehouse.store(view.withComment(comment.comment()));
                    case View view ->
                            throw CommandContext.notFound(comment.name(), comment.nameRange());
                }
            }
            case TableStatement.Refresh(var name, var where, var text) -> {
                if (!name.isEmpty()) {
                    session.uncache(commands.relation(name, where).key());
                }
                catalog.forgetFiles();
            }
            case TableStatement.Analyze(var name, var columns, var where, var text) -> {
                Relation relation = commands.relation(name, where);
                if (relation instanceof Table table) {
                    columns.forEach(column -> requireColumn(table, column, where));
                } else if (catalog.cached(relation).isEmpty()) {
                    commands.table(name, "ANALYZE TABLE", where);
                }
                catalog.forgetFiles();
            }
        }
        return commands.nothing();
    }

    static TableColumn requireColumn(Table table, String column, SourceRange where) {
        return table.column(column)
                .orElseThrow(() ->
                        new EngineException(
                                ErrorCode.COLUMN_NOT_FOUND,
                                Map.of("colName", "`" + column + "`"),
                                where));
    }

    /// The folder that LOCATION names: a path, or a `file:` address.
    static String folder(String location) {
        Path path =
                location.startsWith("file:")
                        ? Path.of(URI.create(location.replace(" ", "%20")).getPath())
                        : Path.of(location);
        return path.toAbsolutePath().normalize().toString();
    }

    // INSERT

    QueryResult insert(Statement.Insert insert) {
        if (insert.plan() instanceof LogicalPlan.UnresolvedInsert into) {
            if (into.ifNotExists() && partitionExists(into)) {
                return commands.nothing();
            }
            commands.execute(insert.plan(), insert.context());
            Optional<Relation> target = catalog.relation(into.table());
            if (target.isPresent() && target.get() instanceof Table table) {
                session.changed(table);
            }
        } else {
            commands.execute(insert.plan(), insert.context());
            session.forgetFiles();
        }
        return commands.nothing();
    }

    private boolean partitionExists(LogicalPlan.UnresolvedInsert into) {
        Optional<Relation> found = catalog.relation(into.table());
        if (found.isEmpty() || !(found.get() instanceof Table table)) {
            return false;
        }
        Map<String, Optional<Expr>> partition =
                into.partition().stream()
                        .collect(
                                Collectors.toMap(
                                        LogicalPlan.UnresolvedInsert.PartitionValue::column,
                                        LogicalPlan.UnresolvedInsert.PartitionValue::value));
        PartitionValues values = new PartitionValues(commands, table);
        return values.matching(values.of(partition, into.where())).stream().findAny().isPresent();
    }

    // CREATE

    private void create(TableStatement.Create create) {
        QualifiedName name = place(create.name(), create.nameRange());
        if (isThere(name, create.ifNotExists(), create.nameRange())) {
            return;
        }
        TableStatement.Definition definition = create.definition();
        String format = format(definition, create.nameRange());
        Optional<String> given = definition.location().map(TableCommands::folder);
        String location = given.orElseGet(() -> warehouse.tableLocation(name));
        List<TableColumn> columns =
                create.query().isPresent()
                        ? ofQuery(create)
                        : definition.columns().isEmpty() && definition.partitions().isEmpty()
                                ? ofFiles(definition, format, given, name)
                                : definition.columns();
        Table table =
                new Table(
                        name,
                        arranged(columns, definition.partitions(), create.nameRange()),
                        definition.partitions().stream()
                                .map(TableStatement.PartitionColumn::name)
                                .toList(),
                        format,
                        location,
                        given.isPresent(),
                        definition.options(),
                        definition.properties(),
                        definition.comment(),
                        System.currentTimeMillis());
        for (TableColumn column : table.columns()) {
            commands.analyzer().columnDefault(column);
        }
        boolean fills = create.query().isPresent();
        if ((fills || given.isEmpty()) && holdsFiles(Path.of(location))) {
            throw new EngineException(
                    ErrorCode.LOCATION_ALREADY_EXISTS,
                    Map.of("location", location, "identifier", name.quoted()),
                    create.nameRange());
        }
        create.query().ifPresent(query -> fill(table, query, create.context()));
        warehouse.store(table);
    }

    private QualifiedName place(List<String> parts, SourceRange where) {
        try {
            QualifiedName name = catalog.place(parts);
            catalog.database(name.database());
            return name;
        } catch (EngineException e) {
            throw e.at(where);
        }
    }

    private boolean isThere(QualifiedName name, boolean ifNotExists, SourceRange where) {
        boolean there = warehouse.relation(name).isPresent();
        if (there && !ifNotExists) {
            throw new EngineException(
                    ErrorCode.TABLE_OR_VIEW_ALREADY_EXISTS,
                    Map.of("relationName", name.quoted()),
                    where);
        }
        return there;
    }

    private static boolean holdsFiles(Path folder) {
        return Files.exists(folder) && !Warehouse.isEmptyFolder(folder);
    }

    private String format(TableStatement.Definition definition, SourceRange where) {
        String format =
                definition
                        .format()
                        .orElseGet(() -> commands.settings().get(Settings.DEFAULT_FORMAT));
        return catalog.connector(format)
                .filter(c -> !c.fileEndings().isEmpty())
                .orElseThrow(() ->
                        new EngineException(
                                ErrorCode.DATA_SOURCE_NOT_FOUND,
                                Map.of(
                                        "provider",
                                        "`" + format + "`",
                                        "formats",
                                        catalog.connectors().stream()
                                                .filter(c -> !c.fileEndings().isEmpty())
                                                .map(c -> c.format())
                                                .collect(Collectors.joining(", "))),
                                where))
                .format();
    }

    private List<TableColumn> ofQuery(TableStatement.Create create) {
        List<TableColumn> columns =
                commands
                        .analyzed(create.query().orElseThrow(), create.context())
                        .schema()
                        .fields()
                        .stream()
                        .map(f -> TableColumn.of(Field.of(f.name(), f.type())))
                        .toList();
        for (TableStatement.PartitionColumn partition : create.definition().partitions()) {
            if (partition.declared().isPresent()) {
                throw new EngineException(
                        ErrorCode._LEGACY_ERROR_TEMP_0035,
                        Map.of("message", "A type of a partition column beside a query"),
                        create.nameRange());
            }
        }
        return columns;
    }

    private List<TableColumn> ofFiles(
            TableStatement.Definition definition,
            String format,
            Optional<String> location,
            QualifiedName name) {
        if (location.isEmpty()) {
            throw new EngineException(
                    ErrorCode.UNABLE_TO_INFER_SCHEMA, Map.of("path", name.quoted()));
        }
        return catalog
                .open(format, List.of(location.get()), Optional.empty(), definition.options(), null)
                .schema()
                .fields()
                .stream()
                .map(TableColumn::of)
                .toList();
    }

    /// The columns with those that name partitions last, each once.
    private static List<TableColumn> arranged(
            List<TableColumn> columns,
            List<TableStatement.PartitionColumn> partitions,
            SourceRange where) {
        List<TableColumn> all = new ArrayList<>(columns);
        partitions.forEach(p -> p.declared().ifPresent(all::add));
        ViewCommands.refuseTwice(all.stream().map(TableColumn::name).toList(), where);
        List<TableColumn> last = new ArrayList<>();
        for (TableStatement.PartitionColumn partition : partitions) {
            last.add(
                    all.stream()
                            .filter(c -> c.name().equalsIgnoreCase(partition.name()))
                            .findFirst()
                            .orElseThrow(() ->
                                    new EngineException(
                                            ErrorCode.COLUMN_NOT_DEFINED_IN_TABLE,
                                            Map.of("colName", "`" + partition.name() + "`"),
                                            where)));
        }
        ViewCommands.refuseTwice(last.stream().map(TableColumn::name).toList(), where);
        if (!last.isEmpty() && last.size() == all.size()) {
            throw new EngineException(ErrorCode.ALL_PARTITION_COLUMNS_NOT_ALLOWED, Map.of(), where);
        }
        for (TableColumn column : last) {
            if (!FolderPartitions.canName(column.type())) {
                throw new EngineException(
                        ErrorCode.INVALID_PARTITION_COLUMN_DATA_TYPE,
                        Map.of("type", "\"" + column.typeSql() + "\""),
                        where);
            }
        }
        all.removeAll(last);
        all.addAll(last);
        return all;
    }

    /// Writes a query's rows where a table's are to lie.
    private void fill(Table table, LogicalPlan query, PlanContext context) {
        List<Expr> columns =
                table.columns().stream()
                        .map(c -> (Expr) new Expr.UnresolvedAttribute(List.of(c.name()), null))
                        .toList();
        LogicalPlan rows =
                table.partitionColumns().isEmpty()
                        ? query
                        : new LogicalPlan.Project(
                                new LogicalPlan.SubqueryAlias(
                                        query, table.name().name(), List.of()),
                                columns);
        write(
                table,
                rows,
                context,
                new FolderPartitions(table.partitionColumns(), List.of(), false));
    }

    private void write(
            Table table, LogicalPlan rows, PlanContext context, FolderPartitions partitions) {
        commands.execute(
                new LogicalPlan.Write(
                        rows,
                        table.format(),
                        table.location(),
                        SaveMode.OVERWRITE,
                        table.options(),
                        partitions),
                context);
        session.changed(table);
    }

    private void createLike(TableStatement.CreateLike like) {
        QualifiedName name = place(like.name(), like.nameRange());
        if (isThere(name, like.ifNotExists(), like.nameRange())) {
            return;
        }
        Relation source = commands.relation(like.source(), like.nameRange());
        List<TableColumn> columns;
        List<String> partitions = List.of();
        String format = commands.settings().get(Settings.DEFAULT_FORMAT);
        Map<String, String> options = Map.of();
        switch (source) {
            case Table table -> {
                columns = table.columns();
                partitions = table.partitionColumns();
                format = table.format();
                options = table.options();
            }
            case StoredView view -> columns = view.columns();
            case View view ->
                    columns =
                            commands
                                    .analyzed(view.plan(), view.context())
                                    .schema()
                                    .fields()
                                    .stream()
                                    .map(TableColumn::of)
                                    .toList();
        }
        if (like.definition().format().isPresent()) {
            format = format(like.definition(), like.nameRange());
            options = Map.of();
        }
        Optional<String> given = like.definition().location().map(TableCommands::folder);
        warehouse.store(
                new Table(
                        name,
                        columns,
                        partitions,
                        format,
                        given.orElseGet(() -> warehouse.tableLocation(name)),
                        given.isPresent(),
                        options,
                        like.definition().properties(),
                        Optional.empty(),
                        System.currentTimeMillis()));
    }

    // DROP and TRUNCATE

    private void drop(TableStatement.Drop drop) {
        Optional<Relation> found;
        try {
            found = catalog.relation(drop.name());
        } catch (EngineException e) {
            throw e.at(drop.nameRange());
        }
        if (found.isEmpty()) {
            if (drop.ifExists()) {
                return;
            }
            throw CommandContext.notFound(drop.name(), drop.nameRange());
        }
        switch (found.get()) {
            case Table table -> {
                session.changed(table);
                warehouse.drop(table);
            }
            // Spark drops a temporary view by DROP TABLE too.
            case View view -> {
                catalog.drop(view);
                session.uncache(view.key());
            }
            case StoredView view ->
                    throw new EngineException(
                            ErrorCode.WRONG_COMMAND_FOR_OBJECT_TYPE,
                            Map.of(
                                    "operation", "DROP TABLE",
                                    "requiredType", "a table",
                                    "objectName", view.name().quoted(),
                                    "foundType", "a view",
                                    "alternative", "Use DROP VIEW."),
                            drop.nameRange());
        }
    }

    private void truncate(TableStatement.Truncate truncate) {
        Table table = commands.table(truncate.name(), "TRUNCATE TABLE", truncate.nameRange());
        if (table.external()) {
            throw new EngineException(
                    ErrorCode._LEGACY_ERROR_TEMP_1266,
                    Map.of("tableIdentWithDB", table.name().quoted()),
                    truncate.nameRange());
        }
        if (truncate.partition().isEmpty()) {
            List<Expr.Attribute> columns =
                    table.columns().stream()
                            .map(c -> new Expr.Attribute(0, c.name(), c.type(), true))
                            .toList();
            write(
                    table,
                    new LogicalPlan.LocalRelation(columns, List.of()),
                    new PlanContext(),
                    new FolderPartitions(table.partitionColumns(), List.of(), false));
            return;
        }
        if (table.partitionColumns().isEmpty()) {
            throw new EngineException(
                    ErrorCode._LEGACY_ERROR_TEMP_1267,
                    Map.of("tableIdentWithDB", table.name().quoted()),
                    truncate.nameRange());
        }
        PartitionValues values = new PartitionValues(commands, table);
        List<String> matching =
                values.matching(values.of(truncate.partition(), truncate.nameRange()));
        if (matching.isEmpty()) {
            throw values.notFound(truncate.partition(), truncate.nameRange());
        }
        for (String partition : matching) {
            values.partitions().drop(partition);
            values.partitions().add(partition);
        }
        session.changed(table);
    }
}
