package dev.vitrine.connectors.file;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.TableStatistics;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.OptionalLong;

/// What one file format knows of the files of a table; [FileTable] adds what is common to all
/// formats.
public interface FileSource {
    /// The columns inside the files.
    Schema schema();

    TableStatistics statistics();

    /// The parts of `files` that answer `request`.
    List<? extends FileSplit> splits(List<DataFile> files, ScanRequest request, long targetBytes);

    BatchReader read(FileSplit split, ScanRequest request, BatchAllocator allocator);

    /// As `TableSource` has it.
    default OptionalLong exactRowCount() {
        return OptionalLong.empty();
    }

    /// What the source found out about the files by itself, for people; empty where there is
    /// nothing to tell.
    default String findings() {
        return "";
    }
}
