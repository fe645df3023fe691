package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;

/// Spreads rows anew over tasks: `Repartition(input, expressions, partitions)`.
final class RepartitionKind extends Described {
    RepartitionKind() {
        super(
                new Description(
                        "repartition",
                        "Repartition",
                        NodeCategory.ROWS,
                        "union",
                        "Spreads the rows anew over partitions: evenly, or so that rows which agree in some columns meet in one.",
                        List.of("shuffle", "exchange", "partitions", "distribute", "parallel"),
                        List.of(Port.in()),
                        List.of(Port.out()),
                        List.of(
                                FormField.optional(
                                                "partitions",
                                                FieldType.NUMBER,
                                                "Partitions",
                                                "How many; 0 leaves it to the engine.")
                                        .withDefault(8L),
                                FormField.optional(
                                        "by",
                                        FieldType.EXPRESSIONS,
                                        "By",
                                        "Columns or expressions; none means evenly."))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        long partitions = context.config().number("partitions");
        if (partitions < 0 || partitions > 100_000) {
            throw context.problem(
                    "partitions", partitions + " partitions cannot be.", "Use 0 to 100000.");
        }
        List<Expr> by =
                Expressions.parsed(context, "by").stream()
                        .map(text -> context.expression("by", text))
                        .toList();
        return new LogicalPlan.Repartition(inputs.getFirst(), by, (int) partitions);
    }

    @Override
    public String summary(NodeConfig config) {
        String by = String.join(", ", config.texts("by"));
        return config.number("partitions") + (by.isEmpty() ? "" : " by " + by);
    }
}
