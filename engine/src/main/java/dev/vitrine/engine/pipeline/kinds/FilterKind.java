package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;

/// Keeps the rows for which a condition holds: `Filter(input, condition)`.
final class FilterKind extends Described {
    FilterKind() {
        super(
                new Description(
                        "filter",
                        "Filter",
                        NodeCategory.ROWS,
                        "filter",
                        "Keeps the rows for which the condition is true. Rows where it is NULL go.",
                        List.of("where", "condition", "keep", "rows"),
                        List.of(Port.in()),
                        List.of(Port.out()),
                        List.of(
                                FormField.required(
                                        "condition",
                                        FieldType.EXPRESSION,
                                        "Condition",
                                        "A SQL condition, for example `delay > 15 AND origin = 'SEA'`."))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        return new LogicalPlan.Filter(inputs.getFirst(), context.expression("condition"));
    }

    @Override
    public String summary(NodeConfig config) {
        return config.text("condition");
    }
}
