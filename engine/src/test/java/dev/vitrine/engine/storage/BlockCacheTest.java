package dev.vitrine.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EngineEvent.CacheBlockChanged;
import dev.vitrine.engine.event.EngineEvent.CacheChange;
import dev.vitrine.engine.memory.MemoryArbiter;
import dev.vitrine.engine.memory.StoragePool;
import dev.vitrine.engine.settings.StorageLevel;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// Who makes room for whom. Closing the allocator fails where memory leaked.
final class BlockCacheTest {
    private static final Schema SCHEMA = new Schema(List.of(Field.of("n", DataType.BIGINT)));
    private static final int ROWS = 8192;

    /// A session's memory for cached rows, with one executor.
    private static final class Bench implements AutoCloseable {
        private final List<CacheBlockChanged> events = new ArrayList<>();
        private final MemoryArbiter arbiter;
        private final BatchAllocator execution;
        private final BatchAllocator cached;
        private final StoragePool pool;
        private final BlockCache cache;
        private final BlockStore store;
        private final List<CachedRelation> relations = new ArrayList<>();

        Bench(long limit, long shared, long floor) {
            arbiter = new MemoryArbiter(limit, 1, Path.of(System.getProperty("java.io.tmpdir")));
            execution = arbiter.root().child("execution");
            cached = arbiter.root().child("cached");
            pool = new StoragePool(shared, floor, () -> arbiter.root().usedBytes());
            cache = new BlockCache(arbiter, cached, pool, this::on);
            store = new BlockStore("executor-1", arbiter, Long.MAX_VALUE);
        }

        private void on(EngineEvent event) {
            events.add((CacheBlockChanged) event);
        }

        CachedRelation relation(StorageLevel level) {
            CachedRelation made =
                    new CachedRelation(
                            relations.size() + 1,
                            "t" + relations.size(),
                            SCHEMA,
                            level,
                            false,
                            cache,
                            (scan, reader) -> {
                                throw new IllegalStateException("nothing is computed here");
                            });
            relations.add(made);
            return made;
        }

        Batch batch(int seed, int rows) {
            try (BatchBuilder builder = new BatchBuilder(SCHEMA, execution, rows)) {
                Random random = new Random(seed);
                for (int i = 0; i < rows; i++) {
                    builder.column(0).appendLong(random.nextLong());
                }
                return builder.build(rows);
            }
        }

        boolean put(CachedRelation relation, int partition, int rows) {
            try (Batch batch = batch(partition, rows)) {
                return relation.keep(
                        partition, List.of(store), List.of(batch), new CacheCause(1, this::on, 0));
            }
        }

        /// The sum of what is read.
        long sum(CachedRelation relation, int partition) {
            long sum = 0;
            try (CachedBlock.Pin pin = relation.pin(partition).orElseThrow()) {
                for (int i = 0; i < pin.chunks(); i++) {
                    try (Batch batch = pin.read(i, new int[] {0}, SCHEMA).orElseThrow()) {
                        for (int row = 0; row < batch.rowCount(); row++) {
                            sum += (Long) java.util.Objects.requireNonNull(batch.value(0, row));
                        }
                    }
                }
            }
            return sum;
        }

        static long sum(int seed, int rows) {
            return new Random(seed).longs(rows).sum();
        }

        List<String> told() {
            return events.stream()
                    .map(e -> e.change() + " " + e.name() + "/" + e.partition())
                    .toList();
        }

        @Override
        public void close() {
            relations.forEach(CachedRelation::release);
            assertEquals(0, pool.storedBytes());
            store.close();
            cached.close();
            execution.close();
            arbiter.root().close();
            arbiter.close();
        }
    }

    /// Bytes that a partition of [#ROWS] rows takes.
    private static long blockBytes() {
        try (Bench bench = new Bench(1 << 24, 1 << 24, 0)) {
            assertTrue(bench.put(bench.relation(StorageLevel.MEMORY_ONLY), 0, ROWS));
            return bench.pool.storedBytes();
        }
    }

    @Test
    void theBlockThatWasNotReadForLongestMakesRoom() {
        long bytes = blockBytes();
        try (Bench bench = new Bench(1 << 24, 3 * bytes, 0)) {
            CachedRelation old = bench.relation(StorageLevel.MEMORY_ONLY);
            for (int i = 0; i < 3; i++) {
                assertTrue(bench.put(old, i, ROWS));
            }
            bench.sum(old, 0);
            CachedRelation fresh = bench.relation(StorageLevel.MEMORY_AND_DISK);
            assertTrue(bench.put(fresh, 0, ROWS));
            assertTrue(bench.put(fresh, 1, ROWS));
            assertEquals(
                    List.of(
                            "CACHED t0/0",
                            "CACHED t0/1",
                            "CACHED t0/2",
                            "DROPPED t0/1",
                            "CACHED t1/0",
                            "DROPPED t0/2",
                            "CACHED t1/1"),
                    bench.told());
            assertEquals(java.util.Set.of(1, 2), old.missing(3));
            assertTrue(bench.put(old, 1, ROWS));
            assertEquals("TO_DISK t1/0", bench.told().get(7));
            assertEquals("RECOMPUTED t0/1", bench.told().get(8));
            assertEquals(Bench.sum(0, ROWS), bench.sum(fresh, 0));
            assertEquals(3 * bytes, bench.pool.storedBytes());
        }
    }

    @Test
    void rowsOfOneTableDoNotMakeRoomForEachOther() {
        long bytes = blockBytes();
        try (Bench bench = new Bench(1 << 24, 2 * bytes, 0)) {
            CachedRelation memory = bench.relation(StorageLevel.MEMORY_ONLY);
            assertTrue(bench.put(memory, 0, ROWS));
            assertTrue(bench.put(memory, 1, ROWS));
            assertFalse(bench.put(memory, 2, ROWS));
            assertEquals("REFUSED t0/2", bench.told().getLast());
            assertEquals(2, memory.status().heldPartitions());
        }
    }

    @Test
    void whatIsReadIsNotEvicted() {
        long bytes = blockBytes();
        try (Bench bench = new Bench(1 << 24, bytes, 0)) {
            CachedRelation read = bench.relation(StorageLevel.MEMORY_AND_DISK);
            assertTrue(bench.put(read, 0, ROWS));
            CachedRelation other = bench.relation(StorageLevel.MEMORY_ONLY);
            try (CachedBlock.Pin pin = read.pin(0).orElseThrow()) {
                assertEquals(0, bench.cache.spillableBytes());
                assertEquals(0, bench.cache.spill(1));
                assertFalse(bench.put(other, 0, ROWS));
                assertEquals(1, pin.chunks());
            }
            assertTrue(bench.put(other, 0, ROWS));
            assertTrue(bench.told().contains("TO_DISK t0/0"));
            assertEquals(Bench.sum(0, ROWS), bench.sum(read, 0));
            assertTrue(read.status().diskBytes() > 0);
            assertEquals(0, read.status().memoryBytes());
        }
    }

    @Test
    void executionTakesBackDownToTheFloorAndNotBelow() {
        long bytes = blockBytes();
        // Two of five blocks are safe; the limit leaves no room beside five.
        try (Bench bench = new Bench(6 * bytes * 8 / 7, 6 * bytes, 2 * bytes)) {
            CachedRelation rows = bench.relation(StorageLevel.MEMORY_ONLY);
            for (int i = 0; i < 5; i++) {
                assertTrue(bench.put(rows, i, ROWS));
            }
            assertEquals(3 * bytes, bench.cache.spillableBytes());
            try (var memory = bench.execution.allocate(3 * bytes)) {
                assertTrue(memory.capacity() >= 3 * bytes);
                assertTrue(bench.pool.storedBytes() >= 2 * bytes);
                assertTrue(bench.pool.storedBytes() < 5 * bytes);
            }
            assertEquals(java.util.Set.of(0, 1), new java.util.TreeSet<>(rows.missing(2)));
            assertTrue(bench.cache.spill(Long.MAX_VALUE) <= 3 * bytes);
            assertEquals(2 * bytes, bench.pool.storedBytes());
            assertEquals(0, bench.cache.spill(Long.MAX_VALUE));
        }
    }

    @Test
    void storageNeverTakesFromExecution() {
        long bytes = blockBytes();
        try (Bench bench = new Bench(1 << 24, 3 * bytes, 3 * bytes)) {
            CachedRelation rows = bench.relation(StorageLevel.MEMORY_ONLY);
            try (var memory = bench.execution.allocate(3 * bytes)) {
                assertTrue(memory.capacity() >= 3 * bytes);
                assertFalse(bench.put(rows, 0, ROWS));
            }
            assertTrue(bench.put(rows, 0, ROWS));
        }
    }

    @Test
    void everyLevelGivesItsRowsBack() {
        try (Bench bench = new Bench(1 << 24, 1 << 24, 0)) {
            for (String name : StorageLevel.names()) {
                StorageLevel level = StorageLevel.fromString(name);
                if (!level.isValid()) {
                    continue;
                }
                CachedRelation rows = bench.relation(level);
                BlockStore second = new BlockStore("executor-2", bench.arbiter, Long.MAX_VALUE);
                BlockStore third = new BlockStore("executor-3", bench.arbiter, Long.MAX_VALUE);
                try (Batch a = bench.batch(1, 100);
                        Batch b = bench.batch(2, 50)) {
                    assertTrue(
                            rows.keep(
                                    0,
                                    List.of(bench.store, second, third),
                                    List.of(a, b),
                                    new CacheCause(1, bench::on, 0)));
                }
                rows.filled(1);
                assertEquals(level.replication(), rows.status().blocks().size(), name);
                assertEquals(level.useMemory(), rows.status().memoryBytes() > 0, name);
                assertEquals(!level.useMemory(), rows.status().diskBytes() > 0, name);
                assertEquals(Bench.sum(1, 100) + Bench.sum(2, 50), bench.sum(rows, 0), name);
                // Where there are replicas one executor may go.
                bench.store.loseCached(rows.description(), 0, "a test");
                assertEquals(level.replication() == 1, !rows.missing(1).isEmpty(), name);
                if (level.replication() > 1) {
                    assertEquals(Bench.sum(1, 100) + Bench.sum(2, 50), bench.sum(rows, 0), name);
                }
                rows.release();
                second.close();
                third.close();
            }
        }
    }

    @Test
    void bytesInMemoryGoToAFileAsTheyAre() {
        try (Bench bench = new Bench(1 << 24, 1 << 24, 0)) {
            CachedRelation rows = bench.relation(StorageLevel.MEMORY_AND_DISK_SER);
            assertTrue(bench.put(rows, 0, ROWS));
            bench.store.limit(0);
            assertEquals("TO_DISK t0/0", bench.told().getLast());
            assertEquals(0, rows.status().memoryBytes());
            assertEquals(Bench.sum(0, ROWS), bench.sum(rows, 0));
        }
    }

    @Test
    void readersOfALostBlockNotice() {
        try (Bench bench = new Bench(1 << 24, 1 << 24, 0)) {
            CachedRelation rows = bench.relation(StorageLevel.MEMORY_ONLY);
            assertTrue(bench.put(rows, 0, ROWS));
            rows.filled(1);
            CachedScan scan = new CachedScan(rows, new Nobody());
            ScanRequest all = ScanRequest.all(SCHEMA);
            try (BatchReader reader =
                    scan.read(scan.splits(all, 1).getFirst(), all, bench.execution)) {
                bench.store.close();
                org.junit.jupiter.api.Assertions.assertThrows(CacheLost.class, reader::next);
            }
            assertEquals("LOST t0/0", bench.told().getLast());
        }
    }

    private static final class Nobody implements CacheReader {
        @Override
        public CacheCause cause() {
            return new CacheCause(0, event -> {}, 0);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void waitsFor(Runnable cancel) {}

        @Override
        public void owns(Block block) {
            block.close();
        }
    }

    /// Whatever is put, read, lost and taken back: the books are right, storage stays within what
    /// execution leaves, rows are what they were, and nothing leaks.
    @Property(tries = 60)
    void theBooksAreRight(@ForAll long seed) {
        Random random = new Random(seed);
        long bytes = 1 << 16;
        long shared = (2 + random.nextInt(8)) * bytes;
        long floor = random.nextInt(4) * bytes;
        TreeMap<Integer, Optional<org.apache.arrow.memory.ArrowBuf>> running = new TreeMap<>();
        try (Bench bench = new Bench(16 * bytes, shared, floor)) {
            List<String> levels = StorageLevel.names().subList(1, StorageLevel.names().size());
            for (int i = 0; i < 3; i++) {
                bench.relation(StorageLevel.fromString(levels.get(random.nextInt(levels.size()))));
            }
            for (int step = 0; step < 60; step++) {
                CachedRelation relation = bench.relations.get(random.nextInt(3));
                int partition = random.nextInt(5);
                switch (random.nextInt(6)) {
                    case 0, 1 -> bench.put(relation, partition, rows(partition));
                    case 2 -> {
                        if (!relation.missing(5).contains(partition)) {
                            assertEquals(
                                    Bench.sum(partition, rows(partition)),
                                    bench.sum(relation, partition));
                        }
                    }
                    case 3 -> bench.store.loseCached(relation.description(), partition, "a test");
                    case 4 -> {
                        if (running.size() < 4) {
                            running.put(
                                    step,
                                    Optional.of(bench.execution.allocate(random.nextInt(1 << 17))));
                        }
                    }
                    default -> {
                        if (!running.isEmpty()) {
                            running.pollFirstEntry().getValue().ifPresent(memory -> memory.close());
                        }
                    }
                }
                long held = bench.relations.stream().mapToLong(r -> r.status().memoryBytes()).sum();
                assertEquals(held, bench.pool.storedBytes());
                assertEquals(held, bench.store.cachedBytes());
                assertTrue(held <= shared, held + " of " + shared);
                assertTrue(bench.arbiter.root().usedBytes() <= 16 * bytes);
            }
            running.values().forEach(memory -> memory.ifPresent(m -> m.close()));
        }
    }

    private static int rows(int partition) {
        return 1 + partition * 2000;
    }

    @Test
    void changesAreToldWithTheirReasons() {
        try (Bench bench = new Bench(1 << 24, 1 << 24, 0)) {
            CachedRelation rows = bench.relation(StorageLevel.MEMORY_ONLY);
            assertTrue(bench.put(rows, 3, ROWS));
            bench.store.limit(10);
            CacheBlockChanged dropped = bench.events.getLast();
            assertEquals(CacheChange.DROPPED, dropped.change());
            assertEquals(3, dropped.partition());
            assertEquals("executor-1", dropped.executor());
            assertEquals("MEMORY_ONLY", dropped.level());
            assertEquals("executor-1 may hold less", dropped.reason());
            assertEquals(0, dropped.queryId());
        }
    }
}
