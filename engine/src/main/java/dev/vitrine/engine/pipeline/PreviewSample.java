package dev.vitrine.engine.pipeline;

/// Which rows a preview shows of those that a node gives. Taken of the node's own rows, never of
/// its sources': a join finds its matches, and a filter all that pass.
///
/// @param rows how many at most; ALL heeds it not
public record PreviewSample(Mode mode, long rows) {
    /// How rows are chosen.
    public enum Mode {
        /// Those that come first, which is quick.
        FIRST,
        /// At random, the same ones each time, which computes all of them.
        RANDOM,
        /// All of them.
        ALL
    }

    public static PreviewSample first(long rows) {
        return new PreviewSample(Mode.FIRST, rows);
    }
}
