package dev.vitrine.engine.storage;

import dev.vitrine.engine.memory.MemoryArbiter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The blocks of one executor, of all queries: they are there as long as the executor is. Above its
/// share of memory they go to files. Safe for many threads.
public final class BlockStore implements AutoCloseable {
    private final String executor;
    private final MemoryArbiter arbiter;
    private final Set<SpillableBlocks> holders = ConcurrentHashMap.newKeySet();
    private final Set<CachedBlock> cached = ConcurrentHashMap.newKeySet();
    private final AtomicLong keptBytes = new AtomicLong();
    private volatile long limitBytes;
    private volatile boolean lost;

    /// @param executor whose blocks these are
    /// @param limitBytes of memory for them; `Long.MAX_VALUE` where only the session's limit counts
    public BlockStore(String executor, MemoryArbiter arbiter, long limitBytes) {
        this.executor = executor;
        this.arbiter = arbiter;
        this.limitBytes = limitBytes;
    }

    public String executor() {
        return executor;
    }

    /// Whether its blocks are gone and it takes no more.
    public boolean isLost() {
        return lost;
    }

    /// A new holder of blocks, which [#release] closes.
    ///
    /// @throws LostBlocks where the executor is gone
    SpillableBlocks open() {
        SpillableBlocks holder = new SpillableBlocks(arbiter);
        synchronized (this) {
            if (!lost) {
                holders.add(holder);
                return holder;
            }
        }
        holder.close();
        throw new LostBlocks(executor + " is gone");
    }

    void release(SpillableBlocks holder) {
        holders.remove(holder);
        holder.close();
    }

    /// Says that a block was added; spills where that is too much.
    void kept(long bytes) {
        long limit = limitBytes;
        if (limit != Long.MAX_VALUE && keptBytes.addAndGet(bytes) > limit) {
            shrink(limit);
        }
    }

    /// Bytes of memory that its blocks may take from now on; what is above goes to files.
    public void limit(long bytes) {
        limitBytes = bytes;
        shrink(bytes);
        cached.stream().findAny().ifPresent(block -> block.cache().shrink(this));
    }

    /// Takes in a block of cached rows; false where the executor is gone.
    synchronized boolean add(CachedBlock block) {
        return !lost && cached.add(block);
    }

    void remove(CachedBlock block) {
        cached.remove(block);
    }

    /// Bytes of memory that its cached rows take.
    public long cachedBytes() {
        long bytes = 0;
        for (CachedBlock block : cached) {
            bytes += block.memoryBytes();
        }
        return bytes;
    }

    /// The cached partitions that could be lost, as the names of what is cached and their numbers.
    public List<Map.Entry<String, Integer>> cachedPartitions() {
        return cached.stream()
                .map(block -> Map.entry(block.relation().description(), block.partition()))
                .sorted(
                        Map.Entry.<String, Integer>comparingByKey()
                                .thenComparing(Map.Entry.comparingByValue()))
                .toList();
    }

    /// Loses cached partitions of a name and number.
    public void loseCached(String name, int partition, String reason) {
        for (CachedBlock block : cached) {
            if (block.partition() == partition && block.relation().description().equals(name)) {
                block.lose(reason);
            }
        }
    }

    /// Hands cached rows on, as this executor leaves.
    public void handOn(BlockStore heir) {
        cached.forEach(block -> block.moveTo(heir));
    }

    public long limitBytes() {
        return limitBytes;
    }

    /// Bytes of memory that its blocks take and could free.
    public long usedBytes() {
        return holders.stream().mapToLong(SpillableBlocks::spillableBytes).sum();
    }

    /// Spills to half of the limit, so that not every next block spills again.
    private synchronized void shrink(long limit) {
        long over = usedBytes() - limit;
        for (SpillableBlocks holder : holders) {
            if (over > 0) {
                over -= holder.spill(over + limit / 2);
            }
        }
        keptBytes.set(usedBytes());
    }

    /// Lets go of all blocks at once, as when the executor dies.
    @Override
    public void close() {
        synchronized (this) {
            lost = true;
        }
        holders.forEach(this::release);
        cached.forEach(block -> block.lose(executor + " is gone"));
    }
}
