package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.ColumnBuilder;
import java.io.IOException;

/// One of the columns a scan asks for, read row by row in step with the others.
interface ParquetColumn {
    /// How many of the next `rows` rows fit into one batch; at least 1.
    int fitting(int rows) throws IOException;

    /// Appends the next `rows` rows, no more than [#fitting] allowed.
    void read(int rows, ColumnBuilder out) throws IOException;

    long bytesRead();
}
