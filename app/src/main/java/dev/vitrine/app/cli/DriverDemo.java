package dev.vitrine.app.cli;

import dev.vitrine.engine.api.Session;

/// A query on its way: submission, plans, stages, tasks on executors, result.
record DriverDemo() implements DemoTopic {
    @Override
    public String name() {
        return "driver";
    }

    @Override
    public String title() {
        return "what the driver does between the SQL and its rows";
    }

    @Override
    public String master() {
        return "local-cluster[2,1,64]";
    }

    @Override
    public void show(Session session, DemoScript script) {
        script.step("A query is submitted; the driver plans it and hands tasks to executors.");
        DemoScript.Run run =
                script.run(
                        session,
                        "SELECT state, count(*) AS airports FROM airports GROUP BY state"
                                + " ORDER BY state");
        script.tell(run);
        script.step("The result is with the driver.");
        script.rows(run);
    }
}
