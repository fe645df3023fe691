package dev.vitrine.engine.rdd;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of an [Rdd] without running it. Users see it as [Rdd].
public abstract sealed class RddFacts<T extends @Nullable Object> permits RddActions {
    final Lineage<T> lineage;

    RddFacts(Lineage<T> lineage) {
        this.lineage = lineage;
    }

    /// What makes Rdds of this session.
    public SparkContext context() {
        return lineage.context();
    }

    public int id() {
        return lineage.id();
    }

    public String name() {
        return lineage.name();
    }

    public int getNumPartitions() {
        return lineage.partitions();
    }

    /// The numbers of the partitions.
    public List<Integer> partitions() {
        return JobPlan.all(lineage);
    }

    /// How pairs are known to lie in partitions.
    public Optional<Partitioner> partitioner() {
        return lineage.partitioner();
    }

    /// What it is made of, directly, in words: `ShuffleDependency` or `NarrowDependency` and the
    /// Rdd's text.
    public List<String> dependencies() {
        return lineage.dependencies().stream()
                .map(d ->
                        switch (d) {
                            case Dependency.Narrow(var parent) -> "NarrowDependency " + parent;
                            case Dependency.Shuffled(var shuffle) ->
                                    "ShuffleDependency " + shuffle.parent();
                            case Dependency.Frame f -> "rows of a frame";
                            case Dependency.Kept k -> "kept " + k.lineage();
                        })
                .toList();
    }

    /// Whether a checkpoint stands in for what it was made of.
    public boolean isCheckpointed() {
        return lineage.isCheckpointed();
    }

    /// The lineage, an Rdd a line, one step to the right for each shuffle.
    public String toDebugString() {
        return LineageText.of(lineage);
    }

    @Override
    public String toString() {
        return lineage.toString();
    }
}
