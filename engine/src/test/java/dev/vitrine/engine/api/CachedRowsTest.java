package dev.vitrine.engine.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EngineEvent.CacheBlockChanged;
import dev.vitrine.engine.event.EngineEvent.CacheChange;
import dev.vitrine.engine.event.EngineEvent.FaultFired;
import dev.vitrine.engine.event.EngineEvent.QueryStarted;
import dev.vitrine.engine.event.EngineEvent.TaskFinished;
import dev.vitrine.engine.event.EngineEvent.TaskStarted;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.settings.StorageLevel;
import dev.vitrine.engine.snapshot.CacheStatus;
import dev.vitrine.engine.snapshot.QueryReducer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows that sessions keep. Closing a session fails where memory leaked.
@Timeout(120)
final class CachedRowsTest {
    private static final String SUMS =
            "SELECT id % 5 AS k, count(*) AS n, sum(id) AS s FROM kept GROUP BY id % 5 ORDER BY k";

    private final List<EngineEvent> events = Collections.synchronizedList(new ArrayList<>());

    private Session open(String master, String... settings) {
        Settings all = Settings.defaults().with(Settings.MASTER.key(), master);
        for (int i = 0; i < settings.length; i += 2) {
            all = all.with(settings[i], settings[i + 1]);
        }
        Session session = LocalSession.open(all);
        session.events().subscribe(events::add);
        return session;
    }

    private static List<String> run(Session session, String sql) {
        try (Query query = session.query(sql)) {
            return query.await().rows().stream().map(String::valueOf).toList();
        }
    }

    private <T extends EngineEvent> List<T> all(Class<T> kind) {
        synchronized (events) {
            return events.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    private Set<Integer> partitions(CacheChange change) {
        Set<Integer> partitions = new TreeSet<>();
        for (CacheBlockChanged changed : all(CacheBlockChanged.class)) {
            if (changed.change() == change) {
                partitions.add(changed.partition());
            }
        }
        return partitions;
    }

    private static List<String> expected() {
        try (Session session =
                LocalSession.open(Settings.defaults().with(Settings.MASTER.key(), "local[2]"))) {
            view(session);
            return run(session, SUMS);
        }
    }

    /// A view of eight partitions.
    private static void view(Session session) {
        run(
                session,
                "CREATE TEMP VIEW kept AS SELECT id, id % 7 AS m, concat('n', id % 11) AS s"
                        + " FROM (SELECT /*+ REPARTITION(8) */ * FROM range(40000))");
    }

    private static CacheStatus only(Session session) {
        assertEquals(1, session.cached().size());
        return session.cached().getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[2]", "local-cluster[3,1,64]"})
    void everyLevelKeepsAndGivesBack(String master) {
        List<String> expected = expected();
        try (Session session = open(master)) {
            view(session);
            int executors = session.executors().present().size();
            for (String name : StorageLevel.names()) {
                StorageLevel level = StorageLevel.fromString(name);
                DataFrame kept = session.table("kept").persist(level);
                assertEquals(level, kept.storageLevel(), name);
                assertEquals(40000, kept.count());
                if (level.isValid()) {
                    CacheStatus status = only(session);
                    assertEquals(8, status.partitions(), name);
                    assertEquals(8, status.heldPartitions(), name);
                    assertEquals(
                            8 * Math.min(executors, level.replication()),
                            status.blocks().size(),
                            name);
                    assertEquals(level.useMemory(), status.memoryBytes() > 0, name);
                    assertEquals(!level.useMemory(), status.diskBytes() > 0, name);
                }
                assertEquals(expected, run(session, SUMS), name);
                kept.unpersist();
                assertEquals(StorageLevel.NONE, kept.storageLevel());
                assertEquals(List.of(), session.cached());
            }
        }
    }

    @Test
    void nothingRunsBeforeTheFirstAction() {
        try (Session session = open("local[2]")) {
            view(session);
            int before = all(TaskStarted.class).size();
            run(session, "CACHE LAZY TABLE kept");
            DataFrame frame = session.range(100).filter("id > 3").cache();
            assertEquals(before, all(TaskStarted.class).size());
            String plan = run(session, "EXPLAIN SELECT * FROM kept").getFirst();
            assertTrue(plan.contains("InMemoryTableScan kept"), plan);
            assertTrue(plan.contains("not filled yet"), plan);
            assertEquals(before, all(TaskStarted.class).size());
            assertEquals(96, frame.count());
            assertEquals(expected(), run(session, SUMS));
            plan = run(session, "EXPLAIN SELECT * FROM kept").getFirst();
            assertTrue(plan.contains("8 of 8 partitions held"), plan);
            run(session, "UNCACHE TABLE kept");
            int queries = all(QueryStarted.class).size();
            run(session, "CACHE TABLE kept OPTIONS('storageLevel'='MEMORY_ONLY')");
            assertEquals(queries + 2, all(QueryStarted.class).size(), "eager: filled at once");
            assertEquals(expected(), run(session, SUMS));
            assertEquals(queries + 3, all(QueryStarted.class).size());
        }
    }

    @Test
    void aPlanThatContainsACachedOneReadsIt() {
        try (Session session = open("local[2]")) {
            view(session);
            session.sql("SELECT id, m FROM kept WHERE m > 2").cache().count();
            for (String same :
                    List.of(
                            "SELECT sum(id) FROM (SELECT id, m FROM kept WHERE m > 2)",
                            "SELECT * FROM (SELECT id AS a, m AS b FROM kept WHERE m > 2)"
                                    + " WHERE a < 5",
                            "SELECT x.m FROM (SELECT id, m FROM kept WHERE m > 2) x"
                                    + " JOIN range(10) r ON r.id = x.id",
                            "SELECT (SELECT max(id) FROM (SELECT id, m FROM kept WHERE m > 2))")) {
                String plan = run(session, "EXPLAIN " + same).getFirst();
                boolean subquery = same.startsWith("SELECT (");
                boolean renamed = same.contains("AS a");
                assertEquals(
                        !subquery && !renamed,
                        plan.contains("InMemoryTableScan"),
                        same + "\n" + plan);
            }
            for (String other :
                    List.of(
                            "SELECT id, m FROM kept WHERE m > 3",
                            "SELECT id, m FROM kept WHERE m >= 2",
                            "SELECT m, id FROM kept WHERE m > 2",
                            "SELECT id, s FROM kept WHERE m > 2",
                            "SELECT id FROM kept")) {
                String plan = run(session, "EXPLAIN " + other).getFirst();
                assertFalse(plan.contains("InMemoryTableScan"), other + "\n" + plan);
            }
            DataFrame random = session.sql("SELECT id, rand() AS r FROM range(5)").cache();
            List<Row> first = random.collectAsList();
            assertEquals(first, random.collectAsList());
            String plan = run(session, "EXPLAIN SELECT id, rand() AS r FROM range(5)").getFirst();
            assertFalse(plan.contains("InMemoryTableScan"), plan);
        }
    }

    @Test
    void chunksThatCannotMatchAreLeftOut() {
        try (Session session = open("local[2]")) {
            session.range(0, 8_000_000).createOrReplaceTempView("wide");
            run(session, "CACHE TABLE wide");
            events.clear();
            assertEquals(
                    List.of("[100]"),
                    run(session, "SELECT count(*) FROM wide WHERE id BETWEEN 5000000 AND 5000099"));
            long read =
                    all(TaskFinished.class).stream()
                            .filter(end -> end.stageId() == 0)
                            .mapToLong(end -> end.counters().rowsRead())
                            .sum();
            assertTrue(read > 0 && read < 400_000, "rows read: " + read);
        }
    }

    @Test
    void exactlyTheLostPartitionsAreComputedAgain() {
        List<String> expected = expected();
        try (Session session = open("local-cluster[2,1,64]")) {
            view(session);
            run(session, "CACHE TABLE kept");
            assertEquals(expected, run(session, SUMS));
            session.provoke("lose cache=kept partition=3 after=1");
            events.clear();
            // Late enough that the partition is read after it is lost, or before: both are right.
            assertEquals(expected, run(session, SUMS));
            session.provoke("");
            assertEquals(expected, run(session, SUMS));
            assertEquals(1, all(FaultFired.class).size());
            assertEquals(Set.of(3), partitions(CacheChange.LOST));
            assertEquals(Set.of(3), partitions(CacheChange.RECOMPUTED));
            assertEquals(8, only(session).heldPartitions());
            assertTrue(lastStageTasks("cache kept").equals(Set.of(3)));
        }
    }

    @Test
    @Timeout(60)
    void aPartitionThatIsLostAgainAndAgainIsKeptByTheQuery() {
        List<String> expected = expected();
        // The queries that compute lost partitions have the same fault.
        try (Session session = open("local-cluster[2,1,64]", "vitrine.faults", "lose cache=kept")) {
            view(session);
            run(session, "CACHE LAZY TABLE kept");
            assertEquals(expected, run(session, SUMS));
            assertTrue(all(FaultFired.class).size() > 1, all(FaultFired.class).toString());
            Set<Integer> again = partitions(CacheChange.RECOMPUTED);
            assertFalse(again.isEmpty());
            assertTrue(partitions(CacheChange.LOST).containsAll(again), again.toString());
        }
    }

    /// The tasks that ran of the last stages of queries of a name.
    private Set<Integer> lastStageTasks(String text) {
        Set<Integer> tasks = new TreeSet<>();
        for (QueryStarted query : all(QueryStarted.class)) {
            if (query.text().equals(text)) {
                List<TaskFinished> ends =
                        all(TaskFinished.class).stream()
                                .filter(end -> end.queryId() == query.queryId())
                                .filter(end -> end.outcome() instanceof QueryOutcome.Succeeded)
                                .toList();
                int last = ends.stream().mapToInt(TaskFinished::stageId).max().orElse(-1);
                ends.stream()
                        .filter(end -> end.stageId() == last)
                        .forEach(end -> tasks.add(end.task()));
            }
        }
        return tasks;
    }

    @Test
    void whatALostExecutorHeldIsComputedAgainAndNoMore() {
        List<String> expected = expected();
        try (Session session = open("local-cluster[3,1,64]")) {
            view(session);
            DataFrame kept = session.table("kept").cache();
            kept.count();
            Set<Integer> lost = new TreeSet<>();
            for (CacheStatus.BlockStatus block : only(session).blocks()) {
                if (block.executor().equals("executor-2")) {
                    lost.add(block.partition());
                }
            }
            events.clear();
            session.executors().kill("executor-2", "a test");
            assertEquals(lost, partitions(CacheChange.LOST));
            assertEquals(8 - lost.size(), only(session).heldPartitions());
            assertEquals(expected, run(session, SUMS));
            assertEquals(lost, partitions(CacheChange.RECOMPUTED));
            assertEquals(lost, lastStageTasks("cache DataFrame"));
        }
    }

    @Test
    void aReplicaLivesElsewhere() {
        List<String> expected = expected();
        try (Session session = open("local-cluster[2,1,64]")) {
            view(session);
            session.table("kept").persist(StorageLevel.MEMORY_ONLY_2).count();
            for (int i = 0; i < 8; i++) {
                int partition = i;
                assertEquals(
                        2,
                        only(session).blocks().stream()
                                .filter(block -> block.partition() == partition)
                                .map(CacheStatus.BlockStatus::executor)
                                .distinct()
                                .count());
            }
            events.clear();
            session.executors().kill("executor-1", "a test");
            assertEquals(expected, run(session, SUMS));
            assertEquals(Set.of(), partitions(CacheChange.RECOMPUTED));
        }
    }

    @Test
    void readersGoWhereTheRowsAre() {
        try (Session session = open("local-cluster[2,1,64]", "vitrine.faults", "slow delay=5")) {
            view(session);
            run(session, "CACHE TABLE kept");
            events.clear();
            run(session, SUMS);
            var holders = new java.util.HashMap<String, Integer>();
            for (TaskStarted start : all(TaskStarted.class)) {
                if (start.stageId() == 0) {
                    holders.merge(start.executor(), 1, Integer::sum);
                }
            }
            assertEquals(8, holders.values().stream().mapToInt(Integer::intValue).sum());
            var blocks = new java.util.HashMap<String, Integer>();
            only(session).blocks().forEach(b -> blocks.merge(b.executor(), 1, Integer::sum));
            // A slot that is free early may help the other out.
            holders.forEach((executor, tasks) ->
                    assertTrue(Math.abs(tasks - blocks.getOrDefault(executor, 0)) <= 2));
        }
    }

    @Test
    void whatDoesNotFitIsComputedForEachQuery() {
        List<String> expected = expected();
        for (String level : List.of("MEMORY_ONLY", "MEMORY_AND_DISK", "MEMORY_ONLY_SER")) {
            events.clear();
            try (Session session = open("local[2]", "spark.memory.fraction", "0.00001")) {
                view(session);
                run(session, "CACHE TABLE kept OPTIONS('storageLevel'='" + level + "')");
                assertEquals(expected, run(session, SUMS), level);
                CacheStatus status = only(session);
                boolean disk = level.equals("MEMORY_AND_DISK");
                assertTrue(status.heldPartitions() < 8 || disk, status.toString());
                assertEquals(disk, status.diskBytes() > 0);
                assertEquals(disk, partitions(CacheChange.REFUSED).isEmpty());
            }
        }
    }

    @Test
    void executionEvictsDownToTheFloor() {
        try (Session session =
                open(
                        "local[2]",
                        "vitrine.memory.limit",
                        String.valueOf(48L << 20),
                        "spark.memory.storageFraction",
                        "0.2")) {
            session.range(0, 3_000_000).createOrReplaceTempView("kept");
            run(session, "CACHE TABLE kept");
            long before = only(session).memoryBytes();
            assertTrue(before > 20 << 20, "cached: " + before);
            assertEquals(
                    List.of("[3000000]"),
                    run(
                            session,
                            "SELECT count(*) FROM (SELECT DISTINCT id FROM range(0, 3000000))"));
            long floor = (long) ((48L << 20) * 0.9 * 0.2);
            long after = only(session).memoryBytes();
            assertTrue(after < before && after >= floor, before + " " + after + " " + floor);
            assertFalse(partitions(CacheChange.TO_DISK).isEmpty());
            assertEquals(List.of("[4499998500000]"), run(session, "SELECT sum(id) FROM kept"));
        }
    }

    @Test
    void anExecutorsStorageIsWhatItsMasterSays() {
        try (Session session = open("local-cluster[2,1,1]")) {
            session.range(0, 1_000_000).createOrReplaceTempView("kept");
            run(session, "CACHE TABLE kept");
            for (var executor : session.executors().present()) {
                assertTrue(executor.blocks().cachedBytes() <= 1 << 20);
            }
            assertTrue(only(session).diskBytes() > 0);
            assertEquals(List.of("[499999500000]"), run(session, "SELECT sum(id) FROM kept"));
        }
    }

    @Test
    void cachedRowsOfCachedRows() {
        List<String> expected = expected();
        try (Session session = open("local-cluster[2,1,64]")) {
            view(session);
            DataFrame inner = session.table("kept").cache();
            DataFrame outer = inner.filter("m > 1").cache();
            long count = outer.count();
            assertEquals(2, session.cached().size());
            session.executors().kill("executor-1", "a test");
            assertEquals(count, outer.count());
            assertEquals(expected, run(session, SUMS));
            inner.unpersist();
            session.executors().kill("executor-2", "a test");
            assertEquals(count, outer.count());
            assertEquals(1, session.cached().size());
        }
    }

    @Test
    void localCheckpointsCutTheLineage() {
        try (Session session = open("local-cluster[2,1,64]")) {
            view(session);
            DataFrame lazy = session.table("kept").filter("m = 1").localCheckpoint(false);
            int before = all(TaskStarted.class).size();
            lazy.createOrReplaceTempView("cut");
            String plan = run(session, "EXPLAIN EXTENDED SELECT id FROM cut").getFirst();
            assertTrue(plan.contains("InMemoryRelation"), plan);
            assertFalse(plan.contains("Repartition"), plan);
            assertEquals(before, all(TaskStarted.class).size());
            long count = lazy.count();
            session.executors().kill("executor-1", "a test");
            session.executors().kill("executor-2", "a test");
            assertEquals(count, lazy.count());
            assertEquals(Set.of(), partitions(CacheChange.RECOMPUTED));
        }
    }

    @Test
    void checkpointsNeedAFolder() {
        try (Session session = open("local[2]")) {
            EngineException error =
                    assertThrows(EngineException.class, () -> session.range(3).checkpoint());
            assertTrue(
                    String.valueOf(error.getMessage()).contains("spark.checkpoint.dir"),
                    error.getMessage());
        }
    }

    @Test
    void theSnapshotTellsWhatIsCached() {
        QueryReducer reducer = new QueryReducer(2);
        try (Session session = open("local[2]")) {
            view(session);
            run(session, "CACHE TABLE kept");
        }
        synchronized (events) {
            events.forEach(reducer::on);
        }
        assertEquals(8, reducer.snapshot().cached().size());
    }

    /// Random schedules of lost blocks, little memory, dead executors and failing tasks.
    @Test
    void answersAreTheSameUnderFaults() {
        List<String> expected = expected();
        int fired = 0;
        int recomputed = 0;
        for (int seed = 0; seed < 24; seed++) {
            Random random = new Random(seed);
            String level =
                    StorageLevel.names().get(1 + random.nextInt(StorageLevel.names().size() - 1));
            List<String> faults = new ArrayList<>();
            faults.add("lose cache=* after=" + random.nextInt(6));
            faults.add("lose cache=kept partition=" + random.nextInt(8) + " after=1");
            if (random.nextBoolean()) {
                faults.add("shrink bytes=" + random.nextInt(100_000) + " after=2");
            }
            if (random.nextBoolean()) {
                faults.add("kill after=" + random.nextInt(10));
            }
            if (random.nextBoolean()) {
                faults.add("fail p=0.3 attempt=0");
            }
            faults.add("seed=" + seed);
            String schedule = level + ": " + String.join("; ", faults);
            events.clear();
            try (Session session =
                    open("local-cluster[2,2,64]", "spark.deploy.maxExecutorRetries", "1000")) {
                view(session);
                run(session, "CACHE LAZY TABLE kept OPTIONS('storageLevel'='" + level + "')");
                assertEquals(expected, run(session, SUMS), schedule);
                session.provoke(String.join("; ", faults));
                for (int i = 0; i < 3; i++) {
                    assertEquals(expected, run(session, SUMS), schedule);
                }
            }
            fired += all(FaultFired.class).size();
            Set<Integer> gone = partitions(CacheChange.LOST);
            gone.addAll(partitions(CacheChange.DROPPED));
            gone.addAll(partitions(CacheChange.REFUSED));
            Set<Integer> again = partitions(CacheChange.RECOMPUTED);
            assertTrue(gone.containsAll(again), schedule + ": " + gone + " " + again);
            recomputed += again.size();
        }
        assertTrue(fired > 24, fired + " faults");
        assertTrue(recomputed > 24, recomputed + " partitions");
    }
}
