package dev.vitrine.engine.catalog;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.spi.Connector;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What names mean in a session: databases with their tables, views and functions, what is
/// temporary, and files through connectors. Safe to use from many threads.
public final class Catalog {
    private static final int SOURCES_KEPT = 64;

    private final List<Connector> connectors;
    private final Warehouse warehouse;
    private final SessionObjects temporary = new SessionObjects();
    private final Map<String, LogicalPlan> cached = new ConcurrentHashMap<>();
    private final Map<LogicalPlan, TableSource> kept =
            Collections.synchronizedMap(new IdentityHashMap<>());
    private final Map<SourceKey, OpenedSource> sources = new ConcurrentHashMap<>();

    public Catalog(List<Connector> connectors, Warehouse warehouse) {
        this.warehouse = warehouse;
        this.connectors =
                connectors.stream().sorted(Comparator.comparing(Connector::format)).toList();
    }

    /// A catalog with the connectors on the class path, and `others`.
    public static Catalog withInstalledConnectors(Warehouse warehouse, Connector... others) {
        List<Connector> found = new ArrayList<>(List.of(others));
        ServiceLoader.load(Connector.class).forEach(found::add);
        return new Catalog(found, warehouse);
    }

    /// What outlives the session.
    public Warehouse warehouse() {
        return warehouse;
    }

    /// What goes with the session.
    public SessionObjects temporary() {
        return temporary;
    }

    public List<Connector> connectors() {
        return connectors;
    }

    public Optional<Connector> connector(String format) {
        return connectors.stream()
                .filter(connector -> connector.format().equalsIgnoreCase(format))
                .findFirst();
    }

    /// The connector that a file's name speaks for; a folder has none.
    public Optional<Connector> connectorForFile(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return connectors.stream()
                .filter(c -> c.fileEndings().stream().anyMatch(e -> name.endsWith("." + e)))
                .findFirst();
    }

    // Databases

    /// Makes a database the current one.
    ///
    /// @throws EngineException SCHEMA_NOT_FOUND
    public void use(String database) {
        temporary.use(database(database).name());
    }

    /// @throws EngineException SCHEMA_NOT_FOUND
    public Database database(String name) {
        return warehouse.database(name).orElseThrow(() -> noDatabase(name));
    }

    /// The error for a database that is not there.
    public static EngineException noDatabase(String name) {
        return new EngineException(
                ErrorCode.SCHEMA_NOT_FOUND,
                Map.of("schemaName", "`" + QualifiedName.CATALOG + "`.`" + name + "`"));
    }

    /// The place that a name means, whether or not something is there: `name` in `database`,
    /// `db.name`, or `spark_catalog.db.name`.
    ///
    /// @param database where a name without one is looked for
    /// @throws EngineException REQUIRES_SINGLE_PART_NAMESPACE, CATALOG_NOT_FOUND
    public static QualifiedName place(List<String> parts, String database) {
        return switch (parts.size()) {
            case 1 -> new QualifiedName(database, parts.get(0));
            case 2 -> new QualifiedName(parts.get(0), parts.get(1));
            default -> {
                if (!parts.getFirst().equalsIgnoreCase(QualifiedName.CATALOG)) {
                    throw new EngineException(
                            ErrorCode.CATALOG_NOT_FOUND,
                            Map.of("catalogName", "`" + parts.getFirst() + "`"));
                }
                if (parts.size() > 3) {
                    throw new EngineException(
                            ErrorCode.REQUIRES_SINGLE_PART_NAMESPACE,
                            Map.of(
                                    "sessionCatalog",
                                    QualifiedName.CATALOG,
                                    "namespace",
                                    String.join(".", parts.subList(1, parts.size() - 1))));
                }
                yield new QualifiedName(parts.get(1), parts.get(2));
            }
        };
    }

    /// The place of a table, view or function that is to be made.
    public QualifiedName place(List<String> parts) {
        return place(parts, temporary.currentDatabase());
    }

    // Tables and views

    public Optional<Relation> relation(List<String> parts) {
        return relation(parts, temporary.currentDatabase());
    }

    /// What a name stands for; temporary views come first.
    ///
    /// @param database where a name without one is looked for
    public Optional<Relation> relation(List<String> parts, String database) {
        Optional<View> view = temporaryView(parts);
        return view.isPresent() ? Optional.of(view.get()) : stored(parts, database);
    }

    /// The temporary view of a name, `v` or `global_temp.v`.
    public Optional<View> temporaryView(List<String> parts) {
        if (parts.size() == 1) {
            return temporary.view(parts.getFirst());
        }
        return parts.size() == 2 && parts.getFirst().equalsIgnoreCase(View.GLOBAL)
                ? temporary.globalView(parts.getLast())
                : Optional.empty();
    }

    /// The table or view in the warehouse of a name.
    public Optional<Relation> stored(List<String> parts, String database) {
        boolean elsewhere =
                parts.size() > 3
                        || (parts.size() == 3
                                && !parts.getFirst().equalsIgnoreCase(QualifiedName.CATALOG));
        return elsewhere ? Optional.empty() : warehouse.relation(place(parts, database));
    }

    /// Adds a temporary view.
    ///
    /// @throws EngineException TEMP_TABLE_OR_VIEW_ALREADY_EXISTS unless `replace`
    public void createView(View view, boolean replace) {
        temporary.create(view, replace);
    }

    /// Forgets a temporary view.
    public void drop(View view) {
        temporary.drop(view);
    }

    /// The plan that reads a relation's rows from memory, if they are kept there.
    public Optional<LogicalPlan> cached(Relation relation) {
        return Optional.ofNullable(cached.get(relation.key()));
    }

    /// Has a relation read by `plan` from now on; empty ends that.
    public void setCached(String key, Optional<LogicalPlan> plan) {
        if (plan.isPresent()) {
            cached.put(key, plan.get());
        } else {
            cached.remove(key);
        }
    }

    /// The rows of a plan, this very object, if they are kept in memory.
    public Optional<TableSource> kept(LogicalPlan plan) {
        return kept.isEmpty() ? Optional.empty() : Optional.ofNullable(kept.get(plan));
    }

    /// Has a plan's rows read from `rows` from now on; empty ends that.
    public void setKept(LogicalPlan plan, Optional<TableSource> rows) {
        rows.ifPresentOrElse(source -> kept.put(plan, source), () -> kept.remove(plan));
    }

    /// The files of a table.
    public TableSource open(Table table, @Nullable SourceRange where) {
        Schema schema =
                new Schema(
                        table.schema().fields().stream()
                                .map(f -> Field.of(f.name(), f.type().withoutCollations()))
                                .toList());
        return hasFiles(Path.of(table.location()))
                ? open(
                        table.format(),
                        List.of(table.location()),
                        Optional.of(schema),
                        table.options(),
                        where)
                : new EmptyTable(table.location(), table.format(), schema);
    }

    /// Whether a folder holds a file that readers do not pass by.
    private static boolean hasFiles(Path path) {
        if (!Files.isDirectory(path)) {
            return Files.exists(path);
        }
        boolean[] found = {false};
        try {
            Files.walkFileTree(
                    path,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path folder, BasicFileAttributes attributes) {
                            return isHidden(folder) && !folder.equals(path)
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            found[0] |= !isHidden(file);
                            return found[0] ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.FILE_UNREADABLE,
                    Map.of("path", path, "reason", String.valueOf(e.getMessage())),
                    null,
                    e);
        }
        return found[0];
    }

    private static boolean isHidden(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") || (name.startsWith("_") && name.indexOf('=') < 0);
    }

    // Functions

    /// The user's function of a name: a temporary one first.
    ///
    /// @param database where a name without one is looked for
    public Optional<SqlFunction> function(List<String> parts, String database) {
        if (parts.size() == 1) {
            Optional<SqlFunction> found = temporary.function(parts.getFirst());
            if (found.isPresent()) {
                return found;
            }
        }
        return storedFunction(parts, database);
    }

    /// The function in the warehouse of a name.
    public Optional<SqlFunction> storedFunction(List<String> parts, String database) {
        boolean elsewhere =
                parts.size() > 3
                        || (parts.size() == 3
                                && !parts.getFirst().equalsIgnoreCase(QualifiedName.CATALOG));
        return elsewhere ? Optional.empty() : warehouse.function(place(parts, database));
    }

    // Files

    /// A table over files; opened ones are kept for as long as their files do not change.
    ///
    /// @param format a connector's format, or empty to go by the first file's name
    public TableSource open(
            String format,
            List<String> paths,
            Optional<Schema> schema,
            Map<String, String> options,
            @Nullable SourceRange where) {
        Connector connector =
                (format.isEmpty() && !paths.isEmpty()
                                ? connectorForFile(paths.getFirst())
                                : connector(format))
                        .orElseThrow(() ->
                                unknownFormat(
                                        format.isEmpty() ? String.join(", ", paths) : format,
                                        where));
        SourceKey key = new SourceKey(connector.format(), paths, schema, options);
        Optional<String> fingerprint = FileFingerprint.of(paths);
        OpenedSource known = sources.get(key);
        if (known != null && fingerprint.equals(Optional.of(known.fingerprint()))) {
            return known.source();
        }
        try {
            TableSource source = connector.open(paths, schema, options);
            if (sources.size() >= SOURCES_KEPT) {
                sources.clear();
            }
            fingerprint.ifPresent(print -> sources.put(key, new OpenedSource(source, print)));
            return source;
        } catch (EngineException e) {
            throw e.at(where);
        }
    }

    /// Drops what is kept of files opened before, here and in the connectors.
    public void forgetFiles() {
        sources.clear();
        connectors.forEach(Connector::forgetFiles);
    }

    private EngineException unknownFormat(String format, @Nullable SourceRange where) {
        return new EngineException(
                ErrorCode.DATA_SOURCE_NOT_FOUND,
                Map.of(
                        "provider",
                        "`" + format + "`",
                        "formats",
                        connectors.stream()
                                .map(Connector::format)
                                .collect(Collectors.joining(", "))),
                where);
    }

    private record SourceKey(
            String format,
            List<String> paths,
            Optional<Schema> schema,
            Map<String, String> options) {}

    private record OpenedSource(TableSource source, String fingerprint) {}
}
