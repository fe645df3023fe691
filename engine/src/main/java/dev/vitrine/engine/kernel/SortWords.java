package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;

/// The sort keys of some rows as unsigned 64-bit words: rows are in order if their words are, first
/// word first. Each key is counted from its smallest value, so that several keys may share a word;
/// direction and the place of NULLs are part of it. A long string takes two words of its first
/// bytes; what does not fit [#MAX_WORDS] is left out, and then equal words do not mean equal keys.
final class SortWords {
    private static final int MAX_WORDS = 3;
    private static final int LONGEST_EXACT_STRING = 7;

    private final List<Batch> batches;
    private final int rows;
    private final List<long[]> words = new ArrayList<>();
    private final List<Integer> bits = new ArrayList<>();
    private boolean exact = true;

    SortWords(List<Batch> batches, int rows, List<RowOrder.Key> keys) {
        this.batches = batches;
        this.rows = rows;
        for (RowOrder.Key key : keys) {
            if (exact) {
                add(key);
            }
        }
    }

    /// Words for each row.
    List<long[]> words() {
        return words;
    }

    /// How many of a word's low bits are in use.
    int bits(int word) {
        return bits.get(word);
    }

    /// Whether rows with equal words have equal keys.
    boolean isExact() {
        return exact;
    }

    private void add(RowOrder.Key key) {
        DataType type = batches.getFirst().schema().field(key.column()).type();
        if (type == DataType.STRING || type == DataType.BINARY) {
            int longest = longest(key.column());
            if (longest <= LONGEST_EXACT_STRING) {
                add(key, strings(key.column(), 0, true));
                return;
            }
            add(key, strings(key.column(), 0, false));
            if (exact && longest > Long.BYTES) {
                add(key, strings(key.column(), Long.BYTES, false));
            }
            exact = false;
        } else if (type == DataType.BOOLEAN || ColumnBuilder.width(type) > 0) {
            add(key, numbers(key.column()));
        } else {
            exact = false;
        }
    }

    /// Adds a key whose values are given in signed order.
    private void add(RowOrder.Key key, long[] values) {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        boolean anyNull = false;
        int first = 0;
        for (Batch batch : batches) {
            long valid = batch.validityAddress(key.column());
            int end = first + batch.rowCount();
            for (int row = first; row < end; row++) {
                if (valid == 0 || Mem.getBit(valid, row - first)) {
                    least = Math.min(least, values[row]);
                    greatest = Math.max(greatest, values[row]);
                } else {
                    anyNull = true;
                }
            }
            first = end;
        }
        long range = least > greatest ? 0 : greatest - least;
        int shift = 0;
        if (anyNull && range == -1) {
            // No code is left for NULL: the lowest bit makes room.
            shift = 1;
            range = Long.MAX_VALUE;
        }
        long codes = anyNull ? range + 1 : range;
        int width = 64 - Long.numberOfLeadingZeros(codes);
        long[] word = room(width);
        if (word.length < rows) {
            exact = false;
            return;
        }
        long base = key.descending() ? greatest : least;
        long step = anyNull && key.nullsFirst() ? 1 : 0;
        long nullCode = key.nullsFirst() ? 0 : codes;
        first = 0;
        for (Batch batch : batches) {
            long valid = batch.validityAddress(key.column());
            int end = first + batch.rowCount();
            for (int row = first; row < end; row++) {
                boolean holds = valid == 0 || Mem.getBit(valid, row - first);
                long distance = key.descending() ? base - values[row] : values[row] - base;
                long code = holds ? (distance >>> shift) + step : nullCode;
                word[row] = (width == 64 ? 0 : word[row] << width) | code;
            }
            first = end;
        }
        exact &= shift == 0;
    }

    /// The word that takes `width` more bits; an empty array where there is none.
    private long[] room(int width) {
        int last = words.size() - 1;
        if (last >= 0 && bits.get(last) + width <= 64) {
            bits.set(last, bits.get(last) + width);
            return words.get(last);
        }
        if (words.size() == MAX_WORDS) {
            return new long[0];
        }
        words.add(new long[rows]);
        bits.add(width);
        return words.getLast();
    }

    private int longest(int column) {
        int longest = 0;
        for (Batch batch : batches) {
            long offsets = batch.offsetAddress(column);
            for (int row = 0; row < batch.rowCount(); row++) {
                int length = Mem.getInt(offsets + 4L * row + 4) - Mem.getInt(offsets + 4L * row);
                longest = Math.max(longest, length);
            }
        }
        return longest;
    }

    /// Eight bytes of each string from `skip` on as a number in their order.
    ///
    /// @param withLength whether the last byte is the string's length instead
    private long[] strings(int column, int skip, boolean withLength) {
        long[] values = new long[rows];
        int at = 0;
        for (Batch batch : batches) {
            long data = batch.dataAddress(column);
            long offsets = batch.offsetAddress(column);
            for (int row = 0; row < batch.rowCount(); row++) {
                int start = Mem.getInt(offsets + 4L * row);
                int length = Mem.getInt(offsets + 4L * row + 4) - start;
                long prefix = bytes(data + start + skip, length - skip);
                values[at++] = (withLength ? prefix | length : prefix) ^ Long.MIN_VALUE;
            }
        }
        return values;
    }

    private static long bytes(long address, int length) {
        if (length >= Long.BYTES) {
            return Long.reverseBytes(Mem.getLong(address));
        }
        long prefix = 0;
        for (int i = 0; i < length; i++) {
            prefix |= (Mem.getByte(address + i) & 0xFFL) << 56 - 8 * i;
        }
        return prefix;
    }

    private long[] numbers(int column) {
        long[] values = new long[rows];
        int first = 0;
        for (Batch batch : batches) {
            exact &= OrderedNumbers.write(batch, column, 0, batch.rowCount(), values, first);
            first += batch.rowCount();
        }
        return values;
    }
}
