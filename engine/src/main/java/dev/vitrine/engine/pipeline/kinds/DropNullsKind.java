package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;

/// Leaves out rows with NULLs: `Filter(input, a IS NOT NULL AND …)`.
final class DropNullsKind extends Described {
    DropNullsKind() {
        super(
                new Description(
                        "drop-nulls",
                        "Drop NULLs",
                        NodeCategory.ROWS,
                        "filter",
                        "Leaves out rows in which a listed column is NULL, or all of them are.",
                        List.of("missing", "na", "empty", "clean", "dropna"),
                        List.of(Port.in()),
                        List.of(Port.out()),
                        List.of(
                                FormField.required(
                                        "columns",
                                        FieldType.COLUMNS,
                                        "Columns",
                                        "The columns to look at."),
                                FormField.choice(
                                        "how",
                                        "Drop where",
                                        "How many of them must be NULL for a row to go.",
                                        "any is NULL",
                                        "all are NULL"))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        String glue = context.text("how").startsWith("all") ? " OR " : " AND ";
        List<String> terms =
                Expressions.columns(context, "columns").stream()
                        .map(column -> column + " IS NOT NULL")
                        .toList();
        return context.query("SELECT * FROM input1 WHERE " + String.join(glue, terms), inputs);
    }

    @Override
    public String summary(NodeConfig config) {
        return String.join(", ", config.texts("columns"));
    }
}
