package dev.vitrine.connectors.file;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The files that paths, folders and globs stand for.
///
/// A glob knows `*`, `?`, `**`, `[a-z]` and `{a,b}`; a path that exists is taken as it is, whatever
/// signs it holds. Folders are walked; files and folders whose name starts with `.` or `_` are left
/// out, unless named themselves. Files come in the order of their paths.
public final class FileListing {
    private static final String GLOB_SIGNS = "*?[{";

    private FileListing() {}

    /// Every file that one of `paths` stands for.
    ///
    /// @throws EngineException PATH_NOT_FOUND for the first path that stands for nothing
    public static List<DataFile> list(List<String> paths) {
        List<DataFile> files = new ArrayList<>();
        for (String path : paths) {
            List<DataFile> found = expand(path);
            if (found.isEmpty()) {
                throw notFound(path);
            }
            files.addAll(found);
        }
        return List.copyOf(files);
    }

    /// The path that a user's text names: plain, `file:` or beginning with `~/`.
    public static Path path(String text) {
        try {
            if (text.startsWith("file:")) {
                return Path.of(URI.create(text.replace(" ", "%20")).getPath());
            }
            if (text.startsWith("~/")) {
                return Path.of(System.getProperty("user.home"), text.substring(2));
            }
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new EngineException(ErrorCode.PATH_NOT_FOUND, Map.of("path", text), null, e);
        }
    }

    private static List<DataFile> expand(String text) {
        Path path = path(text);
        try {
            if (Files.isRegularFile(path)) {
                return List.of(DataFile.of(path, Map.of()));
            }
            if (Files.isDirectory(path)) {
                return walk(path);
            }
            return hasGlob(text) ? glob(path) : List.of();
        } catch (IOException e) {
            throw DataFile.unreadable(path, e);
        }
    }

    private static List<DataFile> glob(Path pattern) throws IOException {
        Path base = pattern.getRoot();
        int depth = 0;
        while (depth < pattern.getNameCount() && !hasGlob(pattern.getName(depth).toString())) {
            base = base.resolve(pattern.getName(depth));
            depth++;
        }
        if (!Files.isDirectory(base)) {
            return List.of();
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        int levels =
                pattern.toString().contains("**")
                        ? Integer.MAX_VALUE
                        : pattern.getNameCount() - base.getNameCount();
        List<DataFile> files = new ArrayList<>();
        Path root = base;
        try (Stream<Path> found = Files.walk(base, levels)) {
            for (Path match : found.filter(matcher::matches).sorted().toList()) {
                if (isHidden(root, match)) {
                    continue;
                }
                if (Files.isDirectory(match)) {
                    files.addAll(walk(match));
                } else {
                    files.add(DataFile.of(match, Map.of()));
                }
            }
        }
        return files;
    }

    private static List<DataFile> walk(Path folder) throws IOException {
        List<DataFile> files = new ArrayList<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.sorted().toList()) {
                if (Files.isRegularFile(file) && !isHidden(folder, file)) {
                    files.add(DataFile.of(file, partition(folder, file)));
                }
            }
        }
        return files;
    }

    private static Map<String, String> partition(Path folder, Path file) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Path part : folder.relativize(file.getParent())) {
            String name = part.toString();
            int sign = name.indexOf('=');
            if (sign > 0) {
                values.put(name.substring(0, sign), name.substring(sign + 1));
            }
        }
        return Collections.unmodifiableMap(values);
    }

    private static boolean isHidden(Path folder, Path file) {
        for (Path part : folder.relativize(file)) {
            String name = part.toString();
            if (name.startsWith(".") || (name.startsWith("_") && name.indexOf('=') < 0)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasGlob(String text) {
        return text.chars().anyMatch(c -> GLOB_SIGNS.indexOf(c) >= 0);
    }

    private static EngineException notFound(String path) {
        return new EngineException(ErrorCode.PATH_NOT_FOUND, Map.of("path", path));
    }
}
