package dev.vitrine.app.project;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.pipeline.PipelineFile;
import dev.vitrine.engine.record.RunRecording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// A folder of pipelines, queries and data. Its `.vitrine` folder holds what is the workbench's
/// own.
///
/// @param written whether the workbench writes files of its own into the folder; what the user
///   changes is saved in any case
public record Project(Path folder, boolean written) {
    private static final String PIPELINE = ".pipeline.json";
    private static final String OWN = ".vitrine";

    public Project(Path folder) {
        this(folder, true);
    }

    public enum FileKind {
        FOLDER,
        PIPELINE,
        SQL,
        DATA,
        RECORDING,
        OTHER
    }

    /// A file or folder of the project.
    ///
    /// @param children of a folder: folders first, then by name
    public record Entry(Path path, FileKind kind, List<Entry> children) {
        public String name() {
            String name = String.valueOf(path.getFileName());
            return switch (kind) {
                case PIPELINE -> name.substring(0, name.length() - PIPELINE.length());
                case RECORDING -> name.substring(0, name.length() - RunRecording.ENDING.length());
                case FOLDER, SQL, DATA, OTHER -> name;
            };
        }
    }

    public String name() {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    /// The folder's contents without hidden files. Reads the disk.
    public Entry tree() {
        return entry(folder, 0);
    }

    public List<Path> pipelines() {
        List<Path> found = new ArrayList<>();
        collect(tree(), found);
        return found;
    }

    /// A file name that is not taken yet, `folder/base.ending` or `folder/base-2.ending`.
    public Path freeFile(String subfolder, String base, String ending) {
        for (int number = 1; ; number++) {
            Path file =
                    folder.resolve(subfolder)
                            .resolve(base + (number == 1 ? "" : "-" + number) + ending);
            if (!Files.exists(file)) {
                return file;
            }
        }
    }

    /// The path as pipelines write it: from the project's folder where it lies in it.
    public String relative(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path base = folder.toAbsolutePath().normalize();
        return (absolute.startsWith(base) ? base.relativize(absolute) : absolute)
                .toString()
                .replace('\\', '/');
    }

    public static FileKind kind(Path path) {
        if (Files.isDirectory(path)) {
            return FileKind.FOLDER;
        }
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(PIPELINE)) {
            return FileKind.PIPELINE;
        }
        if (name.endsWith(RunRecording.ENDING)) {
            return FileKind.RECORDING;
        }
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return switch (ending) {
            case "sql" -> FileKind.SQL;
            case "csv", "tsv", "parquet", "json", "jsonl", "ndjson", "orc", "avro", "arrow" ->
                    FileKind.DATA;
            default -> FileKind.OTHER;
        };
    }

    /// The folder of what is the workbench's own.
    public Path own() {
        return folder.resolve(OWN);
    }

    /// Appends a line to one of the workbench's own files, for example the history of queries.
    public void appendOwn(String file, String line) {
        if (!written) {
            return;
        }
        Path target = own().resolve(file);
        try {
            Files.createDirectories(target.getParent());
            Files.writeString(
                    target,
                    line + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.FILE_NOT_WRITTEN,
                    Map.of("path", "`" + target + "`", "reason", String.valueOf(e.getMessage())),
                    null,
                    e);
        }
    }

    public void write(Path file, String text) {
        PipelineFile.writeText(file, text);
    }

    private static void collect(Entry entry, List<Path> into) {
        if (entry.kind == FileKind.PIPELINE) {
            into.add(entry.path);
        }
        entry.children.forEach(child -> collect(child, into));
    }

    private static Entry entry(Path path, int depth) {
        FileKind kind = kind(path);
        List<Entry> children = new ArrayList<>();
        if (kind == FileKind.FOLDER && depth < 6) {
            try (Stream<Path> files = Files.list(path)) {
                files.filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                        .map(file -> entry(file, depth + 1))
                        .sorted(
                                Comparator.comparing((Entry e) -> e.kind != FileKind.FOLDER)
                                        .thenComparing(e -> e.name().toLowerCase(Locale.ROOT)))
                        .forEach(children::add);
            } catch (IOException e) {
                // A folder that cannot be read is shown empty.
                children.clear();
            }
        }
        return new Entry(path, kind, List.copyOf(children));
    }
}
