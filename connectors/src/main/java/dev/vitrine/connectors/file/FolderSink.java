package dev.vitrine.connectors.file;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.engine.spi.TableSink;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder of part files, one a task, and an empty `_SUCCESS`.
///
/// All is written to a hidden folder beside the target, which then takes the target's place in one
/// move; with APPEND the files move one by one into the folder that is there.
public final class FolderSink implements TableSink {
    private final String format;
    private final String ending;
    private final Path target;
    private final SaveMode mode;
    private final PartFormat parts;
    private final String run = UUID.randomUUID().toString();
    private final Path staging;
    private final Map<Integer, Path> committed = new ConcurrentSkipListMap<>();
    private boolean ignored;

    /// @param ending of the part files, without the first dot
    public FolderSink(String format, String ending, String path, SaveMode mode, PartFormat parts) {
        this.format = format;
        this.ending = ending;
        this.target = FileListing.path(path).toAbsolutePath();
        this.mode = mode;
        this.parts = parts;
        this.staging = target.resolveSibling("." + target.getFileName() + "." + run);
    }

    /// Opens part files of one format.
    @FunctionalInterface
    public interface PartFormat {
        PartFile create(Path file) throws IOException;
    }

    /// One part file being written.
    public interface PartFile extends AutoCloseable {
        void write(Batch batch) throws IOException;

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
            if (committed.isEmpty()) {
                // A table without rows still has columns.
                Writer empty = writer(0, 0);
                empty.commit();
            }
            List<Path> named = removeOthers();
            boolean append = mode == SaveMode.APPEND && Files.exists(target);
            if (append) {
                for (Path file : named) {
                    move(file, target.resolve(file.getFileName()));
                }
                Files.writeString(target.resolve("_SUCCESS"), "");
                delete(staging);
            } else {
                Files.createFile(staging.resolve("_SUCCESS"));
                replaceTarget();
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

    /// Leaves only the files of committed attempts, under their final names.
    private List<Path> removeOthers() throws IOException {
        List<Path> named = new ArrayList<>();
        for (Map.Entry<Integer, Path> part : committed.entrySet()) {
            Path last =
                    staging.resolve(String.format("part-%05d-%s.%s", part.getKey(), run, ending));
            Files.move(part.getValue(), last);
            named.add(last);
        }
        try (Stream<Path> files = Files.list(staging)) {
            for (Path file : files.toList()) {
                if (!named.contains(file)) {
                    Files.delete(file);
                }
            }
        }
        return named;
    }

    private void replaceTarget() throws IOException {
        if (!Files.exists(target)) {
            move(staging, target);
            return;
        }
        Path old = target.resolveSibling("." + target.getFileName() + "." + run + ".old");
        move(target, old);
        try {
            move(staging, target);
        } catch (IOException e) {
            move(old, target);
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
        private final Path file;
        private final PartFile part;
        private boolean closed;

        PartWriter(int task, int attempt) {
            this.task = task;
            this.file = staging.resolve("task-" + task + "-" + attempt + "-" + UUID.randomUUID());
            try {
                this.part = parts.create(file);
            } catch (IOException e) {
                throw notWritten(target, e);
            }
        }

        @Override
        public void write(Batch batch) {
            try {
                part.write(batch);
            } catch (IOException e) {
                throw notWritten(target, e);
            }
        }

        @Override
        public long commit() {
            try {
                closed = true;
                part.close();
                long bytes = Files.size(file);
                if (committed.putIfAbsent(task, file) != null) {
                    Files.delete(file);
                }
                return bytes;
            } catch (IOException e) {
                throw notWritten(target, e);
            }
        }

        @Override
        public void abort() {
            try {
                if (!closed) {
                    closed = true;
                    part.close();
                }
            } catch (IOException | RuntimeException e) {
                // The file is thrown away whatever its state.
                closed = true;
            }
            if (!file.equals(committed.get(task))) {
                delete(file);
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
