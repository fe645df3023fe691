package dev.vitrine.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.settings.Settings;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A scan below a broadcast join reads what can lie within the keys of the build side.
final class JoinedScanTest {
    private static final long ROWS = 1_000_000;

    @TempDir static Path folder;

    private final Session session =
            LocalSession.open(
                    Settings.defaults()
                            .with("spark.master", "local[2]")
                            .with(
                                    "spark.sql.warehouse.dir",
                                    folder.resolve("warehouse").toString()));

    @BeforeEach
    void makeTables() {
        String big = folder.resolve("big").toString();
        if (!folder.resolve("big").toFile().exists()) {
            run(
                    "CREATE TABLE made USING parquet LOCATION '"
                            + big
                            + "' AS SELECT id AS k, id % 7 AS v FROM range("
                            + ROWS
                            + ")");
        }
        run("CREATE TEMP VIEW big USING parquet OPTIONS (path '" + big + "')");
        run(
                "CREATE TEMP VIEW small AS SELECT explode(array(500001, 500007, CAST(NULL AS BIGINT))) AS k");
    }

    @AfterEach
    void close() {
        session.close();
    }

    private void run(String sql) {
        try (Query query = session.query(sql)) {
            query.await();
        }
    }

    /// @param read rows that scans gave
    private record Answer(String text, long read) {}

    private Answer answer(String sql) {
        AtomicLong read = new AtomicLong();
        try (Query query = session.query(sql)) {
            query.subscribe(event -> {
                if (event instanceof EngineEvent.TaskFinished task) {
                    read.addAndGet(task.counters().rowsRead());
                }
            });
            return new Answer(query.await().text(0, 0), read.get());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void rowsOutsideOfTheKeysAreNotRead(String compiled) {
        run("SET spark.sql.codegen.wholeStage = " + compiled);
        Answer answer = answer("SELECT count(*) FROM big JOIN small ON big.k = small.k");
        assertEquals("2", answer.text());
        assertTrue(answer.read() < ROWS / 2, () -> answer.read() + " rows read");
    }

    @Test
    void theSettingTurnsItOff() {
        run("SET spark.sql.optimizer.runtimeFilter.semiJoinReduction.enabled = false");
        Answer answer = answer("SELECT count(*) FROM big JOIN small ON big.k = small.k");
        assertEquals("2", answer.text());
        assertTrue(answer.read() >= ROWS, () -> answer.read() + " rows read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM big LEFT JOIN small ON big.k = small.k",
                "SELECT count(*) + 2 FROM big LEFT ANTI JOIN small ON big.k = small.k",
                "SELECT max(n) FROM (SELECT k, count(*) OVER () AS n FROM big) b JOIN small s ON b.k = s.k",
                "SELECT count(*) - 1 FROM big FULL JOIN small ON big.k = small.k",
                "SELECT max(b.n) FROM (SELECT max(k) AS k, count(*) AS n FROM big) b JOIN (SELECT 999999L AS k) s ON b.k = s.k"
            })
    void rowsThatAreNeededAreRead(String sql) {
        Answer answer = answer(sql);
        assertEquals(String.valueOf(ROWS), answer.text());
        assertTrue(answer.read() >= ROWS, () -> answer.read() + " rows read");
    }

    @Test
    void anOuterJoinBetweenLetsTheBoundsThrough() {
        Answer answer =
                answer(
                        """
                        SELECT count(*) FROM big LEFT JOIN small x ON big.v = x.k JOIN small ON big.k = small.k\
                        """);
        assertEquals("2", answer.text());
        assertTrue(answer.read() < ROWS / 2, () -> answer.read() + " rows read");
    }
}
