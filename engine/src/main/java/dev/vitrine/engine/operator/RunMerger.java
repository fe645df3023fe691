package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.kernel.RowGather;
import dev.vitrine.engine.kernel.RowOrder;
import dev.vitrine.engine.memory.SpillFile;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Merges sorted runs into one with a tree of losers (Knuth, The Art of Computer Programming 3,
/// 5.4.1): each row costs one comparison a level. Where a batch of each run would take too much
/// memory, some runs at a time are merged to a file first. Equal rows come in the order of the
/// runs. Used by one thread.
final class RunMerger implements AutoCloseable {
    private static final int PICKS = 1024;

    private final TaskContext context;
    private final Schema schema;
    private final RowOrder order;
    private final List<SpillFile> files = new ArrayList<>();
    private List<Run> runs;
    private List<Cursor> cursors = List.of();

    /// A sorted run.
    ///
    /// @param next gives its batches, which the caller closes, and null at the end
    /// @param batchBytes of its largest batch
    record Run(Supplier<@Nullable Batch> next, long batchBytes) {}

    RunMerger(TaskContext context, Schema schema, RowOrder order, List<Run> runs) {
        this.context = context;
        this.schema = schema;
        this.order = order;
        this.runs = runs;
    }

    /// One run's rows, from the next one on.
    private final class Cursor {
        private final Run run;
        private @Nullable Batch batch;
        private long[] prefixes = new long[0];
        private int row;
        private int rows;

        Cursor(Run run) {
            this.run = run;
        }

        /// Goes to the next batch; whether there is one.
        boolean load() {
            close();
            row = 0;
            rows = 0;
            Batch next = run.next.get();
            while (next != null && next.rowCount() == 0) {
                next.close();
                next = run.next.get();
            }
            if (next == null) {
                return false;
            }
            batch = next;
            rows = next.rowCount();
            prefixes = prefixes.length < rows ? new long[rows] : prefixes;
            for (int i = 0; i < rows; i++) {
                prefixes[i] = order.prefix(next, i);
            }
            return true;
        }

        void close() {
            if (batch != null) {
                batch.close();
                batch = null;
            }
        }
    }

    /// Gives the merged rows in batches, which are closed after the call.
    void run(Consumer<Batch> target) {
        long room = 4 * context.memory().share();
        while (runs.size() > 1 && runs.stream().mapToLong(Run::batchBytes).sum() > room) {
            runs = mergedInParts(room);
        }
        merge(runs, context.batchRows(), target);
    }

    /// The same rows in fewer runs, each of which has smaller batches if it was merged.
    private List<Run> mergedInParts(long room) {
        List<Run> fewer = new ArrayList<>();
        int from = 0;
        while (from < runs.size()) {
            int to = from;
            long bytes = 0;
            while (to < runs.size() && (to < from + 2 || bytes + runs.get(to).batchBytes <= room)) {
                bytes += runs.get(to++).batchBytes;
            }
            if (to - from == 1) {
                fewer.add(runs.get(from));
            } else {
                SpillFile file = context.memory().arbiter().newFile(schema);
                files.add(file);
                SpilledRun merged = new SpilledRun(file, context);
                merge(runs.subList(from, to), SortOperator.RUN_ROWS, merged::add);
                fewer.add(merged.run());
            }
            from = to;
        }
        return fewer;
    }

    private void merge(List<Run> merged, int batchRows, Consumer<Batch> target) {
        cursors = merged.stream().map(Cursor::new).toList();
        try (BatchBuilder builder =
                new BatchBuilder(schema, context.allocator(), Math.min(batchRows, 1024))) {
            new Tournament(builder, batchRows, target).run();
        } finally {
            cursors.forEach(Cursor::close);
            cursors = List.of();
        }
    }

    /// The merging of the cursors: `losers[0]` is the winner, each other place the loser of the
    /// match there.
    private final class Tournament {
        private final BatchBuilder builder;
        private final int batchRows;
        private final Consumer<Batch> target;
        private final RowGather gather = new RowGather(schema, cursors.size());
        private final int[] losers = new int[Math.max(cursors.size(), 1)];
        private final int[] pickedRun = new int[PICKS];
        private final int[] pickedRow = new int[PICKS];
        private int picked;
        private int built;

        Tournament(BatchBuilder builder, int batchRows, Consumer<Batch> target) {
            this.builder = builder;
            this.batchRows = batchRows;
            this.target = target;
        }

        void run() {
            int size = cursors.size();
            if (size == 0) {
                return;
            }
            for (int i = 0; i < size; i++) {
                load(i);
            }
            losers[0] = play(1);
            while (cursors.get(losers[0]).batch != null) {
                int winner = losers[0];
                Cursor cursor = cursors.get(winner);
                pickedRun[picked] = winner;
                pickedRow[picked++] = cursor.row++;
                if (picked == PICKS) {
                    copyPicked();
                }
                if (cursor.row == cursor.rows) {
                    copyPicked();
                    load(winner);
                }
                replay(winner);
            }
            copyPicked();
            flush();
        }

        private void load(int index) {
            Cursor cursor = cursors.get(index);
            if (cursor.load() && cursor.batch != null) {
                gather.set(index, cursor.batch);
            }
        }

        /// Plays all matches below a place of the tree; the winner.
        private int play(int place) {
            int size = cursors.size();
            if (place >= size) {
                return place - size;
            }
            int left = play(2 * place);
            int right = play(2 * place + 1);
            boolean leftWins = before(left, right);
            losers[place] = leftWins ? right : left;
            return leftWins ? left : right;
        }

        private void replay(int changed) {
            int winner = changed;
            for (int place = (changed + cursors.size()) >> 1; place > 0; place >>= 1) {
                if (before(losers[place], winner)) {
                    int loser = winner;
                    winner = losers[place];
                    losers[place] = loser;
                }
            }
            losers[0] = winner;
        }

        /// Whether run `a`'s row comes before run `b`'s; ended runs come last.
        private boolean before(int a, int b) {
            Cursor x = cursors.get(a);
            Cursor y = cursors.get(b);
            if (x.batch == null || y.batch == null) {
                return y.batch == null && (x.batch != null || a < b);
            }
            long p = x.prefixes[x.row];
            long q = y.prefixes[y.row];
            if (p != q) {
                return p < q;
            }
            int compared = order.compare(x.batch, x.row, y.batch, y.row);
            return compared != 0 ? compared < 0 : a < b;
        }

        private void copyPicked() {
            context.check();
            gather.copy(pickedRun, pickedRow, 0, picked, builder);
            built += picked;
            picked = 0;
            if (built >= batchRows || builder.variableBytes() > 16L << 20) {
                flush();
            }
        }

        private void flush() {
            if (built > 0) {
                try (Batch batch = builder.build(built)) {
                    built = 0;
                    target.accept(batch);
                }
            }
        }
    }

    @Override
    public void close() {
        files.forEach(SpillFile::close);
    }
}
