package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.jspecify.annotations.Nullable;

/// The rows of a [JoinTable] in the order of one column, for joins by comparisons: the partners of
/// a row lie between two places, found by binary search. Over a second column there is a tree of
/// largest values, which steps over rows that are too small: with both, the time for a row grows
/// with its partners and the logarithm of all rows (as in McCreight's priority search tree, 1985).
///
/// Values are compared as 64-bit words in their order; rows with a NULL in either column are left
/// out. Made once, then read by many threads.
public final class RangeIndex implements AutoCloseable {
    private static final int DIGIT_BITS = 11;

    private final List<ArrowBuf> buffers = new ArrayList<>();
    private final BatchAllocator allocator;

    /// Addresses of the words and of the row numbers, in the words' order.
    private final long words;

    private final long rows;
    private final int size;

    /// A heap of words: node i has the children 2i and 2i + 1, the leaves begin at `leaves`; none
    /// without a second column.
    private final long largest;

    private final int leaves;

    /// One column of a table.
    ///
    /// @param nulls address of a byte a row that says whether it is NULL, or 0
    record Column(DataType type, long data, long nulls) {
        boolean isNull(int row) {
            return nulls != 0 && Mem.getByte(nulls + row) != 0;
        }

        long word(int row) {
            if (type == DataType.DOUBLE) {
                return RangeIndex.word(Mem.getDouble(data + 8L * row));
            }
            if (type == DataType.FLOAT) {
                return RangeIndex.word(Mem.getFloat(data + 4L * row));
            }
            return switch (ColumnBuilder.width(type)) {
                case 1 -> Mem.getByte(data + row);
                case 2 -> Mem.getShort(data + 2L * row);
                case 4 -> Mem.getInt(data + 4L * row);
                default -> Mem.getLong(data + 8L * row);
            };
        }
    }

    /// @param count rows of the table
    /// @param atMost whether the second column is asked for values up to a bound; else from one on
    RangeIndex(
            int count,
            @Nullable Column column,
            @Nullable Column other,
            boolean atMost,
            BatchAllocator allocator) {
        this.allocator = allocator;
        try {
            this.words = allocate(8L * count);
            this.rows = allocate(4L * count);
            int used = 0;
            for (int row = 0; column != null && row < count; row++) {
                if (!column.isNull(row) && (other == null || !other.isNull(row))) {
                    Mem.putLong(words + 8L * used, column.word(row));
                    Mem.putInt(rows + 4L * used++, row);
                }
            }
            this.size = used;
            sort();
            this.leaves = other == null || used == 0 ? 0 : Integer.highestOneBit(2 * used - 1);
            this.largest = leaves == 0 ? 0 : allocate(16L * leaves);
            if (other != null && leaves > 0) {
                for (int i = 0; i < leaves; i++) {
                    long word = i < used ? other.word(row(i)) : Long.MIN_VALUE;
                    setLargest(leaves + i, atMost && i < used ? ~word : word);
                }
                for (int i = leaves - 1; i > 0; i--) {
                    setLargest(i, Math.max(largest(2 * i), largest(2 * i + 1)));
                }
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private long allocate(long bytes) {
        ArrowBuf buffer = allocator.allocate(Math.max(bytes, 8));
        buffers.add(buffer);
        return buffer.memoryAddress();
    }

    private long largest(int node) {
        return Mem.getLong(largest + 8L * node);
    }

    private void setLargest(int node, long word) {
        Mem.putLong(largest + 8L * node, word);
    }

    /// Sorts by words, least significant digits first; digits that are all alike are stepped over.
    private void sort() {
        try (ArrowBuf otherWords = allocator.allocate(Math.max(8L * size, 8));
                ArrowBuf otherRows = allocator.allocate(Math.max(4L * size, 8))) {
            long from = words;
            long fromRows = rows;
            long to = otherWords.memoryAddress();
            long toRows = otherRows.memoryAddress();
            for (int shift = 0; shift < Long.SIZE; shift += DIGIT_BITS) {
                int[] starts = new int[(1 << DIGIT_BITS) + 1];
                for (int i = 0; i < size; i++) {
                    starts[digit(from, i, shift) + 1]++;
                }
                if (size == 0 || starts[digit(from, 0, shift) + 1] == size) {
                    continue;
                }
                for (int i = 1; i < starts.length; i++) {
                    starts[i] += starts[i - 1];
                }
                for (int i = 0; i < size; i++) {
                    int at = starts[digit(from, i, shift)]++;
                    Mem.putLong(to + 8L * at, Mem.getLong(from + 8L * i));
                    Mem.putInt(toRows + 4L * at, Mem.getInt(fromRows + 4L * i));
                }
                long sorted = to;
                long sortedRows = toRows;
                to = from;
                toRows = fromRows;
                from = sorted;
                fromRows = sortedRows;
            }
            if (from != words) {
                Mem.copy(from, words, 8L * size);
                Mem.copy(fromRows, rows, 4L * size);
            }
        }
    }

    private static int digit(long words, int place, int shift) {
        long word = Mem.getLong(words + 8L * place) ^ Long.MIN_VALUE;
        return (int) (word >>> shift) & (1 << DIGIT_BITS) - 1;
    }

    /// A floating-point number as a word: NaN above all others, and one zero.
    public static long word(double value) {
        return ValueWords.word(value + 0.0);
    }

    /// The first place whose word is at least `least`.
    public int start(long least) {
        int from = 0;
        int to = size;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (Mem.getLong(words + 8L * middle) < least) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /// The place behind the last one whose word is at most `greatest`.
    public int end(long greatest) {
        return greatest == Long.MAX_VALUE ? size : start(greatest + 1);
    }

    /// The next place from `from` on and before `end` whose row the second column does not exclude,
    /// or -1.
    ///
    /// @param bound the second column's bound: a word, or one's complement of it where the column
    ///   is to be at most that; ignored without a second column
    public int next(int from, int end, long bound) {
        if (from >= end) {
            return -1;
        }
        if (leaves == 0 || largest(leaves + from) >= bound) {
            return from;
        }
        int node = leaves + from;
        // Up while there is nothing to the right below the same parent, then down to the leftmost.
        while (true) {
            while ((node & 1) != 0) {
                node >>= 1;
                if (node <= 1) {
                    return -1;
                }
            }
            node++;
            if (largest(node) >= bound) {
                break;
            }
        }
        while (node < leaves) {
            node *= 2;
            if (largest(node) < bound) {
                node++;
            }
        }
        int place = node - leaves;
        return place < end ? place : -1;
    }

    /// The table's row at a place.
    public int row(int place) {
        return Mem.getInt(rows + 4L * place);
    }

    @Override
    public void close() {
        buffers.forEach(ArrowBuf::close);
        buffers.clear();
    }
}
