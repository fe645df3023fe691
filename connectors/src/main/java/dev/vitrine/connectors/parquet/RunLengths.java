package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.Mem;
import java.io.EOFException;
import java.io.IOException;

/// Small unsigned numbers in runs: one number many times, or bit-packed ones in groups of eight.
///
/// Reads whole words: there must be [Scratch#SLACK] bytes after the end. Source: the Parquet
/// format's `Encodings.md`, RLE/bit-packing hybrid.
final class RunLengths {
    private static final int MAX_WIDTH = 32;

    private final int width;
    private final long mask;
    private final long end;
    private long at;

    /// Numbers left in the run; those of a bit-packed one begin at `packed`, of which `index` were
    /// taken.
    private int left;

    private boolean repeated;
    private int value;
    private long packed;
    private int index;

    /// @param width bits of a number
    RunLengths(long from, long end, int width) throws IOException {
        if (width < 0 || width > MAX_WIDTH) {
            throw new IOException("a page holds numbers of " + width + " bits");
        }
        this.at = from;
        this.end = end;
        this.width = width;
        this.mask = (1L << width) - 1;
    }

    /// Writes the next `count` numbers as 32-bit integers to `to`.
    void read(int count, long to) throws IOException {
        int done = 0;
        while (done < count) {
            int next = next(count - done);
            long target = to + 4L * done;
            if (repeated) {
                fill(target, next, value);
            } else {
                unpack(packed, index, next, target, width, mask);
                index += next;
            }
            done += next;
        }
    }

    /// Copies the next `count` numbers of one bit to bit `bit` of a bitmap; the number of ones.
    int readBits(int count, long bitmap, int bit) throws IOException {
        int done = 0;
        int ones = 0;
        while (done < count) {
            int next = next(count - done);
            if (repeated) {
                Bitmaps.fill(bitmap, bit + done, next, value != 0);
                ones += value != 0 ? next : 0;
            } else {
                ones += Bitmaps.copy(packed, index, bitmap, bit + done, next);
                index += next;
            }
            done += next;
        }
        return ones;
    }

    void skip(int count) throws IOException {
        int done = 0;
        while (done < count) {
            int next = next(count - done);
            if (!repeated) {
                index += next;
            }
            done += next;
        }
    }

    /// Whether the next `count` numbers are one run of `number`.
    boolean isRunOf(int number, int count) throws IOException {
        if (left == 0) {
            begin();
        }
        return repeated && value == number && left >= count;
    }

    /// Takes up to `wanted` numbers from the run, a new one if it is used up.
    private int next(int wanted) throws IOException {
        if (left == 0) {
            begin();
        }
        int next = Math.min(left, wanted);
        left -= next;
        return next;
    }

    private void begin() throws IOException {
        do {
            long head = header();
            if ((head & 1) == 0) {
                repeat(head >>> 1);
            } else {
                pack(head >>> 1);
            }
        } while (left == 0);
    }

    private void repeat(long count) throws IOException {
        int bytes = (width + 7) >> 3;
        if (count > Integer.MAX_VALUE || bytes > end - at) {
            throw damaged();
        }
        repeated = true;
        left = (int) count;
        value = bytes == 0 ? 0 : (int) (Mem.getLong(at) & (1L << (bytes << 3)) - 1);
        at += bytes;
    }

    private void pack(long groups) throws IOException {
        // Some writers leave out the last bytes where no number lies.
        long available = width == 0 ? Integer.MAX_VALUE : ((end - at) << 3) / width;
        long count = Math.min(groups << 3, available);
        if (groups > Integer.MAX_VALUE || (count == 0 && groups > 0)) {
            throw damaged();
        }
        repeated = width == 0;
        value = 0;
        left = (int) Math.min(count, Integer.MAX_VALUE);
        packed = at;
        index = 0;
        at = Math.min(end, at + groups * width);
    }

    private long header() throws IOException {
        long head = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (at >= end) {
                throw damaged();
            }
            byte next = Mem.getByte(at++);
            head |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return head;
            }
        }
        throw damaged();
    }

    private static IOException damaged() {
        return new EOFException("a page ends before its last value");
    }

    static void fill(long to, int count, int value) {
        long pair = (value & 0xFFFF_FFFFL) | (long) value << 32;
        int i = 0;
        for (; i + 2 <= count; i += 2) {
            Mem.putLong(to + 4L * i, pair);
        }
        if (i < count) {
            Mem.putInt(to + 4L * i, value);
        }
    }

    /// Numbers `index` to `index + count` of the bit-packed ones at `from`, as 32-bit integers.
    static void unpack(long from, int index, int count, long to, int width, long mask) {
        int done = 0;
        while (done < count && ((index + done) & 7) != 0) {
            Mem.putInt(to + 4L * done, one(from, index + done, width, mask));
            done++;
        }
        int groups = (count - done) >> 3;
        if (groups > 0) {
            long start = from + (long) ((index + done) >> 3) * width;
            if (width <= 8) {
                unpackNarrow(start, groups, to + 4L * done, width, mask);
            } else if (width <= 16) {
                unpackMedium(start, groups, to + 4L * done, width, mask);
            } else {
                unpackWide(start, groups, to + 4L * done, width, mask);
            }
            done += groups << 3;
        }
        for (; done < count; done++) {
            Mem.putInt(to + 4L * done, one(from, index + done, width, mask));
        }
    }

    private static int one(long from, int index, int width, long mask) {
        long bit = (long) index * width;
        return (int) (Mem.getLong(from + (bit >> 3)) >>> (bit & 7) & mask);
    }

    /// Up to 8 bits: a group of eight numbers lies in one word.
    private static void unpackNarrow(long from, int groups, long to, int width, long mask) {
        int width2 = 2 * width;
        int width3 = 3 * width;
        int width4 = 4 * width;
        int width5 = 5 * width;
        int width6 = 6 * width;
        int width7 = 7 * width;
        long source = from;
        long target = to;
        for (int group = 0; group < groups; group++) {
            long bits = Mem.getLong(source);
            Mem.putLong(target, (bits & mask) | (bits >>> width & mask) << 32);
            Mem.putLong(target + 8, (bits >>> width2 & mask) | (bits >>> width3 & mask) << 32);
            Mem.putLong(target + 16, (bits >>> width4 & mask) | (bits >>> width5 & mask) << 32);
            Mem.putLong(target + 24, (bits >>> width6 & mask) | (bits >>> width7 & mask) << 32);
            source += width;
            target += 32;
        }
    }

    /// 9 to 16 bits: half a group lies in one word.
    private static void unpackMedium(long from, int groups, long to, int width, long mask) {
        int width2 = 2 * width;
        int width3 = 3 * width;
        int half = width >> 1;
        // An odd width's second half begins in the middle of a byte.
        int shift = (width & 1) << 2;
        long source = from;
        long target = to;
        for (int group = 0; group < groups; group++) {
            long low = Mem.getLong(source);
            long high = Mem.getLong(source + half) >>> shift;
            Mem.putLong(target, (low & mask) | (low >>> width & mask) << 32);
            Mem.putLong(target + 8, (low >>> width2 & mask) | (low >>> width3 & mask) << 32);
            Mem.putLong(target + 16, (high & mask) | (high >>> width & mask) << 32);
            Mem.putLong(target + 24, (high >>> width2 & mask) | (high >>> width3 & mask) << 32);
            source += width;
            target += 32;
        }
    }

    private static void unpackWide(long from, int groups, long to, int width, long mask) {
        long target = to;
        for (int index = 0; index < groups << 3; index += 2) {
            long first = one(from, index, width, mask) & 0xFFFF_FFFFL;
            long second = one(from, index + 1, width, mask);
            Mem.putLong(target, first | second << 32);
            target += 8;
        }
    }
}
