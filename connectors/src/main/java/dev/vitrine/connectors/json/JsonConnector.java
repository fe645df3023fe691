package dev.vitrine.connectors.json;

import dev.vitrine.connectors.file.FileTable;
import dev.vitrine.connectors.file.FolderSink;
import dev.vitrine.connectors.file.Options;
import dev.vitrine.connectors.file.PackedOutput;
import dev.vitrine.engine.spi.Connector;
import dev.vitrine.engine.spi.ConnectorOption;
import dev.vitrine.engine.spi.FolderPartitions;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.engine.spi.TableSink;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// JSON, one object a line.
public final class JsonConnector implements Connector {
    @Override
    public String format() {
        return "json";
    }

    @Override
    public List<String> fileEndings() {
        return List.of("json", "jsonl", "ndjson", "json.gz", "jsonl.gz", "json.zst", "jsonl.zst");
    }

    @Override
    public List<ConnectorOption> options() {
        return JsonOptions.KNOWN;
    }

    @Override
    public TableSource open(
            List<String> paths, Optional<Schema> schema, Map<String, String> options) {
        JsonOptions checked = JsonOptions.of(new Options(options));
        return FileTable.open(
                format(), paths, schema, (files, inside) -> new JsonSource(files, inside, checked));
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
        PackedOutput packing = PackedOutput.named(given.get("compression", "none"));
        boolean ignoreNulls = given.getBoolean("ignoreNullFields", true);
        return Optional.of(
                new FolderSink(
                        format(),
                        "json" + packing.ending(),
                        path,
                        schema,
                        mode,
                        partitions,
                        file -> new JsonPart(file, inside, ignoreNulls, packing)));
    }
}
