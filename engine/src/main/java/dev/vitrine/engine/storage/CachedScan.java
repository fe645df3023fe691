package dev.vitrine.engine.storage;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.Split;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.spi.TableStatistics;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A [CachedRelation] as one query reads it: the partitions that executors hold, and those that
/// there was no room for, which this query has for itself. Reading what is in memory copies
/// nothing.
///
/// A split is whole partitions, so that a task reads each from one block: one computed again may
/// have the same rows in another order.
public final class CachedScan implements TableSource {
    /// How often a partition may be lost under a query before the query keeps it for itself.
    private static final int LOSSES = 4;

    private final CachedRelation relation;
    private final CacheReader reader;
    private final Map<Integer, List<Block>> own = new HashMap<>();
    private final Map<Integer, Integer> losses = new HashMap<>();

    public CachedScan(CachedRelation relation, CacheReader reader) {
        this.relation = relation;
        this.reader = reader;
    }

    public CachedRelation relation() {
        return relation;
    }

    /// Computes what is missing.
    public void complete() {
        relation.lineage().complete(this, reader);
    }

    /// Computes what is missing after a task met a partition that was lost.
    void recover(int partition) {
        synchronized (own) {
            losses.merge(partition, 1, Integer::sum);
        }
        complete();
    }

    /// Whether the executors lose a partition so often that this query is to keep it for itself:
    /// otherwise it would be computed and lost without end.
    public boolean isLostAgain(int partition) {
        synchronized (own) {
            return losses.getOrDefault(partition, 0) >= LOSSES;
        }
    }

    /// The partitions of `all` that this could not read now.
    public Set<Integer> missing(int all) {
        Set<Integer> missing = new TreeSet<>(relation.missing(all));
        synchronized (own) {
            missing.removeAll(own.keySet());
        }
        return missing;
    }

    /// Has this query read a partition from blocks of its own, which it closes.
    public void keep(int partition, List<Block> blocks) {
        blocks.forEach(reader::owns);
        synchronized (own) {
            own.put(partition, List.copyOf(blocks));
        }
    }

    /// Forgets the blocks of this query.
    public void forget() {
        synchronized (own) {
            own.clear();
            losses.clear();
        }
    }

    private @Nullable List<Block> own(int partition) {
        synchronized (own) {
            return own.get(partition);
        }
    }

    private record Part(
            String table, int from, int to, String executor, long sizeBytes, long rowCount)
            implements Split {
        @Override
        public String description() {
            return table
                    + (to - from == 1
                            ? " [partition " + from + "]"
                            : " [partitions " + from + "-" + (to - 1) + "]");
        }
    }

    @Override
    public String description() {
        return relation.description();
    }

    @Override
    public String format() {
        return relation.format();
    }

    @Override
    public Optional<String> kept() {
        return relation.kept();
    }

    @Override
    public Schema schema() {
        return relation.schema();
    }

    @Override
    public TableStatistics statistics() {
        return relation.statistics();
    }

    @Override
    public OptionalLong exactRowCount() {
        return statistics().rowCount();
    }

    private int[] columns(ScanRequest request) {
        return request.columns().fields().stream()
                .mapToInt(field -> schema().indexOf(field.name()).orElseThrow())
                .toArray();
    }

    @Override
    public List<Split> splits(ScanRequest request, long targetBytes) {
        int[] columns = columns(request);
        List<Split> splits = new ArrayList<>();
        int count = relation.partitionCount();
        if (count == 0) {
            throw EngineException.internal("the cached " + description() + " is not filled");
        }
        int from = -1;
        String holder = "";
        long bytes = 0;
        long rows = 0;
        for (int i = 0; i <= count; i++) {
            boolean read = i < count && relation.mayMatch(i, request.filters());
            if (from >= 0 && (!read || bytes >= targetBytes || relation.isPlaced())) {
                splits.add(new Part(description(), from, i, holder, bytes, rows));
                from = -1;
            }
            if (read) {
                if (from < 0) {
                    from = i;
                    holder = relation.holder(i);
                    bytes = 0;
                    rows = 0;
                }
                bytes += relation.bytes(i, columns);
                rows += relation.rows(i);
            }
        }
        return splits;
    }

    @Override
    public BatchReader read(Split split, ScanRequest request, BatchAllocator allocator) {
        return new Reader((Part) split, request);
    }

    /// Reads partitions one after the other, the batches that the request does not rule out.
    private final class Reader implements BatchReader {
        private final Part part;
        private final ScanRequest request;
        private final int[] columns;
        private int partition;
        private int chunk;
        private long bytes;
        private boolean open;
        private CachedBlock.@Nullable Pin pin;
        private List<Block> mine = List.of();

        Reader(Part part, ScanRequest request) {
            this.part = part;
            this.request = request;
            this.columns = columns(request);
            this.partition = part.from;
        }

        @Override
        public @Nullable Batch next() {
            while (partition < part.to) {
                if (!open) {
                    open();
                }
                Batch batch = pin == null ? mine() : held(pin);
                if (batch != null) {
                    for (int column = 0; column < columns.length; column++) {
                        bytes += batch.sizeBytes(column);
                    }
                    return batch;
                }
                close();
                partition++;
            }
            return null;
        }

        /// Decides where the partition is read from, to its end.
        private void open() {
            List<Block> blocks = own(partition);
            if (blocks == null) {
                pin = relation.pin(partition).orElseThrow(this::lost);
            } else {
                mine = blocks;
            }
            chunk = 0;
            open = true;
        }

        private CacheLost lost() {
            return new CacheLost(CachedScan.this, partition);
        }

        private @Nullable Batch mine() {
            if (chunk == mine.size()) {
                return null;
            }
            try (Batch whole = mine.get(chunk++).pin(relation.cache().memory())) {
                return whole.select(columns, request.columns());
            }
        }

        private @Nullable Batch held(CachedBlock.Pin block) {
            while (chunk < block.chunks()) {
                int next = chunk++;
                if (block.bounds(next).mayMatch(schema(), request.filters())) {
                    return block.read(next, columns, request.columns()).orElseThrow(this::lost);
                }
            }
            return null;
        }

        @Override
        public long bytesRead() {
            return bytes;
        }

        @Override
        public void close() {
            if (pin != null) {
                pin.close();
                pin = null;
            }
            mine = List.of();
            open = false;
        }
    }
}
