package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import dev.vitrine.engine.spi.FolderPartitions;
import dev.vitrine.engine.spi.SaveMode;
import java.util.List;

/// Writes the rows to a folder of files: `Write(input, format, path, mode)`.
final class FileSinkKind extends Described {
    FileSinkKind() {
        super(
                new Description(
                        "file-sink",
                        "Write files",
                        NodeCategory.SINK,
                        "save",
                        "Writes the rows to files in a folder. Nothing is written while you edit or preview; only a run writes.",
                        List.of("save", "export", "csv", "parquet", "json", "output", "sink"),
                        List.of(Port.in()),
                        List.of(),
                        List.of(
                                FormField.required(
                                        "path",
                                        FieldType.PATH,
                                        "Folder",
                                        "The folder to write to, seen from the project's folder."),
                                FormField.choice(
                                        "format",
                                        "Format",
                                        "Parquet keeps types and is small; CSV is read everywhere.",
                                        "parquet",
                                        "csv",
                                        "json"),
                                FormField.choice(
                                        "mode",
                                        "If it exists",
                                        "What to do when the folder is there already.",
                                        "fail",
                                        "overwrite",
                                        "append",
                                        "ignore"),
                                FormField.optional(
                                        "options",
                                        FieldType.OPTIONS,
                                        "Options",
                                        "The format's options, for example header or compression."))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        return new LogicalPlan.Write(
                inputs.getFirst(),
                context.text("format"),
                context.path("path"),
                switch (context.text("mode")) {
                    case "overwrite" -> SaveMode.OVERWRITE;
                    case "append" -> SaveMode.APPEND;
                    case "ignore" -> SaveMode.IGNORE;
                    default -> SaveMode.ERROR_IF_EXISTS;
                },
                context.config().options("options"),
                FolderPartitions.NONE);
    }

    @Override
    public String summary(NodeConfig config) {
        return config.text("path").isBlank()
                ? ""
                : config.text("format") + " → " + config.text("path");
    }
}
