package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;

/// Rows that are in both inputs, or in the first only: `SetOperation(left, right)`.
final class SetKind extends Described {
    SetKind() {
        super(
                new Description(
                        "set",
                        "Intersect or except",
                        NodeCategory.COMBINE,
                        "union",
                        "Compares whole rows of two inputs: keeps those that are in both, or those of the first that are not in the second.",
                        List.of("intersect", "except", "minus", "difference", "both"),
                        List.of(Port.in("left", "First"), Port.in("right", "Second")),
                        List.of(Port.out()),
                        List.of(
                                FormField.choice(
                                        "operation",
                                        "Keep",
                                        "Which rows stay.",
                                        "intersect",
                                        "except"),
                                FormField.optional(
                                        "all",
                                        FieldType.BOOLEAN,
                                        "Count duplicates",
                                        "A row that is there twice counts twice."))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        LogicalPlan.SetOperation.Kind kind =
                context.text("operation").equals("except")
                        ? LogicalPlan.SetOperation.Kind.EXCEPT
                        : LogicalPlan.SetOperation.Kind.INTERSECT;
        return new LogicalPlan.SetOperation(
                inputs.get(0), inputs.get(1), kind, context.config().flag("all"));
    }

    @Override
    public String summary(NodeConfig config) {
        return config.text("operation") + (config.flag("all") ? " all" : "");
    }
}
