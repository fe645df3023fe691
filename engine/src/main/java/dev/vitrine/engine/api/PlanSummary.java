package dev.vitrine.engine.api;

import java.util.List;

/// What a plan will read and where it will move rows, found by optimizing and planning it without
/// running it.
public record PlanSummary(List<Scan> scans, List<Exchange> exchanges) {
    public PlanSummary {
        scans = List.copyOf(scans);
        exchanges = List.copyOf(exchanges);
    }

    /// A table that is read.
    ///
    /// @param pipelineNode the pipeline document's node it came from, or empty
    /// @param format for example `parquet`
    /// @param columns names of the columns that are read
    /// @param leftOut names of the table's columns that are not read
    /// @param filters conditions that the source uses to leave out what cannot match, as text
    /// @param parts splits that are read; 0 where the rows are cached
    /// @param allParts splits there would be without the filters; 0 where the rows are cached
    public record Scan(
            String pipelineNode,
            String format,
            List<String> columns,
            List<String> leftOut,
            List<String> filters,
            int parts,
            int allParts) {
        public Scan {
            columns = List.copyOf(columns);
            leftOut = List.copyOf(leftOut);
            filters = List.copyOf(filters);
        }
    }

    /// How an exchange spreads rows.
    public enum Spread {
        /// Equal keys meet in one partition.
        HASH,
        /// By a column with the partition's number, as ranges and functions of programs give it.
        NUMBERED,
        /// All rows in one partition.
        SINGLE,
        /// All rows to every task.
        BROADCAST,
        /// Evenly.
        ROUND_ROBIN
    }

    /// A place where rows move between tasks.
    ///
    /// @param from the pipeline node whose rows they are, or empty
    /// @param to the pipeline node that wants them spread so; empty where they are the query's
    ///   result
    /// @param partitions how many there are, before adaptive execution changes that
    /// @param text Spark's name for it, for example `hashpartitioning(k, 8)`
    /// @param reused whether the rows were moved already, for another place of the plan
    public record Exchange(
            String from, String to, Spread spread, int partitions, String text, boolean reused) {}
}
