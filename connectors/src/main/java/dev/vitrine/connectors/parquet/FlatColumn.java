package dev.vitrine.connectors.parquet;

import dev.hardwood.internal.reader.Page;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.schema.ColumnSchema;
import dev.vitrine.engine.batch.ArrowTypes;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.types.DataType;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// A column outside every group that is packed in a way [PageColumn] does not know: its pages'
/// arrays are copied into the builder as wholes.
final class FlatColumn implements AppendedColumn {
    private static final long MAX_BATCH_BYTES = 64L << 20;

    private final Pages pages;
    private final ColumnSchema column;
    private final DataType type;
    private final boolean isText;
    private final Deque<LevelPage> waiting = new ArrayDeque<>();
    private int position;
    private int available;

    private long[] longs = new long[0];
    private byte[] text = new byte[0];
    private int[] offsets = new int[0];

    FlatColumn(Pages pages, DataType type) {
        this.pages = pages;
        this.column = pages.column();
        this.type = type;
        this.isText = type == DataType.STRING || type == DataType.BINARY;
    }

    /// Whether values of `column` can be read as `type`.
    static boolean canRead(ColumnSchema column, DataType own, DataType type) {
        if (own.equals(type)) {
            return true;
        }
        if (own instanceof DataType.Time && type instanceof DataType.Time) {
            return true;
        }
        return switch (column.type()) {
            case INT32 -> own.isIntegral() && (type == DataType.INT || type == DataType.BIGINT);
            case FLOAT -> type == DataType.DOUBLE;
            default -> false;
        };
    }

    /// Microseconds of an INT64 timestamp or time.
    static long micros(long value, @Nullable LogicalType logical) {
        LogicalType.TimeUnit unit =
                switch (logical) {
                    case LogicalType.TimestampType t -> t.unit();
                    case LogicalType.TimeType t -> t.unit();
                    case null, default -> LogicalType.TimeUnit.MICROS;
                };
        return switch (unit) {
            case MILLIS -> value * 1_000;
            case MICROS -> value;
            case NANOS -> Math.floorDiv(value, 1_000L);
        };
    }

    @Override
    public void begin(RowGroup group) {
        pages.begin(group);
        waiting.clear();
        position = 0;
        available = 0;
    }

    @Override
    public long bytesRead() {
        return pages.bytesRead();
    }

    @Override
    public int fitting(int rows) throws IOException {
        load(rows);
        return isText ? measure(rows) : rows;
    }

    @Override
    public void read(int rows, ColumnBuilder out) throws IOException {
        load(rows);
        int done = 0;
        while (done < rows) {
            LevelPage next = waiting.getFirst();
            int count = Math.min(rows - done, next.size() - position);
            append(next, position, count, out);
            done += count;
            position += count;
            if (position == next.size()) {
                waiting.removeFirst();
                position = 0;
            }
        }
        available -= rows;
    }

    private void load(int rows) throws IOException {
        while (available < rows) {
            Page page = pages.next();
            if (page == null) {
                throw new IOException("column " + column.name() + " ends before its row group");
            }
            LevelPage next = LevelPage.of(page);
            waiting.addLast(next);
            available += next.size();
        }
    }

    /// How many of the next rows hold no more than a batch's bytes.
    private int measure(int rows) {
        Iterator<LevelPage> next = waiting.iterator();
        LevelPage page = next.next();
        int at = position;
        long bytes = 0;
        for (int row = 0; row < rows; row++) {
            while (at == page.size()) {
                page = next.next();
                at = 0;
            }
            byte[] value = ((Page.ByteArrayPage) page.page()).values()[at++];
            bytes += value == null ? 0 : value.length;
            if (bytes > MAX_BATCH_BYTES) {
                return Math.max(row, 1);
            }
        }
        return rows;
    }

    private void append(LevelPage next, int from, int count, ColumnBuilder out) {
        switch (next.page()) {
            case Page.BooleanPage p -> out.appendBooleans(p.values(), from, count, next.valid());
            case Page.IntPage p -> appendInts(p.values(), next, from, count, out);
            case Page.LongPage p -> appendLongs(p.values(), next, from, count, out);
            case Page.FloatPage p -> appendFloats(p.values(), next, from, count, out);
            case Page.DoublePage p -> out.appendDoubles(p.values(), from, count, next.valid());
            case Page.ByteArrayPage p -> appendBytes(p.values(), next, from, count, out);
        }
    }

    private void appendInts(int[] values, LevelPage page, int from, int count, ColumnBuilder out) {
        if (column.logicalType() instanceof LogicalType.TimeType) {
            scale(values, from, count, 1_000L);
            out.appendLongs(longs, from, count, page.valid());
        } else if (type instanceof DataType.Decimal && !ArrowTypes.isLongDecimal(type)) {
            for (int i = from; i < from + count; i++) {
                if (isNull(page, i)) {
                    out.appendNull();
                } else {
                    out.appendUnscaled(values[i]);
                }
            }
        } else if (type instanceof DataType.Decimal) {
            scale(values, from, count, 1L);
            out.appendLongs(longs, from, count, page.valid());
        } else if (type == DataType.BIGINT) {
            scale(values, from, count, 1L);
            if (isUnsigned()) {
                for (int i = from; i < from + count; i++) {
                    longs[i] &= 0xFFFF_FFFFL;
                }
            }
            out.appendLongs(longs, from, count, page.valid());
        } else {
            out.appendInts(values, from, count, page.valid());
        }
    }

    private void scale(int[] values, int from, int count, long factor) {
        if (longs.length < from + count) {
            longs = new long[values.length];
        }
        for (int i = from; i < from + count; i++) {
            longs[i] = values[i] * factor;
        }
    }

    private void appendLongs(
            long[] values, LevelPage page, int from, int count, ColumnBuilder out) {
        if (type instanceof DataType.Decimal && !ArrowTypes.isLongDecimal(type)) {
            boolean unsigned = !(column.logicalType() instanceof LogicalType.DecimalType);
            for (int i = from; i < from + count; i++) {
                if (isNull(page, i)) {
                    out.appendNull();
                } else {
                    out.appendDecimal(unsigned ? 0 : values[i] >> 63, values[i]);
                }
            }
            return;
        }
        if (micros(1, column.logicalType()) == 1) {
            out.appendLongs(values, from, count, page.valid());
            return;
        }
        if (longs.length < from + count) {
            longs = new long[values.length];
        }
        for (int i = from; i < from + count; i++) {
            longs[i] = micros(values[i], column.logicalType());
        }
        out.appendLongs(longs, from, count, page.valid());
    }

    private static void appendFloats(
            float[] values, LevelPage page, int from, int count, ColumnBuilder out, boolean wide) {
        if (!wide) {
            out.appendFloats(values, from, count, page.valid());
            return;
        }
        double[] doubles = new double[values.length];
        for (int i = from; i < from + count; i++) {
            doubles[i] = values[i];
        }
        out.appendDoubles(doubles, from, count, page.valid());
    }

    private void appendFloats(
            float[] values, LevelPage page, int from, int count, ColumnBuilder out) {
        appendFloats(values, page, from, count, out, type == DataType.DOUBLE);
    }

    private void appendBytes(
            byte[][] values, LevelPage page, int from, int count, ColumnBuilder out) {
        if (isText && !(column.logicalType() instanceof LogicalType.UuidType)) {
            appendText(values, page, from, count, out);
            return;
        }
        for (int i = from; i < from + count; i++) {
            if (isNull(page, i)) {
                out.appendNull();
            } else {
                appendOne(values[i], out);
            }
        }
    }

    private void appendText(
            byte[][] values, LevelPage page, int from, int count, ColumnBuilder out) {
        if (offsets.length < from + count + 1) {
            offsets = new int[values.length + 1];
        }
        int end = 0;
        for (int i = from; i < from + count; i++) {
            offsets[i] = end;
            byte[] value = values[i];
            if (value == null) {
                continue;
            }
            int length = value.length;
            if (text.length - end < length) {
                text = Arrays.copyOf(text, Math.max(end + length, Math.max(4096, end * 2)));
            }
            if (length <= 12) {
                for (int k = 0; k < length; k++) {
                    text[end + k] = value[k];
                }
            } else {
                System.arraycopy(value, 0, text, end, length);
            }
            end += length;
        }
        offsets[from + count] = end;
        out.appendStrings(text, offsets, from, count, page.valid());
    }

    private void appendOne(byte[] value, ColumnBuilder out) {
        if (column.type() == PhysicalType.INT96) {
            out.appendLong(LeafValues.int96Micros(value));
        } else if (type == DataType.FLOAT) {
            out.appendFloat(LeafValues.float16(value));
        } else if (type == DataType.STRING) {
            byte[] uuid = LeafValues.uuidText(value);
            out.appendBytes(uuid, 0, uuid.length);
        } else if (ArrowTypes.isLongDecimal(type)) {
            out.appendLong(LeafValues.unscaledLong(value, value.length));
        } else {
            int low = Math.min(value.length, 8);
            long high =
                    value.length > 8
                            ? LeafValues.unscaledLong(value, value.length - 8)
                            : value.length > 0 && value[0] < 0 ? -1 : 0;
            long bits = 0;
            for (int i = value.length - low; i < value.length; i++) {
                bits = bits << 8 | (value[i] & 0xFF);
            }
            if (low < 8 && high < 0) {
                bits |= -1L << (low * 8);
            }
            out.appendDecimal(high, bits);
        }
    }

    private boolean isUnsigned() {
        return column.logicalType() instanceof LogicalType.IntType i && !i.isSigned();
    }

    private static boolean isNull(LevelPage page, int index) {
        long[] valid = page.valid();
        return valid != null && (valid[index >> 6] >>> index & 1) == 0;
    }
}
