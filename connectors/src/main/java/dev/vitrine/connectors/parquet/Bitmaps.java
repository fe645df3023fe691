package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.Mem;

/// Bits in memory, the least significant of a byte first, as Arrow and Parquet both have them.
final class Bitmaps {
    private Bitmaps() {}

    /// Sets or clears `count` bits from bit `from` on.
    static void fill(long address, int from, int count, boolean value) {
        long bits = value ? -1 : 0;
        int head = Math.min(-from & 7, count);
        put(address, from, head, bits);
        int whole = (count - head) >> 3;
        if (whole > 0) {
            Mem.fill(address + ((from + head) >> 3), whole, (byte) bits);
        }
        put(address, from + head + 8 * whole, (count - head) & 7, bits);
    }

    /// Copies `count` bits from bit `from` of one bitmap to bit `to` of another; the number of ones
    /// among them.
    static int copy(long source, int from, long target, int to, int count) {
        int done = Math.min(-to & 7, count);
        int ones = 0;
        if (done > 0) {
            long bits = get(source, from, done);
            put(target, to, done, bits);
            ones += Long.bitCount(bits);
        }
        for (; done + 64 <= count; done += 64) {
            long bits = word(source, from + done);
            Mem.putLong(target + ((to + done) >> 3), bits);
            ones += Long.bitCount(bits);
        }
        if (done < count) {
            long bits = get(source, from + done, count - done);
            put(target, to + done, count - done, bits);
            ones += Long.bitCount(bits);
        }
        return ones;
    }

    /// The number of ones among `count` bits from bit `from` on.
    static int ones(long address, int from, int count) {
        int ones = 0;
        int done = 0;
        for (; done + 64 <= count; done += 64) {
            ones += Long.bitCount(word(address, from + done));
        }
        return done < count ? ones + Long.bitCount(get(address, from + done, count - done)) : ones;
    }

    /// 1 to 64 bits from bit `from` on, the others zero; reads no byte that holds none of them.
    private static long get(long address, int from, int count) {
        if (count == 64) {
            return word(address, from);
        }
        int shift = from & 7;
        long at = address + (from >> 3);
        int bytes = (shift + count + 7) >> 3;
        long bits =
                bytes > 8
                        ? Mem.getLong(at) >>> shift | (long) Mem.getByte(at + 8) << (64 - shift)
                        : bytes(at, bytes) >>> shift;
        return bits & (1L << count) - 1;
    }

    /// Writes up to 63 bits that end at most 64 behind the first one's byte.
    private static void put(long address, int from, int count, long bits) {
        if (count == 0) {
            return;
        }
        int shift = from & 7;
        long at = address + (from >> 3);
        int bytes = (shift + count + 7) >> 3;
        long mask = (1L << count) - 1 << shift;
        long value = bytes(at, bytes) & ~mask | bits << shift & mask;
        for (int i = 0; i < bytes; i++) {
            Mem.putByte(at + i, (byte) (value >>> 8 * i));
        }
    }

    /// 1 to 8 bytes, the first lowest.
    private static long bytes(long at, int count) {
        if (count == 8) {
            return Mem.getLong(at);
        }
        if (count >= 4) {
            long low = Mem.getInt(at) & 0xFFFF_FFFFL;
            long high = Mem.getInt(at + count - 4) & 0xFFFF_FFFFL;
            return low | high << 8 * (count - 4);
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (Mem.getByte(at + i) & 0xFFL) << 8 * i;
        }
        return value;
    }

    /// 64 bits from bit `from` on; reads no byte that holds none of them.
    private static long word(long address, int from) {
        long at = address + (from >> 3);
        int shift = from & 7;
        long low = Mem.getLong(at) >>> shift;
        return shift == 0 ? low : low | (long) Mem.getByte(at + 8) << (64 - shift);
    }

    /// Moves the values that lie at the front of a column's memory, one for each set bit, to the
    /// rows of their bits; rows without get zero.
    ///
    /// @param width bytes of a value: 1, 2, 4, 8 or 16
    /// @param present how many values there are
    /// @param bit the bit of row 0
    static void spread(long data, int width, int rows, int present, long validity, int bit) {
        // From the last row back, so that no value is written over before it was moved; 64 rows at
        // once, of which all, none or some have values.
        int next = present - 1;
        int end = rows;
        while (end > next + 1) {
            int count = Math.min(64, end);
            int start = end - count;
            long valid = get(validity, bit + start, count);
            int ones = Long.bitCount(valid);
            long to = data + (long) start * width;
            if (ones == 0) {
                Mem.fill(to, (long) count * width, (byte) 0);
            } else if (ones == count) {
                Mem.copy(data + (long) (next + 1 - count) * width, to, (long) count * width);
            } else {
                switch (width) {
                    case 1 -> spread1(data, next, to, count, valid);
                    case 2 -> spread2(data, next, to, count, valid);
                    case 4 -> spread4(data, next, to, count, valid);
                    case 8 -> spread8(data, next, to, count, valid);
                    default -> spread16(data, next, to, count, valid);
                }
            }
            next -= ones;
            end = start;
        }
    }

    // Without branches: a row without a value reads one too, and drops it.

    private static void spread1(long data, int last, long to, int count, long valid) {
        int next = last;
        for (int i = count - 1; i >= 0; i--) {
            int one = (int) (valid >>> i) & 1;
            Mem.putByte(to + i, (byte) (Mem.getByte(data + Math.max(next, 0)) & -one));
            next -= one;
        }
    }

    private static void spread2(long data, int last, long to, int count, long valid) {
        int next = last;
        for (int i = count - 1; i >= 0; i--) {
            int one = (int) (valid >>> i) & 1;
            int value = Mem.getShort(data + 2L * Math.max(next, 0));
            Mem.putShort(to + 2L * i, (short) (value & -one));
            next -= one;
        }
    }

    private static void spread4(long data, int last, long to, int count, long valid) {
        int next = last;
        for (int i = count - 1; i >= 0; i--) {
            int one = (int) (valid >>> i) & 1;
            Mem.putInt(to + 4L * i, Mem.getInt(data + 4L * Math.max(next, 0)) & -one);
            next -= one;
        }
    }

    private static void spread8(long data, int last, long to, int count, long valid) {
        int next = last;
        for (int i = count - 1; i >= 0; i--) {
            int one = (int) (valid >>> i) & 1;
            Mem.putLong(to + 8L * i, Mem.getLong(data + 8L * Math.max(next, 0)) & -one);
            next -= one;
        }
    }

    private static void spread16(long data, int last, long to, int count, long valid) {
        int next = last;
        for (int i = count - 1; i >= 0; i--) {
            int one = (int) (valid >>> i) & 1;
            long from = data + 16L * Math.max(next, 0);
            long low = Mem.getLong(from) & -one;
            long high = Mem.getLong(from + 8) & -one;
            Mem.putLong(to + 16L * i, low);
            Mem.putLong(to + 16L * i + 8, high);
            next -= one;
        }
    }

    /// As [#spread], for values of one bit that begin at bit `to` of `data`.
    static void spreadBits(long data, int to, int rows, int present, long validity, int bit) {
        int next = present - 1;
        for (int row = rows - 1; row > next; row--) {
            boolean valid = Mem.getBit(validity, bit + row);
            Mem.putBit(data, to + row, valid && Mem.getBit(data, to + next));
            next -= valid ? 1 : 0;
        }
    }
}
