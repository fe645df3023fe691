package dev.vitrine.engine.storage;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.memory.SpillFile;
import dev.vitrine.engine.types.Schema;
import org.jspecify.annotations.Nullable;

/// Rows that are kept to be read later: in memory, or in a file once memory was short. Safe for
/// many threads.
public final class Block implements AutoCloseable {
    private final SpillableBlocks owner;
    private final int partition;
    private final int rowCount;
    private final long sizeBytes;
    private final Schema schema;
    private @Nullable Batch batch;
    private volatile SpillFile.@Nullable Place place;
    private volatile @Nullable SpillFile file;

    /// Takes over the caller's reference.
    Block(SpillableBlocks owner, int partition, Batch batch) {
        this.owner = owner;
        this.partition = partition;
        this.batch = batch;
        this.rowCount = batch.rowCount();
        this.sizeBytes = batch.sizeBytes();
        this.schema = batch.schema();
    }

    public int rowCount() {
        return rowCount;
    }

    Schema schema() {
        return schema;
    }

    int partition() {
        return partition;
    }

    /// Bytes of memory that it takes or would take.
    public long sizeBytes() {
        return sizeBytes;
    }

    /// The rows, which the caller closes.
    ///
    /// @param allocator where they are put if they have to be read back
    /// @throws LostBlocks where the block is gone
    public Batch pin(BatchAllocator allocator) {
        synchronized (this) {
            if (batch != null) {
                return batch.retain();
            }
        }
        SpillFile.Place there = place;
        SpillFile from = file;
        if (there == null || from == null) {
            throw new LostBlocks("A block that was let go of was read");
        }
        try {
            return from.read(there, allocator);
        } catch (EngineException e) {
            if (owner.isClosed()) {
                throw new LostBlocks("The file of a block went while it was read");
            }
            throw e;
        }
    }

    /// Writes the rows to `target` and lets go of the memory, unless somebody reads them now.
    ///
    /// @return bytes freed
    synchronized long spill(SpillFile target) {
        if (batch == null || batch.isShared()) {
            return 0;
        }
        place = target.write(batch);
        file = target;
        batch.close();
        batch = null;
        return sizeBytes;
    }

    /// Bytes that [#spill] would free.
    synchronized long spillableBytes() {
        return batch == null || batch.isShared() ? 0 : sizeBytes;
    }

    /// Lets go of the rows; a file goes with all its blocks.
    @Override
    public void close() {
        owner.forget(this);
        free();
    }

    synchronized void free() {
        if (batch != null) {
            batch.close();
            batch = null;
        }
    }
}
