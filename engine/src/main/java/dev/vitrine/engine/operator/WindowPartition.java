package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.kernel.RowCopier;
import dev.vitrine.engine.kernel.RowOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of one partition in their order, numbered from 0: stretches of one batch or more.
/// Reused from partition to partition; does not own the batches.
final class WindowPartition {
    private final RowOrder order;
    private final boolean ordered;
    private final List<Batch> batches = new ArrayList<>();
    private int[] firstRows = new int[4];
    private int[] ends = new int[4];
    private int size;
    private int last;
    private int[] peerStarts = new int[0];
    private int[] peerEnds = new int[0];
    private boolean peersKnown;
    private final int[] one = new int[1];

    /// @param order of the rows within the partition
    /// @param ordered whether there is any; else all rows are peers
    WindowPartition(RowOrder order, boolean ordered) {
        this.order = order;
        this.ordered = ordered;
    }

    void clear() {
        batches.clear();
        size = 0;
        last = 0;
        peersKnown = false;
    }

    /// Adds rows `from` to before `to` of a batch.
    void add(Batch batch, int from, int to) {
        int at = batches.size();
        if (at == ends.length) {
            firstRows = Arrays.copyOf(firstRows, at * 2);
            ends = Arrays.copyOf(ends, at * 2);
        }
        batches.add(batch);
        firstRows[at] = from;
        size += to - from;
        ends[at] = size;
    }

    int size() {
        return size;
    }

    private int segment(int index) {
        if (index < ends[last] && (last == 0 || index >= ends[last - 1])) {
            return last;
        }
        int low = 0;
        int high = batches.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] > index) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        last = low;
        return low;
    }

    private int row(int segment, int index) {
        return firstRows[segment] + index - (segment == 0 ? 0 : ends[segment - 1]);
    }

    @Nullable Object value(int column, int index) {
        int segment = segment(index);
        return batches.get(segment).value(column, row(segment, index));
    }

    boolean isNull(int column, int index) {
        int segment = segment(index);
        return batches.get(segment).isNull(column, row(segment, index));
    }

    /// The values of a column of whole numbers, or the bits of one of doubles; for NULLs anything.
    void numbers(int column, long[] values, boolean[] nulls) {
        int at = 0;
        for (int i = 0; i < batches.size(); i++) {
            Batch batch = batches.get(i);
            long data = batch.dataAddress(column);
            long valid = batch.validityAddress(column);
            int width = ColumnBuilder.width(batch.schema().field(column).type());
            for (int row = firstRows[i]; at < ends[i]; row++, at++) {
                nulls[at] = valid != 0 && !Mem.getBit(valid, row);
                values[at] =
                        switch (width) {
                            case 8 -> Mem.getLong(data + 8L * row);
                            case 4 -> Mem.getInt(data + 4L * row);
                            case 2 -> Mem.getShort(data + 2L * row);
                            default -> Mem.getByte(data + row);
                        };
            }
        }
    }

    /// The values of a column of whole numbers or decimals in two words each; for NULLs anything.
    void words(int column, long[] high, long[] low, boolean[] nulls) {
        if (ColumnBuilder.width(batches.getFirst().schema().field(column).type()) < 16) {
            numbers(column, low, nulls);
            for (int i = 0; i < size; i++) {
                high[i] = low[i] >> 63;
            }
            return;
        }
        int at = 0;
        for (int i = 0; i < batches.size(); i++) {
            Batch batch = batches.get(i);
            long data = batch.dataAddress(column);
            long valid = batch.validityAddress(column);
            for (int row = firstRows[i]; at < ends[i]; row++, at++) {
                nulls[at] = valid != 0 && !Mem.getBit(valid, row);
                low[at] = Mem.getLong(data + 16L * row);
                high[at] = Mem.getLong(data + 16L * row + 8);
            }
        }
    }

    void copyValue(int column, int index, ColumnBuilder target) {
        int segment = segment(index);
        one[0] = row(segment, index);
        RowCopier.copyColumn(batches.get(segment), column, one, 0, 1, target);
    }

    /// Copies a column of the rows that [#stretch] found.
    ///
    /// @param rows their numbers in their batch, of which the first `count` count
    /// @param from the first of them
    void copyColumn(int column, int[] rows, int count, int from, ColumnBuilder target) {
        RowCopier.copyColumn(batches.get(segment(from)), column, rows, 0, count, target);
    }

    /// Fills `rows` with the batch's row numbers of rows `from` to before `to`, as far as they are
    /// in one batch; how many that is.
    int stretch(int from, int to, int[] rows) {
        int segment = segment(from);
        int count = Math.min(Math.min(to, ends[segment]) - from, rows.length);
        int first = row(segment, from);
        for (int i = 0; i < count; i++) {
            rows[i] = first + i;
        }
        return count;
    }

    /// The first row that is equal to `index` in the order.
    int peerStart(int index) {
        findPeers();
        return peerStarts[index];
    }

    /// The row after the last that is equal to `index` in the order.
    int peerEnd(int index) {
        findPeers();
        return peerEnds[index];
    }

    private void findPeers() {
        if (peersKnown) {
            return;
        }
        peersKnown = true;
        if (peerStarts.length < size) {
            peerStarts = new int[Math.max(size, 2 * peerStarts.length)];
            peerEnds = new int[peerStarts.length];
        }
        int start = 0;
        for (int i = 1; i <= size; i++) {
            if (i == size || ordered && !equal(i - 1, i)) {
                Arrays.fill(peerStarts, start, i, start);
                Arrays.fill(peerEnds, start, i, i);
                start = i;
            }
        }
    }

    private boolean equal(int a, int b) {
        int left = segment(a);
        int right = segment(b);
        return order.compare(batches.get(left), row(left, a), batches.get(right), row(right, b))
                == 0;
    }
}
