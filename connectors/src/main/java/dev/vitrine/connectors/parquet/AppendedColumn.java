package dev.vitrine.connectors.parquet;

import dev.hardwood.metadata.RowGroup;
import dev.vitrine.engine.batch.ColumnBuilder;
import java.io.IOException;

/// A column whose values are appended to a builder; [BuiltColumn] makes batches' columns of them.
interface AppendedColumn {
    /// As [ParquetColumn] has it.
    void begin(RowGroup group);

    /// As [ParquetColumn] has it.
    int fitting(int rows) throws IOException;

    /// Appends the next `rows` rows, no more than [#fitting] allowed.
    void read(int rows, ColumnBuilder out) throws IOException;

    long bytesRead();
}
