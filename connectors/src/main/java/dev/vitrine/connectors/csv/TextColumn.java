package dev.vitrine.connectors.csv;

import dev.vitrine.engine.batch.ColumnBuilder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// One field of the records found as text.
final class TextColumn extends ColumnParser {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// Bytes that are copied as two words.
    private static final int WORDS = 16;

    private final int[] offsets;
    private byte[] text = new byte[1 << 14];

    TextColumn(int field, Cell cell, int maxRows) {
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
            if (target.length - size < length + WORDS) {
                int grown = Math.max(size + length + WORDS, target.length * 2);
                target = Arrays.copyOf(target, grown);
            }
            if (length <= WORDS && start + WORDS <= source.length) {
                // Too much is copied, and the next value lies over it.
                LONGS.set(target, size, (long) LONGS.get(source, start));
                LONGS.set(target, size + 8, (long) LONGS.get(source, start + 8));
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
