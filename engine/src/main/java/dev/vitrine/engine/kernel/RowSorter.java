package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Batch;
import java.util.List;

/// Sorts the rows of some batches: a stable merge sort of row numbers by key prefix, then by the
/// whole key.
public final class RowSorter {
    private static final int RUN = 16;

    private final List<Batch> batches;
    private final RowOrder order;
    private final long[] prefixes;
    private final int[] batchOf;
    private final int[] rowOf;

    private RowSorter(List<Batch> batches, RowOrder order, int rows) {
        this.batches = batches;
        this.order = order;
        this.prefixes = new long[rows];
        this.batchOf = new int[rows];
        this.rowOf = new int[rows];
        int at = 0;
        for (int b = 0; b < batches.size(); b++) {
            Batch batch = batches.get(b);
            for (int row = 0; row < batch.rowCount(); row++) {
                prefixes[at] = order.prefix(batch, row);
                batchOf[at] = b;
                rowOf[at] = row;
                at++;
            }
        }
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

    public static Sorted sort(List<Batch> batches, RowOrder order) {
        int rows = Math.toIntExact(batches.stream().mapToLong(Batch::rowCount).sum());
        RowSorter sorter = new RowSorter(batches, order, rows);
        int[] ids = sorter.sorted();
        int[] batch = new int[rows];
        int[] row = new int[rows];
        for (int i = 0; i < rows; i++) {
            batch[i] = sorter.batchOf[ids[i]];
            row[i] = sorter.rowOf[ids[i]];
        }
        return new Sorted(batch, row);
    }

    private int[] sorted() {
        int rows = prefixes.length;
        int[] ids = new int[rows];
        for (int i = 0; i < rows; i++) {
            ids[i] = i;
        }
        for (int start = 0; start < rows; start += RUN) {
            insertionSort(ids, start, Math.min(start + RUN, rows));
        }
        int[] from = ids;
        int[] to = new int[rows];
        for (long width = RUN; width < rows; width *= 2) {
            for (long start = 0; start < rows; start += 2 * width) {
                int middle = (int) Math.min(start + width, rows);
                merge(from, to, (int) start, middle, (int) Math.min(start + 2 * width, rows));
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private void insertionSort(int[] ids, int start, int end) {
        for (int i = start + 1; i < end; i++) {
            int id = ids[i];
            int j = i - 1;
            while (j >= start && before(id, ids[j])) {
                ids[j + 1] = ids[j];
                j--;
            }
            ids[j + 1] = id;
        }
    }

    private void merge(int[] from, int[] to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            if (left < middle && (right >= end || !before(from[right], from[left]))) {
                to[i] = from[left++];
            } else {
                to[i] = from[right++];
            }
        }
    }

    private boolean before(int a, int b) {
        long x = prefixes[a];
        long y = prefixes[b];
        return x != y
                ? x < y
                : order.compare(
                                batches.get(batchOf[a]),
                                rowOf[a],
                                batches.get(batchOf[b]),
                                rowOf[b])
                        < 0;
    }
}
