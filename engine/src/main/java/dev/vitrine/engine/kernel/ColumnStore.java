package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.jspecify.annotations.Nullable;

/// One column of many batches as one run of memory, read by row number: fixed-width values, or
/// 64-bit offsets and bytes for strings; BOOLEAN takes a byte a value; a byte a value says whether
/// it is NULL, where any is. Filled batch by batch, by any threads; then read by many.
public final class ColumnStore implements AutoCloseable {
    private final List<Batch> batches;
    private final int column;
    private final DataType type;
    private @Nullable ArrowBuf data;
    private @Nullable ArrowBuf offsets;
    private @Nullable ArrowBuf nulls;
    private final long[] firstByte;

    /// Makes room for a column of `batches`.
    ///
    /// @param rows rows of all batches
    ColumnStore(List<Batch> batches, int column, long rows, BatchAllocator allocator) {
        this.batches = batches;
        this.column = column;
        this.type = batches.getFirst().schema().field(column).type();
        this.firstByte = new long[batches.size() + 1];
        boolean anyNull = batches.stream().anyMatch(b -> b.validityAddress(column) != 0);
        if (isString(type)) {
            for (int i = 0; i < batches.size(); i++) {
                firstByte[i + 1] = firstByte[i] + bytes(batches.get(i));
            }
        }
        try {
            allocate(rows, anyNull, allocator);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void allocate(long rows, boolean anyNull, BatchAllocator allocator) {
        this.nulls = anyNull ? allocator.allocate(Math.max(rows, 1)) : null;
        this.offsets = isString(type) ? allocator.allocate(8 * (rows + 1)) : null;
        int width = type == DataType.BOOLEAN ? 1 : ColumnBuilder.width(type);
        this.data =
                supports(type)
                        ? allocator.allocate(
                                Math.max(
                                        isString(type) ? firstByte[batches.size()] : rows * width,
                                        1))
                        : null;
        if (offsets != null) {
            Mem.putLong(offsets.memoryAddress() + 8 * rows, firstByte[batches.size()]);
        }
    }

    private static boolean isString(DataType type) {
        return type == DataType.STRING || type == DataType.BINARY;
    }

    /// Whether columns of a type can be kept so: all but nested ones. Others are kept without
    /// values.
    public static boolean supports(DataType type) {
        return type == DataType.BOOLEAN || isString(type) || ColumnBuilder.width(type) > 0;
    }

    private long bytes(Batch batch) {
        if (batch.rowCount() == 0) {
            return 0;
        }
        long from = batch.offsetAddress(column);
        return (long) Mem.getInt(from + 4L * batch.rowCount()) - Mem.getInt(from);
    }

    /// Copies what batch `index` holds.
    ///
    /// @param row number of the batch's first row
    void copy(int index, long row) {
        Batch batch = batches.get(index);
        int rows = batch.rowCount();
        if (rows == 0) {
            return;
        }
        if (nulls != null) {
            copyNulls(batch, nulls.memoryAddress() + row);
        }
        if (data == null) {
            return;
        }
        long from = batch.dataAddress(column);
        if (offsets != null) {
            copyStrings(batch, offsets.memoryAddress() + 8 * row, firstByte[index]);
        } else if (type == DataType.BOOLEAN) {
            long at = data.memoryAddress() + row;
            for (int i = 0; i < rows; i++) {
                Mem.putByte(at + i, (byte) (Mem.getBit(from, i) ? 1 : 0));
            }
        } else {
            int width = ColumnBuilder.width(type);
            Mem.copy(from, data.memoryAddress() + row * width, (long) rows * width);
        }
    }

    private void copyNulls(Batch batch, long at) {
        long valid = batch.validityAddress(column);
        for (int i = 0; i < batch.rowCount(); i++) {
            Mem.putByte(at + i, (byte) (valid != 0 && !Mem.getBit(valid, i) ? 1 : 0));
        }
    }

    private void copyStrings(Batch batch, long to, long firstByte) {
        long from = batch.offsetAddress(column);
        int start = Mem.getInt(from);
        int rows = batch.rowCount();
        for (int i = 0; i < rows; i++) {
            Mem.putLong(to + 8L * i, firstByte + Mem.getInt(from + 4L * i) - start);
        }
        int length = Mem.getInt(from + 4L * rows) - start;
        Mem.copy(batch.dataAddress(column) + start, data() + firstByte, length);
    }

    public long data() {
        return data == null ? 0 : data.memoryAddress();
    }

    public long offsets() {
        return offsets == null ? 0 : offsets.memoryAddress();
    }

    /// Address of the bytes that are 1 for NULL, or 0 where none is.
    public long nulls() {
        return nulls == null ? 0 : nulls.memoryAddress();
    }

    boolean isNull(int row) {
        return nulls != null && Mem.getByte(nulls.memoryAddress() + row) != 0;
    }

    /// Points `target` at a string.
    public static void string(long data, long offsets, int row, StringRef target) {
        long start = Mem.getLong(offsets + 8L * row);
        target.address = data + start;
        target.length = (int) (Mem.getLong(offsets + 8L * row + 8) - start);
    }

    @Override
    public void close() {
        for (ArrowBuf buffer : new @Nullable ArrowBuf[] {data, offsets, nulls}) {
            if (buffer != null) {
                buffer.close();
            }
        }
    }
}
