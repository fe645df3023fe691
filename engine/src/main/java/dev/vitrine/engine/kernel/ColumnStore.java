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
/// it is NULL, where any is. Read by many threads.
public final class ColumnStore implements AutoCloseable {
    private final @Nullable ArrowBuf data;
    private final @Nullable ArrowBuf offsets;
    private final @Nullable ArrowBuf nulls;

    private ColumnStore(
            @Nullable ArrowBuf data, @Nullable ArrowBuf offsets, @Nullable ArrowBuf nulls) {
        this.data = data;
        this.offsets = offsets;
        this.nulls = nulls;
    }

    /// Whether columns of a type can be kept so: all but nested ones.
    public static boolean supports(DataType type) {
        return type == DataType.BOOLEAN
                || type == DataType.STRING
                || type == DataType.BINARY
                || ColumnBuilder.width(type) > 0;
    }

    static ColumnStore of(List<Batch> batches, int column, long rows, BatchAllocator allocator) {
        DataType type = batches.getFirst().schema().field(column).type();
        boolean anyNull = batches.stream().anyMatch(b -> b.validityAddress(column) != 0);
        ArrowBuf nulls = anyNull ? allocator.allocate(Math.max(rows, 1)) : null;
        if (nulls != null) {
            copyNulls(batches, column, nulls.memoryAddress());
        }
        if (type == DataType.STRING || type == DataType.BINARY) {
            return strings(batches, column, rows, nulls, allocator);
        }
        int width = type == DataType.BOOLEAN ? 1 : ColumnBuilder.width(type);
        ArrowBuf data = allocator.allocate(Math.max(rows * width, 1));
        long at = data.memoryAddress();
        for (Batch batch : batches) {
            long from = batch.dataAddress(column);
            if (type == DataType.BOOLEAN) {
                for (int i = 0; i < batch.rowCount(); i++) {
                    Mem.putByte(at + i, (byte) (Mem.getBit(from, i) ? 1 : 0));
                }
            } else {
                Mem.copy(from, at, (long) batch.rowCount() * width);
            }
            at += (long) batch.rowCount() * width;
        }
        return new ColumnStore(data, null, nulls);
    }

    private static void copyNulls(List<Batch> batches, int column, long to) {
        long at = to;
        for (Batch batch : batches) {
            long valid = batch.validityAddress(column);
            for (int i = 0; i < batch.rowCount(); i++) {
                Mem.putByte(at + i, (byte) (valid != 0 && !Mem.getBit(valid, i) ? 1 : 0));
            }
            at += batch.rowCount();
        }
    }

    private static ColumnStore strings(
            List<Batch> batches,
            int column,
            long rows,
            @Nullable ArrowBuf nulls,
            BatchAllocator allocator) {
        long bytes = 0;
        for (Batch batch : batches) {
            if (batch.rowCount() > 0) {
                long from = batch.offsetAddress(column);
                bytes += Mem.getInt(from + 4L * batch.rowCount()) - Mem.getInt(from);
            }
        }
        ArrowBuf offsets = allocator.allocate(8 * (rows + 1));
        ArrowBuf data = allocator.allocate(Math.max(bytes, 1));
        long row = 0;
        long at = 0;
        for (Batch batch : batches) {
            if (batch.rowCount() == 0) {
                continue;
            }
            long from = batch.offsetAddress(column);
            int start = Mem.getInt(from);
            for (int i = 0; i < batch.rowCount(); i++) {
                Mem.putLong(
                        offsets.memoryAddress() + 8 * (row + i),
                        at + Mem.getInt(from + 4L * i) - start);
            }
            int length = Mem.getInt(from + 4L * batch.rowCount()) - start;
            Mem.copy(batch.dataAddress(column) + start, data.memoryAddress() + at, length);
            at += length;
            row += batch.rowCount();
        }
        Mem.putLong(offsets.memoryAddress() + 8 * row, at);
        return new ColumnStore(data, offsets, nulls);
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
