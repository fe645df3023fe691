package dev.vitrine.engine.expr;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a program's code makes of numbered partitions of rows: a stage of its own, whose tasks ask
/// for the rows that they want. The optimizer cannot look into it. Two nodes with the same object
/// give the same rows.
public interface PartitionFunction {
    /// How the rows of an input lie in partitions.
    ///
    /// @param kind what decides on a row's partition
    /// @param text as plans show it
    record Spread(Kind kind, int partitions, String text) {
        public enum Kind {
            /// The first column, an INT, is the partition's number.
            NUMBERED,
            /// Rows stay in the order of the tasks that gave them, which fill the partitions one
            /// after another.
            IN_ORDER
        }
    }

    /// What it does, in a few words: `textFile → flatMap → reduceByKey (write)`.
    String text();

    /// More about it, a line each, for those who look closer.
    List<String> details();

    int tasks();

    /// By input.
    List<Spread> spreads();

    /// What a task reads, for people.
    String input(int task);

    /// The rows of one task; values boxed as [dev.vitrine.engine.types.DataType] says. What is not
    /// asked of the result need not be read.
    Iterator<List<@Nullable Object>> rows(int task, Inputs inputs);

    /// What a task may read. Used by its thread only.
    interface Inputs {
        /// The rows of one partition of an input, in the order of the tasks that gave them.
        Iterator<@Nullable Object[]> rows(int input, int partition);

        /// Counts what was read from elsewhere.
        void read(long rows, long bytes);
    }
}
