package dev.vitrine.engine.rdd;

import dev.vitrine.engine.logical.LogicalPlan;

/// What an Rdd is made of.
sealed interface Dependency {
    /// Partitions of another Rdd, each computed where it is needed, without an exchange.
    record Narrow(Lineage<?> parent) implements Dependency {}

    /// Another Rdd's pairs, spread anew.
    record Shuffled(Shuffle<?, ?, ?> shuffle) implements Dependency {}

    /// The rows of a frame, in their order in so many partitions.
    record Frame(LogicalPlan plan, int partitions) implements Dependency {}

    /// What was kept or checkpointed of an Rdd. No lineage has it: it stands in for what the Rdd is
    /// made of when a plan is made.
    record Kept(Lineage<?> lineage, LogicalPlan plan) implements Dependency {}
}
