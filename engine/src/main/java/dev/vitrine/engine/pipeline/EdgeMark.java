package dev.vitrine.engine.pipeline;

import dev.vitrine.engine.api.PlanSummary;

/// What the optimizer and the planner make of an edge, found without running.
public sealed interface EdgeMark {
    /// The source before this edge reads only part of what it has.
    record PushDown(PlanSummary.Scan scan) implements EdgeMark {
        /// Whether anything of the source is left out.
        public boolean prunes() {
            return !scan.leftOut().isEmpty()
                    || !scan.filters().isEmpty()
                    || scan.parts() < scan.allParts();
        }
    }

    /// Rows move between tasks on their way along this edge.
    record Shuffle(PlanSummary.Exchange exchange) implements EdgeMark {}
}
