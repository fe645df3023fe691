package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;

/// Whole numbers in order: `range(start, end, step)`.
final class RangeKind extends Described {
    RangeKind() {
        super(
                new Description(
                        "range",
                        "Range",
                        NodeCategory.SOURCE,
                        "rows",
                        "Gives whole numbers from a first up to, not including, a last.",
                        List.of("numbers", "sequence", "generate", "source"),
                        List.of(),
                        List.of(Port.out()),
                        List.of(
                                FormField.optional(
                                        "start", FieldType.NUMBER, "From", "The first number."),
                                FormField.optional(
                                                "end",
                                                FieldType.NUMBER,
                                                "Up to",
                                                "The number before which it ends.")
                                        .withDefault(1000L),
                                FormField.optional(
                                                "step",
                                                FieldType.NUMBER,
                                                "Step",
                                                "From one number to the next; below 0 counts down.")
                                        .withDefault(1L),
                                FormField.required(
                                                "as",
                                                FieldType.TEXT,
                                                "Column",
                                                "The name of the one column.")
                                        .withDefault("id"))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        long step = context.config().number("step");
        if (step == 0) {
            throw context.problem("step", "The step is 0.", "Use any other number.");
        }
        return context.query(
                "SELECT id AS %s FROM range(%d, %d, %d)"
                        .formatted(
                                Expressions.quoted(context.text("as")),
                                context.config().number("start"),
                                context.config().number("end"),
                                step),
                inputs);
    }

    @Override
    public String summary(NodeConfig config) {
        return config.number("start") + " to " + config.number("end");
    }
}
