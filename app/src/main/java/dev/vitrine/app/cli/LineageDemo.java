package dev.vitrine.app.cli;

import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.event.EngineEvent.BlockLost;
import dev.vitrine.engine.event.EngineEvent.StageResubmitted;

/// What is lost is computed again, from what is known of how it came about.
record LineageDemo() implements DemoTopic {
    private static final String SQL =
            "SELECT state, count(*) AS n FROM (SELECT /*+ REPARTITION(6) */ * FROM airports)"
                    + " GROUP BY state ORDER BY state";

    @Override
    public String name() {
        return "lineage";
    }

    @Override
    public String title() {
        return "an executor dies, and only what it held is computed again";
    }

    @Override
    public String master() {
        return "local-cluster[2,1,64]";
    }

    @Override
    public void show(Session session, DemoScript script) {
        // Else one task would read the few rows of all partitions.
        session.sql("SET spark.sql.adaptive.coalescePartitions.enabled = false").collect();
        script.step("Without faults.");
        DemoScript.Run whole = script.run(session, SQL);
        script.rows(whole);
        script.step("The same, but an executor is killed once six tasks have ended.");
        // Late tasks have both executors take part, so that the one that dies holds something.
        session.provoke("slow delay=20; kill after=6; seed=1");
        DemoScript.Run broken = script.run(session, SQL);
        session.provoke("");
        script.tell(broken);
        script.step("What was lost, and what ran again.");
        for (BlockLost lost : broken.all(BlockLost.class)) {
            script.say("lost: tasks %s of stage %d".formatted(lost.tasks(), lost.stageId()));
        }
        for (StageResubmitted again : broken.all(StageResubmitted.class)) {
            script.say("again: tasks %s of stage %d".formatted(again.tasks(), again.stageId()));
        }
        script.step("The answer.");
        script.rows(broken);
        script.say(whole.rows().equals(broken.rows()) ? "It is the same." : "It is different!");
    }
}
