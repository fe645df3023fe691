package dev.vitrine.app.cli;

import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.event.EngineEvent.CacheBlockChanged;
import dev.vitrine.engine.event.EngineEvent.TaskFinished;
import dev.vitrine.engine.snapshot.CacheStatus;

/// Rows that are kept once they were computed, where, and what becomes of them.
record CacheDemo() implements DemoTopic {
    private static final String QUERY =
            "SELECT count(*) AS n, max(latitude) AS north FROM kept WHERE longitude < -100";

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public String title() {
        return "rows that are kept: filled by the first query, lost, computed again";
    }

    @Override
    public String master() {
        return "local-cluster[2,1,64]";
    }

    @Override
    public void show(Session session, DemoScript script) {
        session.sql(
                        "CREATE TEMP VIEW kept AS SELECT /*+ REPARTITION(6) */ iata, state,"
                                + " latitude, longitude FROM airports WHERE latitude IS NOT NULL")
                .collect();
        script.step("Asked for, but nothing runs yet.");
        script.say("sql> CACHE LAZY TABLE kept");
        session.sql("CACHE LAZY TABLE kept").collect();
        status(session, script);
        script.step(
                "The first query computes the partitions and keeps each where it was computed.");
        DemoScript.Run first = run(session, script);
        status(session, script);
        script.step("The second reads them: the file is not touched, and the plan says so.");
        DemoScript.Run second = run(session, script);
        script.say(
                first.rows().equals(second.rows())
                        ? "The answer is the same."
                        : "The answer is different!");
        script.say(String.valueOf(session.sql("EXPLAIN " + QUERY).first().get(0)));
        script.step("One cached partition is lost while a query runs: it alone is computed again.");
        session.provoke("lose cache=kept partition=2; seed=1");
        run(session, script);
        session.provoke("");
        script.say("Where this query had read it before, the next one finds it missing:");
        run(session, script);
        status(session, script);
        script.step("An executor dies, and with it the partitions that it held.");
        String victim = session.cached().getFirst().blocks().getFirst().executor();
        session.provoke("kill executor=" + victim + " after=1");
        script.say(victim + " is killed once a task has ended");
        run(session, script);
        session.provoke("");
        status(session, script);
        script.step("What the next query misses is computed again, on those that are left.");
        run(session, script);
        status(session, script);
        script.step("Let go of.");
        script.say("sql> UNCACHE TABLE kept");
        session.sql("UNCACHE TABLE kept").collect();
        status(session, script);
    }

    private static DemoScript.Run run(Session session, DemoScript script) {
        DemoScript.Run run = script.run(session, QUERY);
        for (CacheBlockChanged change : run.all(CacheBlockChanged.class)) {
            script.say(
                    "partition %d of %s on %s: %s%s"
                            .formatted(
                                    change.partition(),
                                    change.name(),
                                    change.executor(),
                                    change.change().name().toLowerCase(java.util.Locale.ROOT),
                                    change.reason().isEmpty() ? "" : ", " + change.reason()));
        }
        long rows =
                run.all(TaskFinished.class).stream().mapToLong(t -> t.counters().rowsRead()).sum();
        script.say("tasks of this query read " + rows + " rows");
        script.rows(run);
        return run;
    }

    private static void status(Session session, DemoScript script) {
        if (session.cached().isEmpty()) {
            script.say("cached: nothing");
        }
        for (CacheStatus cached : session.cached()) {
            script.say(
                    "cached: %s, %s, %d of %d partitions held, %d bytes in memory, %d on disk"
                            .formatted(
                                    cached.name(),
                                    cached.level().description(),
                                    cached.heldPartitions(),
                                    cached.partitions(),
                                    cached.memoryBytes(),
                                    cached.diskBytes()));
        }
    }
}
