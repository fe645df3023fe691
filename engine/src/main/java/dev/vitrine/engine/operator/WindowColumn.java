package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.ColumnBuilder;

/// Computes one window call, partition after partition.
interface WindowColumn {
    /// Begins with a partition.
    void start(WindowPartition partition);

    /// Appends the value for row `index`; rows are asked for in ascending order, each once.
    void append(int index, ColumnBuilder target);
}
