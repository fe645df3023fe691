package dev.vitrine.engine.batch;

import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.jspecify.annotations.Nullable;

/// Appends values to one column. The `append…` method must fit the column's storage: `appendInt`
/// for TINYINT to INT, DATE and year-month intervals, `appendLong` for BIGINT, timestamps, day-time
/// intervals and decimals of at most 18 digits (unscaled), `appendDecimal` for wider ones,
/// `appendBytes` for STRING (UTF-8) and BINARY. Nested columns take boxed values.
public final class ColumnBuilder implements AutoCloseable {
    private static final int MIN_ROWS = 16;

    /// Bytes from which a copy is better left to the system.
    private static final int MAX_SHORT = 64;

    private final Field field;
    private final BatchAllocator allocator;
    private final Storage storage;
    private final int width;
    private int expectedRows;
    private long expectedBytes;

    private @Nullable ArrowBuf validity;
    private @Nullable ArrowBuf data;
    private @Nullable ArrowBuf offsets;
    private long validityAddress;
    private long dataAddress;
    private long offsetAddress;
    private long dataCapacity;
    private int capacity;
    private int rows;
    private int nulls;
    private long bytes;
    private List<@Nullable Object> boxed = new ArrayList<>();

    private enum Storage {
        BITS,
        FIXED,
        VARIABLE,
        BOXED
    }

    ColumnBuilder(Field field, BatchAllocator allocator, int expectedRows) {
        this.field = field;
        this.allocator = allocator;
        this.expectedRows = Math.max(expectedRows, MIN_ROWS);
        this.width = width(field.type());
        this.storage =
                field.type() == DataType.BOOLEAN
                        ? Storage.BITS
                        : field.type().isText() || field.type() == DataType.BINARY
                                ? Storage.VARIABLE
                                : width > 0 ? Storage.FIXED : Storage.BOXED;
    }

    /// Bytes of one value of a fixed-width type: 1, 2, 4, 8 or 16; 0 for BOOLEAN, strings and
    /// nested types.
    public static int width(DataType type) {
        // Asked for single values: a switch over numbers, where one over patterns tries them all.
        if (type instanceof DataType.Simple simple) {
            return switch (simple) {
                case TINYINT -> 1;
                case SMALLINT -> 2;
                case INT, FLOAT, DATE -> 4;
                case BIGINT, DOUBLE, TIMESTAMP, TIMESTAMP_NTZ -> 8;
                case NULL, BOOLEAN, STRING, BINARY, INTERVAL, VARIANT -> 0;
            };
        }
        return switch (type) {
            case DataType.Decimal d -> ArrowTypes.isLongDecimal(d) ? 8 : 16;
            case DataType.YearMonthInterval i -> 4;
            case DataType.DayTimeInterval i -> 8;
            case DataType.Time t -> 8;
            default -> 0;
        };
    }

    public int rowCount() {
        return storage == Storage.BOXED ? boxed.size() : rows;
    }

    long variableBytes() {
        return bytes;
    }

    public void appendNull() {
        if (storage == Storage.BOXED) {
            boxed.add(null);
            return;
        }
        ensureRow();
        Mem.putBit(validityAddress, rows, false);
        switch (storage) {
            case BITS -> Mem.putBit(dataAddress, rows, false);
            case FIXED -> Mem.fill(dataAddress + (long) rows * width, width, (byte) 0);
            case VARIABLE -> Mem.putInt(offsetAddress + 4L * (rows + 1), (int) bytes);
            case BOXED -> {}
        }
        nulls++;
        rows++;
    }

    public void appendBoolean(boolean value) {
        ensureRow();
        Mem.putBit(validityAddress, rows, true);
        Mem.putBit(dataAddress, rows, value);
        rows++;
    }

    public void appendInt(int value) {
        ensureRow();
        Mem.putBit(validityAddress, rows, true);
        long at = dataAddress + (long) rows * width;
        switch (width) {
            case 4 -> Mem.putInt(at, value);
            case 2 -> Mem.putShort(at, (short) value);
            default -> Mem.putByte(at, (byte) value);
        }
        rows++;
    }

    public void appendLong(long value) {
        ensureRow();
        Mem.putBit(validityAddress, rows, true);
        Mem.putLong(dataAddress + 8L * rows, value);
        rows++;
    }

    public void appendFloat(float value) {
        ensureRow();
        Mem.putBit(validityAddress, rows, true);
        Mem.putFloat(dataAddress + 4L * rows, value);
        rows++;
    }

    public void appendDouble(double value) {
        ensureRow();
        Mem.putBit(validityAddress, rows, true);
        Mem.putDouble(dataAddress + 8L * rows, value);
        rows++;
    }

    /// A decimal's unscaled 128-bit value.
    public void appendDecimal(long high, long low) {
        ensureRow();
        Mem.putBit(validityAddress, rows, true);
        Mem.putLong(dataAddress + 16L * rows, low);
        Mem.putLong(dataAddress + 16L * rows + 8, high);
        rows++;
    }

    /// An unscaled value that fits 64 bits, for any decimal column.
    public void appendUnscaled(long value) {
        if (width == 8) {
            appendLong(value);
        } else {
            appendDecimal(value >> 63, value);
        }
    }

    public void appendBytes(long address, int length) {
        ensureBytes(length);
        Mem.copy(address, dataAddress + bytes, length);
        endBytes(length);
    }

    public void appendBytes(byte[] source, int offset, int length) {
        ensureBytes(length);
        Mem.copy(source, offset, dataAddress + bytes, length);
        endBytes(length);
    }

    /// Appends strings that lie anywhere.
    ///
    /// @param lengths in bytes, -1 for NULL
    public void appendTexts(long[] addresses, int[] lengths, int count) {
        long total = 0;
        int missing = 0;
        for (int i = 0; i < count; i++) {
            total += Math.max(lengths[i], 0);
            missing += lengths[i] < 0 ? 1 : 0;
        }
        ensureRows(count);
        ensureRoom(total);
        for (int i = 0; i < count; i++) {
            int length = lengths[i];
            if (length > MAX_SHORT) {
                Mem.copy(addresses[i], dataAddress + bytes, length);
            } else {
                Mem.copyShort(addresses[i], dataAddress + bytes, length);
            }
            bytes += Math.max(length, 0);
            Mem.putInt(offsetAddress + 4L * (rows + i + 1), (int) bytes);
        }
        setBits(validityAddress, rows, count, true);
        for (int i = 0; missing > 0 && i < count; i++) {
            if (lengths[i] < 0) {
                Mem.putBit(validityAddress, rows + i, false);
            }
        }
        nulls += missing;
        rows += count;
    }

    /// Appends `count` NULLs.
    public void appendNulls(int count) {
        if (storage == Storage.BOXED) {
            for (int i = 0; i < count; i++) {
                boxed.add(null);
            }
            return;
        }
        ensureRows(count);
        switch (storage) {
            case BITS -> setBits(dataAddress, rows, count, false);
            case FIXED ->
                    Mem.fill(dataAddress + (long) rows * width, (long) count * width, (byte) 0);
            case VARIABLE -> {
                for (int i = 1; i <= count; i++) {
                    Mem.putInt(offsetAddress + 4L * (rows + i), (int) bytes);
                }
            }
            case BOXED -> {}
        }
        setBits(validityAddress, rows, count, false);
        nulls += count;
        rows += count;
    }

    /// Appends `values[from]` and the `count - 1` after it to a TINYINT to INT, DATE or year-month
    /// interval column.
    ///
    /// @param valid bit `i` (least significant first) says that `values[i]` is not NULL; null where
    ///   none is
    public void appendInts(int[] values, int from, int count, long @Nullable [] valid) {
        ensureRows(count);
        long at = dataAddress + (long) rows * width;
        switch (width) {
            case 4 -> Mem.copy(values, from, at, count);
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    Mem.putShort(at + 2L * i, (short) values[from + i]);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    Mem.putByte(at + i, (byte) values[from + i]);
                }
            }
        }
        endRows(from, count, valid);
    }

    /// As [#appendInts], for columns of 64-bit integers.
    public void appendLongs(long[] values, int from, int count, long @Nullable [] valid) {
        ensureRows(count);
        Mem.copy(values, from, dataAddress + 8L * rows, count);
        endRows(from, count, valid);
    }

    public void appendFloats(float[] values, int from, int count, long @Nullable [] valid) {
        ensureRows(count);
        Mem.copy(values, from, dataAddress + 4L * rows, count);
        endRows(from, count, valid);
    }

    public void appendDoubles(double[] values, int from, int count, long @Nullable [] valid) {
        ensureRows(count);
        Mem.copy(values, from, dataAddress + 8L * rows, count);
        endRows(from, count, valid);
    }

    public void appendBooleans(boolean[] values, int from, int count, long @Nullable [] valid) {
        ensureRows(count);
        for (int i = 0; i < count; i++) {
            Mem.putBit(dataAddress, rows + i, values[from + i]);
        }
        endRows(from, count, valid);
    }

    /// Appends strings that lie one after the other: string `i` is `source[offsets[i]]` up to
    /// `source[offsets[i + 1]]`, for `i` from `from`. A NULL has length 0.
    public void appendStrings(
            byte[] source, int[] offsets, int from, int count, long @Nullable [] valid) {
        if (count == 0) {
            return;
        }
        int start = offsets[from];
        int length = offsets[from + count] - start;
        ensureRows(count);
        ensureBytes(length);
        Mem.copy(source, start, dataAddress + bytes, length);
        int shift = (int) bytes - start;
        long at = offsetAddress + 4L * (rows + 1);
        if (shift == 0) {
            Mem.copy(offsets, from + 1, at, count);
        } else {
            for (int i = 0; i < count; i++) {
                Mem.putInt(at + 4L * i, offsets[from + 1 + i] + shift);
            }
        }
        bytes += length;
        endRows(from, count, valid);
    }

    /// Appends values of a fixed-width column, `stride` bytes apart from one another; those of
    /// columns narrower than 8 bytes are taken from the low end of 64-bit words. None is NULL.
    public void appendStrided(long address, long stride, int count) {
        ensureRows(count);
        long to = dataAddress + (long) rows * width;
        switch (width) {
            case 16 -> {
                for (int i = 0; i < count; i++) {
                    Mem.putLong(to + 16L * i, Mem.getLong(address + stride * i));
                    Mem.putLong(to + 16L * i + 8, Mem.getLong(address + stride * i + 8));
                }
            }
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    Mem.putLong(to + 8L * i, Mem.getLong(address + stride * i));
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    Mem.putInt(to + 4L * i, Mem.getInt(address + stride * i));
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    Mem.putShort(to + 2L * i, Mem.getShort(address + stride * i));
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    Mem.putByte(to + i, Mem.getByte(address + stride * i));
                }
            }
        }
        setBits(validityAddress, rows, count, true);
        rows += count;
    }

    /// Appends rows `chosen[from..to)` of a fixed-width column of the same type.
    ///
    /// @param values address of the column's values
    /// @param valid address of its validity bitmap, or 0 where none is NULL
    public void appendRows(long values, long valid, int[] chosen, int from, int to) {
        int count = to - from;
        ensureRows(count);
        long at = dataAddress + (long) rows * width;
        switch (width) {
            case 16 -> {
                for (int i = 0; i < count; i++) {
                    long value = values + 16L * chosen[from + i];
                    Mem.putLong(at + 16L * i, Mem.getLong(value));
                    Mem.putLong(at + 16L * i + 8, Mem.getLong(value + 8));
                }
            }
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    Mem.putLong(at + 8L * i, Mem.getLong(values + 8L * chosen[from + i]));
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    Mem.putInt(at + 4L * i, Mem.getInt(values + 4L * chosen[from + i]));
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    Mem.putShort(at + 2L * i, Mem.getShort(values + 2L * chosen[from + i]));
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    Mem.putByte(at + i, Mem.getByte(values + chosen[from + i]));
                }
            }
        }
        if (valid == 0) {
            setBits(validityAddress, rows, count, true);
        } else {
            for (int i = 0; i < count; i++) {
                boolean holds = Mem.getBit(valid, chosen[from + i]);
                Mem.putBit(validityAddress, rows + i, holds);
                nulls += holds ? 0 : 1;
            }
        }
        rows += count;
    }

    private void endRows(int from, int count, long @Nullable [] valid) {
        if (valid == null) {
            setBits(validityAddress, rows, count, true);
        } else {
            nulls += count - copyBits(valid, from, validityAddress, rows, count);
        }
        rows += count;
    }

    /// Sets or clears `count` bits from `bit` on.
    private static void setBits(long address, int bit, int count, boolean value) {
        int end = bit + count;
        int at = bit;
        while (at < end && (at & 7) != 0) {
            Mem.putBit(address, at++, value);
        }
        int whole = (end - at) >> 3;
        Mem.fill(address + (at >> 3), whole, (byte) (value ? -1 : 0));
        for (at += whole << 3; at < end; at++) {
            Mem.putBit(address, at, value);
        }
    }

    /// Copies bits of `words` from bit `from` on to bit `to` of the bitmap at `address`; the number
    /// of ones among them.
    private static int copyBits(long[] words, int from, long address, int to, int count) {
        int ones = 0;
        int done = 0;
        while (done < count && ((to + done) & 7) != 0) {
            boolean one = (words[(from + done) >> 6] >>> (from + done) & 1) != 0;
            Mem.putBit(address, to + done, one);
            ones += one ? 1 : 0;
            done++;
        }
        for (; done + 64 <= count; done += 64) {
            long bits = bits(words, from + done);
            Mem.putLong(address + ((to + done) >> 3), bits);
            ones += Long.bitCount(bits);
        }
        for (; done < count; done++) {
            boolean one = (words[(from + done) >> 6] >>> (from + done) & 1) != 0;
            Mem.putBit(address, to + done, one);
            ones += one ? 1 : 0;
        }
        return ones;
    }

    /// 64 bits from bit `from` on.
    private static long bits(long[] words, int from) {
        int shift = from & 63;
        long low = words[from >> 6] >>> shift;
        return shift == 0 ? low : low | words[(from >> 6) + 1] << (64 - shift);
    }

    /// A value boxed as [DataType] says, or null.
    public void append(@Nullable Object value) {
        if (storage == Storage.BOXED) {
            boxed.add(value);
        } else if (value == null) {
            appendNull();
        } else {
            appendBoxed(value);
        }
    }

    private void appendBoxed(Object value) {
        switch (field.type()) {
            case DataType.Simple.BOOLEAN -> appendBoolean((Boolean) value);
            case DataType.Simple.FLOAT -> appendFloat((Float) value);
            case DataType.Simple.DOUBLE -> appendDouble((Double) value);
            case DataType.Simple.STRING -> {
                byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
                appendBytes(text, 0, text.length);
            }
            case DataType.Simple.BINARY -> {
                byte[] raw = ((Binary) value).toBytes();
                appendBytes(raw, 0, raw.length);
            }
            case DataType.Decimal d -> {
                BigInteger unscaled = ((BigDecimal) value).setScale(d.scale()).unscaledValue();
                if (width == 8) {
                    appendLong(unscaled.longValueExact());
                } else {
                    appendDecimal(unscaled.shiftRight(64).longValueExact(), unscaled.longValue());
                }
            }
            default -> {
                if (width == 8) {
                    appendLong(((Number) value).longValue());
                } else {
                    appendInt(((Number) value).intValue());
                }
            }
        }
    }

    /// Makes the column's vector, which the caller closes, and starts afresh.
    FieldVector build() {
        FieldVector vector = ArrowTypes.field(field).createVector(allocator.arrow());
        try {
            build(vector);
            return vector;
        } catch (RuntimeException e) {
            vector.close();
            throw e;
        }
    }

    private void build(FieldVector vector) {
        if (storage == Storage.BOXED) {
            buildBoxed(vector);
            return;
        }
        if (rows == 0) {
            vector.setValueCount(0);
            return;
        }
        ArrowBuf bits = java.util.Objects.requireNonNull(validity);
        ArrowBuf values = java.util.Objects.requireNonNull(data);
        bits.writerIndex((rows + 7) / 8);
        values.writerIndex(
                switch (storage) {
                    case BITS -> (rows + 7) / 8;
                    case FIXED -> (long) rows * width;
                    case VARIABLE, BOXED -> bytes;
                });
        List<ArrowBuf> buffers = new ArrayList<>(3);
        buffers.add(bits);
        if (offsets != null) {
            offsets.writerIndex(4L * (rows + 1));
            buffers.add(offsets);
        }
        buffers.add(values);
        vector.loadFieldBuffers(new ArrowFieldNode(rows, nulls), buffers);
        expectedRows = Math.max(MIN_ROWS, rows);
        expectedBytes = bytes + bytes / 8;
        close();
    }

    private void buildBoxed(FieldVector vector) {
        vector.setInitialCapacity(boxed.size());
        vector.allocateNew();
        for (int i = 0; i < boxed.size(); i++) {
            BoxedValues.set(vector, field.type(), i, boxed.get(i));
        }
        vector.setValueCount(boxed.size());
        boxed = new ArrayList<>();
    }

    @Override
    public void close() {
        release(validity);
        release(data);
        release(offsets);
        validity = null;
        data = null;
        offsets = null;
        capacity = 0;
        dataCapacity = 0;
        rows = 0;
        nulls = 0;
        bytes = 0;
    }

    private void ensureRow() {
        if (rows == capacity) {
            grow();
        }
    }

    private void ensureBytes(int length) {
        ensureRow();
        ensureRoom(length);
    }

    private void ensureRoom(long length) {
        if (bytes + length > dataCapacity) {
            dataCapacity = Math.max(bytes + length, dataCapacity * 2);
            data = resize(data, bytes, dataCapacity);
            dataAddress = data.memoryAddress();
        }
    }

    private void endBytes(int length) {
        bytes += length;
        Mem.putBit(validityAddress, rows, true);
        Mem.putInt(offsetAddress + 4L * (rows + 1), (int) bytes);
        rows++;
    }

    private void ensureRows(int count) {
        if (rows + count > capacity) {
            grow(rows + count);
        }
    }

    private void grow() {
        grow(rows + 1);
    }

    private void grow(int needed) {
        int wanted = capacity == 0 ? expectedRows : capacity * 2;
        int grown = (Math.max(wanted, needed) + 7) / 8 * 8;
        validity = resize(validity, (rows + 7) / 8, (grown + 7) / 8);
        validityAddress = validity.memoryAddress();
        switch (storage) {
            case BITS -> data = resize(data, (rows + 7) / 8, (grown + 7) / 8);
            case FIXED -> data = resize(data, (long) rows * width, (long) grown * width);
            case VARIABLE -> {
                if (data == null) {
                    dataCapacity = Math.max(expectedBytes, Math.max(64L, 8L * grown));
                    data = allocator.allocate(dataCapacity);
                }
                offsets = resize(offsets, offsets == null ? 0 : 4L * (rows + 1), 4L * (grown + 1));
                offsetAddress = offsets.memoryAddress();
                if (rows == 0) {
                    Mem.putInt(offsetAddress, 0);
                }
            }
            case BOXED -> {}
        }
        dataAddress = java.util.Objects.requireNonNull(data).memoryAddress();
        capacity = grown;
    }

    private ArrowBuf resize(@Nullable ArrowBuf old, long used, long size) {
        ArrowBuf grown = allocator.allocate(size);
        if (old != null) {
            Mem.copy(old.memoryAddress(), grown.memoryAddress(), used);
            old.close();
        }
        return grown;
    }

    private static void release(@Nullable ArrowBuf buffer) {
        if (buffer != null) {
            buffer.close();
        }
    }
}
