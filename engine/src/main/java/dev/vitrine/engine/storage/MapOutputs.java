package dev.vitrine.engine.storage;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// The map-output tracker of one run: for each exchange and map task, which executor holds the
/// blocks that the task wrote, by partition. Safe for many threads.
///
/// A task's output arrives whole, in one [#commit]; the first attempt to commit counts, a later one
/// is given back.
public final class MapOutputs implements AutoCloseable {
    private final Map<Place, SpillableBlocks> holders = new HashMap<>();
    private final Map<Integer, Exchanged> exchanges = new HashMap<>();

    private record Place(int exchangeId, BlockStore store) {}

    /// What the tasks of one exchange wrote.
    ///
    /// @param tasks how many there are
    private record Exchanged(int tasks, TreeMap<Integer, Output> outputs) {
        boolean complete() {
            return outputs.size() == tasks;
        }
    }

    /// One task's output.
    private record Output(BlockStore store, List<List<Block>> partitions) {
        long rowCount() {
            return partitions.stream().flatMap(List::stream).mapToLong(Block::rowCount).sum();
        }

        void close() {
            partitions.forEach(blocks -> blocks.forEach(Block::close));
        }
    }

    /// Says how many map tasks write to an exchange.
    public synchronized void expect(int exchangeId, int tasks) {
        exchanges.putIfAbsent(exchangeId, new Exchanged(tasks, new TreeMap<>()));
    }

    /// Takes over the caller's reference to rows for an exchange, which are not read before
    /// [#commit]; the caller closes the block if it does not commit.
    ///
    /// @param store of the executor that the task runs on
    /// @throws LostBlocks where that executor is gone; the batch is then closed
    public Block keep(BlockStore store, int exchangeId, int partition, Batch batch) {
        SpillableBlocks holder;
        synchronized (this) {
            Place place = new Place(exchangeId, store);
            holder = holders.get(place);
            if (holder == null) {
                try {
                    holder = store.open();
                } catch (LostBlocks e) {
                    batch.close();
                    throw e;
                }
                holders.put(place, holder);
            }
        }
        Block block = holder.keep(partition, batch);
        store.kept(block.sizeBytes());
        return block;
    }

    /// Takes over a task's blocks, by partition, unless another attempt was first.
    ///
    /// @return whether they were taken; if not they are closed
    /// @throws LostBlocks where the executor went meanwhile
    public boolean commit(
            BlockStore store, int exchangeId, int task, List<List<Block>> partitions) {
        Output output = new Output(store, partitions);
        boolean lost;
        synchronized (this) {
            lost = store.isLost();
            Exchanged exchange = exchanges.get(exchangeId);
            if (!lost && exchange != null && exchange.outputs.putIfAbsent(task, output) == null) {
                return true;
            }
        }
        output.close();
        if (lost) {
            throw new LostBlocks(store.executor() + " is gone");
        }
        return false;
    }

    /// The rows of a slice, partition by partition, each in the order of the tasks that wrote it.
    ///
    /// @param allocator where rows that were spilled are put
    /// @throws FetchFailed where outputs are lost
    public BlockReader read(int exchangeId, PartitionSlice slice, BatchAllocator allocator) {
        List<Output> outputs = complete(exchangeId);
        List<Output> of =
                outputs.subList(slice.firstTask(), Math.min(slice.endTask(), outputs.size()));
        List<Block> blocks = new ArrayList<>();
        for (int partition = slice.first(); partition < slice.end(); partition++) {
            for (Output output : of) {
                blocks.addAll(output.partitions.get(partition));
            }
        }
        return new BlockReader(exchangeId, blocks, allocator);
    }

    /// The rows of one partition by the task that wrote them.
    ///
    /// @throws FetchFailed where outputs are lost
    public List<BlockReader> readByTask(int exchangeId, int partition, BatchAllocator allocator) {
        return complete(exchangeId).stream()
                .map(output ->
                        new BlockReader(exchangeId, output.partitions.get(partition), allocator))
                .toList();
    }

    private synchronized List<Output> complete(int exchangeId) {
        Exchanged exchange = exchanges.get(exchangeId);
        if (exchange == null || !exchange.complete()) {
            throw new FetchFailed(exchangeId);
        }
        return List.copyOf(exchange.outputs.values());
    }

    /// Whether all outputs of an exchange are there.
    public synchronized boolean isComplete(int exchangeId) {
        Exchanged exchange = exchanges.get(exchangeId);
        return exchange != null && exchange.complete();
    }

    /// How many map tasks write to an exchange that is expected.
    public synchronized int taskCount(int exchangeId) {
        Exchanged exchange = exchanges.get(exchangeId);
        return exchange == null ? 0 : exchange.tasks;
    }

    /// Map tasks whose outputs are there.
    public synchronized List<Integer> tasks(int exchangeId) {
        Exchanged exchange = exchanges.get(exchangeId);
        return exchange == null ? List.of() : List.copyOf(exchange.outputs.keySet());
    }

    public synchronized boolean has(int exchangeId, int task) {
        Exchanged exchange = exchanges.get(exchangeId);
        return exchange != null && exchange.outputs.containsKey(task);
    }

    /// Rows in an exchange so far.
    public synchronized long rowCount(int exchangeId) {
        Exchanged exchange = exchanges.get(exchangeId);
        return exchange == null
                ? 0
                : exchange.outputs.values().stream().mapToLong(Output::rowCount).sum();
    }

    /// What a complete exchange holds.
    ///
    /// @throws FetchFailed where outputs are lost
    public ExchangeSizes sizes(int exchangeId) {
        List<Output> outputs = complete(exchangeId);
        long rows = 0;
        long[][] bytes = new long[outputs.size()][];
        for (int task = 0; task < bytes.length; task++) {
            Output output = outputs.get(task);
            rows += output.rowCount();
            bytes[task] =
                    output.partitions.stream()
                            .mapToLong(blocks -> blocks.stream().mapToLong(Block::sizeBytes).sum())
                            .toArray();
        }
        return new ExchangeSizes(rows, bytes);
    }

    /// Bytes of some partitions of an exchange by the executor that holds them.
    public synchronized Map<String, Long> bytesByExecutor(int exchangeId, PartitionSlice slice) {
        Map<String, Long> bytes = new HashMap<>();
        Exchanged exchange = exchanges.get(exchangeId);
        if (exchange != null) {
            for (Output output : exchange.outputs.values()) {
                for (List<Block> blocks : output.partitions.subList(slice.first(), slice.end())) {
                    for (Block block : blocks) {
                        bytes.merge(output.store.executor(), block.sizeBytes(), Long::sum);
                    }
                }
            }
        }
        return bytes;
    }

    /// Loses one map task's output.
    ///
    /// @return the executor that held it, or empty where there is none
    public String lose(int exchangeId, int task) {
        Output output;
        synchronized (this) {
            Exchanged exchange = exchanges.get(exchangeId);
            output = exchange == null ? null : exchange.outputs.remove(task);
        }
        if (output == null) {
            return "";
        }
        output.close();
        return output.store.executor();
    }

    /// Forgets what an executor held that is gone.
    ///
    /// @return the map tasks whose outputs are lost, by exchange
    public synchronized Map<Integer, List<Integer>> forget(BlockStore store) {
        Map<Integer, List<Integer>> lost = new TreeMap<>();
        exchanges.forEach((id, exchange) -> {
            List<Integer> tasks = held(exchange, store);
            tasks.forEach(exchange.outputs::remove);
            if (!tasks.isEmpty()) {
                lost.put(id, tasks);
            }
        });
        holders.keySet().removeIf(place -> place.store == store);
        return lost;
    }

    private static List<Integer> held(Exchanged exchange, BlockStore store) {
        TreeSet<Integer> tasks = new TreeSet<>();
        exchange.outputs.forEach((task, output) -> {
            if (output.store == store) {
                tasks.add(task);
            }
        });
        return List.copyOf(tasks);
    }

    /// Copies what one executor holds to another, which from then on is asked for it.
    ///
    /// @return how many outputs were moved
    public int move(BlockStore from, BlockStore to, BatchAllocator allocator) {
        int moved = 0;
        for (int id : exchangeIds()) {
            for (int task : heldBy(id, from)) {
                moved += move(id, task, to, allocator) ? 1 : 0;
            }
        }
        return moved;
    }

    private synchronized List<Integer> exchangeIds() {
        return List.copyOf(exchanges.keySet());
    }

    private synchronized List<Integer> heldBy(int exchangeId, BlockStore store) {
        Exchanged exchange = exchanges.get(exchangeId);
        return exchange == null ? List.of() : held(exchange, store);
    }

    private boolean move(int exchangeId, int task, BlockStore to, BatchAllocator allocator) {
        Output old;
        synchronized (this) {
            Exchanged exchange = exchanges.get(exchangeId);
            old = exchange == null ? null : exchange.outputs.get(task);
        }
        if (old == null) {
            return false;
        }
        List<List<Block>> copied = new ArrayList<>();
        try {
            for (int partition = 0; partition < old.partitions.size(); partition++) {
                List<Block> blocks = new ArrayList<>();
                copied.add(blocks);
                for (Block block : old.partitions.get(partition)) {
                    blocks.add(keep(to, exchangeId, partition, block.pin(allocator)));
                }
            }
        } catch (LostBlocks e) {
            // Gone on the way: the tasks that wrote it run again.
            copied.forEach(blocks -> blocks.forEach(Block::close));
            return false;
        }
        Output output = new Output(to, copied);
        boolean replaced;
        synchronized (this) {
            Exchanged exchange = exchanges.get(exchangeId);
            replaced = exchange != null && exchange.outputs.replace(task, old, output);
        }
        (replaced ? old : output).close();
        return replaced;
    }

    /// Lets go of an exchange whose readers are done.
    public void drop(int exchangeId) {
        Map<Place, SpillableBlocks> dropped = new HashMap<>();
        synchronized (this) {
            exchanges.computeIfPresent(
                    exchangeId, (id, exchange) -> new Exchanged(exchange.tasks, new TreeMap<>()));
            holders.forEach((place, holder) -> {
                if (place.exchangeId == exchangeId) {
                    dropped.put(place, holder);
                }
            });
            holders.keySet().removeAll(dropped.keySet());
        }
        dropped.forEach((place, holder) -> place.store.release(holder));
    }

    @Override
    public void close() {
        exchangeIds().forEach(this::drop);
    }
}
