package dev.vitrine.engine.physical;

import dev.vitrine.engine.expr.Expr;
import java.util.List;

/// How an exchange spreads rows over partitions.
public sealed interface Partitioning {
    int partitions();

    /// By hash of attributes: equal keys meet in one partition.
    ///
    /// @param fixed whether the user asked for just this many partitions
    record Hashed(List<Expr.Attribute> keys, int partitions, boolean fixed)
            implements Partitioning {
        public Hashed {
            keys = List.copyOf(keys);
        }

        /// As many as the planner thinks right; adaptive execution may read several as one.
        public Hashed(List<Expr.Attribute> keys, int partitions) {
            this(keys, partitions, false);
        }
    }

    /// All rows in one partition.
    record Single() implements Partitioning {
        @Override
        public int partitions() {
            return 1;
        }
    }

    /// All rows in one partition, in the order of `keys`, in which each task that writes them gives
    /// its own: whoever reads them merges.
    record Merged(List<Expr.SortKey> keys) implements Partitioning {
        public Merged {
            keys = List.copyOf(keys);
        }

        @Override
        public int partitions() {
            return 1;
        }
    }

    /// Evenly.
    record RoundRobin(int partitions) implements Partitioning {}

    /// By a column that holds the partition's number.
    ///
    /// @param number an INT that is never NULL
    /// @param text who made the numbers
    record Numbered(Expr.Attribute number, int partitions, String text) implements Partitioning {}

    /// In the order of the tasks that give them: each task's rows go to one partition, and no
    /// partition has rows of a task before those of the partition before.
    record InOrder(int partitions) implements Partitioning {}

    /// All rows to every task.
    record Broadcast() implements Partitioning {
        @Override
        public int partitions() {
            return 1;
        }
    }

    default String text() {
        return switch (this) {
            case Hashed(var keys, int n, boolean fixed) ->
                    "hashpartitioning("
                            + String.join(", ", keys.stream().map(Expr.Attribute::name).toList())
                            + ", "
                            + n
                            + ")";
            case Single s -> "SinglePartition";
            case Merged m -> "SinglePartition, merged";
            case RoundRobin(int n) -> "RoundRobinPartitioning(" + n + ")";
            case Numbered(var number, int n, var text) -> text;
            case InOrder(int n) -> "InOrderPartitioning(" + n + ")";
            case Broadcast b -> "Broadcast";
        };
    }
}
