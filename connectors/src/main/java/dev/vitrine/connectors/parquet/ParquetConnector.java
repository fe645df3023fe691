package dev.vitrine.connectors.parquet;

import dev.vitrine.connectors.file.FileTable;
import dev.vitrine.engine.spi.Connector;
import dev.vitrine.engine.spi.ConnectorOption;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.engine.spi.TableSink;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.Schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Apache Parquet.
public final class ParquetConnector implements Connector {
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
        return List.of();
    }

    @Override
    public TableSource open(
            List<String> paths, Optional<Schema> schema, Map<String, String> options) {
        return FileTable.open(format(), paths, schema, ParquetSource::new);
    }

    @Override
    public Optional<TableSink> create(
            String path, Schema schema, SaveMode mode, Map<String, String> options) {
        return Optional.empty();
    }
}
