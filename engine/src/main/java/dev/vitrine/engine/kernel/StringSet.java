package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Mem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An unchanging set of byte strings, for conditions over many constants. Open addressing with
/// linear probing, at most half full.
public final class StringSet {
    private final long[] @Nullable [] words;
    private final int[] lengths;
    private final int mask;

    public StringSet(List<byte[]> values) {
        int capacity = Integer.highestOneBit(Math.max(4, values.size())) * 4;
        words = new long[capacity][];
        lengths = new int[capacity];
        mask = capacity - 1;
        for (byte[] value : values) {
            long[] parts = words(value);
            long hash = value.length;
            for (long part : parts) {
                hash = Hash.combine(hash, part);
            }
            int at = (int) hash & mask;
            while (words[at] != null && !same(words[at], lengths[at], parts, value.length)) {
                at = at + 1 & mask;
            }
            words[at] = parts;
            lengths[at] = value.length;
        }
    }

    private static boolean same(long[] a, int aLength, long[] b, int bLength) {
        return aLength == bLength && java.util.Arrays.equals(a, b);
    }

    /// Eight bytes a word as memory has them; the last word is filled up with zeros.
    private static long[] words(byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
        long[] words = new long[(value.length + 7) / 8];
        int full = value.length / 8;
        for (int i = 0; i < full; i++) {
            words[i] = bytes.getLong(8 * i);
        }
        for (int i = 8 * full; i < value.length; i++) {
            words[full] |= (value[i] & 0xFFL) << 8 * (i & 7);
        }
        return words;
    }

    private static long word(long address, int index, int length) {
        int from = 8 * index;
        if (from + 8 <= length) {
            return Mem.getLong(address + from);
        }
        long word = 0;
        for (int i = from; i < length; i++) {
            word |= (Mem.getByte(address + i) & 0xFFL) << 8 * (i & 7);
        }
        return word;
    }

    public boolean contains(StringRef value) {
        int length = value.length;
        int parts = (length + 7) / 8;
        long hash = length;
        for (int i = 0; i < parts; i++) {
            hash = Hash.combine(hash, word(value.address, i, length));
        }
        int at = (int) hash & mask;
        while (true) {
            long[] candidate = words[at];
            if (candidate == null) {
                return false;
            }
            if (lengths[at] == length && same(candidate, value.address, length)) {
                return true;
            }
            at = at + 1 & mask;
        }
    }

    private static boolean same(long[] candidate, long address, int length) {
        for (int i = 0; i < candidate.length; i++) {
            if (candidate[i] != word(address, i, length)) {
                return false;
            }
        }
        return true;
    }
}
