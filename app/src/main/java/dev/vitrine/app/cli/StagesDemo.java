package dev.vitrine.app.cli;

import dev.vitrine.engine.api.Session;

/// How a plan is cut into stages where rows have to be exchanged.
record StagesDemo() implements DemoTopic {
    @Override
    public String name() {
        return "stages";
    }

    @Override
    public String title() {
        return "how exchanges cut a plan into stages of tasks";
    }

    @Override
    public void show(Session session, DemoScript script) {
        script.step("Rows that only pass through need one stage.");
        script.stages(script.run(session, "SELECT state FROM airports WHERE latitude > 40"));
        script.step("Groups and order need rows from all tasks: each exchange ends a stage.");
        script.stages(
                script.run(
                        session,
                        "SELECT state, avg(latitude) AS p FROM airports GROUP BY state"
                                + " ORDER BY p DESC LIMIT 5"));
    }
}
