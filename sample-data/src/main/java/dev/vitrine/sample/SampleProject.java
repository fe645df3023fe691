package dev.vitrine.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.zip.CRC32;

/// The sample project: a folder with `data`, `pipelines` and `queries`, carried as resources of
/// this module.
///
/// Data files are Vitrine's and are restored when they differ. Pipelines are the user's as soon as
/// they were changed: a newer version replaces only what nobody touched, which the folder's
/// `.vitrine/sample.properties` remembers by checksum.
public final class SampleProject {

    private static final List<String> FOLDERS = List.of("data", "pipelines", "queries");
    private static final String WRITTEN = ".vitrine/sample.properties";

    private SampleProject() {}

    /// Writes what is missing or out of date below `directory` and returns the files written.
    ///
    /// Each file appears whole or not at all. Not safe for two callers on one directory at a time.
    public static List<Path> unpack(Path directory) throws IOException {
        var anchor = SampleProject.class.getResource("data/SOURCES.md");
        if (anchor == null) {
            throw new NoSuchFileException("dev/vitrine/sample/data", null, "sample data missing");
        }
        if (anchor.openConnection() instanceof JarURLConnection connection) {
            var jar = Path.of(uri(connection.getJarFileURL().toString()));
            try (var files = FileSystems.newFileSystem(jar)) {
                return unpack(files.getPath("dev", "vitrine", "sample"), directory);
            }
        }
        return unpack(Path.of(uri(anchor.toString())).resolve("../..").normalize(), directory);
    }

    static List<Path> unpack(Path shipped, Path directory) throws IOException {
        var written = new ArrayList<Path>();
        var checksums = readChecksums(directory.resolve(WRITTEN));
        for (var folder : FOLDERS) {
            for (var source : regularFiles(shipped.resolve(folder))) {
                var name = shipped.relativize(source).toString().replace('\\', '/');
                var target = directory.resolve(name);
                var checksum = checksum(source);
                if (isDue(name, checksum, target, checksums)) {
                    replace(source, target);
                    written.add(target);
                }
                checksums.setProperty(name, checksum);
            }
        }
        if (!written.isEmpty()) {
            writeChecksums(checksums, directory.resolve(WRITTEN));
        }
        return List.copyOf(written);
    }

    private static boolean isDue(String name, String checksum, Path target, Properties checksums)
            throws IOException {
        if (!Files.exists(target)) {
            return true;
        }
        var present = checksum(target);
        if (present.equals(checksum)) {
            return false;
        }
        return name.startsWith("data/") || present.equals(checksums.getProperty(name));
    }

    private static List<Path> regularFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void replace(Path source, Path target) throws IOException {
        Files.createDirectories(directoryOf(target));
        var unfinished = target.resolveSibling(target.getFileName() + ".part");
        Files.copy(source, unfinished, StandardCopyOption.REPLACE_EXISTING);
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Size and CRC-32; of a file inside a jar without reading it, since the jar knows both.
    private static String checksum(Path file) throws IOException {
        var size = Files.size(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("zip")) {
            return size + "-" + Files.getAttribute(file, "zip:crc");
        }
        var crc = new CRC32();
        var buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                crc.update(buffer, 0, count);
            }
        }
        return size + "-" + crc.getValue();
    }

    private static Properties readChecksums(Path file) throws IOException {
        var checksums = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                checksums.load(in);
            }
        }
        return checksums;
    }

    private static void writeChecksums(Properties checksums, Path file) throws IOException {
        Files.createDirectories(directoryOf(file));
        try (OutputStream out = Files.newOutputStream(file)) {
            checksums.store(out, "What Vitrine wrote, to tell it from what you changed");
        }
    }

    private static Path directoryOf(Path file) throws IOException {
        var parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new NoSuchFileException(file.toString(), null, "a file was expected");
        }
        return parent;
    }

    private static URI uri(String text) throws IOException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IOException("sample data is at an address that is no URI: " + text, e);
        }
    }
}
