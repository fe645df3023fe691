package dev.vitrine.app.cli;

import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.snapshot.QuerySnapshot.PlanVersion;
import java.util.Map;
import java.util.Optional;

/// What a finished stage gave changes those that have not begun.
record AdaptiveDemo() implements DemoTopic {
    private static final String JOIN =
            "SELECT a.state, count(*) AS n FROM airports a JOIN (SELECT state FROM airports GROUP BY"
                    + " state HAVING count(*) > %d) b ON a.state = b.state GROUP BY a.state"
                    + " ORDER BY n DESC LIMIT 3";

    @Override
    public String name() {
        return "adaptive";
    }

    @Override
    public String title() {
        return "sizes seen at a stage's end change the stages that have not begun";
    }

    @Override
    public void show(Session session, DemoScript script) {
        script.step("Small partitions: one task reads what was planned for eight.");
        tell(
                script,
                run(
                        session,
                        script,
                        Map.of(),
                        "SELECT state, count(*) AS n FROM airports GROUP BY state"));
        Map<String, String> shuffled =
                Map.of(
                        "spark.sql.autoBroadcastJoinThreshold", "-1",
                        "spark.sql.adaptive.autoBroadcastJoinThreshold", "10m");
        script.step(
                "A join planned with two exchanges: one side turns out small, so it is broadcast and"
                        + " the other needs no exchange.");
        tell(script, run(session, script, shuffled, JOIN.formatted(100)));
        script.step("The same with a side that turns out empty: the join is dropped.");
        tell(script, run(session, script, shuffled, JOIN.formatted(100_000)));
        script.step("A partition far larger than the others: several tasks join it.");
        Map<String, String> skewed =
                Map.of(
                        "spark.sql.autoBroadcastJoinThreshold", "-1",
                        "spark.sql.adaptive.autoBroadcastJoinThreshold", "-1",
                        "spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes", "1m",
                        "spark.sql.adaptive.advisoryPartitionSizeInBytes", "1m");
        tell(
                script,
                run(
                        session,
                        script,
                        skewed,
                        "SELECT count(*) AS n FROM (SELECT if(id % 10 = 0, id % 997, 1) AS k FROM"
                                + " range(0, 4000000)) a JOIN (SELECT id AS k FROM range(0, 997)) b"
                                + " ON a.k = b.k"));
        script.step("Without adaptive execution the plan stays as it is.");
        tell(
                script,
                run(
                        session,
                        script,
                        Map.of("spark.sql.adaptive.enabled", "false"),
                        JOIN.formatted(100)));
    }

    private static DemoScript.Run run(
            Session session, DemoScript script, Map<String, String> settings, String sql) {
        settings.forEach((key, value) -> session.sql("SET " + key + " = " + value).collect());
        settings.forEach((key, value) -> script.say("set " + key + " = " + value));
        DemoScript.Run run = script.run(session, sql);
        settings.keySet().forEach(key -> session.sql("RESET " + key).collect());
        return run;
    }

    private static void tell(DemoScript script, DemoScript.Run run) {
        script.tell(run);
        Optional<PlanVersion> ran =
                Optional.ofNullable(run.snapshot().plans().get(PlanPhase.FINAL));
        script.say(ran.map(plan -> plan.plan().text()).orElse("The plan ran as it was made."));
        script.rows(run);
    }
}
