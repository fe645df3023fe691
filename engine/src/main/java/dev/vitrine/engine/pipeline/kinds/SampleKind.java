package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;

/// A random part of the rows: `Sample(input, fraction, seed)`.
final class SampleKind extends Described {
    SampleKind() {
        super(
                new Description(
                        "sample",
                        "Sample",
                        NodeCategory.ROWS,
                        "limit",
                        "Keeps a random part of the rows, the same one for the same seed.",
                        List.of("random", "part", "percent", "fraction"),
                        List.of(Port.in()),
                        List.of(Port.out()),
                        List.of(
                                FormField.optional(
                                                "percent",
                                                FieldType.NUMBER,
                                                "Percent",
                                                "About how many of a hundred rows stay.")
                                        .withDefault(10L),
                                FormField.optional(
                                                "seed",
                                                FieldType.NUMBER,
                                                "Seed",
                                                "Another seed keeps other rows.")
                                        .withDefault(1L))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        long percent = context.config().number("percent");
        if (percent < 0 || percent > 100) {
            throw context.problem("percent", percent + " is no percentage.", "Use 0 to 100.");
        }
        return new LogicalPlan.Sample(
                inputs.getFirst(), percent / 100.0, context.config().number("seed"));
    }

    @Override
    public String summary(NodeConfig config) {
        return config.number("percent") + " %";
    }
}
