package dev.vitrine.connectors.json;

import com.fasterxml.jackson.core.JsonParser;
import dev.vitrine.connectors.file.Numbers;
import dev.vitrine.connectors.file.Times;
import dev.vitrine.engine.batch.ArrowTypes;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.types.DataType;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns one member of the lines scanned into values, first into arrays of its own, then by
/// stretches into a column.
///
/// It reads only what is of its type without doubt; a row with anything else is marked, to be read
/// by [JsonValues], whose word counts.
abstract class JsonColumn {
    private final int column;
    private final int columns;
    private final long[] valid;
    private boolean nulls;

    private JsonColumn(int column, int columns, int maxRows) {
        this.column = column;
        this.columns = columns;
        this.valid = new long[(maxRows + 63) / 64];
    }

    /// A reader of column `column` of `columns`.
    static JsonColumn of(DataType type, int column, int columns, int maxRows, ZoneId zone) {
        Times times = new Times(Optional.empty(), Optional.empty(), zone);
        return switch (type) {
            case DataType.Simple.BOOLEAN -> new Booleans(column, columns, maxRows);
            case DataType.Simple.TINYINT ->
                    new Ints(column, columns, maxRows, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case DataType.Simple.SMALLINT ->
                    new Ints(column, columns, maxRows, Short.MIN_VALUE, Short.MAX_VALUE);
            case DataType.Simple.INT ->
                    new Ints(column, columns, maxRows, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case DataType.Simple.BIGINT -> new Longs(column, columns, maxRows);
            case DataType.Simple.DOUBLE -> new Doubles(column, columns, maxRows);
            case DataType.Decimal d when ArrowTypes.isLongDecimal(d) ->
                    new Decimals(column, columns, maxRows, d);
            case DataType.Simple.DATE -> new Dates(column, columns, maxRows, times);
            case DataType.Simple.TIMESTAMP ->
                    new Timestamps(column, columns, maxRows, times, false);
            case DataType.Simple.TIMESTAMP_NTZ ->
                    new Timestamps(column, columns, maxRows, times, true);
            case DataType.Simple.STRING -> new Texts(column, columns, maxRows);
            default -> new Boxed(column, columns, maxRows, type, zone);
        };
    }

    /// Reads this column of `rows` rows; clears `regular` for those it cannot read.
    final void read(byte[] text, JsonScanner found, int rows, boolean[] regular)
            throws IOException {
        Arrays.fill(valid, -1L);
        nulls = false;
        values(text, found, rows, regular);
    }

    abstract void values(byte[] text, JsonScanner found, int rows, boolean[] regular)
            throws IOException;

    /// Appends rows `from` and the `count - 1` after it.
    abstract void append(ColumnBuilder out, int from, int count);

    final int slot(int row) {
        return row * columns + column;
    }

    final long @Nullable [] valid() {
        return nulls ? valid : null;
    }

    final void setNull(int row) {
        valid[row >> 6] &= ~(1L << row);
        nulls = true;
    }

    /// Notes what holds no value to read: NULL, or something of another kind.
    final void other(byte kind, int row, boolean[] regular) {
        setNull(row);
        if (kind != JsonScanner.MISSING && kind != JsonScanner.NULL) {
            regular[row] = false;
        }
    }

    private static final class Booleans extends JsonColumn {
        private final boolean[] values;

        Booleans(int column, int columns, int maxRows) {
            super(column, columns, maxRows);
            values = new boolean[maxRows];
        }

        @Override
        void values(byte[] text, JsonScanner found, int rows, boolean[] regular) {
            for (int row = 0; row < rows; row++) {
                byte kind = found.kinds[slot(row)];
                values[row] = kind == JsonScanner.TRUE;
                if (kind != JsonScanner.TRUE && kind != JsonScanner.FALSE) {
                    other(kind, row, regular);
                }
            }
        }

        @Override
        void append(ColumnBuilder out, int from, int count) {
            out.appendBooleans(values, from, count, valid());
        }
    }

    /// Columns held in 64 bits.
    private abstract static class Words extends JsonColumn {
        final long[] values;

        Words(int column, int columns, int maxRows) {
            super(column, columns, maxRows);
            values = new long[maxRows];
        }

        @Override
        final void append(ColumnBuilder out, int from, int count) {
            out.appendLongs(values, from, count, valid());
        }
    }

    /// Columns held in 32 bits or fewer.
    private abstract static class HalfWords extends JsonColumn {
        final int[] values;

        HalfWords(int column, int columns, int maxRows) {
            super(column, columns, maxRows);
            values = new int[maxRows];
        }

        @Override
        final void append(ColumnBuilder out, int from, int count) {
            out.appendInts(values, from, count, valid());
        }
    }

    private static final class Longs extends Words {
        private final Numbers numbers = new Numbers();

        Longs(int column, int columns, int maxRows) {
            super(column, columns, maxRows);
        }

        @Override
        void values(byte[] text, JsonScanner found, int rows, boolean[] regular) {
            for (int row = 0; row < rows; row++) {
                int slot = slot(row);
                if (found.kinds[slot] == JsonScanner.WHOLE) {
                    values[row] = numbers.integer(text, found.starts[slot], found.ends[slot]);
                    regular[row] &= !numbers.failed();
                } else {
                    other(found.kinds[slot], row, regular);
                }
            }
        }
    }

    private static final class Ints extends HalfWords {
        private final int min;
        private final int max;
        private final Numbers numbers = new Numbers();

        Ints(int column, int columns, int maxRows, int min, int max) {
            super(column, columns, maxRows);
            this.min = min;
            this.max = max;
        }

        @Override
        void values(byte[] text, JsonScanner found, int rows, boolean[] regular) {
            for (int row = 0; row < rows; row++) {
                int slot = slot(row);
                if (found.kinds[slot] == JsonScanner.WHOLE) {
                    long value = numbers.integer(text, found.starts[slot], found.ends[slot]);
                    values[row] = (int) value;
                    regular[row] &= !numbers.failed() && value >= min && value <= max;
                } else {
                    other(found.kinds[slot], row, regular);
                }
            }
        }
    }

    private static final class Doubles extends JsonColumn {
        private final double[] values;
        private final Numbers numbers = new Numbers();

        Doubles(int column, int columns, int maxRows) {
            super(column, columns, maxRows);
            values = new double[maxRows];
        }

        @Override
        void values(byte[] text, JsonScanner found, int rows, boolean[] regular) {
            for (int row = 0; row < rows; row++) {
                int slot = slot(row);
                byte kind = found.kinds[slot];
                if (kind == JsonScanner.WHOLE || kind == JsonScanner.FRACTION) {
                    double value = numbers.floating(text, found.starts[slot], found.ends[slot]);
                    // The whole number -0 is 0.0; the fraction -0.0 is not.
                    values[row] = kind == JsonScanner.WHOLE ? value + 0.0 : value;
                    regular[row] &= !numbers.failed();
                } else {
                    other(kind, row, regular);
                }
            }
        }

        @Override
        void append(ColumnBuilder out, int from, int count) {
            out.appendDoubles(values, from, count, valid());
        }
    }

    private static final class Decimals extends Words {
        private final Numbers numbers = new Numbers();
        private final int precision;
        private final int scale;

        Decimals(int column, int columns, int maxRows, DataType.Decimal type) {
            super(column, columns, maxRows);
            this.precision = type.precision();
            this.scale = type.scale();
        }

        @Override
        void values(byte[] text, JsonScanner found, int rows, boolean[] regular) {
            for (int row = 0; row < rows; row++) {
                int slot = slot(row);
                byte kind = found.kinds[slot];
                if (kind == JsonScanner.WHOLE || kind == JsonScanner.FRACTION) {
                    values[row] =
                            numbers.decimal(
                                    text, found.starts[slot], found.ends[slot], precision, scale);
                    regular[row] &= !numbers.failed();
                } else {
                    other(kind, row, regular);
                }
            }
        }
    }

    private static final class Dates extends HalfWords {
        private static final int LENGTH = 10;

        private final Times times;

        Dates(int column, int columns, int maxRows, Times times) {
            super(column, columns, maxRows);
            this.times = times;
        }

        @Override
        void values(byte[] text, JsonScanner found, int rows, boolean[] regular) {
            for (int row = 0; row < rows; row++) {
                int slot = slot(row);
                int start = found.starts[slot];
                boolean fits = found.ends[slot] - start == LENGTH;
                if (found.kinds[slot] == JsonScanner.PLAIN_TEXT
                        && fits
                        && text[start + 4] == '-'
                        && text[start + 7] == '-') {
                    values[row] = times.date(text, start, start + LENGTH);
                    regular[row] &= !times.failed();
                } else {
                    other(found.kinds[slot], row, regular);
                }
            }
        }
    }

    private static final class Timestamps extends Words {
        private static final int SECONDS_LENGTH = 19;

        private final Times times;
        private final boolean local;

        Timestamps(int column, int columns, int maxRows, Times times, boolean local) {
            super(column, columns, maxRows);
            this.times = times;
            this.local = local;
        }

        @Override
        void values(byte[] text, JsonScanner found, int rows, boolean[] regular) {
            for (int row = 0; row < rows; row++) {
                int slot = slot(row);
                int start = found.starts[slot];
                int end = found.ends[slot];
                if (found.kinds[slot] == JsonScanner.PLAIN_TEXT && isUsual(text, start, end)) {
                    values[row] = times.timestamp(text, start, end, local);
                    regular[row] &= !times.failed();
                } else {
                    other(found.kinds[slot], row, regular);
                }
            }
        }

        /// `yyyy-MM-dd HH:mm:ss`, or with a `T`, then at most six decimals, then at most a `Z`.
        private static boolean isUsual(byte[] text, int start, int end) {
            int length = end - start - (text[end - 1] == 'Z' ? 1 : 0);
            boolean seconds =
                    length >= SECONDS_LENGTH
                            && text[start + 4] == '-'
                            && text[start + 7] == '-'
                            && (text[start + 10] == 'T' || text[start + 10] == ' ')
                            && text[start + 13] == ':'
                            && text[start + 16] == ':';
            int decimals = length - SECONDS_LENGTH - 1;
            return seconds
                    && (length == SECONDS_LENGTH
                            || (text[start + SECONDS_LENGTH] == '.'
                                    && decimals >= 1
                                    && decimals <= 6));
        }
    }

    private static final class Texts extends JsonColumn {
        private final int[] offsets;
        private byte[] bytes = new byte[1 << 14];

        Texts(int column, int columns, int maxRows) {
            super(column, columns, maxRows);
            offsets = new int[maxRows + 1];
        }

        @Override
        void values(byte[] text, JsonScanner found, int rows, boolean[] regular) {
            int size = 0;
            for (int row = 0; row < rows; row++) {
                int slot = slot(row);
                byte kind = found.kinds[slot];
                if (kind < JsonScanner.WHOLE || kind == JsonScanner.NESTED) {
                    other(kind, row, regular);
                } else {
                    int start = found.starts[slot];
                    int length = found.ends[slot] - start;
                    if (bytes.length - size < length) {
                        int grown = Math.max(size + length, bytes.length * 2);
                        bytes = Arrays.copyOf(bytes, grown);
                    }
                    if (kind != JsonScanner.ESCAPED_TEXT) {
                        System.arraycopy(text, start, bytes, size, length);
                        size += length;
                    } else {
                        int end = unescape(text, start, length, size);
                        regular[row] &= end >= 0;
                        size = Math.max(end, size);
                    }
                }
                offsets[row + 1] = size;
            }
        }

        /// Writes a string without its escapes; where it ends, or -1 where half a character is
        /// escaped.
        private int unescape(byte[] text, int start, int length, int target) {
            int size = target;
            int end = start + length;
            int at = start;
            while (at < end) {
                byte sign = text[at++];
                if (sign != '\\') {
                    bytes[size++] = sign;
                    continue;
                }
                sign = text[at++];
                switch (sign) {
                    case 'b' -> bytes[size++] = '\b';
                    case 'f' -> bytes[size++] = '\f';
                    case 'n' -> bytes[size++] = '\n';
                    case 'r' -> bytes[size++] = '\r';
                    case 't' -> bytes[size++] = '\t';
                    case 'u' -> {
                        int code = 0;
                        for (int i = 0; i < 4; i++) {
                            code = code << 4 | Character.digit(text[at + i], 16);
                        }
                        if (Character.isSurrogate((char) code)) {
                            return -1;
                        }
                        at += 4;
                        size = utf8(code, size);
                    }
                    default -> bytes[size++] = sign;
                }
            }
            return size;
        }

        private int utf8(int code, int target) {
            int size = target;
            if (code < 0x80) {
                bytes[size++] = (byte) code;
            } else if (code < 0x800) {
                bytes[size++] = (byte) (0xC0 | code >> 6);
                bytes[size++] = (byte) (0x80 | (code & 0x3F));
            } else {
                bytes[size++] = (byte) (0xE0 | code >> 12);
                bytes[size++] = (byte) (0x80 | (code >> 6 & 0x3F));
                bytes[size++] = (byte) (0x80 | (code & 0x3F));
            }
            return size;
        }

        @Override
        void append(ColumnBuilder out, int from, int count) {
            out.appendStrings(bytes, offsets, from, count, valid());
        }
    }

    /// Types that are read one by one.
    private static final class Boxed extends JsonColumn {
        private final @Nullable Object[] values;
        private final DataType type;
        private final JsonValues reader;

        Boxed(int column, int columns, int maxRows, DataType type, ZoneId zone) {
            super(column, columns, maxRows);
            this.values = new @Nullable Object[maxRows];
            this.type = type;
            this.reader = new JsonValues(zone);
        }

        @Override
        void values(byte[] text, JsonScanner found, int rows, boolean[] regular)
                throws IOException {
            for (int row = 0; row < rows; row++) {
                values[row] = null;
                int slot = slot(row);
                byte kind = found.kinds[slot];
                if (regular[row] && kind != JsonScanner.MISSING && kind != JsonScanner.NULL) {
                    boolean quoted =
                            kind == JsonScanner.PLAIN_TEXT || kind == JsonScanner.ESCAPED_TEXT;
                    int start = found.starts[slot] - (quoted ? 1 : 0);
                    int end = found.ends[slot] + (quoted ? 1 : 0);
                    try (JsonParser json =
                            JsonLines.FACTORY.createParser(text, start, end - start)) {
                        json.nextToken();
                        reader.faulty = false;
                        values[row] = reader.read(json, type);
                        regular[row] = !reader.faulty;
                    }
                }
            }
        }

        @Override
        void append(ColumnBuilder out, int from, int count) {
            for (int row = from; row < from + count; row++) {
                out.append(values[row]);
            }
        }
    }
}
