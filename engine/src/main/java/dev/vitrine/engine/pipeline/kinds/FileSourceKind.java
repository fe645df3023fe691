package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads files: `UnresolvedFiles(format, path, options)`.
final class FileSourceKind extends Described {
    private static final String AUTOMATIC = "automatic";

    FileSourceKind() {
        super(
                new Description(
                        "file-source",
                        "File",
                        NodeCategory.SOURCE,
                        "file",
                        "Reads a file, a folder of files or a pattern such as `data/*.csv` as one table."
                                + " Column names and types are found by looking at the file.",
                        List.of("csv", "json", "parquet", "read", "open", "folder", "source"),
                        List.of(),
                        List.of(Port.out()),
                        List.of(
                                FormField.required(
                                        "path",
                                        FieldType.PATH,
                                        "Path",
                                        "A file, a folder or a pattern, seen from the project's folder."),
                                FormField.choice(
                                        "format",
                                        "Format",
                                        "Automatic goes by the file's ending.",
                                        AUTOMATIC,
                                        "csv",
                                        "json",
                                        "parquet"),
                                FormField.optional(
                                        "options",
                                        FieldType.OPTIONS,
                                        "Options",
                                        "The format's options, for example header, sep or mode."))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        String path = context.path("path");
        String format = context.text("format");
        return new LogicalPlan.UnresolvedFiles(
                format.isBlank() || format.equals(AUTOMATIC) ? formatOf(path, context) : format,
                List.of(path),
                Optional.empty(),
                context.config().options("options"),
                null);
    }

    @Override
    public String summary(NodeConfig config) {
        String path = config.text("path");
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private static String formatOf(String path, NodeContext context) {
        String name = path.toLowerCase(Locale.ROOT);
        for (String packed : List.of(".gz", ".zst", ".bz2")) {
            if (name.endsWith(packed)) {
                name = name.substring(0, name.length() - packed.length());
            }
        }
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return switch (ending) {
            case "csv", "tsv", "txt" -> "csv";
            case "json", "jsonl", "ndjson" -> "json";
            case "parquet", "pq" -> "parquet";
            default -> {
                if (name.lastIndexOf('.') > name.lastIndexOf('/')) {
                    yield ending;
                }
                throw context.problem(
                        "format",
                        "The format of `"
                                + context.text("path")
                                + "` cannot be told from its name.",
                        "Choose a format.");
            }
        };
    }
}
