package dev.vitrine.connectors.csv;

import dev.vitrine.engine.batch.ColumnBuilder;
import java.util.Arrays;

/// The text of records with a fault, NULL for all others; parsed after all other columns.
final class CorruptRecords extends ColumnParser {
    private final byte[][] values;

    CorruptRecords(Cell cell, int maxRows) {
        super(-1, cell, maxRows);
        values = new byte[maxRows][];
    }

    @Override
    void values(byte[] buffer, Tokenizer records, int rows) {
        for (int row = 0; row < rows; row++) {
            if (records.faults[row] == 0) {
                setNull(row);
            } else {
                values[row] =
                        Arrays.copyOfRange(
                                buffer, records.recordStart(row), records.recordEnds[row]);
            }
        }
    }

    @Override
    void append(ColumnBuilder out, int rows) {
        for (int row = 0; row < rows; row++) {
            if (isNull(row)) {
                out.appendNull();
            } else {
                out.appendBytes(values[row], 0, values[row].length);
            }
        }
    }
}
