package dev.vitrine.engine.batch;

import java.util.function.Supplier;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;

/// How a column of a [Batch] is held. Made by readers, who know what a file offers; whoever reads a
/// batch asks the batch and need not know.
public sealed interface BatchColumn {
    /// A bound that nobody knows.
    double UNKNOWN = Double.NaN;

    /// The largest magnitude that a whole number or a decimal's unscaled value can have here, known
    /// without reading the values; [#UNKNOWN] otherwise.
    double maxAbs();

    /// One value a row.
    ///
    /// @param values the values, in the storage that [ArrowTypes] gives their type
    record Plain(FieldVector values, double maxAbs) implements BatchColumn {
        public Plain(FieldVector values) {
            this(values, UNKNOWN);
        }
    }

    /// Strings or binary values as numbers of entries in a dictionary.
    ///
    /// @param codes the entry's number for each row; its validity bitmap is the column's. A NULL's
    ///   code is 0.
    /// @param dictionary one reference to it, which the batch gives back
    record Coded(IntVector codes, Dictionary dictionary) implements BatchColumn {
        @Override
        public double maxAbs() {
            return UNKNOWN;
        }
    }

    /// A column that is decoded when it is first asked for, or never.
    ///
    /// @param load called at most once, on the thread that reads the batch, and never after the
    ///   reader was asked for its next batch; gives no other column that is loaded later
    record Later(Supplier<BatchColumn> load, double maxAbs) implements BatchColumn {}
}
