package dev.vitrine.engine.catalog;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.Split;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.spi.TableStatistics;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.OptionalLong;

/// A table of the warehouse while it has no files. Plans over it say where it lies, as those over
/// its files will, so that what is kept of them is known to come from it.
///
/// @param description the table's folder
record EmptyTable(String description, String format, Schema schema) implements TableSource {
    @Override
    public TableStatistics statistics() {
        return TableStatistics.UNKNOWN;
    }

    @Override
    public OptionalLong exactRowCount() {
        return OptionalLong.of(0);
    }

    @Override
    public List<Split> splits(ScanRequest request, long targetBytes) {
        return List.of();
    }

    @Override
    public BatchReader read(Split split, ScanRequest request, BatchAllocator allocator) {
        throw EngineException.internal(description + " has no parts to read");
    }
}
