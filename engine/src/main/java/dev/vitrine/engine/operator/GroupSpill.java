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

/// Rows of an aggregate whose groups do not fit memory, of keys and states or as they came, in a
/// file, in partitions by a hash of the key: those of a partition may fit, and are merged by
/// themselves. If they do not either, they are spilled in turn, spread by other bits of the hash.
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

    /// @param keys columns that make the key
    /// @param depth 0 for rows that were not spilled before, else one more than before
    GroupSpill(TaskContext context, Schema schema, int[] keys, int depth) {
        this.context = context;
        this.schema = schema;
        this.keys = keys.clone();
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
