package dev.vitrine.connectors.csv;

import dev.vitrine.connectors.file.FileTable;
import dev.vitrine.connectors.file.FolderSink;
import dev.vitrine.connectors.file.Options;
import dev.vitrine.connectors.file.PackedOutput;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.spi.Connector;
import dev.vitrine.engine.spi.ConnectorOption;
import dev.vitrine.engine.spi.FolderPartitions;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.engine.spi.TableSink;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Text with one record a line and separators between the fields.
public final class CsvConnector implements Connector {
    @Override
    public String format() {
        return "csv";
    }

    @Override
    public List<String> fileEndings() {
        return List.of("csv", "tsv", "tbl", "psv", "csv.gz", "csv.zst", "tsv.gz", "tsv.zst");
    }

    @Override
    public List<ConnectorOption> options() {
        return CsvOptions.KNOWN;
    }

    @Override
    public TableSource open(
            List<String> paths, Optional<Schema> schema, Map<String, String> options) {
        CsvOptions checked = CsvOptions.of(new Options(options));
        return FileTable.open(
                format(), paths, schema, (files, inside) -> new CsvSource(files, inside, checked));
    }

    @Override
    public Optional<TableSink> create(
            String path,
            Schema schema,
            SaveMode mode,
            Map<String, String> options,
            FolderPartitions partitions) {
        Schema inside = partitions.inside(schema);
        Options given = new Options(options);
        CsvOptions checked = CsvOptions.of(given);
        PackedOutput packing = PackedOutput.named(given.get("compression", "none"));
        for (Field field : inside.fields()) {
            if (field.type().isNested() || field.type() == DataType.VARIANT) {
                throw new EngineException(
                        ErrorCode.UNSUPPORTED_FEATURE,
                        Map.of(
                                "feature",
                                "Column `"
                                        + field.name()
                                        + "` of type "
                                        + field.type().sql()
                                        + " in CSV"));
            }
        }
        return Optional.of(
                new FolderSink(
                        format(),
                        "csv" + packing.ending(),
                        path,
                        schema,
                        mode,
                        partitions,
                        file -> new CsvPart(file, inside, checked, packing)));
    }
}
