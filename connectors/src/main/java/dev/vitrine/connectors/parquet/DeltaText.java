package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.Mem;
import java.io.EOFException;
import java.io.IOException;

/// Turns pages of texts kept by their lengths (DELTA_LENGTH_BYTE_ARRAY), or by what each shares
/// with the one before it (DELTA_BYTE_ARRAY), into adjacent texts.
///
/// Source: the Parquet format's `Encodings.md`.
final class DeltaText implements AutoCloseable {
    private final Scratch offsets;
    private final Scratch lengths;
    private final Scratch bytes;
    private int count;

    DeltaText(BatchAllocator allocator) {
        offsets = new Scratch(allocator);
        lengths = new Scratch(allocator);
        bytes = new Scratch(allocator);
    }

    /// The lengths of all, and then their bytes.
    ///
    /// @param most how many there can be
    TextValues byLength(long from, long end, int most) throws IOException {
        DeltaIntegers numbers = new DeltaIntegers(from, end);
        count = checked(numbers.count(), most);
        long at = offsets.ensure(4L * (count + 1));
        Mem.putInt(at, 0);
        numbers.readInts(count, at + 4);
        long total = sum(at, count, end - numbers.position());
        return total < 0 ? damaged() : new TextValues.Adjacent(numbers.position(), at, count);
    }

    /// How many bytes of the one before each keeps; then the rest of all, as [#byLength] has it.
    TextValues byPrefix(long from, long end, int most) throws IOException {
        DeltaIntegers prefixes = new DeltaIntegers(from, end);
        count = checked(prefixes.count(), most);
        long kept = lengths.ensure(8L * count);
        prefixes.readInts(count, kept);
        DeltaIntegers suffixes = new DeltaIntegers(prefixes.position(), end);
        if (suffixes.count() != count) {
            return damaged();
        }
        long added = kept + 4L * count;
        suffixes.readInts(count, added);
        long at = offsets.ensure(4L * (count + 1));
        long size = measure(kept, added, at, count, end - suffixes.position());
        long target = bytes.ensure(size);
        long source = suffixes.position();
        int begin = 0;
        for (int i = 0; i < count; i++) {
            int prefix = Mem.getInt(kept + 4L * i);
            int suffix = Mem.getInt(added + 4L * i);
            int next = Mem.getInt(at + 4L * i);
            Mem.copy(target + begin, target + next, prefix);
            Mem.copy(source, target + next + prefix, suffix);
            source += suffix;
            begin = next;
        }
        return new TextValues.Adjacent(target, at, count);
    }

    /// As [#byPrefix], for values that all have `width` bytes: the address of the first. Their
    /// number goes to [#count].
    long sameLength(long from, long end, int most, int width) throws IOException {
        byPrefix(from, end, most);
        long at = offsets.ensure(0);
        for (int i = 0; i <= count; i++) {
            if (Mem.getInt(at + 4L * i) != (long) i * width) {
                throw new IOException("a value has not the column's " + width + " bytes");
            }
        }
        return bytes.ensure(0);
    }

    /// How many texts the last page had.
    int count() {
        return count;
    }

    /// Writes the offsets that the lengths give and checks both; bytes of all texts.
    private static long measure(long kept, long added, long offsets, int count, long available)
            throws IOException {
        long total = 0;
        long suffixes = 0;
        int before = 0;
        for (int i = 0; i < count; i++) {
            int prefix = Mem.getInt(kept + 4L * i);
            int suffix = Mem.getInt(added + 4L * i);
            if (prefix < 0 || prefix > before || suffix < 0) {
                damaged();
            }
            Mem.putInt(offsets + 4L * i, (int) total);
            before = prefix + suffix;
            suffixes += suffix;
            total += before;
            if (before < 0 || suffixes > available || total > Integer.MAX_VALUE) {
                damaged();
            }
        }
        Mem.putInt(offsets + 4L * count, (int) total);
        return total;
    }

    /// Turns lengths into offsets in place; -1 where they cannot be.
    private static long sum(long offsets, int count, long available) {
        long total = 0;
        for (int i = 1; i <= count; i++) {
            int length = Mem.getInt(offsets + 4L * i);
            total += length;
            if (length < 0 || total > available) {
                return -1;
            }
            Mem.putInt(offsets + 4L * i, (int) total);
        }
        return total;
    }

    private static int checked(int count, int most) throws IOException {
        if (count > most) {
            damaged();
        }
        return count;
    }

    private static TextValues damaged() throws IOException {
        throw new EOFException("a page ends before its last value");
    }

    @Override
    public void close() {
        offsets.close();
        lengths.close();
        bytes.close();
    }
}
