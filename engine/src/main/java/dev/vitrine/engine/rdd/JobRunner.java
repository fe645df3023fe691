package dev.vitrine.engine.rdd;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.schedule.Executors;
import dev.vitrine.engine.settings.Settings;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the jobs of a [SparkContext] run on: the session, which lies in a layer above.
public interface JobRunner {
    /// Runs a plan as a query and hands its rows to `reading`, after which they are gone.
    ///
    /// @param label what people call the job
    <R extends @Nullable Object> R run(
            LogicalPlan plan, String label, Function<Iterator<List<@Nullable Object>>, R> reading);

    Settings settings();

    Executors executors();

    /// Has the rows of a plan, this very object, kept in memory once a query has computed them.
    void keep(LogicalPlan plan);

    /// Lets go of a plan's rows.
    void release(LogicalPlan plan);

    /// Computes a plan's rows now, and gives a plan that reads them from memory for as long as the
    /// session is open.
    LogicalPlan computed(LogicalPlan plan);

    /// Gives queries made from now on a group, under which they can be cancelled together, and a
    /// description for people.
    void setJobGroup(String id, String description);

    void setJobDescription(String description);

    /// Cancels the queries of a group that are under way.
    ///
    /// @return how many there were
    int cancelJobGroup(String id);
}
