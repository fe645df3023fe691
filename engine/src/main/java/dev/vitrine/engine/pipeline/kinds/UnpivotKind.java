package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;

/// Makes rows of columns: `UNPIVOT (value FOR name IN (columns))`.
final class UnpivotKind extends Described {
    UnpivotKind() {
        super(
                new Description(
                        "unpivot",
                        "Unpivot",
                        NodeCategory.COLUMNS,
                        "select",
                        "Makes a row of each listed column, with its name and its value. The other columns stay.",
                        List.of("melt", "long", "rows", "rotate", "stack"),
                        List.of(Port.in()),
                        List.of(Port.out()),
                        List.of(
                                FormField.required(
                                        "columns",
                                        FieldType.COLUMNS,
                                        "Columns",
                                        "The columns that become rows; their types must agree."),
                                FormField.required(
                                                "name",
                                                FieldType.TEXT,
                                                "Name goes to",
                                                "The new column that holds the name.")
                                        .withDefault("name"),
                                FormField.required(
                                                "value",
                                                FieldType.TEXT,
                                                "Value goes to",
                                                "The new column that holds the value.")
                                        .withDefault("value"),
                                FormField.optional(
                                        "nulls",
                                        FieldType.BOOLEAN,
                                        "Keep NULL",
                                        "Also makes a row of a NULL."))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        return context.query(
                "SELECT * FROM input1 UNPIVOT %s NULLS (%s FOR %s IN (%s))"
                        .formatted(
                                context.config().flag("nulls") ? "INCLUDE" : "EXCLUDE",
                                Expressions.quoted(context.text("value")),
                                Expressions.quoted(context.text("name")),
                                String.join(", ", Expressions.columns(context, "columns"))),
                inputs);
    }

    @Override
    public String summary(NodeConfig config) {
        return String.join(", ", config.texts("columns"));
    }
}
