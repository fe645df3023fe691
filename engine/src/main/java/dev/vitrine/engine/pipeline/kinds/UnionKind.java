package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;

/// Puts the rows of several inputs one after the other: `Union(inputs)`, with `Distinct` where
/// duplicates go.
final class UnionKind extends Described {
    UnionKind() {
        super(
                new Description(
                        "union",
                        "Union",
                        NodeCategory.COMBINE,
                        "union",
                        "Puts the rows of its inputs one after the other. Columns go by their place, or by name.",
                        List.of("append", "concatenate", "stack", "all"),
                        List.of(Port.many("Inputs", true)),
                        List.of(Port.out()),
                        List.of(
                                FormField.optional(
                                        "byName",
                                        FieldType.BOOLEAN,
                                        "Match by name",
                                        "Columns of equal name go together, whatever their order."),
                                FormField.optional(
                                        "distinct",
                                        FieldType.BOOLEAN,
                                        "Drop duplicates",
                                        "Keeps one of several equal rows."))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        if (inputs.size() == 1) {
            return inputs.getFirst();
        }
        LogicalPlan union =
                new LogicalPlan.Union(inputs, context.config().flag("byName"), List.of());
        return context.config().flag("distinct") ? new LogicalPlan.Distinct(union) : union;
    }

    @Override
    public String summary(NodeConfig config) {
        return (config.flag("byName") ? "by name" : "by position")
                + (config.flag("distinct") ? ", distinct" : "");
    }
}
