package dev.vitrine.connectors.parquet;

import dev.vitrine.engine.batch.Mem;
import java.io.EOFException;
import java.io.IOException;

/// Integers kept as differences, bit-packed in small blocks of a width each (DELTA_BINARY_PACKED).
///
/// Reads whole words: there must be [Scratch#SLACK] bytes after the end. Source: the Parquet
/// format's `Encodings.md`.
final class DeltaIntegers {
    private static final int MAX_BLOCK = 1 << 16;
    private static final int MAX_BLOCKS = 512;

    private final long end;
    private final int perBlock;
    private final int blocks;
    private final int count;
    private long at;
    private long last;

    /// Numbers not taken yet, and whether the first, which stands in the head, was taken.
    private int left;

    private boolean begun;

    private final byte[] widths;
    private int block;
    private int inBlock;
    private long minDelta;
    private int width;
    private long packed;
    private int index;

    DeltaIntegers(long from, long end) throws IOException {
        this.at = from;
        this.end = end;
        long blockSize = varint();
        long blockCount = varint();
        long total = varint();
        last = zigzag(varint());
        if (blockCount < 1
                || blockCount > MAX_BLOCKS
                || blockSize < 1
                || blockSize > MAX_BLOCK
                || blockSize % blockCount != 0
                || blockSize / blockCount % 8 != 0
                || total < 0
                || total > Integer.MAX_VALUE) {
            throw new IOException("a page of differences has a damaged head");
        }
        blocks = (int) blockCount;
        perBlock = (int) (blockSize / blockCount);
        count = (int) total;
        left = count;
        widths = new byte[blocks];
        block = blocks;
    }

    /// How many numbers there are in all.
    int count() {
        return count;
    }

    /// Where the bytes of the numbers end, after all were read.
    long position() {
        return at;
    }

    void readInts(int wanted, long to) throws IOException {
        check(wanted);
        int done = 0;
        while (done < wanted) {
            int next = next(wanted - done);
            if (next == 0) {
                Mem.putInt(to + 4L * done++, (int) last);
                continue;
            }
            long value = last;
            for (int i = 0; i < next; i++) {
                value += minDelta + delta(packed, index + i, width);
                Mem.putInt(to + 4L * (done + i), (int) value);
            }
            last = value;
            index += next;
            done += next;
        }
    }

    void readLongs(int wanted, long to) throws IOException {
        check(wanted);
        int done = 0;
        while (done < wanted) {
            int next = next(wanted - done);
            if (next == 0) {
                Mem.putLong(to + 8L * done++, last);
                continue;
            }
            long value = last;
            for (int i = 0; i < next; i++) {
                value += minDelta + delta(packed, index + i, width);
                Mem.putLong(to + 8L * (done + i), value);
            }
            last = value;
            index += next;
            done += next;
        }
    }

    void skip(int wanted) throws IOException {
        check(wanted);
        int done = 0;
        while (done < wanted) {
            int next = next(wanted - done);
            if (next == 0) {
                done++;
                continue;
            }
            long value = last;
            for (int i = 0; i < next; i++) {
                value += minDelta + delta(packed, index + i, width);
            }
            last = value;
            index += next;
            done += next;
        }
    }

    private void check(int wanted) throws IOException {
        if (wanted > left) {
            throw new EOFException("a page ends before its last value");
        }
        left -= wanted;
    }

    /// How many of the next `wanted` numbers lie in one block at `index`; 0 for the very first
    /// number, which is `last` itself.
    private int next(int wanted) throws IOException {
        if (!begun) {
            begun = true;
            return 0;
        }
        if (inBlock == 0) {
            beginBlock();
        }
        int next = Math.min(wanted, inBlock);
        inBlock -= next;
        return next;
    }

    private void beginBlock() throws IOException {
        if (block == blocks) {
            minDelta = zigzag(varint());
            if (blocks > end - at) {
                throw new EOFException("a page ends before its last value");
            }
            Mem.copy(at, widths, 0, blocks);
            at += blocks;
            block = 0;
        }
        width = widths[block++];
        long bytes = (long) width * perBlock >> 3;
        if (width < 0 || width > 64 || bytes > end - at) {
            throw new EOFException("a page ends before its last value");
        }
        packed = at;
        index = 0;
        inBlock = perBlock;
        at += bytes;
    }

    private static long delta(long from, int index, int width) {
        long bit = (long) index * width;
        long at = from + (bit >> 3);
        int shift = (int) (bit & 7);
        long low = Mem.getLong(at) >>> shift;
        if (width + shift > 64) {
            low |= (long) Mem.getByte(at + 8) << (64 - shift);
        }
        return width == 64 ? low : low & (1L << width) - 1;
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw new EOFException("a page ends before its last value");
            }
            byte next = Mem.getByte(at++);
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a page of differences holds a number of more than 64 bits");
    }

    private static long zigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
