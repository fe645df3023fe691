package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Mem;
import java.nio.charset.StandardCharsets;

/// A run of bytes somewhere in memory: how generated code holds a STRING or BINARY value. Mutable
/// and reused; the memory belongs to whoever set it.
public final class StringRef {
    public long address;
    public int length;

    /// Points this at a value of a string column.
    public void set(long data, long offsets, int row) {
        int start = Mem.getInt(offsets + 4L * row);
        address = data + start;
        length = Mem.getInt(offsets + 4L * row + 4) - start;
    }

    public void set(StringRef other) {
        address = other.address;
        length = other.length;
    }

    /// Whether both hold the same bytes.
    public static boolean equal(StringRef a, StringRef b) {
        return a.length == b.length && equalBytes(a.address, b.address, a.length);
    }

    /// Order as unsigned bytes: below 0, 0 or above 0.
    public static int compare(StringRef a, StringRef b) {
        return compareBytes(a.address, a.length, b.address, b.length);
    }

    public static boolean equalBytes(long a, long b, int length) {
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            if (Mem.getLong(a + i) != Mem.getLong(b + i)) {
                return false;
            }
        }
        return i == length || equalLast(a, b, length);
    }

    /// The bytes behind the last whole eight, once more in one piece with some before them. A
    /// method of its own, so that the loop stays small enough to be inlined.
    private static boolean equalLast(long a, long b, int length) {
        if (length >= 8) {
            return Mem.getLong(a + length - 8) == Mem.getLong(b + length - 8);
        }
        if (length >= 4) {
            return Mem.getInt(a) == Mem.getInt(b)
                    && Mem.getInt(a + length - 4) == Mem.getInt(b + length - 4);
        }
        return compareFew(a, b, length) == 0;
    }

    public static int compareBytes(long a, int aLength, long b, int bLength) {
        int common = Math.min(aLength, bLength);
        int i = 0;
        for (; i + 8 <= common; i += 8) {
            long x = Mem.getLong(a + i);
            long y = Mem.getLong(b + i);
            if (x != y) {
                return Long.compareUnsigned(Long.reverseBytes(x), Long.reverseBytes(y));
            }
        }
        if (i < common) {
            int order = common >= 4 ? compareLast(a, b, common) : compareFew(a, b, common);
            if (order != 0) {
                return order;
            }
        }
        return aLength - bLength;
    }

    /// The last of four or more bytes, in one piece with some before them, which are equal or all
    /// the others.
    private static int compareLast(long a, long b, int length) {
        if (length >= 8) {
            return Long.compareUnsigned(
                    Long.reverseBytes(Mem.getLong(a + length - 8)),
                    Long.reverseBytes(Mem.getLong(b + length - 8)));
        }
        int first =
                Integer.compareUnsigned(
                        Integer.reverseBytes(Mem.getInt(a)), Integer.reverseBytes(Mem.getInt(b)));
        return first != 0
                ? first
                : Integer.compareUnsigned(
                        Integer.reverseBytes(Mem.getInt(a + length - 4)),
                        Integer.reverseBytes(Mem.getInt(b + length - 4)));
    }

    private static int compareFew(long a, long b, int length) {
        for (int i = 0; i < length; i++) {
            int x = Mem.getByte(a + i) & 0xFF;
            int y = Mem.getByte(b + i) & 0xFF;
            if (x != y) {
                return x - y;
            }
        }
        return 0;
    }

    /// A copy of the bytes as text.
    @Override
    public String toString() {
        byte[] bytes = new byte[length];
        Mem.copy(address, bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
