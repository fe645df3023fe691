package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;

/// Puts values in place of NULL: `|> SET a = coalesce(a, value)`.
final class FillNullsKind extends Described {
    FillNullsKind() {
        super(
                new Description(
                        "fill-nulls",
                        "Fill NULLs",
                        NodeCategory.COLUMNS,
                        "derive",
                        "Puts a value where a column is NULL. Columns keep their places.",
                        List.of("missing", "na", "default", "coalesce", "fillna", "clean"),
                        List.of(Port.in()),
                        List.of(Port.out()),
                        List.of(
                                FormField.required(
                                        "columns",
                                        FieldType.NAMED_EXPRESSIONS,
                                        "Values",
                                        "A column each, and the SQL expression that takes the place of NULL."))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        List<String> values =
                Expressions.pairs(context, "columns").stream()
                        .map(pair -> {
                            String column = Expressions.quoted(pair.name());
                            return column
                                    + " = coalesce("
                                    + column
                                    + ", "
                                    + pair.expression()
                                    + ")";
                        })
                        .toList();
        return context.query("FROM input1 |> SET " + String.join(", ", values), inputs);
    }

    @Override
    public String summary(NodeConfig config) {
        return Expressions.summary(config, "columns");
    }
}
