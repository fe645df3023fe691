package dev.vitrine.engine.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EngineEvent.*;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.rdd.Encoders;
import dev.vitrine.engine.schedule.Executor;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.snapshot.QueryReducer;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What happens to a query whose executors and blocks go while it runs. Closing a session fails
/// where memory leaked.
@Timeout(60)
final class LostExecutorsTest {
    /// Three stages of several tasks each, and the result's.
    private static final String THREE_SHUFFLES =
            """
            SELECT s % 3 AS r, count(*) AS n, sum(c) AS c
            FROM (SELECT id % 97 AS k, count(*) AS c, sum(id) AS s
                  FROM range(0, 8000000) GROUP BY id % 97)
            GROUP BY s % 3 ORDER BY r
            """;

    private final List<EngineEvent> events = Collections.synchronizedList(new ArrayList<>());

    private Session open(String master, String... settings) {
        // Several tasks are to read what little there is.
        Settings all =
                Settings.defaults()
                        .with(Settings.MASTER.key(), master)
                        .with(Settings.ADAPTIVE_COALESCE.key(), "false");
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

    private static List<String> expected() {
        try (Session session =
                LocalSession.open(Settings.defaults().with(Settings.MASTER.key(), "local[2]"))) {
            return run(session, THREE_SHUFFLES);
        }
    }

    /// Successes of a task beyond its first.
    private Map<Integer, Set<Integer>> ranAgain() {
        Set<List<Integer>> once = new java.util.HashSet<>();
        Map<Integer, Set<Integer>> again = new java.util.TreeMap<>();
        for (TaskFinished end : all(TaskFinished.class)) {
            if (end.outcome() instanceof QueryOutcome.Succeeded
                    && !once.add(List.of(end.stageId(), end.task()))) {
                again.computeIfAbsent(end.stageId(), s -> new TreeSet<>()).add(end.task());
            }
        }
        return again;
    }

    private Map<Integer, Set<Integer>> lost() {
        Map<Integer, Set<Integer>> lost = new java.util.TreeMap<>();
        for (BlockLost block : all(BlockLost.class)) {
            lost.computeIfAbsent(block.stageId(), s -> new TreeSet<>()).addAll(block.tasks());
        }
        return lost;
    }

    @Test
    void aLostBlockMakesItsTaskRunAgainAndNoOther() {
        try (Session session = open("local[2]", "vitrine.faults", "lose stage=0 task=1 after=5")) {
            assertEquals(expected(), run(session, THREE_SHUFFLES));
        }
        assertEquals(1, all(FaultFired.class).size());
        assertEquals(Map.of(0, Set.of(1)), lost());
        assertEquals(Map.of(0, Set.of(1)), ranAgain());
    }

    @Test
    void aKilledExecutorIsReplacedAndItsTasksRunAgain() {
        try (Session session =
                open("local-cluster[3,1,64]", "vitrine.faults", "kill after=12; seed=3")) {
            assertEquals(expected(), run(session, THREE_SHUFFLES));
            assertEquals(3, session.executors().present().size());
        }
        assertEquals(1, all(FaultFired.class).size());
        List<ExecutorRemoved> removed =
                all(ExecutorRemoved.class).stream().filter(e -> e.queryId() != 0).toList();
        assertEquals(1, removed.size());
        assertTrue(
                all(ExecutorAdded.class).stream()
                        .anyMatch(e -> e.queryId() != 0 && e.executor().equals("executor-4")));
        assertFalse(lost().isEmpty());
        ranAgain()
                .forEach((stage, tasks) ->
                        assertTrue(lost().getOrDefault(stage, Set.of()).containsAll(tasks)));
    }

    @Test
    void aTaskInAUsersLambdaIsNoFailureOfTheLambda() {
        try (Session session =
                open(
                        "local-cluster[2,1,64]",
                        "vitrine.faults",
                        "kill executor=executor-2 after=5; seed=1")) {
            Dataset<Long> counted =
                    session.range(0, 80_000, 1, 8)
                            .as(Encoders.LONG())
                            .mapPartitions(
                                    ids -> {
                                        long count = 0;
                                        for (; ids.hasNext(); ids.next()) {
                                            if (count++ % 1_024 == 0) {
                                                Thread.sleep(20);
                                            }
                                        }
                                        return List.of(count).iterator();
                                    },
                                    Encoders.LONG());
            assertEquals(80_000, counted.collectAsList().stream().mapToLong(Long::longValue).sum());
        }
        assertEquals(1, all(FaultFired.class).size());
        assertTrue(
                all(TaskFinished.class).stream()
                        .anyMatch(end ->
                                end.outcome() instanceof QueryOutcome.Failed(var error)
                                        && error.condition().equals("TASK_LOST")),
                () -> all(TaskFinished.class).toString());
    }

    @Test
    void lossesSeveralStagesBackAreMadeUpFor() {
        String faults = "lose stage=0 after=9; lose stage=0 after=14; kill after=14; kill after=16";
        try (Session session = open("local-cluster[2,1,64]", "vitrine.faults", faults)) {
            assertEquals(expected(), run(session, THREE_SHUFFLES));
        }
        assertTrue(all(FaultFired.class).size() >= 3, all(FaultFired.class).toString());
        ranAgain()
                .forEach((stage, tasks) ->
                        assertTrue(lost().getOrDefault(stage, Set.of()).containsAll(tasks)));
    }

    @Test
    void aFailedTaskRunsAgainElsewhere() {
        try (Session session = open("local-cluster[2,1,64]", "vitrine.faults", "fail stage=0")) {
            assertEquals(expected(), run(session, THREE_SHUFFLES));
        }
        Map<List<Integer>, String> failedOn = new java.util.HashMap<>();
        int retries = 0;
        for (TaskStarted start : all(TaskStarted.class)) {
            if (start.stageId() == 0 && start.attempt() == 0) {
                failedOn.put(List.of(start.task()), start.executor());
            } else if (start.stageId() == 0) {
                retries++;
                assertFalse(start.executor().equals(failedOn.get(List.of(start.task()))));
            }
        }
        assertTrue(retries > 0);
        assertEquals(retries, all(FaultFired.class).size());
    }

    @Test
    void aTaskThatFailsTooOftenFailsItsQuery() {
        String faults = "fail attempt=0 stage=0; fail attempt=1 stage=0";
        try (Session session = open("local[2,2]", "vitrine.faults", faults)) {
            EngineException error =
                    assertThrows(EngineException.class, () -> run(session, THREE_SHUFFLES));
            assertEquals("TASK_LOST", error.code().condition());
        }
    }

    @Test
    void executorsOnWhichTasksFailAreExcluded() {
        try (Session session =
                open(
                        "local-cluster[2,1,64]",
                        "spark.excludeOnFailure.enabled",
                        "true",
                        "vitrine.faults",
                        "fail stage=0")) {
            assertEquals(expected(), run(session, THREE_SHUFFLES));
        }
        assertFalse(all(ExecutorExcluded.class).isEmpty());
    }

    @Test
    void missedHeartbeatsMeanLost() {
        try (Session session =
                open(
                        "local-cluster[2,1,64]",
                        "spark.executor.heartbeatInterval",
                        "10ms",
                        "spark.network.timeout",
                        "50ms",
                        "vitrine.faults",
                        "silence executor=executor-1 after=1; slow delay=20")) {
            assertEquals(expected(), run(session, THREE_SHUFFLES));
        }
        assertTrue(
                all(ExecutorRemoved.class).stream()
                        .anyMatch(e ->
                                e.executor().equals("executor-1")
                                        && e.reason().startsWith("no heartbeat")));
    }

    @Test
    void aDecommissionedExecutorHandsItsBlocksOn() throws InterruptedException {
        try (Session session =
                open(
                        "local-cluster[2,1,64]",
                        "spark.executor.heartbeatInterval",
                        "5ms",
                        "vitrine.faults",
                        "slow delay=10")) {
            try (Query query = session.query(THREE_SHUFFLES)) {
                query.start();
                while (all(TaskFinished.class).size() < 10) {
                    Thread.sleep(1);
                }
                session.executors().decommission("executor-1");
                assertEquals(
                        expected(), query.await().rows().stream().map(String::valueOf).toList());
            }
            while (session.executors().present().size() > 1) {
                Thread.sleep(1);
            }
            assertEquals("executor-2", session.executors().present().getFirst().name());
            assertThrows(
                    EngineException.class, () -> session.executors().decommission("executor-2"));
        }
        ranAgain()
                .forEach((stage, tasks) ->
                        assertTrue(lost().getOrDefault(stage, Set.of()).containsAll(tasks)));
    }

    @Test
    void aSlowExecutorsTasksAreRunElsewhereToo() {
        try (Session session =
                open(
                        "local-cluster[2,2,64]",
                        "spark.speculation",
                        "true",
                        "spark.speculation.quantile",
                        "0.5",
                        "spark.speculation.minTaskRuntime",
                        "50ms",
                        "vitrine.faults",
                        "slow executor=executor-2 delay=30000ms")) {
            assertEquals(expected(), run(session, THREE_SHUFFLES));
        }
        assertFalse(all(TaskSpeculated.class).isEmpty());
        assertTrue(ranAgain().isEmpty(), "the attempt that was second still counted");
    }

    @Test
    void littleMemoryForBlocksSpills() {
        try (Session session =
                open("local-cluster[2,1,64]", "vitrine.faults", "shrink bytes=1000 after=0")) {
            String sql = "SELECT sum(id) FROM (SELECT DISTINCT id FROM range(0, 3000000))";
            assertEquals(List.of("[4499998500000]"), run(session, sql));
            for (Executor executor : session.executors().present()) {
                assertEquals(1000, executor.blocks().limitBytes());
            }
        }
        assertTrue(all(TaskFinished.class).stream().anyMatch(e -> e.counters().spilledBytes() > 0));
    }

    @Test
    void groupsAreCancelledTogether() {
        try (Session session = open("local[1]", "vitrine.faults", "slow delay=20")) {
            session.setJobGroup("mine", "what I wait for");
            Query first = session.query(THREE_SHUFFLES).start();
            Query second = session.query(THREE_SHUFFLES).start();
            session.setJobGroup("other", "");
            Query third = session.query("SELECT 1").start();
            assertEquals(2, session.cancelJobGroup("mine"));
            assertThrows(CancellationException.class, first::await);
            assertThrows(CancellationException.class, second::await);
            assertEquals(1, third.await().rowCount());
            assertEquals(0, session.cancelJobGroup("mine"));
            List.of(first, second, third).forEach(Query::close);
        }
    }

    @Test
    void aStageThatMissesItsInputTooOftenFailsItsQuery() {
        String faults = "slow delay=5; lose stage=0 after=9; lose stage=0 after=11";
        try (Session session =
                open(
                        "local-cluster[2,1,64]",
                        "vitrine.faults",
                        faults,
                        "spark.stage.maxConsecutiveAttempts",
                        "1")) {
            EngineException failure =
                    assertThrows(EngineException.class, () -> run(session, THREE_SHUFFLES));
            assertTrue(
                    String.valueOf(failure.getMessage()).contains("Stage 1 failed 1 times"),
                    failure.getMessage());
        }
        try (Session session = open("local-cluster[2,1,64]", "vitrine.faults", faults)) {
            assertEquals(expected(), run(session, THREE_SHUFFLES));
        }
    }

    @Test
    void aQueryIsCancelledByOneOfItsStages() throws InterruptedException {
        try (Session session = open("local[1]", "vitrine.faults", "slow delay=20");
                Query query = session.query(THREE_SHUFFLES)) {
            assertFalse(query.cancelStage(1), "it has not begun");
            query.start();
            while (all(StageStarted.class).size() < 2) {
                Thread.sleep(1);
            }
            assertFalse(query.cancelStage(0), "it is done");
            assertTrue(query.cancelStage(1));
            assertThrows(CancellationException.class, query::await);
            assertTrue(
                    all(StageFinished.class).stream()
                            .anyMatch(e ->
                                    e.stageId() == 1
                                            && e.outcome() instanceof QueryOutcome.Cancelled));
        }
    }

    @Test
    void theSnapshotTellsWhatWasLost() {
        QueryReducer reducer = new QueryReducer(1);
        try (Session session =
                open("local-cluster[2,1,64]", "vitrine.faults", "kill after=12; seed=1")) {
            run(session, THREE_SHUFFLES);
        }
        synchronized (events) {
            events.forEach(reducer::on);
        }
        QuerySnapshot snapshot = reducer.snapshot();
        assertEquals(1, snapshot.faults().size());
        assertEquals(1, snapshot.executors().stream().filter(e -> e.lost()).count());
        assertEquals(3, snapshot.executors().size());
        int lost = lost().values().stream().mapToInt(Set::size).sum();
        assertTrue(snapshot.stages().stream().mapToInt(s -> s.tasksAgain()).sum() <= lost);
        snapshot.stages().forEach(stage -> assertTrue(stage.tasksDone() <= stage.tasks()));
    }

    @Test
    void theOnlyExecutorStays() {
        try (Session session = open("local[2]")) {
            assertFalse(session.executors().kill("executor-1", "no reason"));
            session.provoke("kill after=1");
            assertEquals(expected(), run(session, THREE_SHUFFLES));
        }
        assertEquals(List.of(), all(FaultFired.class));
    }
}
