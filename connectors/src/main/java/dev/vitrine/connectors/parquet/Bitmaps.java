package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.Mem;

/// Bits in memory, the least significant of a byte first, as Arrow and Parquet both have them.
final class Bitmaps {
    private Bitmaps() {}

    /// Sets or clears `count` bits from bit `from` on.
    static void fill(long address, int from, int count, boolean value) {
        int end = from + count;
        int at = from;
        while (at < end && (at & 7) != 0) {
            Mem.putBit(address, at++, value);
        }
        int whole = (end - at) >> 3;
        if (whole > 0) {
            Mem.fill(address + (at >> 3), whole, (byte) (value ? -1 : 0));
        }
        for (at += whole << 3; at < end; at++) {
            Mem.putBit(address, at, value);
        }
    }

    /// Copies `count` bits from bit `from` of one bitmap to bit `to` of another; the number of ones
    /// among them.
    static int copy(long source, int from, long target, int to, int count) {
        int ones = 0;
        int done = 0;
        while (done < count && ((to + done) & 7) != 0) {
            ones += copyBit(source, from + done, target, to + done);
            done++;
        }
        for (; done + 64 <= count; done += 64) {
            long bits = word(source, from + done);
            Mem.putLong(target + ((to + done) >> 3), bits);
            ones += Long.bitCount(bits);
        }
        for (; done < count; done++) {
            ones += copyBit(source, from + done, target, to + done);
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
        for (; done < count; done++) {
            ones += Mem.getBit(address, from + done) ? 1 : 0;
        }
        return ones;
    }

    private static int copyBit(long source, int from, long target, int to) {
        boolean one = Mem.getBit(source, from);
        Mem.putBit(target, to, one);
        return one ? 1 : 0;
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
        // From the last row back, so that no value is written over before it was moved.
        int next = present - 1;
        for (int row = rows - 1; row > next; row--) {
            boolean valid = Mem.getBit(validity, bit + row);
            long from = data + (long) next * width;
            long to = data + (long) row * width;
            switch (width) {
                case 1 -> Mem.putByte(to, valid ? Mem.getByte(from) : 0);
                case 2 -> Mem.putShort(to, valid ? Mem.getShort(from) : 0);
                case 4 -> Mem.putInt(to, valid ? Mem.getInt(from) : 0);
                case 8 -> Mem.putLong(to, valid ? Mem.getLong(from) : 0);
                default -> {
                    Mem.putLong(to, valid ? Mem.getLong(from) : 0);
                    Mem.putLong(to + 8, valid ? Mem.getLong(from + 8) : 0);
                }
            }
            next -= valid ? 1 : 0;
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
