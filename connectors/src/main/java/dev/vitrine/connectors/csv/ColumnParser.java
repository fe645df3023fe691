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
import java.nio.charset.StandardCharsets;
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

    private ColumnParser(int field, Cell cell, int maxRows) {
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
            case DataType.Simple.STRING, DataType.Simple.BINARY -> new Texts(field, cell, maxRows);
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

    private abstract static class Whole extends ColumnParser {
        final Numbers numbers = new Numbers();

        Whole(int field, Cell cell, int maxRows) {
            super(field, cell, maxRows);
        }

        /// An integer that is more than digits: signed, quoted, blank, NULL or wrong.
        final long special(
                byte[] buffer, int start, int end, Tokenizer records, int row, long min, long max) {
            cell.setTrimmed(buffer, start, end);
            if (cell.isNull) {
                setNull(row);
                return 0;
            }
            long value = numbers.integer(cell.text, cell.from, cell.to);
            if (numbers.failed() || value < min || value > max) {
                setFaulty(records, row);
                return 0;
            }
            return value;
        }
    }

    private static final class Longs extends Whole {
        private final long[] values;

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
                values[row] =
                        bad >= 0
                                ? value
                                : special(
                                        buffer,
                                        start,
                                        end,
                                        records,
                                        row,
                                        Long.MIN_VALUE,
                                        Long.MAX_VALUE);
            }
        }

        @Override
        void append(ColumnBuilder out, int rows) {
            out.appendLongs(values, 0, rows, valid());
        }
    }

    private static final class Ints extends Whole {
        private final int[] values;
        private final int min;
        private final int max;

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
                values[row] =
                        bad >= 0 && value <= max
                                ? value
                                : (int) special(buffer, start, end, records, row, min, max);
            }
        }

        @Override
        void append(ColumnBuilder out, int rows) {
            out.appendInts(values, 0, rows, valid());
        }
    }

    private static final class Doubles extends ColumnParser {
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
                cell.setTrimmed(buffer, start, end);
                if (cell.isNull) {
                    setNull(row);
                    continue;
                }
                values[row] = numbers.floating(cell.text, cell.from, cell.to);
                if (numbers.failed()) {
                    setFaulty(records, row);
                }
            }
        }

        @Override
        void append(ColumnBuilder out, int rows) {
            out.appendDoubles(values, 0, rows, valid());
        }
    }

    private static final class Floats extends ColumnParser {
        private final float[] values;
        private final Numbers numbers = new Numbers();

        Floats(int field, Cell cell, int maxRows) {
            super(field, cell, maxRows);
            values = new float[maxRows];
        }

        @Override
        void values(byte[] buffer, Tokenizer records, int rows) {
            for (int row = 0, at = field; row < rows; row++, at += records.stride) {
                cell.setTrimmed(buffer, records.bounds[at] + 1, records.bounds[at + 1]);
                if (cell.isNull) {
                    setNull(row);
                    continue;
                }
                values[row] = numbers.single(cell.text, cell.from, cell.to);
                if (numbers.failed()) {
                    setFaulty(records, row);
                }
            }
        }

        @Override
        void append(ColumnBuilder out, int rows) {
            out.appendFloats(values, 0, rows, valid());
        }
    }

    private static final class Decimals extends ColumnParser {
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
                cell.setTrimmed(buffer, start, end);
                if (cell.isNull) {
                    setNull(row);
                    continue;
                }
                values[row] = numbers.decimal(cell.text, cell.from, cell.to, precision, scale);
                if (numbers.failed()) {
                    setFaulty(records, row);
                }
            }
        }

        @Override
        void append(ColumnBuilder out, int rows) {
            out.appendLongs(values, 0, rows, valid());
        }
    }

    private static final class WideDecimals extends ColumnParser {
        private final BigDecimal[] values;
        private final Numbers numbers = new Numbers();
        private final DataType.Decimal type;

        WideDecimals(int field, Cell cell, int maxRows, DataType.Decimal type) {
            super(field, cell, maxRows);
            this.values = new BigDecimal[maxRows];
            this.type = type;
        }

        @Override
        void values(byte[] buffer, Tokenizer records, int rows) {
            for (int row = 0, at = field; row < rows; row++, at += records.stride) {
                cell.setTrimmed(buffer, records.bounds[at] + 1, records.bounds[at + 1]);
                if (cell.isNull) {
                    setNull(row);
                    continue;
                }
                values[row] =
                        numbers.bigDecimal(
                                cell.text, cell.from, cell.to, type.precision(), type.scale());
                if (numbers.failed()) {
                    setFaulty(records, row);
                }
            }
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

    private static final class Booleans extends ColumnParser {
        private final boolean[] values;

        Booleans(int field, Cell cell, int maxRows) {
            super(field, cell, maxRows);
            values = new boolean[maxRows];
        }

        @Override
        void values(byte[] buffer, Tokenizer records, int rows) {
            for (int row = 0, at = field; row < rows; row++, at += records.stride) {
                cell.setTrimmed(buffer, records.bounds[at] + 1, records.bounds[at + 1]);
                if (cell.isNull) {
                    setNull(row);
                } else if (isWord(cell, "true")) {
                    values[row] = true;
                } else if (isWord(cell, "false")) {
                    values[row] = false;
                } else {
                    setFaulty(records, row);
                }
            }
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

    private static final class Dates extends ColumnParser {
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
                cell.setTrimmed(buffer, start, end);
                if (cell.isNull) {
                    setNull(row);
                    continue;
                }
                values[row] = times.date(cell.text, cell.from, cell.to);
                if (times.failed()) {
                    setFaulty(records, row);
                }
            }
        }

        @Override
        void append(ColumnBuilder out, int rows) {
            out.appendInts(values, 0, rows, valid());
        }
    }

    private static final class Timestamps extends ColumnParser {
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
                cell.setTrimmed(buffer, start, end);
                if (cell.isNull) {
                    setNull(row);
                    continue;
                }
                values[row] = times.timestamp(cell.text, cell.from, cell.to, local);
                if (times.failed()) {
                    setFaulty(records, row);
                }
            }
        }

        @Override
        void append(ColumnBuilder out, int rows) {
            out.appendLongs(values, 0, rows, valid());
        }
    }

    private static final class Texts extends ColumnParser {
        private final int[] offsets;
        private byte[] text = new byte[1 << 14];

        Texts(int field, Cell cell, int maxRows) {
            super(field, cell, maxRows);
            offsets = new int[maxRows + 1];
        }

        @Override
        void values(byte[] buffer, Tokenizer records, int rows) {
            int[] bounds = records.bounds;
            int stride = records.stride;
            boolean plain = cell.isPlain();
            byte quote = cell.quote();
            byte[] target = text;
            int size = 0;
            for (int row = 0, at = field; row < rows; row++, at += stride) {
                int start = bounds[at] + 1;
                int end = bounds[at + 1];
                byte[] source = buffer;
                if (!plain || end <= start || buffer[start] == quote) {
                    cell.set(buffer, start, end);
                    source = cell.text;
                    start = cell.from;
                    end = cell.isNull ? start : cell.to;
                    if (cell.isNull) {
                        setNull(row);
                    }
                }
                int length = end - start;
                if (target.length - size < length) {
                    target = Arrays.copyOf(target, Math.max(size + length, target.length * 2));
                }
                if (length <= 16) {
                    for (int i = 0; i < length; i++) {
                        target[size + i] = source[start + i];
                    }
                } else {
                    System.arraycopy(source, start, target, size, length);
                }
                size += length;
                offsets[row + 1] = size;
            }
            text = target;
        }

        @Override
        void append(ColumnBuilder out, int rows) {
            out.appendStrings(text, offsets, 0, rows, valid());
        }
    }

    /// The text of records with a fault, NULL for all others; parsed after all other columns.
    static final class CorruptRecords extends ColumnParser {
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

        /// The text of a record, shortened for messages.
        static String text(byte[] buffer, Tokenizer records, int row) {
            int start = records.recordStart(row);
            int length = Math.min(records.recordEnds[row] - start, 200);
            return new String(buffer, start, length, StandardCharsets.UTF_8);
        }
    }
}
