package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Batch;
import java.util.List;

/// Sorts the rows of some batches, stably: row numbers by the words of [SortWords], least
/// significant byte first; rows with equal words by the next word, in the end by the whole key.
public final class RowSorter {
    /// Shorter stretches are sorted by insertion.
    private static final int SHORT = 32;

    private static final int BLOCK_SHIFT = 8;

    private final List<Batch> batches;
    private final RowOrder order;
    private final Runnable check;
    private final SortWords words;
    private final int[] starts;
    private final int[] batchOfBlock;
    private final int[] ids;
    private final int[] otherIds;
    private final long[] keys;
    private final long[] otherKeys;

    private RowSorter(List<Batch> batches, RowOrder order, Runnable check) {
        this.batches = batches;
        this.order = order;
        this.check = check;
        this.starts = new int[batches.size() + 1];
        for (int i = 0; i < batches.size(); i++) {
            starts[i + 1] = Math.addExact(starts[i], batches.get(i).rowCount());
        }
        int rows = starts[batches.size()];
        this.batchOfBlock = new int[(rows >>> BLOCK_SHIFT) + 1];
        int batch = 0;
        for (int block = 0; block < batchOfBlock.length; block++) {
            while (batch < batches.size() && starts[batch + 1] <= block << BLOCK_SHIFT) {
                batch++;
            }
            batchOfBlock[block] = batch;
        }
        this.words = new SortWords(batches, rows, order.keys());
        this.ids = new int[rows];
        this.otherIds = new int[rows];
        this.keys = new long[rows];
        this.otherKeys = new long[rows];
    }

    /// Where each row of the sorted result comes from: `batch` holds indexes of batches, `row` rows
    /// in them.
    public static final class Sorted {
        public final int[] batch;
        public final int[] row;

        private Sorted(int[] batch, int[] row) {
            this.batch = batch;
            this.row = row;
        }
    }

    /// @param check called now and then; what it throws ends the call
    public static Sorted sort(List<Batch> batches, RowOrder order, Runnable check) {
        return new RowSorter(batches, order, check).sort();
    }

    private Sorted sort() {
        int rows = ids.length;
        for (int i = 0; i < rows; i++) {
            ids[i] = i;
        }
        sort(0, rows, 0);
        int[] batch = otherIds;
        int[] row = ids;
        for (int i = 0; i < rows; i++) {
            batch[i] = batchOf(row[i]);
            row[i] -= starts[batch[i]];
        }
        return new Sorted(batch, row);
    }

    private int batchOf(int id) {
        int batch = batchOfBlock[id >>> BLOCK_SHIFT];
        while (starts[batch + 1] <= id) {
            batch++;
        }
        return batch;
    }

    /// Sorts rows that are alike in the words before `word`.
    private void sort(int from, int to, int word) {
        if (to - from < 2) {
            return;
        }
        if (word == words.words().size()) {
            if (!words.isExact()) {
                sortByKey(from, to);
            }
            return;
        }
        long[] values = words.words().get(word);
        for (int i = from; i < to; i++) {
            keys[i] = values[ids[i]];
        }
        if (to - from <= SHORT) {
            insert(from, to);
        } else {
            radix(from, to, words.bits(word));
        }
        boolean last = word + 1 == words.words().size() && words.isExact();
        for (int start = from; !last && start < to; ) {
            int end = start + 1;
            while (end < to && keys[end] == keys[start]) {
                end++;
            }
            sort(start, end, word + 1);
            start = end;
        }
    }

    private void insert(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            long key = keys[i];
            int id = ids[i];
            int j = i - 1;
            while (j >= from && Long.compareUnsigned(key, keys[j]) < 0) {
                keys[j + 1] = keys[j];
                ids[j + 1] = ids[j];
                j--;
            }
            keys[j + 1] = key;
            ids[j + 1] = id;
        }
    }

    /// Sorts by one byte after the other, from the lowest; bytes that are the same everywhere are
    /// left out.
    private void radix(int from, int to, int bits) {
        int passes = (bits + 7) / 8;
        int[][] counts = new int[passes][256];
        for (int i = from; i < to; i++) {
            long key = keys[i];
            for (int pass = 0; pass < passes; pass++) {
                counts[pass][(int) (key >>> 8 * pass) & 0xFF]++;
            }
        }
        long[] fromKeys = keys;
        int[] fromIds = ids;
        long[] toKeys = otherKeys;
        int[] toIds = otherIds;
        for (int pass = 0; pass < passes; pass++) {
            int[] count = counts[pass];
            int shift = 8 * pass;
            if (count[(int) (fromKeys[from] >>> shift) & 0xFF] == to - from) {
                continue;
            }
            check.run();
            int at = from;
            for (int i = 0; i < 256; i++) {
                int n = count[i];
                count[i] = at;
                at += n;
            }
            scatter(fromKeys, fromIds, toKeys, toIds, from, to, shift, count);
            long[] swapKeys = fromKeys;
            fromKeys = toKeys;
            toKeys = swapKeys;
            int[] swapIds = fromIds;
            fromIds = toIds;
            toIds = swapIds;
        }
        if (fromKeys != keys) {
            System.arraycopy(fromKeys, from, keys, from, to - from);
            System.arraycopy(fromIds, from, ids, from, to - from);
        }
    }

    private static void scatter(
            long[] fromKeys,
            int[] fromIds,
            long[] toKeys,
            int[] toIds,
            int from,
            int to,
            int shift,
            int[] places) {
        for (int i = from; i < to; i++) {
            long key = fromKeys[i];
            int place = places[(int) (key >>> shift) & 0xFF]++;
            toKeys[place] = key;
            toIds[place] = fromIds[i];
        }
    }

    /// A merge sort by comparing whole keys.
    private void sortByKey(int from, int to) {
        for (int start = from; start < to; start += SHORT) {
            insertByKey(start, Math.min(start + SHORT, to));
        }
        int[] source = ids;
        int[] target = otherIds;
        for (long width = SHORT; width < to - from; width *= 2) {
            for (long start = from; start < to; start += 2 * width) {
                check.run();
                int middle = (int) Math.min(start + width, to);
                merge(source, target, (int) start, middle, (int) Math.min(start + 2 * width, to));
            }
            int[] swap = source;
            source = target;
            target = swap;
        }
        if (source != ids) {
            System.arraycopy(source, from, ids, from, to - from);
        }
    }

    private void insertByKey(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int id = ids[i];
            int j = i - 1;
            while (j >= from && before(id, ids[j])) {
                ids[j + 1] = ids[j];
                j--;
            }
            ids[j + 1] = id;
        }
    }

    private void merge(int[] source, int[] target, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            if ((i & 1023) == 0) {
                check.run();
            }
            if (left < middle && (right >= end || !before(source[right], source[left]))) {
                target[i] = source[left++];
            } else {
                target[i] = source[right++];
            }
        }
    }

    private boolean before(int a, int b) {
        int aBatch = batchOf(a);
        int bBatch = batchOf(b);
        return order.compare(
                        batches.get(aBatch),
                        a - starts[aBatch],
                        batches.get(bBatch),
                        b - starts[bBatch])
                < 0;
    }
}
