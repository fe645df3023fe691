package dev.vitrine.engine.rdd;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Reads text files in parts: a part has the lines that begin in it, but for one that begins at its
/// very start, which is of the part before, and with one that begins at its end.
final class TextFiles {
    private static final long LARGEST_PART = 32L << 20;

    /// How much larger than the others the last part may be.
    private static final double SLOP = 1.1;

    private TextFiles() {}

    private static EngineException unreadable(Path file, IOException cause) {
        return new EngineException(
                ErrorCode.FILE_UNREADABLE,
                Map.of("path", file.toString(), "reason", cause.toString()),
                null,
                cause);
    }

    /// Bytes of a file.
    ///
    /// @param whole whether it is read from its first byte to its last
    record Part(Path file, long from, long to, boolean whole) {}

    /// The files of a path, folders' in the order of their names.
    ///
    /// @throws EngineException PATH_NOT_FOUND
    private static List<Path> files(String paths) {
        List<Path> files = new ArrayList<>();
        for (String path : paths.split(",")) {
            try {
                add(path.strip().replaceFirst("^file:(//)?", ""), files);
            } catch (IOException e) {
                throw unreadable(Path.of(path.strip()), e);
            }
        }
        return files;
    }

    private static void add(String text, List<Path> files) throws IOException {
        int slash = text.lastIndexOf('/');
        String last = text.substring(slash + 1);
        Path path = Path.of(text);
        if (Files.isDirectory(path)) {
            files.addAll(in(path, "*"));
        } else if (Files.exists(path)) {
            files.add(path);
        } else {
            Path folder = Path.of(slash < 0 ? "." : text.substring(0, slash + 1));
            List<Path> found =
                    last.matches(".*[*?\\[{].*") && Files.isDirectory(folder)
                            ? in(folder, last)
                            : List.of();
            if (found.isEmpty()) {
                throw new EngineException(ErrorCode.PATH_NOT_FOUND, Map.of("path", text));
            }
            files.addAll(found);
        }
    }

    private static List<Path> in(Path folder, String names) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, names)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (Files.isRegularFile(entry) && !name.startsWith("_") && !name.startsWith(".")) {
                    found.add(entry);
                }
            }
        }
        found.sort(null);
        return found;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /// @param least how many parts there are to be, where there are bytes enough
    static List<Part> parts(String paths, int least) {
        List<Path> files = files(paths);
        long bytes = files.stream().mapToLong(TextFiles::size).sum();
        long length = Math.clamp(bytes / Math.max(1, least), 1, LARGEST_PART);
        List<Part> parts = new ArrayList<>();
        for (Path file : files) {
            long size = size(file);
            long from = 0;
            boolean splits = !file.toString().endsWith(".gz");
            while (splits && (size - from) > SLOP * length) {
                parts.add(new Part(file, from, from + length, false));
                from += length;
            }
            parts.add(new Part(file, from, size, from == 0));
        }
        return parts;
    }

    /// Files in about `least` groups of about the same size.
    static List<List<Path>> groups(String paths, int least) {
        List<Path> files = files(paths);
        long length =
                Math.max(1, files.stream().mapToLong(TextFiles::size).sum() / Math.max(1, least));
        List<List<Path>> groups = new ArrayList<>();
        long held = length;
        for (Path file : files) {
            if (held >= length) {
                groups.add(new ArrayList<>());
                held = 0;
            }
            groups.getLast().add(file);
            held += size(file);
        }
        return groups;
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = new FileInputStream(file.toFile());
        return new BufferedInputStream(
                file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw, 1 << 16);
    }

    /// A file's name and text.
    static Tuple2<String, String> whole(Path file, TaskInputs inputs) {
        try (InputStream in = open(file)) {
            byte[] bytes = in.readAllBytes();
            inputs.read(1, bytes.length);
            return new Tuple2<>(
                    "file:" + file.toAbsolutePath(), new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static Iterator<String> lines(Part part, TaskInputs inputs) {
        return new Lines(part, inputs);
    }

    /// The lines of a part. The file is closed after the last one.
    private static final class Lines implements Iterator<String> {
        private static final int COUNTED = 1024;

        private final Part part;
        private final TaskInputs inputs;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final InputStream in;
        private long at;
        private long uncounted;
        private long countedTo;
        private @Nullable String next;

        Lines(Part part, TaskInputs inputs) {
            this.part = part;
            this.inputs = inputs;
            try {
                in = open(part.file);
                in.skipNBytes(part.from);
                at = part.from;
                if (part.from > 0) {
                    // The part before has it.
                    readLine();
                }
                countedTo = at;
                advance();
            } catch (IOException e) {
                throw unreadable(part.file, e);
            }
        }

        private void advance() throws IOException {
            next = part.whole || at <= part.to ? readLine() : null;
            if (next == null || ++uncounted == COUNTED) {
                inputs.read(uncounted, at - countedTo);
                uncounted = 0;
                countedTo = at;
            }
            if (next == null) {
                in.close();
            }
        }

        /// Up to a line feed, a carriage return, or both; null at the end.
        private @Nullable String readLine() throws IOException {
            line.reset();
            int b = in.read();
            if (b < 0) {
                return null;
            }
            while (b >= 0) {
                at++;
                if (b == '\n') {
                    break;
                }
                if (b == '\r') {
                    in.mark(1);
                    if (in.read() == '\n') {
                        at++;
                    } else {
                        in.reset();
                    }
                    break;
                }
                line.write(b);
                b = in.read();
            }
            return line.toString(StandardCharsets.UTF_8);
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public String next() {
            String current = next;
            if (current == null) {
                throw new NoSuchElementException();
            }
            try {
                advance();
            } catch (IOException e) {
                throw unreadable(part.file, e);
            }
            return current;
        }
    }
}
