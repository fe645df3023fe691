package dev.vitrine.engine.api;

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
import dev.vitrine.engine.sql.DatabaseStatement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes, changes, drops and chooses databases.
final class DatabaseCommands {
    private final CommandContext commands;
    private final Warehouse warehouse;

    DatabaseCommands(CommandContext commands) {
        this.commands = commands;
        this.warehouse = commands.catalog().warehouse();
    }

    QueryResult run(DatabaseStatement statement) {
        switch (statement) {
            case DatabaseStatement.Create create -> create(create);
            case DatabaseStatement.Drop drop -> drop(drop);
            case DatabaseStatement.Use(var name, var where, var text) -> use(name, where);
            case DatabaseStatement.UseCatalog(var name, var text) -> {
                if (!name.equalsIgnoreCase(QualifiedName.CATALOG)) {
                    throw new EngineException(
                            ErrorCode.CATALOG_NOT_FOUND, Map.of("catalogName", "`" + name + "`"));
                }
            }
            case DatabaseStatement.SetProperties(var name, var properties, var where, var text) -> {
                Database database = database(name, where);
                Map<String, String> changed = new TreeMap<>(database.properties());
                changed.putAll(properties);
                store(database, database.location(), database.comment(), changed);
            }
            case DatabaseStatement.UnsetProperties(var name, var keys, var where, var text) -> {
                Database database = database(name, where);
                Map<String, String> changed = new TreeMap<>(database.properties());
                changed.keySet().removeAll(keys);
                store(database, database.location(), database.comment(), changed);
            }
            case DatabaseStatement.SetLocation(var name, var location, var where, var text) -> {
                Database database = database(name, where);
                store(
                        database,
                        TableCommands.folder(location),
                        database.comment(),
                        database.properties());
            }
            case DatabaseStatement.SetComment(var name, var comment, var where, var text) -> {
                Database database = database(name, where);
                store(database, database.location(), comment, database.properties());
            }
        }
        return commands.nothing();
    }

    private Database database(List<String> name, SourceRange where) {
        try {
            return commands.catalog().database(commands.database(name, where));
        } catch (EngineException e) {
            throw e.at(where);
        }
    }

    private void store(
            Database database,
            String location,
            Optional<String> comment,
            Map<String, String> properties) {
        warehouse.store(new Database(database.name(), location, comment, properties));
    }

    private void create(DatabaseStatement.Create create) {
        String name = commands.database(create.name(), create.nameRange());
        if (warehouse.database(name).isPresent() || name.equals(View.GLOBAL)) {
            if (create.ifNotExists()) {
                return;
            }
            throw new EngineException(
                    ErrorCode.SCHEMA_ALREADY_EXISTS,
                    Map.of("schemaName", "`" + name + "`"),
                    create.nameRange());
        }
        warehouse.store(
                new Database(
                        name,
                        create.location()
                                .map(TableCommands::folder)
                                .orElseGet(() -> warehouse.databaseLocation(name)),
                        create.comment(),
                        create.properties()));
    }

    private void drop(DatabaseStatement.Drop drop) {
        String name = commands.database(drop.name(), drop.nameRange());
        Optional<Database> database = warehouse.database(name);
        if (database.isEmpty()) {
            if (drop.ifExists()) {
                return;
            }
            throw dev.vitrine.engine.catalog.Catalog.noDatabase(name).at(drop.nameRange());
        }
        if (name.equals(Warehouse.DEFAULT)) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_FEATURE__DROP_DATABASE,
                    Map.of("schemaName", "`" + name + "`"),
                    drop.nameRange());
        }
        List<Relation> relations = warehouse.relations(name);
        List<SqlFunction> functions = warehouse.functions(name);
        if (!drop.cascade() && !(relations.isEmpty() && functions.isEmpty())) {
            throw new EngineException(
                    ErrorCode.SCHEMA_NOT_EMPTY,
                    Map.of("schemaName", "`" + name + "`"),
                    drop.nameRange());
        }
        for (Relation relation : relations) {
            commands.session().uncache(relation.key());
            switch (relation) {
                case Table table -> warehouse.drop(table);
                case StoredView view -> warehouse.drop(view);
                case View view ->
                        throw EngineException.internal("a temporary view in the warehouse");
            }
        }
        functions.forEach(warehouse::drop);
        warehouse.drop(database.get());
        Path folder = Path.of(database.get().location());
        if (Warehouse.isEmptyFolder(folder)) {
            Warehouse.delete(folder);
        }
    }

    private void use(List<String> name, SourceRange where) {
        if (name.size() == 1 && name.getFirst().equalsIgnoreCase(QualifiedName.CATALOG)) {
            return;
        }
        try {
            commands.catalog().use(commands.database(name, where));
        } catch (EngineException e) {
            throw e.at(where);
        }
    }
}
