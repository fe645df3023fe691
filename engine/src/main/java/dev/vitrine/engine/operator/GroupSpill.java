package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.kernel.Hash;
import dev.vitrine.engine.kernel.RowCopier;
import dev.vitrine.engine.memory.SpillFile;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Groups of an aggregate that do not fit memory, as rows of keys and states in a file, in
/// partitions by a hash of the key: those of a partition may fit, and are merged by themselves. If
/// they do not either, they are spilled in turn, spread by other bits of the hash.
final class GroupSpill implements AutoCloseable {
    /// Each level spreads a partition over this many.
    static final int PARTITIONS = 16;

    /// Groups that do not fit after so many levels have keys that are too large by themselves.
    static final int MAX_DEPTH = 8;

    private final TaskContext context;
    private final Schema schema;
    private final int[] keys;
    private final int depth;
    private final SpillFile file;
    private final List<List<SpillFile.Place>> places = new ArrayList<>();

    /// @param schema of the rows, whose first `keyCount` columns are the key
    /// @param depth 0 for rows that were not spilled before, else one more than before
    GroupSpill(TaskContext context, Schema schema, int keyCount, int depth) {
        this.context = context;
        this.schema = schema;
        this.keys = IntStream.range(0, keyCount).toArray();
        this.depth = depth;
        this.file = context.memory().arbiter().newFile(schema);
        for (int i = 0; i < PARTITIONS; i++) {
            places.add(new ArrayList<>());
        }
    }

    /// Writes rows, which stay the caller's.
    void add(Batch batch) {
        int rows = batch.rowCount();
        long[] hashes = new long[rows];
        Hash.rows(batch, keys, hashes);
        int[] starts = new int[PARTITIONS + 1];
        int[] partitionOf = new int[rows];
        for (int row = 0; row < rows; row++) {
            // Mixed anew: all rows here were chosen by the hash itself.
            partitionOf[row] = (int) (Hash.mix(hashes[row] + depth + 1) >>> 60);
            starts[partitionOf[row] + 1]++;
        }
        for (int p = 0; p < PARTITIONS; p++) {
            starts[p + 1] += starts[p];
        }
        int[] order = new int[rows];
        int[] at = starts.clone();
        for (int row = 0; row < rows; row++) {
            order[at[partitionOf[row]]++] = row;
        }
        try (BatchBuilder builder =
                new BatchBuilder(schema, context.allocator(), rows / PARTITIONS + 16)) {
            for (int p = 0; p < PARTITIONS; p++) {
                int count = starts[p + 1] - starts[p];
                if (count > 0) {
                    RowCopier.copy(batch, order, starts[p], starts[p + 1], builder);
                    try (Batch part = builder.build(count)) {
                        places.get(p).add(file.write(part));
                    }
                }
            }
        }
    }

    /// Reads a partition's rows back.
    void read(int partition, Consumer<Batch> rows) {
        for (SpillFile.Place place : places.get(partition)) {
            try (Batch batch = file.read(place, context.allocator())) {
                rows.accept(batch);
            }
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
