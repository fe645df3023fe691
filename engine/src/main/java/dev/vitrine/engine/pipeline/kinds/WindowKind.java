package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;

/// Adds columns computed over neighbouring rows: `SELECT *, call OVER (…) AS name`.
final class WindowKind extends Described {
    WindowKind() {
        super(
                new Description(
                        "window",
                        "Window",
                        NodeCategory.COLUMNS,
                        "derive",
                        "Adds columns computed over rows around each row: running sums, ranks, the row before. All rows stay.",
                        List.of("rank", "row_number", "lag", "lead", "running", "moving", "over"),
                        List.of(Port.in()),
                        List.of(Port.out()),
                        List.of(
                                FormField.required(
                                        "columns",
                                        FieldType.NAMED_EXPRESSIONS,
                                        "New columns",
                                        "A name and a function each, for example `row_number()` or `sum(delay)`."),
                                FormField.optional(
                                        "partitionBy",
                                        FieldType.EXPRESSIONS,
                                        "For each",
                                        "Rows that agree in these belong together; none means all rows."),
                                FormField.optional(
                                        "orderBy",
                                        FieldType.SORT_KEYS,
                                        "In order of",
                                        "The order that ranks and running values follow."),
                                FormField.optional(
                                        "frame",
                                        FieldType.TEXT,
                                        "Frame",
                                        "Which rows around count, for example `ROWS BETWEEN 6 PRECEDING AND CURRENT ROW`."))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        String over =
                " OVER ("
                        + Expressions.clause(
                                "PARTITION BY ", Expressions.parsed(context, "partitionBy"))
                        + Expressions.clause(" ORDER BY ", Expressions.sortKeys(context, "orderBy"))
                        + " "
                        + context.text("frame")
                        + ")";
        List<String> columns =
                Expressions.pairs(context, "columns").stream()
                        .map(pair ->
                                pair.expression() + over + " AS " + Expressions.quoted(pair.name()))
                        .toList();
        return context.query("SELECT *, " + String.join(", ", columns) + " FROM input1", inputs);
    }

    @Override
    public String summary(NodeConfig config) {
        return Expressions.summary(config, "columns");
    }
}
