package dev.vitrine.engine.rdd;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder of text files, one a partition. Each attempt writes a file of its own to a folder
/// inside; the files of the attempts that count are moved to their places at the end.
final class TextOutput {
    private final Path folder;
    private final Path temporary;

    /// @throws EngineException PATH_ALREADY_EXISTS
    TextOutput(String path) {
        folder = Path.of(path.replaceFirst("^file:(//)?", ""));
        temporary = folder.resolve("_temporary");
        if (Files.exists(folder)) {
            throw new EngineException(
                    ErrorCode.PATH_ALREADY_EXISTS, Map.of("outputPath", folder.toString()));
        }
        try {
            Files.createDirectories(temporary);
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /// Writes a partition; the name of its file.
    Iterator<String> write(int partition, Iterator<? extends @Nullable Object> objects) {
        String name = "part-%05d".formatted(partition) + "." + UUID.randomUUID();
        try (BufferedWriter out = Files.newBufferedWriter(temporary.resolve(name))) {
            while (objects.hasNext()) {
                out.write(String.valueOf(objects.next()));
                out.write('\n');
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
        return Items.one(name);
    }

    /// Moves files to where readers see them, and says that all are there.
    void commit(List<String> names) {
        try {
            for (String name : names) {
                Files.move(
                        temporary.resolve(name),
                        folder.resolve(name.substring(0, name.indexOf('.'))),
                        StandardCopyOption.ATOMIC_MOVE);
            }
            delete(temporary);
            Files.createFile(folder.resolve("_SUCCESS"));
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /// Takes the folder away again.
    void abort() {
        try {
            delete(folder);
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private EngineException notWritten(IOException cause) {
        return new EngineException(
                ErrorCode.FILE_NOT_WRITTEN,
                Map.of("path", folder.toString(), "reason", cause.toString()),
                null,
                cause);
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
