package dev.vitrine.engine.spi;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A table that can be read in parallel parts. Immutable; safe to use from many threads.
public interface TableSource {
    /// What people call it: a path or a table name.
    String description();

    /// The format or service, for example `parquet`.
    String format();

    Schema schema();

    /// What is known without reading the data: row count, and per column bounds and null counts.
    TableStatistics statistics();

    /// The parts that answer `request`; parts that its filters rule out are left out.
    ///
    /// @param targetBytes bytes that one split should read at most, where it can be cut so
    List<Split> splits(ScanRequest request, long targetBytes);

    /// Opens one part for reading on the calling thread.
    BatchReader read(Split split, ScanRequest request, BatchAllocator allocator);

    /// How the rows are kept by executors, for people; empty for what is read from where it is.
    default Optional<String> kept() {
        return Optional.empty();
    }

    /// Whether [#statistics] gives an exact row count.
    default OptionalLong exactRowCount() {
        return OptionalLong.empty();
    }
}
