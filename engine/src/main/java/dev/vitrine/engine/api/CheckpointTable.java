package dev.vitrine.engine.api;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.Split;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.spi.TableStatistics;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// The rows of a checkpoint, in files that are written before they are first read. Safe for many
/// threads.
final class CheckpointTable implements TableSource {
    private final String path;
    private final Schema schema;
    private final Function<Optional<CacheReads>, TableSource> writer;
    private volatile Optional<TableSource> files = Optional.empty();

    /// @param path the folder of the files
    /// @param writer writes the files and opens them, for the query that waits for them if there is
    ///   one
    CheckpointTable(
            String path, Schema schema, Function<Optional<CacheReads>, TableSource> writer) {
        this.path = path;
        this.schema = schema;
        this.writer = writer;
    }

    /// Writes the files unless they are there.
    synchronized void complete(Optional<CacheReads> reader) {
        if (files.isEmpty()) {
            files = Optional.of(writer.apply(reader));
        }
    }

    private TableSource files() {
        return files.orElseThrow(() -> EngineException.internal(path + " is not written yet"));
    }

    @Override
    public String description() {
        return path;
    }

    @Override
    public String format() {
        return "checkpoint";
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public TableStatistics statistics() {
        return files.map(TableSource::statistics).orElse(TableStatistics.UNKNOWN);
    }

    @Override
    public OptionalLong exactRowCount() {
        return files.map(TableSource::exactRowCount).orElse(OptionalLong.empty());
    }

    @Override
    public List<Split> splits(ScanRequest request, long targetBytes) {
        return files().splits(request, targetBytes);
    }

    @Override
    public BatchReader read(Split split, ScanRequest request, BatchAllocator allocator) {
        return files().read(split, request, allocator);
    }
}
