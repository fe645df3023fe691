package dev.vitrine.engine.storage;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.memory.MemoryArbiter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The exchanged rows of one query: for each exchange and task that wrote to it, blocks by
/// partition. Where memory is short they go to a file of their exchange. Safe for many threads.
///
/// A task's output arrives whole, in one [#commit]; the first attempt to commit counts, a later one
/// is given back.
public final class BlockStore implements AutoCloseable {
    private final MemoryArbiter arbiter;
    private final Map<Integer, SpillableBlocks> holders = new HashMap<>();
    private final Map<Integer, Map<Integer, List<List<Block>>>> exchanges = new HashMap<>();

    public BlockStore(MemoryArbiter arbiter) {
        this.arbiter = arbiter;
    }

    /// Takes over the caller's reference to rows for an exchange, which are not read before
    /// [#commit]; the caller closes the block if it does not commit.
    public Block keep(int exchangeId, int partition, Batch batch) {
        SpillableBlocks holder;
        synchronized (this) {
            holder = holders.computeIfAbsent(exchangeId, id -> new SpillableBlocks(arbiter));
        }
        return holder.keep(partition, batch);
    }

    /// Takes over a task's blocks, by partition, unless another attempt was first.
    ///
    /// @return whether they were taken; if not they are closed
    public boolean commit(int exchangeId, int task, List<List<Block>> partitions) {
        synchronized (this) {
            Map<Integer, List<List<Block>>> tasks =
                    exchanges.computeIfAbsent(exchangeId, id -> new TreeMap<>());
            if (!tasks.containsKey(task)) {
                tasks.put(task, partitions);
                return true;
            }
        }
        partitions.forEach(blocks -> blocks.forEach(Block::close));
        return false;
    }

    /// The rows of one partition in the order of the tasks that wrote them.
    ///
    /// @param allocator where rows that were spilled are put
    public BlockReader read(int exchangeId, int partition, BatchAllocator allocator) {
        List<Block> blocks = new ArrayList<>();
        tasks(exchangeId).forEach(task -> blocks.addAll(task.get(partition)));
        return new BlockReader(blocks, allocator);
    }

    /// The rows of one partition by the task that wrote them.
    public List<BlockReader> readByTask(int exchangeId, int partition, BatchAllocator allocator) {
        return tasks(exchangeId).stream()
                .map(task -> new BlockReader(task.get(partition), allocator))
                .toList();
    }

    private synchronized List<List<List<Block>>> tasks(int exchangeId) {
        return List.copyOf(exchanges.getOrDefault(exchangeId, Map.of()).values());
    }

    /// Rows in an exchange so far.
    public long rowCount(int exchangeId) {
        return tasks(exchangeId).stream()
                .flatMap(List::stream)
                .flatMap(List::stream)
                .mapToLong(Block::rowCount)
                .sum();
    }

    /// Lets go of an exchange whose readers are done.
    public void drop(int exchangeId) {
        SpillableBlocks dropped;
        synchronized (this) {
            exchanges.remove(exchangeId);
            dropped = holders.remove(exchangeId);
        }
        if (dropped != null) {
            dropped.close();
        }
    }

    @Override
    public void close() {
        List<Integer> ids;
        synchronized (this) {
            ids = List.copyOf(holders.keySet());
        }
        ids.forEach(this::drop);
    }
}
