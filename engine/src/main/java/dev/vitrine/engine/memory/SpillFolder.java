package dev.vitrine.engine.memory;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A session's folder of spill files, made when the first is written. Its name holds the process's
/// id, and a file in it is locked as long as it is in use, so that what a dead process left can be
/// told from what is in use.
final class SpillFolder implements AutoCloseable {
    private static final String PREFIX = "vitrine-spill-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-.*");
    private static final String LOCK = "in-use";

    private final Path parent;
    private final AtomicInteger nextFile = new AtomicInteger(1);
    private @Nullable Path folder;
    private @Nullable FileChannel lock;

    SpillFolder(Path parent) {
        this.parent = parent;
    }

    /// The path of a file that is not there yet.
    Path newFile() {
        return folder().resolve("rows-" + nextFile.getAndIncrement());
    }

    private synchronized Path folder() {
        if (folder == null) {
            try {
                Files.createDirectories(parent);
                Path made =
                        Files.createTempDirectory(
                                parent, PREFIX + ProcessHandle.current().pid() + "-");
                lock = locked(made);
                folder = made;
            } catch (IOException e) {
                throw failed(parent, e);
            }
        }
        return folder;
    }

    private static FileChannel locked(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock();
        if (held == null) {
            channel.close();
            throw new IOException(folder + " is in use");
        }
        return channel;
    }

    static EngineException failed(Path path, IOException e) {
        String reason = e.getMessage();
        return new EngineException(
                ErrorCode.SPILL_FAILED,
                Map.of("path", path.toString(), "reason", reason == null ? e.toString() : reason),
                null,
                e);
    }

    /// Removes the folders of processes that are no more. One that cannot be removed is left for
    /// the next time.
    static void removeLeftovers(Path parent) {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path found : folders) {
                if (isLeftover(found)) {
                    remove(found);
                }
            }
        } catch (IOException e) {
            throw failed(parent, e);
        }
    }

    private static boolean isLeftover(Path folder) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        if (!name.matches()) {
            return false;
        }
        long pid = Long.parseLong(name.group(1));
        if (pid != ProcessHandle.current().pid()
                && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            return false;
        }
        // Another machine or container may share the folder and know other process ids.
        try (FileChannel channel =
                        FileChannel.open(
                                folder.resolve(LOCK),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            return held != null;
        } catch (OverlappingFileLockException | IOException e) {
            return false;
        }
    }

    private static void remove(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    @Override
    public synchronized void close() {
        Path made = folder;
        if (made == null) {
            return;
        }
        folder = null;
        try {
            if (lock != null) {
                lock.close();
            }
            remove(made);
        } catch (IOException e) {
            throw failed(made, e);
        }
    }
}
