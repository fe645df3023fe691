package dev.vitrine.connectors.parquet;

import dev.vitrine.connectors.file.FileTable;
import dev.vitrine.connectors.file.FolderSink;
import dev.vitrine.connectors.file.Options;
import dev.vitrine.engine.spi.Connector;
import dev.vitrine.engine.spi.ConnectorOption;
import dev.vitrine.engine.spi.FolderPartitions;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.engine.spi.TableSink;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/// Apache Parquet.
public final class ParquetConnector implements Connector {
    /// Four times DuckDB's: a table of a few million rows still gives every core several tasks, and
    /// a task some milliseconds of work.
    private static final int ROW_GROUP_ROWS = 4 * 122_880;

    @Override
    public String format() {
        return "parquet";
    }

    @Override
    public List<String> fileEndings() {
        return List.of("parquet", "parq", "pq");
    }

    @Override
    public List<ConnectorOption> options() {
        return List.of(
                new ConnectorOption(
                        "compression",
                        "snappy|zstd|gzip|lz4_raw|none",
                        "snappy",
                        "How pages are packed when written."),
                new ConnectorOption(
                        "rowGroupRows",
                        "int",
                        String.valueOf(ROW_GROUP_ROWS),
                        "Rows of a row group when written: one task reads one at least."));
    }

    @Override
    public void forgetFiles() {
        Footer.forget();
    }

    @Override
    public TableSource open(
            List<String> paths, Optional<Schema> schema, Map<String, String> options) {
        return FileTable.open(format(), paths, schema, ParquetSource::new);
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
        CompressionCodecName codec = Codecs.named(given.get("compression", "snappy"));
        int rowGroupRows = given.getInt("rowGroupRows", ROW_GROUP_ROWS);
        if (rowGroupRows < 1) {
            throw Options.invalid("rowGroupRows", String.valueOf(rowGroupRows), "1 or more");
        }
        // Types that Parquet has not are refused before anything is written.
        WrittenTypes.message(inside);
        String ending =
                codec == CompressionCodecName.UNCOMPRESSED
                        ? "parquet"
                        : codec.name().toLowerCase(Locale.ROOT) + ".parquet";
        return Optional.of(
                new FolderSink(
                        format(),
                        ending,
                        path,
                        schema,
                        mode,
                        partitions,
                        file -> new ParquetPart(file, inside, codec, rowGroupRows)));
    }
}
