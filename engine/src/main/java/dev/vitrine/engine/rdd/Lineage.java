package dev.vitrine.engine.rdd;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.settings.StorageLevel;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How an Rdd comes about: what it is made of, and a function that computes a partition. Equal by
/// identity; several Rdd objects may stand for one lineage.
final class Lineage<T extends @Nullable Object> {
    /// Computes one partition, lazily where it can.
    @FunctionalInterface
    interface Body<T extends @Nullable Object> {
        Iterator<T> compute(int partition, TaskInputs inputs);
    }

    private final SparkContext context;
    private final int id;
    private final String kind;
    private final Origin origin;
    private final int partitions;
    private final List<Dependency> dependencies;
    private final Optional<Partitioner> partitioner;
    private final Body<T> body;
    private volatile String name = "";
    private @Nullable LogicalPlan kept;
    private StorageLevel level = StorageLevel.NONE;
    private boolean checkpointAsked;
    private boolean reliable;
    private @Nullable LogicalPlan checkpoint;

    /// @param kind what Spark calls such an Rdd: `MapPartitionsRDD`
    Lineage(
            SparkContext context,
            String kind,
            Origin origin,
            int partitions,
            List<Dependency> dependencies,
            Optional<Partitioner> partitioner,
            Body<T> body) {
        this.context = context;
        this.id = context.nextRddId();
        this.kind = kind;
        this.origin = origin;
        this.partitions = partitions;
        this.dependencies = List.copyOf(dependencies);
        this.partitioner = partitioner;
        this.body = body;
    }

    SparkContext context() {
        return context;
    }

    int id() {
        return id;
    }

    Origin origin() {
        return origin;
    }

    int partitions() {
        return partitions;
    }

    Optional<Partitioner> partitioner() {
        return partitioner;
    }

    String name() {
        return name;
    }

    void setName(String name) {
        this.name = name;
    }

    /// What it is made of; nothing once it is checkpointed.
    synchronized List<Dependency> dependencies() {
        return checkpoint == null ? dependencies : List.of();
    }

    /// The objects of a partition: as they were kept, or computed.
    Iterator<T> iterator(int partition, TaskInputs inputs) {
        return inputs.kept(this, partition).orElseGet(() -> body.compute(partition, inputs));
    }

    // Kept objects

    /// Has the objects kept once a job has computed them.
    void keep(StorageLevel wanted) {
        synchronized (this) {
            if (kept != null || checkpoint != null) {
                return;
            }
            kept = computing("persist");
            level = wanted;
        }
        context.runner().keep(kept, wanted);
    }

    /// Lets go of what is kept.
    void release() {
        LogicalPlan plan;
        synchronized (this) {
            plan = kept;
            kept = null;
            level = StorageLevel.NONE;
        }
        if (plan != null) {
            context.runner().release(plan);
        }
    }

    /// NONE where it is not kept.
    synchronized StorageLevel level() {
        return level;
    }

    /// Asks for a checkpoint when the next job needs it.
    ///
    /// @param inFiles whether in the folder for checkpoints; else with the session
    synchronized void askForCheckpoint(boolean inFiles) {
        checkpointAsked = checkpoint == null;
        reliable = inFiles;
    }

    synchronized boolean isCheckpointed() {
        return checkpoint != null;
    }

    /// Computes the checkpoint if it was asked for and is not there.
    void checkpointIfAsked() {
        LogicalPlan plan;
        synchronized (this) {
            if (!checkpointAsked) {
                return;
            }
            checkpointAsked = false;
            plan = computing("checkpoint");
        }
        LogicalPlan computed = context.runner().checkpoint(plan, reliable, true);
        synchronized (this) {
            checkpoint = computed;
        }
    }

    private LogicalPlan computing(String what) {
        return new JobPlan(context).computing(this, StageRows.kept(what, context.bytes()));
    }

    /// Where its objects are to be read instead of being computed.
    synchronized Optional<Dependency> stored() {
        LogicalPlan plan = checkpoint != null ? checkpoint : kept;
        return Optional.ofNullable(plan).map(p -> new Dependency.Kept(this, p));
    }

    /// `words MapPartitionsRDD[2] at map at Main.java:12`.
    @Override
    public String toString() {
        return (name.isEmpty() ? "" : name + " ")
                + (isCheckpointed() ? "CheckpointRDD" : kind)
                + "["
                + id
                + "] at "
                + origin.text();
    }
}
