package dev.vitrine.engine.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EngineEvent.AdaptiveDecision;
import dev.vitrine.engine.event.EngineEvent.StageSkipped;
import dev.vitrine.engine.event.EngineEvent.StageStarted;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.snapshot.QueryReducer;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.QuerySnapshot.RunState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What adaptive execution decides, and that answers stay the same.
@Timeout(60)
final class AdaptiveQueriesTest {
    private static final String FEW = "(SELECT id % 7 AS k FROM range(0, 1000) GROUP BY id % 7)";
    private static final String NONE =
            "(SELECT id % 7 AS k FROM range(0, 1000) GROUP BY id % 7 HAVING count(*) < 0)";

    /// Nine tenths of the rows have one key.
    private static final String SKEWED =
            "(SELECT if(id % 10 = 0, id % 997, 1) AS k, id FROM range(0, 4000000))";

    private final List<EngineEvent> events = Collections.synchronizedList(new ArrayList<>());

    private String run(String sql, String... settings) {
        Settings all =
                Settings.defaults()
                        .with(Settings.MASTER.key(), "local[2]")
                        .with(Settings.BROADCAST_THRESHOLD.key(), "-1");
        for (int i = 0; i < settings.length; i += 2) {
            all = all.with(settings[i], settings[i + 1]);
        }
        events.clear();
        try (Session session = LocalSession.open(all)) {
            session.events().subscribe(events::add);
            try (Query query = session.query(sql)) {
                return query.await().rows().toString();
            }
        }
    }

    /// The same answer as without adaptive execution.
    private String checked(String sql, String... settings) {
        String expected = run(sql, Settings.ADAPTIVE.key(), "false");
        assertEquals(List.of(), rules());
        assertEquals(expected, run(sql, settings));
        return expected;
    }

    private <T extends EngineEvent> List<T> all(Class<T> kind) {
        synchronized (events) {
            return events.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    private List<String> rules() {
        return all(AdaptiveDecision.class).stream().map(AdaptiveDecision::rule).toList();
    }

    private QuerySnapshot snapshot() {
        QueryReducer reducer = new QueryReducer(events.getFirst().queryId());
        events.forEach(reducer::on);
        return reducer.snapshot();
    }

    @Test
    void fewRowsAreReadByOneTask() {
        checked("SELECT k, count(*) FROM " + FEW + " GROUP BY k ORDER BY k");
        assertTrue(rules().contains("CoalesceShufflePartitions"), rules().toString());
        StageStarted read = all(StageStarted.class).get(1);
        assertEquals(1, read.tasks());
        assertTrue(
                Objects.requireNonNull(snapshot().plans().get(PlanPhase.FINAL))
                        .plan()
                        .text()
                        .contains("8 partitions are read as 1"));
    }

    @Test
    void partitionsThatTheUserAskedForStay() {
        checked(
                "SELECT spark_partition_id() AS p, id FROM (SELECT /*+ REPARTITION(5, id) */ * FROM"
                        + " range(0, 20)) ORDER BY id");
        assertFalse(rules().contains("CoalesceShufflePartitions"));
    }

    @Test
    void aSmallBuildSideIsBroadcastAndTheOtherNeedsNoExchange() {
        String sql = "SELECT sum(a.id) FROM range(0, 100000) a JOIN " + FEW + " b ON a.id = b.k";
        checked(sql, Settings.ADAPTIVE_BROADCAST_THRESHOLD.key(), "1m");
        assertTrue(rules().contains("DynamicJoinSelection"), rules().toString());
        assertEquals(1, all(StageSkipped.class).size());
        int skipped = all(StageSkipped.class).getFirst().stageId();
        assertEquals(RunState.SKIPPED, snapshot().stages().get(skipped).state());
        assertEquals(1, snapshot().progress());
    }

    @Test
    void theSmallerSideIsBuilt() {
        checked(
                "SELECT count(*), sum(b.id) FROM range(0, 100000) a JOIN (SELECT id FROM range(0,"
                        + " 1000000) WHERE id >= 0 AND id * 2 >= 0 AND id + 1 > 0 AND id % 2 < 2) b"
                        + " ON a.id = b.id");
        // The planner's estimate of four conditions is far below what they leave.
        assertTrue(
                all(AdaptiveDecision.class).stream()
                        .anyMatch(d -> d.decision().contains("sides are exchanged")),
                rules().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"JOIN", "LEFT JOIN", "LEFT SEMI JOIN", "LEFT ANTI JOIN"})
    void aSkewedPartitionIsJoinedByManyTasks(String join) {
        checked(
                "SELECT count(*), sum(a.id) FROM "
                        + SKEWED
                        + " a "
                        + join
                        + " "
                        + FEW
                        + " b ON a.k = b.k",
                Settings.ADAPTIVE_BROADCAST_THRESHOLD.key(),
                "-1",
                Settings.ADAPTIVE_PARTITION_BYTES.key(),
                "1m",
                Settings.ADAPTIVE_SKEW_BYTES.key(),
                "1m");
        assertTrue(rules().contains("OptimizeSkewedJoin"), rules().toString());
    }

    @Test
    void fullOuterJoinsKeepTheirPartitions() {
        checked(
                "SELECT count(*), sum(a.id) FROM "
                        + SKEWED
                        + " a FULL JOIN "
                        + FEW
                        + " b ON a.k = b.k",
                Settings.ADAPTIVE_BROADCAST_THRESHOLD.key(),
                "1g",
                Settings.ADAPTIVE_PARTITION_BYTES.key(),
                "1m",
                Settings.ADAPTIVE_SKEW_BYTES.key(),
                "1m");
        assertFalse(rules().contains("OptimizeSkewedJoin"));
        assertFalse(rules().contains("DynamicJoinSelection"));
    }

    @Test
    void anEmptySideSkipsTheOther() {
        assertEquals(
                "[[0]]",
                checked(
                        "SELECT count(*) FROM range(0, 100000) a LEFT SEMI JOIN "
                                + NONE
                                + " b ON a.id = b.k",
                        Settings.ADAPTIVE_BROADCAST_THRESHOLD.key(),
                        "1m"));
        assertTrue(rules().contains("AQEPropagateEmptyRelation"), rules().toString());
        assertEquals(1, all(StageSkipped.class).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"LEFT JOIN", "LEFT ANTI JOIN", "LEFT SEMI JOIN", "FULL JOIN"})
    void anEmptyRightSideIsAnsweredAsBefore(String join) {
        checked(
                "SELECT count(*), sum(a.id) FROM range(0, 1000) a "
                        + join
                        + " "
                        + NONE
                        + " b ON a.id = b.k");
    }

    @Test
    void emptyInputsOfAUnionAreLeftOut() {
        String none = "(SELECT id % 7 AS k FROM range(0, 1000) WHERE id * 2 < 0 GROUP BY id % 7)";
        checked("SELECT k FROM " + none + " UNION ALL SELECT k FROM " + FEW + " ORDER BY k");
        assertTrue(rules().contains("AQEPropagateEmptyRelation"), rules().toString());
    }

    @Test
    void lostOutputsOfAdaptedStagesAreReadAgain() {
        String sql =
                "SELECT count(*), sum(a.id) FROM " + SKEWED + " a JOIN " + FEW + " b ON a.k = b.k";
        String expected = run(sql, Settings.ADAPTIVE.key(), "false");
        for (int seed = 0; seed < 5; seed++) {
            assertEquals(
                    expected,
                    run(
                            sql,
                            Settings.MASTER.key(),
                            "local-cluster[2,1,64]",
                            Settings.ADAPTIVE_BROADCAST_THRESHOLD.key(),
                            seed % 2 == 0 ? "-1" : "1m",
                            Settings.ADAPTIVE_PARTITION_BYTES.key(),
                            "1m",
                            Settings.ADAPTIVE_SKEW_BYTES.key(),
                            "1m",
                            Settings.FAULTS.key(),
                            "lose after=4; kill after=7; seed=" + seed));
            assertFalse(all(EngineEvent.FaultFired.class).isEmpty());
        }
    }
}
