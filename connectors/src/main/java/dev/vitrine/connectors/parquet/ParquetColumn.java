package dev.vitrine.connectors.parquet;

import dev.hardwood.metadata.RowGroup;
import dev.vitrine.engine.batch.BatchColumn;
import java.io.IOException;

/// One of the columns a scan asks for, read row by row in step with the others.
interface ParquetColumn extends AutoCloseable {
    /// Turns to the first row of a row group; what was left of the one before is given up.
    void begin(RowGroup group);

    /// How many of the next `rows` rows fit into one batch; at least 1.
    int fitting(int rows) throws IOException;

    /// The next `rows` rows, no more than [#fitting] allowed.
    BatchColumn next(int rows) throws IOException;

    /// Passes over the next `rows` rows.
    void skip(long rows) throws IOException;

    long bytesRead();

    @Override
    void close();
}
