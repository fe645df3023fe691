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
import java.util.Optional;

/// Keeps the first rows: `Limit(input, rows, skipped)`.
final class LimitKind extends Described {
    LimitKind() {
        super(
                new Description(
                        "limit",
                        "Limit",
                        NodeCategory.ROWS,
                        "limit",
                        "Keeps the first rows. After a sort these are the top rows; otherwise any rows.",
                        List.of("top", "head", "first", "offset", "skip"),
                        List.of(Port.in()),
                        List.of(Port.out()),
                        List.of(
                                FormField.optional(
                                                "rows",
                                                FieldType.NUMBER,
                                                "Rows",
                                                "How many rows to keep.")
                                        .withDefault(10L),
                                FormField.optional(
                                        "offset",
                                        FieldType.NUMBER,
                                        "Skip first",
                                        "How many rows to leave out before."))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        long rows = context.config().number("rows");
        long offset = context.config().number("offset");
        if (rows < 0) {
            throw context.problem("rows", "The number of rows is below 0.", "Use 0 or more.");
        }
        if (offset < 0) {
            throw context.problem("offset", "The number to skip is below 0.", "Use 0 or more.");
        }
        return new LogicalPlan.Limit(
                inputs.getFirst(), Optional.of(Expr.Literal.of(rows)), Expr.Literal.of(offset));
    }

    @Override
    public String summary(NodeConfig config) {
        long offset = config.number("offset");
        return "%,d rows".formatted(config.number("rows"))
                + (offset > 0 ? " after %,d".formatted(offset) : "");
    }
}
