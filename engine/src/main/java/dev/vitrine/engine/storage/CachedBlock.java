package dev.vitrine.engine.storage;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.event.EngineEvent.CacheChange;
import dev.vitrine.engine.memory.SpillFile;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One partition of cached rows on one executor: batches in memory, or their bytes in memory, or in
/// a file. Rows that somebody reads are neither moved nor let go of. Safe for many threads.
final class CachedBlock {
    private final BlockCache cache;
    private final CachedRelation relation;
    private final int partition;
    private final List<ColumnBounds> bounds;
    private volatile BlockStore store;
    private List<Batch> batches;
    private @Nullable SpillFile bytes;
    private List<SpillFile.Place> places;
    private volatile long memoryBytes;
    private volatile long diskBytes;
    private int pins;
    private boolean lost;
    private boolean closed;

    private CachedBlock(
            BlockCache cache,
            CachedRelation relation,
            int partition,
            BlockStore store,
            List<ColumnBounds> bounds,
            List<Batch> batches,
            @Nullable SpillFile bytes,
            List<SpillFile.Place> places) {
        this.cache = cache;
        this.relation = relation;
        this.partition = partition;
        this.store = store;
        this.bounds = List.copyOf(bounds);
        this.batches = batches;
        this.bytes = bytes;
        this.places = places;
    }

    /// Rows as they are; takes over the caller's references.
    static CachedBlock of(
            BlockCache cache,
            CachedRelation relation,
            int partition,
            BlockStore store,
            List<ColumnBounds> bounds,
            List<Batch> batches) {
        CachedBlock block =
                new CachedBlock(
                        cache,
                        relation,
                        partition,
                        store,
                        bounds,
                        List.copyOf(batches),
                        null,
                        List.of());
        block.memoryBytes = batches.stream().mapToLong(Batch::sizeBytes).sum();
        return block;
    }

    /// Rows as bytes; takes over `bytes`.
    static CachedBlock of(
            BlockCache cache,
            CachedRelation relation,
            int partition,
            BlockStore store,
            List<ColumnBounds> bounds,
            SpillFile bytes,
            List<SpillFile.Place> places,
            boolean inMemory) {
        CachedBlock block =
                new CachedBlock(
                        cache, relation, partition, store, bounds, List.of(), bytes, places);
        block.memoryBytes = inMemory ? bytes.sizeBytes() : 0;
        block.diskBytes = inMemory ? 0 : bytes.sizeBytes();
        return block;
    }

    BlockCache cache() {
        return cache;
    }

    CachedRelation relation() {
        return relation;
    }

    int partition() {
        return partition;
    }

    BlockStore store() {
        return store;
    }

    String executor() {
        return store.executor();
    }

    long memoryBytes() {
        return memoryBytes;
    }

    long diskBytes() {
        return diskBytes;
    }

    /// Rows that are being read, which stay where they are until this is closed. Used by one
    /// thread.
    final class Pin implements AutoCloseable {
        private boolean closed;

        /// Batches that there are.
        int chunks() {
            return bounds.size();
        }

        ColumnBounds bounds(int chunk) {
            return bounds.get(chunk);
        }

        /// Some columns of a batch, which the caller closes; empty where the block is lost.
        Optional<Batch> read(int chunk, int[] columns, Schema schema) {
            SpillFile from;
            SpillFile.Place place;
            synchronized (CachedBlock.this) {
                if (lost) {
                    return Optional.empty();
                }
                if (!batches.isEmpty()) {
                    return Optional.of(batches.get(chunk).select(columns, schema));
                }
                from = java.util.Objects.requireNonNull(bytes);
                place = places.get(chunk);
            }
            try (Batch whole = from.read(place, cache.memory())) {
                return Optional.of(whole.select(columns, schema));
            }
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                unpin();
            }
        }
    }

    /// Keeps the rows where they are; empty where they are gone.
    Optional<Pin> pin() {
        synchronized (this) {
            if (lost || closed) {
                return Optional.empty();
            }
            pins++;
        }
        cache.touch(this);
        return Optional.of(new Pin());
    }

    private synchronized void unpin() {
        pins--;
        freeIfUnread();
    }

    /// The rows where they are in memory as they were computed, for the caller to close; else none.
    synchronized List<Batch> rows() {
        return batches.stream().map(Batch::retain).toList();
    }

    /// Whether the rows could leave memory now.
    synchronized boolean isEvictable() {
        return memoryBytes > 0
                && pins == 0
                && !closed
                && batches.stream().noneMatch(Batch::isShared);
    }

    /// Frees the memory: moves the rows to a file where the level has files, else lets go of them.
    ///
    /// @return what came of it; empty where the rows are being read or are gone
    Optional<CacheChange> evict() {
        synchronized (this) {
            if (!isEvictable()) {
                return Optional.empty();
            }
            if (!relation.level().useDisk()) {
                closed = true;
                freeIfUnread();
                return Optional.of(CacheChange.DROPPED);
            }
            SpillFile file = cache.newFile(relation.schema());
            SpillFile image = bytes;
            if (image != null) {
                image.copyTo(file);
                image.close();
            } else {
                List<SpillFile.Place> written = new ArrayList<>();
                batches.forEach(batch -> written.add(file.write(batch)));
                batches.forEach(Batch::close);
                places = written;
                batches = List.of();
            }
            bytes = file;
            diskBytes = file.sizeBytes();
            forgetMemory();
            return Optional.of(CacheChange.TO_DISK);
        }
    }

    private void forgetMemory() {
        cache.left(this, memoryBytes);
        memoryBytes = 0;
    }

    /// Loses the rows, as when their executor dies: who reads them notices.
    void lose(String reason) {
        long size;
        synchronized (this) {
            if (lost || closed) {
                return;
            }
            lost = true;
            closed = true;
            size = memoryBytes + diskBytes;
            freeIfUnread();
        }
        relation.remove(this);
        cache.session().tell(CacheChange.LOST, this, size, reason);
    }

    /// Lets go of the rows once nobody reads them.
    synchronized void close() {
        if (!closed) {
            closed = true;
            freeIfUnread();
        }
    }

    private void freeIfUnread() {
        if (!closed || pins > 0) {
            return;
        }
        batches.forEach(Batch::close);
        batches = List.of();
        SpillFile file = bytes;
        if (file != null) {
            file.close();
            bytes = null;
        }
        forgetMemory();
        diskBytes = 0;
        store.remove(this);
    }

    /// Has another executor hold the rows.
    void moveTo(BlockStore heir) {
        BlockStore before = store;
        synchronized (this) {
            if (closed || !heir.add(this)) {
                return;
            }
            store = heir;
        }
        before.remove(this);
        cache.shrink(heir);
    }
}
