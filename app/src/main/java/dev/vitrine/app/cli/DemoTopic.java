package dev.vitrine.app.cli;

import dev.vitrine.engine.api.Session;

/// One thing that `vitrine demo` shows on the sample data. A new topic is a class of this kind and
/// a line in [DemoCommand].
interface DemoTopic {
    String name();

    /// What it shows, in one line.
    String title();

    /// Where it runs.
    default String master() {
        return "local[2]";
    }

    /// Runs and tells; what it says of a run comes from the run's events.
    ///
    /// @param session where the sample tables are views
    void show(Session session, DemoScript script);
}
