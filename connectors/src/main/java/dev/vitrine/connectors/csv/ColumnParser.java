package dev.vitrine.connectors.csv;

import dev.vitrine.connectors.file.Numbers;
import dev.vitrine.connectors.file.Times;
import dev.vitrine.engine.batch.ArrowTypes;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns one field of the records found into values, first into arrays of its own, then as wholes
/// into a column.
abstract class ColumnParser {
    /// The fault of a record with a value that cannot be read.
    static final byte BAD_VALUE = 4;

    final int field;
    final Cell cell;
    private final long[] valid;
    private int nulls;
    private int faultyRow = -1;

    ColumnParser(int field, Cell cell, int maxRows) {
        this.field = field;
        this.cell = cell;
        this.valid = new long[(maxRows + 63) / 64];
    }

    static ColumnParser of(DataType type, int field, Cell cell, Times times, int maxRows) {
        return switch (type) {
            case DataType.Simple.BOOLEAN -> new Booleans(field, cell, maxRows);
            case DataType.Simple.TINYINT ->
                    new Ints(field, cell, maxRows, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case DataType.Simple.SMALLINT ->
                    new Ints(field, cell, maxRows, Short.MIN_VALUE, Short.MAX_VALUE);
            case DataType.Simple.INT ->
                    new Ints(field, cell, maxRows, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case DataType.Simple.BIGINT -> new Longs(field, cell, maxRows);
            case DataType.Simple.FLOAT -> new Floats(field, cell, maxRows);
            case DataType.Simple.DOUBLE -> new Doubles(field, cell, maxRows);
            case DataType.Decimal d ->
                    ArrowTypes.isLongDecimal(d)
                            ? new Decimals(field, cell, maxRows, d)
                            : new WideDecimals(field, cell, maxRows, d);
            case DataType.Simple.STRING, DataType.Simple.BINARY ->
                    new TextColumn(field, cell, maxRows);
            case DataType.Simple.DATE -> new Dates(field, cell, maxRows, times);
            case DataType.Simple.TIMESTAMP -> new Timestamps(field, cell, maxRows, times, false);
            case DataType.Simple.TIMESTAMP_NTZ -> new Timestamps(field, cell, maxRows, times, true);
            default ->
                    throw new EngineException(
                            ErrorCode.UNSUPPORTED_FEATURE,
                            Map.of("feature", type.sql() + " in CSV"));
        };
    }

    /// Reads this field of all records found.
    void parse(byte[] buffer, Tokenizer records) {
        nulls = 0;
        faultyRow = -1;
        Arrays.fill(valid, -1L);
        values(buffer, records, records.rows());
    }

    /// The first record whose value could not be read, or -1.
    int faultyRow() {
        return faultyRow;
    }

    abstract void values(byte[] buffer, Tokenizer records, int rows);

    abstract void append(ColumnBuilder out, int rows);

    final long @Nullable [] valid() {
        return nulls == 0 ? null : valid;
    }

    final boolean isNull(int row) {
        return (valid[row >> 6] >>> row & 1) == 0;
    }

    final void setNull(int row) {
        valid[row >> 6] &= ~(1L << row);
        nulls++;
    }

    final void setFaulty(Tokenizer records, int row) {
        setNull(row);
        records.faults[row] |= BAD_VALUE;
        if (faultyRow < 0) {
            faultyRow = row;
        }
    }

    /// Whether a field is likely a number or date as it stands, without quotes or blanks around.
    final boolean isDirect(byte[] buffer, int start, int end) {
        return end > start && buffer[start] <= '9' && buffer[start] >= '-' && cell.isPlain();
    }

    /// A column whose values are more than their text.
    private abstract static class Typed extends ColumnParser {
        Typed(int field, Cell cell, int maxRows) {
            super(field, cell, maxRows);
        }

        /// Reads the fields of all records one by one; columns that have a faster way for usual
        /// fields override it.
        @Override
        void values(byte[] buffer, Tokenizer records, int rows) {
            for (int row = 0, at = field; row < rows; row++, at += records.stride) {
                slowly(buffer, records.bounds[at] + 1, records.bounds[at + 1], records, row);
            }
        }

        /// Reads a field that may be quoted, blank, NULL or wrong.
        final void slowly(byte[] buffer, int start, int end, Tokenizer records, int row) {
            cell.setTrimmed(buffer, start, end);
            if (cell.isNull) {
                setNull(row);
            } else if (!set(row)) {
                setFaulty(records, row);
            }
        }

        /// Takes the cell's text as the value of `row`; false if it is none.
        abstract boolean set(int row);
    }

    private static final class Longs extends Typed {
        private final long[] values;
        private final Numbers numbers = new Numbers();

        Longs(int field, Cell cell, int maxRows) {
            super(field, cell, maxRows);
            values = new long[maxRows];
        }

        @Override
        void values(byte[] buffer, Tokenizer records, int rows) {
            int[] bounds = records.bounds;
            int stride = records.stride;
            boolean plain = cell.isPlain();
            for (int row = 0, at = field; row < rows; row++, at += stride) {
                int start = bounds[at] + 1;
                int end = bounds[at + 1];
                long value = 0;
                int bad = end - start - 1 | 18 - (end - start) | (plain ? 0 : -1);
                for (int i = start; i < end && bad >= 0; i++) {
                    int digit = buffer[i] - '0';
                    bad |= digit | 9 - digit;
                    value = value * 10 + digit;
                }
                values[row] = value;
                if (bad < 0) {
                    slowly(buffer, start, end, records, row);
                }
            }
        }

        @Override
        boolean set(int row) {
            values[row] = numbers.integer(cell.text, cell.from, cell.to);
            return !numbers.failed();
        }

        @Override
        void append(ColumnBuilder out, int rows) {
            out.appendLongs(values, 0, rows, valid());
        }
    }

    private static final class Ints extends Typed {
        private final int[] values;
        private final int min;
        private final int max;
        private final Numbers numbers = new Numbers();

        Ints(int field, Cell cell, int maxRows, int min, int max) {
            super(field, cell, maxRows);
            this.values = new int[maxRows];
            this.min = min;
            this.max = max;
        }

        @Override
        void values(byte[] buffer, Tokenizer records, int rows) {
            int[] bounds = records.bounds;
            int stride = records.stride;
            boolean plain = cell.isPlain();
            for (int row = 0, at = field; row < rows; row++, at += stride) {
                int start = bounds[at] + 1;
                int end = bounds[at + 1];
                int value = 0;
                int bad = end - start - 1 | 9 - (end - start) | (plain ? 0 : -1);
                for (int i = start; i < end && bad >= 0; i++) {
                    int digit = buffer[i] - '0';
                    bad |= digit | 9 - digit;
                    value = value * 10 + digit;
                }
                values[row] = value;
                if (bad < 0 || value > max) {
                    slowly(buffer, start, end, records, row);
                }
            }
        }

        @Override
        boolean set(int row) {
            long value = numbers.integer(cell.text, cell.from, cell.to);
            values[row] = (int) value;
            return !numbers.failed() && value >= min && value <= max;
        }

        @Override
        void append(ColumnBuilder out, int rows) {
            out.appendInts(values, 0, rows, valid());
        }
    }

    private static final class Doubles extends Typed {
        private final double[] values;
        private final Numbers numbers = new Numbers();

        Doubles(int field, Cell cell, int maxRows) {
            super(field, cell, maxRows);
            values = new double[maxRows];
        }

        @Override
        void values(byte[] buffer, Tokenizer records, int rows) {
            for (int row = 0, at = field; row < rows; row++, at += records.stride) {
                int start = records.bounds[at] + 1;
                int end = records.bounds[at + 1];
                if (isDirect(buffer, start, end)) {
                    values[row] = numbers.floating(buffer, start, end);
                    if (!numbers.failed()) {
                        continue;
                    }
                }
                slowly(buffer, start, end, records, row);
            }
        }

        @Override
        boolean set(int row) {
            values[row] = numbers.floating(cell.text, cell.from, cell.to);
            return !numbers.failed();
        }

        @Override
        void append(ColumnBuilder out, int rows) {
            out.appendDoubles(values, 0, rows, valid());
        }
    }

    private static final class Floats extends Typed {
        private final float[] values;
        private final Numbers numbers = new Numbers();

        Floats(int field, Cell cell, int maxRows) {
            super(field, cell, maxRows);
            values = new float[maxRows];
        }

        @Override
        boolean set(int row) {
            values[row] = numbers.single(cell.text, cell.from, cell.to);
            return !numbers.failed();
        }

        @Override
        void append(ColumnBuilder out, int rows) {
            out.appendFloats(values, 0, rows, valid());
        }
    }

    private static final class Decimals extends Typed {
        private final long[] values;
        private final Numbers numbers = new Numbers();
        private final int precision;
        private final int scale;

        Decimals(int field, Cell cell, int maxRows, DataType.Decimal type) {
            super(field, cell, maxRows);
            this.values = new long[maxRows];
            this.precision = type.precision();
            this.scale = type.scale();
        }

        @Override
        void values(byte[] buffer, Tokenizer records, int rows) {
            for (int row = 0, at = field; row < rows; row++, at += records.stride) {
                int start = records.bounds[at] + 1;
                int end = records.bounds[at + 1];
                if (isDirect(buffer, start, end)) {
                    values[row] = numbers.decimal(buffer, start, end, precision, scale);
                    if (!numbers.failed()) {
                        continue;
                    }
                }
                slowly(buffer, start, end, records, row);
            }
        }

        @Override
        boolean set(int row) {
            values[row] = numbers.decimal(cell.text, cell.from, cell.to, precision, scale);
            return !numbers.failed();
        }

        @Override
        void append(ColumnBuilder out, int rows) {
            out.appendLongs(values, 0, rows, valid());
        }
    }

    private static final class WideDecimals extends Typed {
        private final BigDecimal[] values;
        private final Numbers numbers = new Numbers();
        private final DataType.Decimal type;

        WideDecimals(int field, Cell cell, int maxRows, DataType.Decimal type) {
            super(field, cell, maxRows);
            this.values = new BigDecimal[maxRows];
            this.type = type;
        }

        @Override
        boolean set(int row) {
            values[row] =
                    numbers.bigDecimal(
                            cell.text, cell.from, cell.to, type.precision(), type.scale());
            return !numbers.failed();
        }

        @Override
        void append(ColumnBuilder out, int rows) {
            for (int row = 0; row < rows; row++) {
                if (isNull(row)) {
                    out.appendNull();
                } else {
                    BigInteger unscaled = values[row].unscaledValue();
                    out.appendDecimal(
                            unscaled.shiftRight(64).longValueExact(), unscaled.longValue());
                }
            }
        }
    }

    private static final class Booleans extends Typed {
        private final boolean[] values;

        Booleans(int field, Cell cell, int maxRows) {
            super(field, cell, maxRows);
            values = new boolean[maxRows];
        }

        @Override
        boolean set(int row) {
            values[row] = isWord(cell, "true");
            return values[row] || isWord(cell, "false");
        }

        @Override
        void append(ColumnBuilder out, int rows) {
            out.appendBooleans(values, 0, rows, valid());
        }
    }

    /// Whether the cell's text is `word`, letter case ignored.
    static boolean isWord(Cell cell, String word) {
        if (cell.to - cell.from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((cell.text[cell.from + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static final class Dates extends Typed {
        private final int[] values;
        private final Times times;

        Dates(int field, Cell cell, int maxRows, Times times) {
            super(field, cell, maxRows);
            this.values = new int[maxRows];
            this.times = times;
        }

        @Override
        void values(byte[] buffer, Tokenizer records, int rows) {
            for (int row = 0, at = field; row < rows; row++, at += records.stride) {
                int start = records.bounds[at] + 1;
                int end = records.bounds[at + 1];
                if (isDirect(buffer, start, end)) {
                    values[row] = times.date(buffer, start, end);
                    if (!times.failed()) {
                        continue;
                    }
                }
                slowly(buffer, start, end, records, row);
            }
        }

        @Override
        boolean set(int row) {
            values[row] = times.date(cell.text, cell.from, cell.to);
            return !times.failed();
        }

        @Override
        void append(ColumnBuilder out, int rows) {
            out.appendInts(values, 0, rows, valid());
        }
    }

    private static final class Timestamps extends Typed {
        private final long[] values;
        private final Times times;
        private final boolean local;

        Timestamps(int field, Cell cell, int maxRows, Times times, boolean local) {
            super(field, cell, maxRows);
            this.values = new long[maxRows];
            this.times = times;
            this.local = local;
        }

        @Override
        void values(byte[] buffer, Tokenizer records, int rows) {
            for (int row = 0, at = field; row < rows; row++, at += records.stride) {
                int start = records.bounds[at] + 1;
                int end = records.bounds[at + 1];
                if (isDirect(buffer, start, end)) {
                    values[row] = times.timestamp(buffer, start, end, local);
                    if (!times.failed()) {
                        continue;
                    }
                }
                slowly(buffer, start, end, records, row);
            }
        }

        @Override
        boolean set(int row) {
            values[row] = times.timestamp(cell.text, cell.from, cell.to, local);
            return !times.failed();
        }

        @Override
        void append(ColumnBuilder out, int rows) {
            out.appendLongs(values, 0, rows, valid());
        }
    }
}
