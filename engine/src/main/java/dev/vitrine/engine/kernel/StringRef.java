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
        for (; i < length; i++) {
            if (Mem.getByte(a + i) != Mem.getByte(b + i)) {
                return false;
            }
        }
        return true;
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
        for (; i < common; i++) {
            int x = Mem.getByte(a + i) & 0xFF;
            int y = Mem.getByte(b + i) & 0xFF;
            if (x != y) {
                return x - y;
            }
        }
        return aLength - bLength;
    }

    /// A copy of the bytes as text.
    @Override
    public String toString() {
        byte[] bytes = new byte[length];
        Mem.copy(address, bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
