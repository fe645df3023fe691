package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;

/// Leaves out rows that are there already: `Distinct(input)`.
final class DistinctKind extends Described {
    DistinctKind() {
        super(
                new Description(
                        "distinct",
                        "Distinct",
                        NodeCategory.ROWS,
                        "distinct",
                        "Keeps one of several rows that are equal in all columns.",
                        List.of("unique", "duplicates", "dedupe"),
                        List.of(Port.in()),
                        List.of(Port.out()),
                        List.of()));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        return new LogicalPlan.Distinct(inputs.getFirst());
    }
}
