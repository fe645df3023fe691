package dev.vitrine.engine.catalog;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Databases, tables, views and functions that outlive a session: a folder with one JSON file for
/// each, read whenever it is asked for, so that several sessions see one another's.
///
/// ```
/// spark-warehouse/
///   _catalog/default/_database.json
///   _catalog/default/flights.table.json
///   flights/part-00000-….snappy.parquet
///   sales.db/orders/…
/// ```
///
/// A file is written aside and moved into its place. Nothing is made before something is stored.
public final class Warehouse {
    /// The database that is always there.
    public static final String DEFAULT = "default";

    private static final String TABLE = ".table.json";
    private static final String VIEW = ".view.json";
    private static final String FUNCTION = ".function.json";
    private static final String DATABASE = "_database.json";

    private final Path folder;

    /// @param folder need not exist
    public Warehouse(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    public Path folder() {
        return folder;
    }

    // Databases

    public List<Database> databases() {
        List<Database> found = new ArrayList<>();
        for (String name : names(folder.resolve("_catalog"), "")) {
            database(name).ifPresent(found::add);
        }
        if (found.stream().noneMatch(d -> d.name().equals(DEFAULT))) {
            found.add(defaultDatabase());
        }
        found.sort(java.util.Comparator.comparing(Database::name));
        return found;
    }

    public Optional<Database> database(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        Optional<Database> stored = read(catalog(key).resolve(DATABASE), Database.class);
        return stored.isEmpty() && key.equals(DEFAULT) ? Optional.of(defaultDatabase()) : stored;
    }

    private Database defaultDatabase() {
        return new Database(DEFAULT, folder.toString(), Optional.of("default database"), Map.of());
    }

    /// The folder of a database that names none.
    public String databaseLocation(String name) {
        return folder.resolve(encoded(name) + ".db").toString();
    }

    public void store(Database database) {
        write(catalog(database.name()).resolve(DATABASE), database);
    }

    /// Forgets a database; its folder goes if nothing is left in it.
    public void drop(Database database) {
        delete(catalog(database.name()));
        Path data = Path.of(database.location());
        if (isEmptyFolder(data)) {
            delete(data);
        }
    }

    // Tables and views

    /// A stored table or view.
    public Optional<Relation> relation(QualifiedName name) {
        Optional<? extends Relation> table = read(file(name, TABLE), Table.class);
        if (table.isPresent()) {
            return Optional.of(table.get());
        }
        return read(file(name, VIEW), StoredView.class).map(Relation.class::cast);
    }

    /// The tables and views of a database, by name.
    public List<Relation> relations(String database) {
        List<Relation> found = new ArrayList<>();
        for (String ending : List.of(TABLE, VIEW)) {
            for (String name : names(catalog(database), ending)) {
                relation(new QualifiedName(database, name)).ifPresent(found::add);
            }
        }
        found.sort(java.util.Comparator.comparing(Relation::key));
        return found;
    }

    /// The folder of a table that names none.
    public String tableLocation(QualifiedName name) {
        Path parent =
                database(name.database())
                        .map(database -> Path.of(database.location()))
                        .orElse(folder);
        return parent.resolve(encoded(name.name())).toString();
    }

    public void store(Table table) {
        write(file(table.name(), TABLE), table);
    }

    public void store(StoredView view) {
        write(file(view.name(), VIEW), view);
    }

    /// Forgets a table and deletes its files, unless the folder is the user's.
    public void drop(Table table) {
        delete(file(table.name(), TABLE));
        if (!table.external()) {
            delete(Path.of(table.location()));
        }
    }

    public void drop(StoredView view) {
        delete(file(view.name(), VIEW));
    }

    /// Gives a table another name, and its folder with it unless that is the user's.
    public void rename(Table table, QualifiedName to) {
        String location = table.external() ? table.location() : tableLocation(to);
        Table renamed = table.withName(to, location);
        if (!table.external() && Files.exists(Path.of(table.location()))) {
            move(Path.of(table.location()), Path.of(location));
        }
        store(renamed);
        delete(file(table.name(), TABLE));
    }

    // Functions

    public Optional<SqlFunction> function(QualifiedName name) {
        return read(file(name, FUNCTION), SqlFunction.class);
    }

    public List<SqlFunction> functions(String database) {
        List<SqlFunction> found = new ArrayList<>();
        for (String name : names(catalog(database), FUNCTION)) {
            function(new QualifiedName(database, name)).ifPresent(found::add);
        }
        return found;
    }

    public void store(SqlFunction function) {
        write(file(function.name(), FUNCTION), function);
    }

    public void drop(SqlFunction function) {
        delete(file(function.name(), FUNCTION));
    }

    // Files

    private Path catalog(String database) {
        return folder.resolve("_catalog").resolve(encoded(database));
    }

    private Path file(QualifiedName name, String ending) {
        return catalog(name.database()).resolve(encoded(name.name()) + ending);
    }

    /// A name as a file's: letters, digits and `_` stay, all else becomes `%2F`.
    private static String encoded(String name) {
        return URLEncoder.encode(name.toLowerCase(Locale.ROOT), StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace(".", "%2E");
    }

    private static List<String> names(Path in, String ending) {
        if (!Files.isDirectory(in)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending) && !name.startsWith("."))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .map(name -> URLDecoder.decode(name, StandardCharsets.UTF_8))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(in, e);
        }
    }

    private static <T> Optional<T> read(Path file, Class<T> type) {
        try {
            return Optional.of(CatalogJson.MAPPER.readValue(Files.readAllBytes(file), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static void write(Path file, Object value) {
        Path aside =
                file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".new");
        try {
            Files.createDirectories(file.getParent());
            Files.write(aside, CatalogJson.MAPPER.writeValueAsBytes(value));
        } catch (IOException e) {
            throw notWritten(file, e);
        }
        move(aside, file);
    }

    private static void move(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            try {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw notWritten(to, e);
        }
    }

    /// Whether a folder is there and holds nothing.
    public static boolean isEmptyFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /// Deletes a file, or a folder with all in it, where it is there.
    public static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw notWritten(path, e);
        }
    }

    private static EngineException unreadable(Path path, IOException cause) {
        return new EngineException(
                ErrorCode.FILE_UNREADABLE,
                Map.of("path", path, "reason", String.valueOf(cause.getMessage())),
                null,
                cause);
    }

    private static EngineException notWritten(Path path, IOException cause) {
        return new EngineException(
                ErrorCode.FILE_NOT_WRITTEN,
                Map.of("path", path, "reason", String.valueOf(cause.getMessage())),
                null,
                cause);
    }
}
