package dev.vitrine.engine.catalog;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.spi.FolderPartitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The partitions of a table, which are its folders.
public final class TablePartitions {
    private final Table table;
    private final Path root;

    public TablePartitions(Table table) {
        this.table = table;
        this.root = Path.of(table.location());
    }

    /// Every partition as `year=2024/month=7`, sorted.
    public List<String> names() {
        List<Path> found = new ArrayList<>();
        collect(root, table.partitionColumns().size(), found);
        return found.stream()
                .map(path -> root.relativize(path).toString().replace('\\', '/'))
                .sorted()
                .toList();
    }

    private static void collect(Path folder, int levels, List<Path> found) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path child : files.sorted().toList()) {
                String name = child.getFileName().toString();
                if (!Files.isDirectory(child) || name.startsWith(".") || name.indexOf('=') < 1) {
                    continue;
                }
                if (levels == 1) {
                    found.add(child);
                } else {
                    collect(child, levels - 1, found);
                }
            }
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    /// The name of a partition.
    ///
    /// @param values of all partition columns, boxed, by the columns' lower-case names
    public String name(Map<String, @Nullable Object> values) {
        List<String> folders = new ArrayList<>();
        for (TableColumn column : table.partitions()) {
            String key = column.name().toLowerCase(java.util.Locale.ROOT);
            folders.add(FolderPartitions.folderName(column.field(), values.get(key)));
        }
        return String.join("/", folders);
    }

    public boolean exists(String name) {
        return Files.isDirectory(root.resolve(name));
    }

    public void add(String name) {
        try {
            Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw failed(root.resolve(name), e);
        }
    }

    public void drop(String name) {
        Warehouse.delete(root.resolve(name));
    }

    public void rename(String from, String to) {
        try {
            Files.createDirectories(root.resolve(to).getParent());
            Files.move(root.resolve(from), root.resolve(to));
        } catch (IOException e) {
            throw failed(root.resolve(to), e);
        }
    }

    private static EngineException failed(Path path, IOException cause) {
        return new EngineException(
                ErrorCode.FILE_NOT_WRITTEN,
                Map.of("path", path, "reason", String.valueOf(cause.getMessage())),
                null,
                cause);
    }
}
