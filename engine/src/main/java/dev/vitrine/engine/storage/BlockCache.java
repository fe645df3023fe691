package dev.vitrine.engine.storage;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.event.EngineEvent.CacheChange;
import dev.vitrine.engine.event.EventListener;
import dev.vitrine.engine.memory.MemoryArbiter;
import dev.vitrine.engine.memory.SpillFile;
import dev.vitrine.engine.memory.Spillable;
import dev.vitrine.engine.memory.StoragePool;
import dev.vitrine.engine.settings.StorageLevel;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The cached blocks of a session's executors: takes them in where there is room, or makes room by
/// what was not read for longest. Rows of the same table do not make room for each other, as in
/// Spark: it would throw out what the same scan reads next. Safe for many threads.
public final class BlockCache implements Spillable {
    private final MemoryArbiter arbiter;
    private final BatchAllocator memory;
    private final StoragePool pool;
    private final CacheCause session;

    /// Blocks in memory, the one that was not read for longest first.
    private final LinkedHashMap<CachedBlock, Boolean> recent = new LinkedHashMap<>(16, 0.75f, true);

    /// @param memory for rows that are kept as bytes, and for those read back from a file: it lives
    ///   as long as any query
    /// @param events told of what no query causes
    public BlockCache(
            MemoryArbiter arbiter, BatchAllocator memory, StoragePool pool, EventListener events) {
        this.arbiter = arbiter;
        this.memory = memory;
        this.pool = pool;
        this.session = new CacheCause(0, events, 0);
        arbiter.storage(this);
    }

    public StoragePool pool() {
        return pool;
    }

    BatchAllocator memory() {
        return memory;
    }

    CacheCause session() {
        return session;
    }

    SpillFile newFile(Schema schema) {
        return arbiter.newFile(schema);
    }

    /// Keeps a partition on an executor as its level says.
    ///
    /// @param batches whose references the caller keeps
    /// @return whether it is kept
    boolean put(
            CachedRelation relation,
            int partition,
            BlockStore store,
            List<Batch> batches,
            List<ColumnBounds> bounds,
            CacheCause cause,
            boolean again) {
        StorageLevel level = relation.level();
        Optional<CachedBlock> made = Optional.empty();
        if (level.useMemory()) {
            made = inMemory(relation, partition, store, batches, bounds, cause);
        }
        if (made.isEmpty() && level.useDisk()) {
            SpillFile file = newFile(relation.schema());
            List<SpillFile.Place> places = new ArrayList<>();
            batches.forEach(batch -> places.add(file.write(batch)));
            made =
                    Optional.of(
                            CachedBlock.of(
                                    this, relation, partition, store, bounds, file, places, false));
        }
        if (made.isEmpty()) {
            long bytes = batches.stream().mapToLong(Batch::sizeBytes).sum();
            cause.tell(
                    CacheChange.REFUSED,
                    relation,
                    partition,
                    store.executor(),
                    bytes,
                    "no room beside what runs and what is cached");
            return false;
        }
        CachedBlock block = made.get();
        if (!store.add(block) || !relation.add(block)) {
            block.close();
            return false;
        }
        cause.tell(
                again ? CacheChange.RECOMPUTED : CacheChange.CACHED,
                block,
                block.memoryBytes() + block.diskBytes(),
                block.memoryBytes() > 0 || block.diskBytes() == 0 ? "in memory" : "in a file");
        return true;
    }

    private Optional<CachedBlock> inMemory(
            CachedRelation relation,
            int partition,
            BlockStore store,
            List<Batch> batches,
            List<ColumnBounds> bounds,
            CacheCause cause) {
        CachedBlock block;
        if (relation.level().deserialized()) {
            long bytes = batches.stream().mapToLong(Batch::sizeBytes).sum();
            if (!hold(relation, store, bytes, cause)) {
                return Optional.empty();
            }
            block =
                    CachedBlock.of(
                            this,
                            relation,
                            partition,
                            store,
                            bounds,
                            batches.stream().map(Batch::retain).toList());
        } else {
            SpillFile image = SpillFile.inMemory(relation.schema(), memory);
            List<SpillFile.Place> places = new ArrayList<>();
            try {
                batches.forEach(batch -> places.add(image.write(batch)));
            } catch (EngineException e) {
                image.close();
                if (e.code() != ErrorCode.MEMORY_LIMIT) {
                    throw e;
                }
                return Optional.empty();
            }
            if (!hold(relation, store, image.sizeBytes(), cause)) {
                image.close();
                return Optional.empty();
            }
            block = CachedBlock.of(this, relation, partition, store, bounds, image, places, true);
        }
        synchronized (recent) {
            recent.put(block, true);
        }
        return Optional.of(block);
    }

    /// Counts bytes as stored, after making room for them.
    private boolean hold(CachedRelation relation, BlockStore store, long bytes, CacheCause cause) {
        if (bytes > store.limitBytes() || bytes > pool.limitBytes()) {
            return false;
        }
        while (true) {
            boolean fitsThere = store.cachedBytes() <= store.limitBytes() - bytes;
            if (fitsThere && pool.tryStore(bytes)) {
                return true;
            }
            Predicate<CachedBlock> which =
                    block -> block.relation() != relation && (fitsThere || block.store() == store);
            if (evictOne(which, cause, "room for " + relation.description()) == 0) {
                return false;
            }
        }
    }

    /// Frees the block that was not read for longest.
    ///
    /// @return bytes freed; 0 where there is none that could go
    private long evictOne(Predicate<CachedBlock> which, CacheCause cause, String reason) {
        for (CachedBlock block : leastRecent()) {
            long bytes = block.memoryBytes();
            if (bytes > 0 && which.test(block)) {
                Optional<CacheChange> change = block.evict();
                if (change.isPresent()) {
                    if (change.get() == CacheChange.DROPPED) {
                        block.relation().remove(block);
                    }
                    cause.tell(change.get(), block, bytes, reason);
                    return bytes;
                }
            }
        }
        return 0;
    }

    private List<CachedBlock> leastRecent() {
        synchronized (recent) {
            return List.copyOf(recent.keySet());
        }
    }

    void touch(CachedBlock block) {
        synchronized (recent) {
            recent.get(block);
        }
    }

    /// Says that a block's memory is free.
    void left(CachedBlock block, long bytes) {
        synchronized (recent) {
            recent.remove(block);
        }
        pool.release(bytes);
    }

    /// Evicts what is above an executor's limit.
    void shrink(BlockStore store) {
        boolean more = true;
        while (more && store.cachedBytes() > store.limitBytes()) {
            more =
                    evictOne(
                                    block -> block.store() == store,
                                    session,
                                    store.executor() + " may hold less")
                            > 0;
        }
    }

    /// What execution may take back now.
    @Override
    public long spillableBytes() {
        long above = pool.aboveFloor();
        if (above == 0) {
            return 0;
        }
        long bytes = 0;
        for (CachedBlock block : leastRecent()) {
            if (block.memoryBytes() <= above && block.isEvictable()) {
                bytes += block.memoryBytes();
            }
        }
        return Math.min(bytes, above);
    }

    /// Evicts for execution, never below the floor.
    @Override
    public long spill(long wanted) {
        long freed = 0;
        while (freed < wanted) {
            long bytes =
                    evictOne(
                            block -> block.memoryBytes() <= pool.aboveFloor(),
                            session,
                            "memory for what runs");
            if (bytes == 0) {
                break;
            }
            freed += bytes;
        }
        return freed;
    }
}
