package dev.vitrine.connectors.csv;

import dev.vitrine.connectors.file.Numbers;
import dev.vitrine.connectors.file.Times;
import dev.vitrine.engine.types.DataType;

/// The narrowest type of BOOLEAN, INT, BIGINT, DOUBLE, DATE, TIMESTAMP and STRING that fits all
/// values seen of one column.
final class TypeInference {
    private final Numbers numbers = new Numbers();
    private final Times times;

    private boolean any;
    private boolean isBoolean = true;
    private boolean isInt = true;
    private boolean isLong = true;
    private boolean isDouble = true;
    private boolean isDate = true;
    private boolean isTimestamp = true;

    TypeInference(CsvOptions options) {
        this.times = new Times(options.dateFormat(), options.timestampFormat(), options.zone());
    }

    /// Takes note of a value that is not NULL.
    void see(Cell cell) {
        int from = cell.from;
        int to = cell.to;
        any = true;
        if (isLong) {
            long value = numbers.integer(cell.text, from, to);
            isLong = !numbers.failed();
            isInt = isInt && isLong && value == (int) value;
        }
        if (isDouble) {
            numbers.floating(cell.text, from, to);
            isDouble = !numbers.failed();
        }
        if (isBoolean) {
            isBoolean = ColumnParser.isWord(cell, "true") || ColumnParser.isWord(cell, "false");
        }
        if (isDate) {
            times.date(cell.text, from, to);
            isDate = !times.failed();
        }
        if (isTimestamp) {
            times.timestamp(cell.text, from, to, false);
            isTimestamp = !times.failed();
        }
    }

    /// STRING for a column without values.
    DataType type() {
        if (!any) {
            return DataType.STRING;
        }
        if (isBoolean) {
            return DataType.BOOLEAN;
        }
        if (isLong) {
            return isInt ? DataType.INT : DataType.BIGINT;
        }
        if (isDouble) {
            return DataType.DOUBLE;
        }
        if (isDate) {
            return DataType.DATE;
        }
        return isTimestamp ? DataType.TIMESTAMP : DataType.STRING;
    }
}
