package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.ArrowTypes;
import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Schema;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/// Hands columns of batches to Parquet's column writers: plain ones by a loop over their memory,
/// nested ones value by value.
///
/// Every column is optional, as Spark writes them: a value has definition level 1, a NULL 0.
final class WrittenColumns {
    private final Schema schema;
    private final ColumnWriter[] leaves;
    private final int[] firstLeaf;
    private final NestedValues nested;

    /// @param leaves the writers of all leaf columns in the order of the schema
    WrittenColumns(Schema schema, ColumnWriter[] leaves) {
        this.schema = schema;
        this.leaves = leaves;
        this.nested = new NestedValues(leaves);
        this.firstLeaf = new int[schema.size()];
        int leaf = 0;
        for (int column = 0; column < firstLeaf.length; column++) {
            firstLeaf[column] = leaf;
            leaf += NestedValues.leaves(schema.field(column).type());
        }
    }

    /// Writes rows `from` up to, without, `to`, column after column.
    void write(Batch batch, int from, int to) {
        for (int column = 0; column < firstLeaf.length; column++) {
            DataType type = schema.field(column).type();
            if (type.isNested() || type == DataType.VARIANT) {
                for (int row = from; row < to; row++) {
                    nested.write(batch.value(column, row), type, firstLeaf[column]);
                }
            } else {
                plain(batch, column, type, from, to);
            }
        }
    }

    private void plain(Batch batch, int column, DataType type, int from, int to) {
        ColumnWriter out = leaves[firstLeaf[column]];
        Range range =
                new Range(batch.dataAddress(column), batch.validityAddress(column), from, to, out);
        switch (type) {
            case DataType.Simple.BOOLEAN -> booleans(range);
            case DataType.Simple.TINYINT -> bytes(range);
            case DataType.Simple.SMALLINT -> shorts(range);
            case DataType.Simple.INT, DataType.Simple.DATE -> ints(range);
            case DataType.YearMonthInterval i -> ints(range);
            case DataType.Simple.FLOAT -> floats(range);
            case DataType.Simple.DOUBLE -> doubles(range);
            case DataType.Simple.STRING, DataType.Simple.BINARY ->
                    texts(range, batch.offsetAddress(column));
            case DataType.Decimal d -> {
                if (!ArrowTypes.isLongDecimal(d)) {
                    wideDecimals(range, WrittenTypes.decimalBytes(d.precision()));
                } else if (WrittenTypes.isIntDecimal(d)) {
                    intDecimals(range);
                } else {
                    longs(range);
                }
            }
            default -> longs(range);
        }
    }

    /// Rows of one column in memory, and where they go.
    ///
    /// @param validity 0 where none is NULL
    private record Range(long data, long validity, int from, int to, ColumnWriter out) {
        /// Whether the row holds a value; writes the NULL if not.
        boolean has(int row) {
            if (validity == 0 || Mem.getBit(validity, row)) {
                return true;
            }
            out.writeNull(0, 0);
            return false;
        }
    }

    private static void booleans(Range range) {
        for (int row = range.from; row < range.to; row++) {
            if (range.has(row)) {
                range.out.write(Mem.getBit(range.data, row), 0, 1);
            }
        }
    }

    private static void bytes(Range range) {
        for (int row = range.from; row < range.to; row++) {
            if (range.has(row)) {
                range.out.write((int) Mem.getByte(range.data + row), 0, 1);
            }
        }
    }

    private static void shorts(Range range) {
        for (int row = range.from; row < range.to; row++) {
            if (range.has(row)) {
                range.out.write((int) Mem.getShort(range.data + 2L * row), 0, 1);
            }
        }
    }

    private static void ints(Range range) {
        for (int row = range.from; row < range.to; row++) {
            if (range.has(row)) {
                range.out.write(Mem.getInt(range.data + 4L * row), 0, 1);
            }
        }
    }

    private static void longs(Range range) {
        for (int row = range.from; row < range.to; row++) {
            if (range.has(row)) {
                range.out.write(Mem.getLong(range.data + 8L * row), 0, 1);
            }
        }
    }

    private static void intDecimals(Range range) {
        for (int row = range.from; row < range.to; row++) {
            if (range.has(row)) {
                range.out.write((int) Mem.getLong(range.data + 8L * row), 0, 1);
            }
        }
    }

    private static void floats(Range range) {
        for (int row = range.from; row < range.to; row++) {
            if (range.has(row)) {
                range.out.write(Mem.getFloat(range.data + 4L * row), 0, 1);
            }
        }
    }

    private static void doubles(Range range) {
        for (int row = range.from; row < range.to; row++) {
            if (range.has(row)) {
                range.out.write(Mem.getDouble(range.data + 8L * row), 0, 1);
            }
        }
    }

    private static void wideDecimals(Range range, int bytes) {
        for (int row = range.from; row < range.to; row++) {
            if (range.has(row)) {
                long at = range.data + 16L * row;
                range.out.write(
                        NestedValues.decimal(Mem.getLong(at + 8), Mem.getLong(at), bytes), 0, 1);
            }
        }
    }

    /// All text of the rows is copied once; each value is a part of the copy.
    private static void texts(Range range, long offsets) {
        if (range.from == range.to) {
            return;
        }
        int start = Mem.getInt(offsets + 4L * range.from);
        int end = Mem.getInt(offsets + 4L * range.to);
        byte[] text = new byte[end - start];
        Mem.copy(range.data + start, text, 0, text.length);
        for (int row = range.from; row < range.to; row++) {
            if (range.has(row)) {
                int from = Mem.getInt(offsets + 4L * row);
                int to = Mem.getInt(offsets + 4L * row + 4);
                range.out.write(Binary.fromReusedByteArray(text, from - start, to - from), 0, 1);
            }
        }
    }
}
