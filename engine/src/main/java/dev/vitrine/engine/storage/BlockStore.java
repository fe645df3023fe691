package dev.vitrine.engine.storage;

import dev.vitrine.engine.batch.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The exchanged rows of one query: for each exchange and task that wrote to it, batches by
/// partition. Safe for many threads.
///
/// A task's output arrives whole, in one [#commit]; the first attempt to commit counts, a later one
/// is given back.
public final class BlockStore implements AutoCloseable {
    private final Map<Integer, Map<Integer, List<List<Batch>>>> exchanges = new HashMap<>();

    /// Takes over the references to a task's batches, by partition, unless another attempt was
    /// first.
    ///
    /// @return whether they were taken; if not they are closed
    public boolean commit(int exchangeId, int task, List<List<Batch>> partitions) {
        synchronized (this) {
            Map<Integer, List<List<Batch>>> tasks =
                    exchanges.computeIfAbsent(exchangeId, id -> new TreeMap<>());
            if (!tasks.containsKey(task)) {
                tasks.put(task, partitions);
                return true;
            }
        }
        close(partitions);
        return false;
    }

    /// The batches of one partition in order of the tasks that wrote them; the caller closes each.
    public synchronized List<Batch> read(int exchangeId, int partition) {
        List<Batch> batches = new ArrayList<>();
        for (List<List<Batch>> task : exchanges.getOrDefault(exchangeId, Map.of()).values()) {
            for (Batch batch : task.get(partition)) {
                batches.add(batch.retain());
            }
        }
        return batches;
    }

    /// Rows in an exchange so far.
    public synchronized long rowCount(int exchangeId) {
        long rows = 0;
        for (List<List<Batch>> task : exchanges.getOrDefault(exchangeId, Map.of()).values()) {
            for (List<Batch> partition : task) {
                for (Batch batch : partition) {
                    rows += batch.rowCount();
                }
            }
        }
        return rows;
    }

    /// Lets go of an exchange whose readers are done.
    public void drop(int exchangeId) {
        Map<Integer, List<List<Batch>>> dropped;
        synchronized (this) {
            dropped = exchanges.remove(exchangeId);
        }
        if (dropped != null) {
            dropped.values().forEach(BlockStore::close);
        }
    }

    @Override
    public void close() {
        List<Integer> ids;
        synchronized (this) {
            ids = List.copyOf(exchanges.keySet());
        }
        ids.forEach(this::drop);
    }

    private static void close(List<List<Batch>> partitions) {
        partitions.forEach(batches -> batches.forEach(Batch::close));
    }
}
