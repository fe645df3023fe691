package dev.vitrine.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.fixtures.RandomQueries;
import dev.vitrine.engine.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Queries that do not fit their memory have the same rows as with plenty, and leave nothing
/// behind.
class TightMemoryTest {
    private static final long ROWS = 300_000;

    /// Numbers, text with NULLs and a decimal, in no order.
    private static final String TABLE =
            "create temp view t as select (id * 48271) % 400009 as k, id,"
                    + " case when id % 11 = 0 then null else concat('text ', id % 9973) end as s,"
                    + " cast(id % 1000 as decimal(12,2)) as d,"
                    + " if(id % 13 = 0, double('NaN'), if(id % 17 = 0, -0.0D, id % 101 / 4.0D)) as f"
                    + " from range("
                    + ROWS
                    + ")";

    @TempDir private Path folder;

    private Session session(long limit, String... settings) {
        Settings all =
                Settings.defaults()
                        .with(Settings.MASTER.key(), "local[2]")
                        .with(Settings.TIME_ZONE.key(), "UTC")
                        .with(Settings.LOCAL_DIR.key(), folder.toString())
                        .with(Settings.CODEGEN_MIN_ROWS.key(), "0")
                        .with(Settings.ADAPTIVE_BROADCAST_THRESHOLD.key(), "-1")
                        .with(Settings.MEMORY_LIMIT.key(), String.valueOf(limit));
        for (int i = 0; i < settings.length; i += 2) {
            all = all.with(settings[i], settings[i + 1]);
        }
        return LocalSession.open(all);
    }

    @AfterEach
    void noFileIsLeft() throws IOException {
        try (var left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    /// A number that depends on all rows and, where `ordered`, on their order.
    private static long digest(Session session, String sql, boolean ordered, AtomicLong spilled) {
        try (Query query = session.query(sql)) {
            query.subscribe(event -> {
                if (event instanceof EngineEvent.TaskFinished task) {
                    spilled.addAndGet(task.counters().spilledBytes());
                }
            });
            QueryResult result = query.await();
            long digest = result.rowCount();
            for (Batch batch : result.batches()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    long hash = 7;
                    for (int column = 0; column < result.schema().size(); column++) {
                        Object value = batch.value(column, row);
                        hash = hash * 31 + (value == null ? 0 : value.hashCode());
                    }
                    digest = ordered ? digest * 31 + hash : digest + hash * hash;
                }
            }
            return digest;
        }
    }

    private void assertSame(String sql, boolean ordered, long limit, String... settings) {
        long expected;
        AtomicLong none = new AtomicLong();
        try (Session plenty = session(1L << 30, settings)) {
            digest(plenty, TABLE, false, none);
            expected = digest(plenty, sql, ordered, none);
        }
        assertEquals(0, none.get());
        AtomicLong spilled = new AtomicLong();
        try (Session tight = session(limit, settings)) {
            digest(tight, TABLE, false, spilled);
            assertEquals(expected, digest(tight, sql, ordered, spilled), sql);
            assertEquals(expected, digest(tight, sql, ordered, spilled), sql);
        }
        assertTrue(spilled.get() > 0, () -> "nothing was spilled: " + sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select k, s, id from t order by k, id",
                "select * from t order by s nulls last, f desc, id",
                "select f, id, d from t order by f, d desc, id",
                "select s, k from t order by s desc nulls first, k"
            })
    void sorts(String sql) {
        assertSame(sql, true, 16 << 20);
    }

    @Test
    void interpretedSorts() {
        assertSame(
                "select * from t order by s, id", true, 16 << 20, Settings.CODEGEN.key(), "false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select k, count(*), sum(d), avg(id), min(f), max(s) from t group by k",
                "select s, k % 50021, sum(id), avg(d) from t group by 1, 2",
                "select distinct s, d, f from t"
            })
    void aggregates(String sql) {
        assertSame(sql, false, 24 << 20);
    }

    /// Aggregates that generated code does not know, and those of lists.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select k, count(distinct d), max(s) from t group by k",
                "select k, first(s), max_by(id, d), sum(d) from t group by k",
                "select k % 70001, sort_array(collect_list(id)) from t group by 1",
                "select k % 50021, median(f), round(stddev(id), 6), percentile_approx(id, 0.3) from t group by 1"
            })
    void otherAggregates(String sql) {
        assertSame(sql, false, 24 << 20);
    }

    @Test
    void interpretedAggregates() {
        assertSame(
                "select k % 20011, count(*), sum(d), min(f), max(s) from t group by 1",
                false, 24 << 20, Settings.CODEGEN.key(), "false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select k, id, row_number() over (partition by k % 1009 order by s, id) from t",
                "select id, sum(d) over (partition by k % 101 order by id) from t",
                "select * from (select id, s, rank() over (partition by k % 50021 order by f desc,"
                        + " id) as r from t) w where r <= 2"
            })
    void windows(String sql) {
        assertSame(sql, false, 16 << 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id, s, f from t order by s desc, id limit 60000",
                "select id, s, f from t order by f, id limit 1000 offset 90000"
            })
    void topRows(String sql) {
        assertSame(sql, true, 10 << 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select a.id, b.s from t a join t b on a.k = b.id",
                "select a.id, b.s from t a left join t b on a.k = b.id and b.d > 500",
                "select a.*, upper(a.s) from t a where not exists (select 1 from t b where b.id = a.k + 7)"
            })
    void joins(String sql) {
        assertSame(sql, false, 24 << 20);
    }

    @Test
    void resultsLargerThanMemory() {
        assertSame("select *, concat(s, s) from t", false, 16 << 20);
    }

    @Test
    void cellsOfAResultInAFile() {
        try (Session tight = session(16 << 20)) {
            digest(tight, TABLE, false, new AtomicLong());
            try (Query query = tight.query("select id, s from t order by id")) {
                QueryResult result = query.await();
                assertEquals(ROWS, result.rowCount());
                for (long row = 0; row < ROWS; row += 7919) {
                    assertEquals(row, result.value(row, 0));
                    assertEquals(
                            row % 11 == 0 ? "NULL" : "text " + row % 9973, result.text(row, 1));
                }
                // An iterator that is not run to its end holds a batch until the query is closed.
                assertTrue(result.batches().iterator().next().rowCount() > 0);
            }
        }
    }

    @Test
    void randomQueries() {
        RandomQueries queries = new RandomQueries(20260301, false);
        try (Session plenty = session(1L << 30, Settings.BATCH_ROWS.key(), "3");
                Session tight = session(3 << 20, Settings.BATCH_ROWS.key(), "3")) {
            for (String statement : RandomQueries.TABLES) {
                digest(plenty, statement, false, new AtomicLong());
                digest(tight, statement, false, new AtomicLong());
            }
            for (int i = 0; i < 60; i++) {
                String sql = queries.next();
                assertEquals(
                        digest(plenty, sql, false, new AtomicLong()),
                        digest(tight, sql, false, new AtomicLong()),
                        sql);
            }
        }
    }

    @Test
    void aFailureLeavesNothing() {
        try (Session tight = session(16 << 20)) {
            digest(tight, TABLE, false, new AtomicLong());
            EngineException error =
                    assertThrows(
                            EngineException.class,
                            () ->
                                    digest(
                                            tight,
                                            "select s, 1 / (k - 400008) from t order by s, 2",
                                            true,
                                            new AtomicLong()));
            assertEquals(ErrorCode.DIVIDE_BY_ZERO, error.code());
            assertEquals(
                    List.of(List.of(300_000L)), rows(tight, "select count(*) from t order by 1"));
        }
    }

    private static List<List<Object>> rows(Session session, String sql) {
        try (Query query = session.query(sql)) {
            return new java.util.ArrayList<>(query.await().rows());
        }
    }

    @Test
    void aCancelledQueryLeavesNothing() throws InterruptedException {
        try (Session tight = session(16 << 20)) {
            digest(tight, TABLE, false, new AtomicLong());
            AtomicLong spilled = new AtomicLong();
            try (Query query =
                    tight.query(
                            "select a.* from t a cross join range(50) order by a.s, a.f, a.id")) {
                query.subscribe(event -> {
                    if (event instanceof EngineEvent.Progress progress) {
                        progress.tasks()
                                .forEach(task ->
                                        spilled.accumulateAndGet(
                                                task.counters().spilledBytes(), Math::max));
                    }
                });
                query.start();
                while (spilled.get() == 0 && !query.outcome().isDone()) {
                    Thread.sleep(5);
                }
                query.cancel();
                assertThrows(CancellationException.class, query::await);
            }
            assertFalse(spilled.get() == 0);
        }
    }
}
