package dev.vitrine.engine.storage;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.memory.SpillFile;
import dev.vitrine.engine.settings.StorageLevel;
import dev.vitrine.engine.snapshot.CacheStatus;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ColumnFilter;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.Split;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.spi.TableStatistics;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The rows of a plan that are to be kept, by the partitions that the plan's last stage gives:
/// which executors hold each, and what is known of it once it was computed. Rows are read through a
/// [CachedScan] of the query that reads them. Safe for many threads.
public final class CachedRelation implements TableSource {
    private final long id;
    private final String name;
    private final Schema schema;
    private final StorageLevel level;
    private final boolean placed;
    private final BlockCache cache;
    private final Lineage lineage;
    private final TreeMap<Integer, Partition> partitions = new TreeMap<>();
    private volatile int count;
    private volatile boolean released;
    private volatile TableStatistics statistics = TableStatistics.UNKNOWN;

    /// A partition that was computed at least once.
    ///
    /// @param columnBytes by column number
    private record Partition(
            List<ColumnBounds> bounds,
            long rows,
            long bytes,
            List<Long> columnBytes,
            List<CachedBlock> blocks) {}

    /// @param schema with names that differ
    /// @param placed whether there are several executors, so that it matters who reads a partition
    public CachedRelation(
            long id,
            String name,
            Schema schema,
            StorageLevel level,
            boolean placed,
            BlockCache cache,
            Lineage lineage) {
        this.id = id;
        this.name = name;
        this.schema = schema;
        this.level = level;
        this.placed = placed;
        this.cache = cache;
        this.lineage = lineage;
    }

    BlockCache cache() {
        return cache;
    }

    Lineage lineage() {
        return lineage;
    }

    /// Its number in the session.
    public long id() {
        return id;
    }

    public StorageLevel level() {
        return level;
    }

    /// Partitions that it has; 0 before it was filled for the first time.
    public int partitionCount() {
        return count;
    }

    /// The partitions of `all` that no executor holds.
    public synchronized Set<Integer> missing(int all) {
        Set<Integer> missing = new TreeSet<>();
        for (int i = 0; i < all; i++) {
            Partition partition = partitions.get(i);
            if (partition == null || partition.blocks.isEmpty()) {
                missing.add(i);
            }
        }
        return missing;
    }

    /// Keeps a partition that was computed, unless it is kept already or nothing is any more.
    ///
    /// @param stores where it may be kept: the executor that computed it first
    /// @param batches whose references the caller keeps
    /// @return whether an executor holds it now
    public boolean keep(
            int partition, List<BlockStore> stores, List<Batch> batches, CacheCause cause) {
        List<ColumnBounds> bounds = batches.stream().map(ColumnBounds::of).toList();
        boolean again;
        synchronized (this) {
            Partition known = partitions.get(partition);
            again = known != null;
            if (known != null && !known.blocks.isEmpty()) {
                return true;
            }
            partitions.put(partition, measured(batches, bounds));
        }
        if (released) {
            return false;
        }
        boolean kept = false;
        for (int i = 0; i < Math.min(level.replication(), stores.size()); i++) {
            List<Batch> own = i == 0 ? batches : copied(batches);
            try {
                kept |= cache.put(this, partition, stores.get(i), own, bounds, cause, again);
            } finally {
                if (i > 0) {
                    own.forEach(Batch::close);
                }
            }
        }
        return kept;
    }

    private Partition measured(List<Batch> batches, List<ColumnBounds> bounds) {
        List<Long> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            int column = i;
            columns.add(batches.stream().mapToLong(batch -> batch.sizeBytes(column)).sum());
        }
        return new Partition(
                bounds,
                batches.stream().mapToLong(Batch::rowCount).sum(),
                batches.stream().mapToLong(Batch::sizeBytes).sum(),
                columns,
                new ArrayList<>());
    }

    private List<Batch> copied(List<Batch> batches) {
        BatchAllocator memory = cache.memory();
        List<Batch> copies = new ArrayList<>();
        try (SpillFile image = SpillFile.inMemory(schema, memory)) {
            for (Batch batch : batches) {
                copies.add(image.read(image.write(batch), memory));
            }
        }
        return copies;
    }

    /// Says that all partitions were computed.
    public void filled(int all) {
        List<Batch> known = new ArrayList<>();
        try {
            for (int i = 0; i < all; i++) {
                blocks(i).stream().findFirst().ifPresent(block -> known.addAll(block.rows()));
            }
            measure(all, known);
        } finally {
            known.forEach(Batch::close);
        }
    }

    /// @param known batches at hand, by which different values are counted
    private synchronized void measure(int all, List<Batch> known) {
        if (count > 0) {
            return;
        }
        List<ColumnBounds> bounds = new ArrayList<>();
        long rows = 0;
        long bytes = 0;
        for (Partition partition : partitions.values()) {
            bounds.addAll(partition.bounds);
            rows += partition.rows;
            bytes += partition.bytes;
        }
        statistics = ColumnBounds.statistics(schema, rows, bytes, bounds, known);
        count = all;
    }

    /// Takes in a block; false where nothing is kept any more.
    synchronized boolean add(CachedBlock block) {
        Partition partition = partitions.get(block.partition());
        return !released && partition != null && partition.blocks.add(block);
    }

    synchronized void remove(CachedBlock block) {
        Partition partition = partitions.get(block.partition());
        if (partition != null) {
            partition.blocks.remove(block);
        }
    }

    /// A partition to be read; empty where no executor holds it.
    Optional<CachedBlock.Pin> pin(int partition) {
        for (CachedBlock block : blocks(partition)) {
            Optional<CachedBlock.Pin> pin = block.pin();
            if (pin.isPresent()) {
                return pin;
            }
        }
        return Optional.empty();
    }

    private synchronized List<CachedBlock> blocks(int partition) {
        Partition known = partitions.get(partition);
        return known == null ? List.of() : List.copyOf(known.blocks);
    }

    /// Whether it matters which executor reads a partition.
    boolean isPlaced() {
        return placed;
    }

    /// The executor that holds a partition, or empty.
    String holder(int partition) {
        List<CachedBlock> blocks = blocks(partition);
        return blocks.isEmpty() ? "" : blocks.getFirst().executor();
    }

    synchronized boolean mayMatch(int partition, List<ColumnFilter> filters) {
        Partition known = partitions.get(partition);
        return known == null
                || known.bounds.stream().anyMatch(chunk -> chunk.mayMatch(schema, filters));
    }

    synchronized long bytes(int partition, int[] columns) {
        Partition known = partitions.get(partition);
        long bytes = 0;
        if (known != null) {
            for (int column : columns) {
                bytes += known.columnBytes.get(column);
            }
        }
        return bytes;
    }

    synchronized long rows(int partition) {
        Partition known = partitions.get(partition);
        return known == null ? -1 : known.rows;
    }

    /// Lets go of all rows and keeps none any more. Queries that read them compute what they lack
    /// for themselves.
    public void release() {
        List<CachedBlock> all = new ArrayList<>();
        synchronized (this) {
            released = true;
            partitions
                    .values()
                    .forEach(partition -> {
                        all.addAll(partition.blocks);
                        partition.blocks.clear();
                    });
        }
        all.forEach(CachedBlock::close);
    }

    public synchronized CacheStatus status() {
        List<CacheStatus.BlockStatus> blocks = new ArrayList<>();
        partitions.forEach((number, partition) ->
                partition.blocks.forEach(block ->
                        blocks.add(
                                new CacheStatus.BlockStatus(
                                        number,
                                        block.executor(),
                                        block.memoryBytes(),
                                        block.diskBytes()))));
        return new CacheStatus(id, name, level, count, blocks);
    }

    @Override
    public String description() {
        return name;
    }

    @Override
    public String format() {
        return "cache";
    }

    @Override
    public Optional<String> kept() {
        CacheStatus now = status();
        return Optional.of(
                level
                        + ", "
                        + (count == 0
                                ? "not filled yet"
                                : now.heldPartitions() + " of " + count + " partitions held"));
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public TableStatistics statistics() {
        return statistics;
    }

    @Override
    public List<Split> splits(ScanRequest request, long targetBytes) {
        throw unbound();
    }

    @Override
    public BatchReader read(Split split, ScanRequest request, BatchAllocator allocator) {
        throw unbound();
    }

    private EngineException unbound() {
        return EngineException.internal("the cached " + name + " is read outside of a query");
    }
}
