package dev.vitrine.engine.rdd;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.schedule.Executors;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.settings.StorageLevel;
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

    /// Has the rows of a plan kept at a level once a query has computed them; nothing where those
    /// of a plan that gives the same are kept already.
    void keep(LogicalPlan plan, StorageLevel level);

    /// The level at which the rows of a plan, or of one that gives the same, are to be kept.
    StorageLevel storageLevel(LogicalPlan plan);

    /// Lets go of a plan's rows.
    void release(LogicalPlan plan);

    /// A plan that reads a plan's rows from where they are kept, and knows no more of how they came
    /// about.
    ///
    /// @param reliable whether in files of the folder for checkpoints; else with the session, for
    ///   as long as it is open
    /// @param eager whether they are computed now, or by the first query that reads them
    LogicalPlan checkpoint(LogicalPlan plan, boolean reliable, boolean eager);

    /// Sets the folder for the files of reliable checkpoints.
    void setCheckpointDir(String folder);

    /// Gives queries made from now on a group, under which they can be cancelled together, and a
    /// description for people.
    void setJobGroup(String id, String description);

    void setJobDescription(String description);

    /// Cancels the queries of a group that are under way.
    ///
    /// @return how many there were
    int cancelJobGroup(String id);
}
