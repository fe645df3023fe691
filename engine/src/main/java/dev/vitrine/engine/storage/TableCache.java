package dev.vitrine.engine.storage;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.spi.Connector;
import dev.vitrine.engine.spi.ConnectorOption;
import dev.vitrine.engine.spi.FolderPartitions;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.engine.spi.TableSink;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The cached tables of a session, by name. To the catalog it is a connector like others, whose
/// paths are the tables' names. Safe for many threads.
public final class TableCache implements Connector {
    public static final String FORMAT = "cache";

    private final Map<String, CachedTable> tables = new ConcurrentHashMap<>();

    public void put(String name, CachedTable table) {
        tables.put(key(name), table);
    }

    public boolean contains(String name) {
        return tables.containsKey(key(name));
    }

    /// Forgets a table and frees its rows; whether there was one.
    public boolean remove(String name) {
        CachedTable table = tables.remove(key(name));
        if (table != null) {
            table.close();
        }
        return table != null;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public List<String> fileEndings() {
        return List.of();
    }

    @Override
    public List<ConnectorOption> options() {
        return List.of();
    }

    @Override
    public TableSource open(
            List<String> paths, Optional<Schema> schema, Map<String, String> options) {
        String name = paths.isEmpty() ? "" : paths.getFirst();
        CachedTable table = tables.get(key(name));
        if (table == null) {
            throw new EngineException(
                    ErrorCode.TABLE_OR_VIEW_NOT_FOUND,
                    Map.of("relationName", "`" + name + "`", "suggestion", ""));
        }
        return table;
    }

    @Override
    public Optional<TableSink> create(
            String path,
            Schema schema,
            SaveMode mode,
            Map<String, String> options,
            FolderPartitions partitions) {
        return Optional.empty();
    }
}
