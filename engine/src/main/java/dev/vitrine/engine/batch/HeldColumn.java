package dev.vitrine.engine.batch;

import java.util.Objects;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// A column on its way from what a reader gave to what its users asked for: decoded at the first
/// access, expanded from its dictionary at the first access to its values. Once decoded, a column
/// may be read by many threads.
final class HeldColumn {
    private volatile BatchColumn held;
    private volatile @Nullable FieldVector expanded;

    HeldColumn(BatchColumn held) {
        this.held = held;
        if (held instanceof BatchColumn.Plain plain) {
            this.expanded = plain.values();
        }
    }

    BatchColumn held() {
        return held;
    }

    /// The column decoded: plain or coded.
    BatchColumn loaded() {
        if (held instanceof BatchColumn.Later later) {
            BatchColumn loaded = later.load().get();
            if (loaded instanceof BatchColumn.Plain plain) {
                expanded = plain.values();
                loaded = new BatchColumn.Plain(plain.values(), later.maxAbs());
            }
            held = loaded;
        }
        return held;
    }

    /// A vector with one entry a row: the values, or their codes.
    FieldVector rows() {
        return loaded() instanceof BatchColumn.Coded coded && expanded == null
                ? coded.codes()
                : plain();
    }

    /// The values, one a row.
    FieldVector plain() {
        FieldVector vector = expanded;
        if (vector != null) {
            return vector;
        }
        return switch (loaded()) {
            case BatchColumn.Plain plain -> plain.values();
            case BatchColumn.Coded coded -> expand(coded);
            case BatchColumn.Later later ->
                    throw new IllegalStateException("A column was decoded to one decoded later");
        };
    }

    private synchronized FieldVector expand(BatchColumn.Coded coded) {
        if (expanded == null) {
            expanded = expanded(coded);
        }
        return Objects.requireNonNull(expanded);
    }

    private static FieldVector expanded(BatchColumn.Coded coded) {
        int rows = coded.codes().getValueCount();
        long codes = coded.codes().getDataBuffer().memoryAddress();
        Dictionary dictionary = coded.dictionary();
        BaseVariableWidthVector values =
                (BaseVariableWidthVector)
                        dictionary.values().getField().createVector(coded.codes().getAllocator());
        if (dictionary.size() == 0) {
            values.allocateNew(1, rows);
            values.setValueCount(rows);
            return values;
        }
        long entryOffsets = dictionary.offsetAddress();
        long bytes = 0;
        for (int row = 0; row < rows; row++) {
            long entry = entryOffsets + 4L * Mem.getInt(codes + 4L * row);
            bytes += Mem.getInt(entry + 4) - Mem.getInt(entry);
        }
        values.allocateNew(Math.max(bytes, 1), Math.max(rows, 1));
        long offsets = values.getOffsetBuffer().memoryAddress();
        long data = values.getDataBuffer().memoryAddress();
        long entries = dictionary.dataAddress();
        int at = 0;
        Mem.putInt(offsets, 0);
        for (int row = 0; row < rows; row++) {
            long entry = entryOffsets + 4L * Mem.getInt(codes + 4L * row);
            int start = Mem.getInt(entry);
            int length = coded.codes().isNull(row) ? 0 : Mem.getInt(entry + 4) - start;
            Mem.copy(entries + start, data + at, length);
            at += length;
            Mem.putInt(offsets + 4L * (row + 1), at);
        }
        Mem.copy(
                coded.codes().getValidityBuffer().memoryAddress(),
                values.getValidityBuffer().memoryAddress(),
                (rows + 7) / 8);
        values.setLastSet(rows - 1);
        values.setValueCount(rows);
        return values;
    }

    long sizeBytes() {
        FieldVector vector = expanded;
        long bytes = vector == null ? 0 : vector.getBufferSize();
        return held instanceof BatchColumn.Coded coded
                ? bytes + coded.codes().getBufferSize()
                : bytes;
    }

    void close() {
        FieldVector vector = expanded;
        if (vector != null) {
            vector.close();
        }
        if (held instanceof BatchColumn.Coded coded) {
            coded.codes().close();
            coded.dictionary().close();
        }
    }
}
