package dev.vitrine.app.results;

import dev.vitrine.engine.pipeline.PreviewSample;
import java.util.List;

/// Rows of a node beside those of its inputs.
///
/// @param inputs in the order of the node's edges; empty where they are not compared
/// @param sink whether the node would write its rows in a run
public record PreviewRows(Side output, List<Side> inputs, boolean sink) {
    public PreviewRows {
        inputs = List.copyOf(inputs);
    }

    /// The rows of one node, and what it is called.
    public record Side(String label, ResultsView.Rows rows) {}

    /// What the user wants of previews.
    ///
    /// @param compared whether inputs are shown beside the output
    public record Choice(PreviewSample.Mode mode, boolean compared) {}

    /// Frees all rows.
    void close() {
        output.rows().close().run();
        inputs.forEach(side -> side.rows().close().run());
    }
}
