package dev.vitrine.connectors.file;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.spi.FolderPartitions;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.engine.spi.TableSink;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder of part files, one a task (and a folder that the rows' values name), and an empty
/// `_SUCCESS`.
///
/// All is written to a hidden folder beside the target. It takes the place of the target, or of the
/// folders in it that are to be replaced, by moves; with APPEND the files move one by one into the
/// folders that are there.
public final class FolderSink implements TableSink {
    /// Files that one task holds open, each with buffers of its own.
    private static final int MOST_OPEN = 64;

    private final String format;
    private final String ending;
    private final Path target;
    private final Schema schema;
    private final SaveMode mode;
    private final FolderPartitions partitions;
    private final PartFormat parts;
    private final String run = UUID.randomUUID().toString();
    private final Path staging;
    private final Map<Integer, List<Written>> committed = new ConcurrentSkipListMap<>();
    private boolean ignored;

    /// @param ending of the part files, without the first dot
    /// @param schema of the rows
    public FolderSink(
            String format,
            String ending,
            String path,
            Schema schema,
            SaveMode mode,
            FolderPartitions partitions,
            PartFormat parts) {
        this.format = format;
        this.ending = ending;
        this.target = FileListing.path(path).toAbsolutePath();
        this.schema = schema;
        this.mode = mode;
        this.partitions = partitions;
        this.parts = parts;
        this.staging = target.resolveSibling("." + target.getFileName() + "." + run);
    }

    /// A complete file, for the folder `folder` of the target.
    private record Written(String folder, Path file) {}

    /// Opens part files of one format.
    @FunctionalInterface
    public interface PartFormat {
        PartFile create(Path file) throws IOException;
    }

    /// One part file being written.
    public interface PartFile extends AutoCloseable {
        /// Writes rows `from` up to, without, `to`.
        void write(Batch batch, int from, int to) throws IOException;

        /// Completes the file.
        @Override
        void close() throws IOException;
    }

    @Override
    public String description() {
        return format + " " + target;
    }

    @Override
    public void begin() {
        if (Files.exists(target)) {
            if (mode == SaveMode.ERROR_IF_EXISTS) {
                throw new EngineException(
                        ErrorCode.PATH_ALREADY_EXISTS, Map.of("outputPath", target));
            }
            if (mode == SaveMode.APPEND && !Files.isDirectory(target)) {
                throw notWritten(target, "it is a file, and parts can only be added to a folder");
            }
            ignored = mode == SaveMode.IGNORE;
        }
        if (!ignored) {
            try {
                Files.createDirectories(staging);
            } catch (IOException e) {
                throw notWritten(target, e);
            }
        }
    }

    @Override
    public Writer writer(int task, int attempt) {
        return ignored ? new NoWriter() : new PartWriter(task, attempt);
    }

    @Override
    public void commit() {
        if (ignored) {
            return;
        }
        try {
            if (committed.isEmpty() && partitions.columns().isEmpty()) {
                // A table without rows still has columns.
                Writer empty = writer(0, 0);
                empty.commit();
            }
            List<String> folders = arrange();
            boolean there = Files.exists(target);
            boolean part = !partitions.replaced().isEmpty() || partitions.onlyWritten();
            if (there && mode == SaveMode.APPEND) {
                append(folders);
            } else if (there && part) {
                replaceFolders(folders);
            } else {
                Files.createFile(staging.resolve("_SUCCESS"));
                replace(staging, target);
            }
        } catch (IOException e) {
            abort();
            throw notWritten(target, e);
        }
    }

    @Override
    public void abort() {
        if (!ignored) {
            delete(staging);
        }
    }

    /// Leaves only the files of committed attempts, in their folders under their final names.
    ///
    /// @return the folders that hold files
    private List<String> arrange() throws IOException {
        Set<String> folders = new LinkedHashSet<>();
        for (Map.Entry<Integer, List<Written>> part : committed.entrySet()) {
            int number = 0;
            for (Written written : part.getValue()) {
                String several = number == 0 ? "" : "-" + number;
                String name =
                        String.format("part-%05d-%s%s.%s", part.getKey(), run, several, ending);
                Path folder = staging.resolve(written.folder());
                Files.createDirectories(folder);
                Files.move(written.file(), folder.resolve(name));
                folders.add(written.folder());
                number++;
            }
        }
        try (Stream<Path> files = Files.list(staging)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith("task-")) {
                    Files.delete(file);
                }
            }
        }
        return List.copyOf(folders);
    }

    private void append(List<String> folders) throws IOException {
        for (String folder : folders) {
            Path to = target.resolve(folder);
            Files.createDirectories(to);
            try (Stream<Path> files = Files.list(staging.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    move(file, to.resolve(file.getFileName()));
                }
            }
        }
        Files.writeString(target.resolve("_SUCCESS"), "");
        delete(staging);
    }

    /// Replaces the folders written to, or the one that stands for the fixed values.
    private void replaceFolders(List<String> written) throws IOException {
        List<String> folders = written;
        if (!partitions.onlyWritten()) {
            List<String> fixed = new ArrayList<>();
            for (int i = 0; i < partitions.replaced().size(); i++) {
                fixed.add(folder(i, partitions.replaced().get(i)));
            }
            folders = List.of(String.join("/", fixed));
        }
        for (String folder : folders) {
            Path from = staging.resolve(folder);
            Files.createDirectories(from);
            Files.createDirectories(target.resolve(folder).getParent());
            replace(from, target.resolve(folder));
        }
        Files.writeString(target.resolve("_SUCCESS"), "");
        delete(staging);
    }

    private String folder(int column, @Nullable Object value) {
        int index = schema.size() - partitions.columns().size() + column;
        return FolderPartitions.folderName(schema.field(index), value);
    }

    private void replace(Path from, Path to) throws IOException {
        if (!Files.exists(to)) {
            move(from, to);
            return;
        }
        Path old = to.resolveSibling("." + to.getFileName() + "." + run + ".old");
        move(to, old);
        try {
            move(from, to);
        } catch (IOException e) {
            move(old, to);
            throw e;
        }
        delete(old);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }

    private static void delete(Path path) {
        try {
            if (!Files.exists(path)) {
                return;
            }
            Files.walkFileTree(
                    path,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                                throws IOException {
                            Files.delete(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(
                                Path folder, @Nullable IOException e) throws IOException {
                            Files.delete(folder);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            // What is left is hidden, and readers pass it by.
            path.toFile().deleteOnExit();
        }
    }

    private static EngineException notWritten(Path path, Throwable cause) {
        String message = cause.getMessage();
        String reason = cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        return new EngineException(
                ErrorCode.FILE_NOT_WRITTEN, Map.of("path", path, "reason", reason), null, cause);
    }

    private static EngineException notWritten(Path path, String reason) {
        return new EngineException(
                ErrorCode.FILE_NOT_WRITTEN, Map.of("path", path, "reason", reason));
    }

    private final class PartWriter implements Writer {
        private final int task;
        private final String prefix;
        private final LinkedHashMap<String, PartFile> open = new LinkedHashMap<>();
        private final List<Written> files = new ArrayList<>();
        private final @Nullable Object[] values = new Object[partitions.columns().size()];
        private String folder = "";
        private @Nullable PartFile current;

        PartWriter(int task, int attempt) {
            this.task = task;
            this.prefix = "task-" + task + "-" + attempt + "-" + UUID.randomUUID() + "-";
            if (values.length == 0) {
                try {
                    current = file("");
                } catch (IOException e) {
                    throw notWritten(target, e);
                }
            }
        }

        /// The file for a folder, of which some are open at a time.
        private PartFile file(String name) throws IOException {
            PartFile known = open.get(name);
            if (known != null) {
                return known;
            }
            if (open.size() == MOST_OPEN) {
                closeAll();
            }
            Path path = staging.resolve(prefix + files.size());
            PartFile made = parts.create(path);
            files.add(new Written(name, path));
            open.put(name, made);
            return made;
        }

        private void closeAll() throws IOException {
            current = null;
            while (!open.isEmpty()) {
                open.pollFirstEntry().getValue().close();
            }
        }

        @Override
        public void write(Batch batch) {
            try {
                int from = 0;
                while (from < batch.rowCount()) {
                    int to = values.length == 0 ? batch.rowCount() : sameFolder(batch, from);
                    PartFile part = current == null ? file(folder) : current;
                    current = part;
                    part.write(batch, from, to);
                    from = to;
                }
            } catch (IOException e) {
                throw notWritten(target, e);
            }
        }

        /// Finds the folder of row `from` and the end of the rows that go there too.
        private int sameFolder(Batch batch, int from) {
            int first = schema.size() - values.length;
            if (current == null || !isHere(batch, from)) {
                List<String> names = new ArrayList<>();
                for (int i = 0; i < values.length; i++) {
                    values[i] = batch.value(first + i, from);
                    names.add(folder(i, values[i]));
                }
                folder = String.join("/", names);
                current = null;
            }
            int to = from + 1;
            while (to < batch.rowCount() && isHere(batch, to)) {
                to++;
            }
            return to;
        }

        private boolean isHere(Batch batch, int row) {
            int first = schema.size() - values.length;
            for (int i = 0; i < values.length; i++) {
                if (!Objects.equals(values[i], batch.value(first + i, row))) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public long commit() {
            try {
                closeAll();
                long bytes = 0;
                for (Written written : files) {
                    bytes += Files.size(written.file());
                }
                if (!files.isEmpty() && committed.putIfAbsent(task, files) != null) {
                    for (Written written : files) {
                        Files.delete(written.file());
                    }
                }
                return bytes;
            } catch (IOException e) {
                throw notWritten(target, e);
            }
        }

        @Override
        public void abort() {
            while (!open.isEmpty()) {
                try {
                    open.pollFirstEntry().getValue().close();
                } catch (IOException | RuntimeException e) {
                    // The file is thrown away whatever its state.
                    current = null;
                }
            }
            if (committed.get(task) != files) {
                files.forEach(written -> delete(written.file()));
            }
        }
    }

    private static final class NoWriter implements Writer {
        @Override
        public void write(Batch batch) {}

        @Override
        public long commit() {
            return 0;
        }

        @Override
        public void abort() {}
    }
}
