package dev.vitrine.connectors.parquet;

import dev.hardwood.metadata.RowGroup;
import dev.vitrine.engine.batch.ColumnBuilder;

/// A column that the table has and this file has not: NULL throughout.
record MissingColumn() implements AppendedColumn {
    @Override
    public void begin(RowGroup group) {}

    @Override
    public int fitting(int rows) {
        return rows;
    }

    @Override
    public void read(int rows, ColumnBuilder out) {
        out.appendNulls(rows);
    }

    @Override
    public long bytesRead() {
        return 0;
    }
}
