package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;

/// Tells which rows may still be among the first of their group: for each group the smallest
/// `limit` words of its rows so far, a word being the first sort key as 64 bits. A row whose word
/// is above all of them has as many rows before it. Used by one thread.
public final class RankLimits implements AutoCloseable {
    /// Rows that are offered at once.
    public static final int STEP = 1024;

    private static final long NO_GROUP = 0;

    /// What becomes of a row whose word is the largest of a full group's.
    public enum Ties {
        /// It comes after the others where words are exact (row_number).
        LAST,
        /// It has the same rank as the other (rank).
        SAME,
        /// Equal words count once (dense_rank).
        ONCE
    }

    private final RowOrder order;
    private final int limit;
    private final Ties ties;
    private final KeyTable table;
    private final KeyColumns keys;
    private final ArrowBuf keyBuffer;
    private final long[] words = new long[STEP];
    private final long[] groups = new long[STEP];
    private boolean exact;

    /// @param partition columns by which rows are grouped
    /// @param types their types, which [KeyLayout#supports]
    public RankLimits(
            int[] partition,
            List<DataType> types,
            RowOrder order,
            int limit,
            Ties ties,
            BatchAllocator allocator) {
        this.order = order;
        this.limit = limit;
        this.ties = ties;
        KeyLayout layout = new KeyLayout(types);
        this.keys = new KeyColumns(layout, partition);
        this.keyBuffer = allocator.allocate((long) STEP * layout.bytes());
        this.table = new KeyTable(layout, 8 + 8 * limit, allocator);
    }

    /// Rows that may be among the first of their groups.
    public static final class Candidates {
        private int[] rows = new int[0];
        private long[] words = new long[0];
        private long[] groups = new long[0];
        private int count;

        private void room(int more) {
            if (count + more > rows.length) {
                int size = Math.max(count + more, 2 * count);
                rows = Arrays.copyOf(rows, size);
                words = Arrays.copyOf(words, size);
                groups = Arrays.copyOf(groups, size);
            }
        }

        /// Adds rows `from` to before `to` whatever their rank.
        public void addAll(int from, int to) {
            room(to - from);
            for (int row = from; row < to; row++) {
                groups[count] = NO_GROUP;
                rows[count++] = row;
            }
        }

        /// Their numbers in the batch; the first [#count] count.
        public int[] rows() {
            return rows;
        }

        public int count() {
            return count;
        }

        /// Bytes of memory that they take.
        public long sizeBytes() {
            return 20L * rows.length;
        }
    }

    /// Takes rows `from` to before `to`, at most [#STEP], into their groups; those that are not
    /// ruled out by now are added to `candidates`.
    public void offer(Batch batch, int from, int to, Candidates candidates) {
        int count = to - from;
        keys.put(batch, from, to, keyBuffer.memoryAddress());
        table.findOrInsertAll(keyBuffer.memoryAddress(), count, groups);
        order(batch, from, to);
        candidates.room(count);
        for (int i = 0; i < count; i++) {
            if (offer(groups[i], words[i])) {
                int at = candidates.count++;
                candidates.rows[at] = from + i;
                candidates.words[at] = words[i];
                candidates.groups[at] = groups[i];
            }
        }
    }

    /// Leaves out candidates that have been ruled out since.
    public void narrow(Candidates candidates) {
        int kept = 0;
        for (int i = 0; i < candidates.count; i++) {
            long group = candidates.groups[i];
            if (group == NO_GROUP
                    || Mem.getLong(group) < limit
                    || candidates.words[i] <= Mem.getLong(group + 8L * limit)) {
                candidates.rows[kept++] = candidates.rows[i];
            }
        }
        candidates.count = kept;
    }

    private boolean offer(long group, long word) {
        long count = Mem.getLong(group);
        if (count == limit) {
            long last = Mem.getLong(group + 8L * limit);
            if (word > last) {
                return false;
            }
            if (word == last) {
                boolean code = word == Long.MIN_VALUE || word == Long.MAX_VALUE;
                return ties != Ties.LAST || !exact || code;
            }
        }
        int at = (int) count;
        while (at > 0 && Mem.getLong(group + 8L * at) > word) {
            at--;
        }
        if (ties == Ties.ONCE && at > 0 && Mem.getLong(group + 8L * at) == word) {
            return true;
        }
        int moved = (int) Math.min(count, limit - 1L) - at;
        if (moved > 0) {
            long first = group + 8L * (at + 1);
            Mem.copy(first, first + 8, 8L * moved);
        }
        Mem.putLong(group + 8L * (at + 1), word);
        if (count < limit) {
            Mem.putLong(group, count + 1);
        }
        return true;
    }

    /// The rows' words. The smallest and the largest number stand for NULLs too.
    private void order(Batch batch, int from, int to) {
        if (order.keys().isEmpty()) {
            Arrays.fill(words, 0, to - from, 0);
            exact = true;
            return;
        }
        RowOrder.Key key = order.keys().getFirst();
        DataType type = batch.schema().field(key.column()).type();
        if (type == DataType.BOOLEAN || ColumnBuilder.width(type) > 0) {
            exact = OrderedNumbers.write(batch, key.column(), from, to, words, 0);
            exact &= order.keys().size() == 1;
            long valid = batch.validityAddress(key.column());
            for (int i = 0; i < to - from; i++) {
                words[i] = key.descending() ? ~words[i] : words[i];
                if (valid != 0 && !Mem.getBit(valid, from + i)) {
                    words[i] = key.nullsFirst() ? Long.MIN_VALUE : Long.MAX_VALUE;
                }
            }
        } else {
            exact = false;
            for (int i = 0; i < to - from; i++) {
                words[i] = order.prefix(batch, from + i);
            }
        }
    }

    /// Bytes of memory that the groups take.
    public long sizeBytes() {
        return table.sizeBytes();
    }

    /// Bytes that are allocated when a step's rows have new groups.
    public long growthBytes() {
        return table.growthBytes(STEP);
    }

    @Override
    public void close() {
        table.close();
        keyBuffer.close();
    }
}
