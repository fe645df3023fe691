package dev.vitrine.engine.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Names, sizes and times of files as one text: another text means that something changed.
final class FileFingerprint {
    private static final int MOST_FILES = 10_000;
    private static final int DEEPEST = 8;

    private FileFingerprint() {}

    /// Empty where it cannot be told: patterns, services, too many files.
    static Optional<String> of(List<String> paths) {
        try {
            StringBuilder text = new StringBuilder();
            for (String name : paths) {
                Path path = Path.of(name);
                if (name.matches(".*[*?\\[{].*") || !Files.exists(path)) {
                    return Optional.empty();
                }
                try (Stream<Path> files = Files.walk(path, DEEPEST)) {
                    List<Path> found = files.limit(MOST_FILES + 1L).sorted().toList();
                    if (found.size() > MOST_FILES) {
                        return Optional.empty();
                    }
                    text.append(
                            found.stream()
                                    .map(FileFingerprint::line)
                                    .collect(Collectors.joining("\n")));
                }
            }
            return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
        } catch (IOException | UncheckedIOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String line(Path path) {
        try {
            return path + " " + Files.size(path) + " " + Files.getLastModifiedTime(path).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
