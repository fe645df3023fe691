package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;

/// Makes rows of a list: `LATERAL VIEW explode(…)`.
final class ExplodeKind extends Described {
    ExplodeKind() {
        super(
                new Description(
                        "explode",
                        "Split to rows",
                        NodeCategory.ROWS,
                        "sort",
                        "Makes a row of each element of a list, or of each part of a text. The other columns stay.",
                        List.of("explode", "flatten", "array", "split", "unnest", "list"),
                        List.of(Port.in()),
                        List.of(Port.out()),
                        List.of(
                                FormField.required(
                                        "list",
                                        FieldType.EXPRESSION,
                                        "List",
                                        "An array, or a text that the separator splits."),
                                FormField.optional(
                                        "separator",
                                        FieldType.TEXT,
                                        "Separator",
                                        "What stands between the parts of a text; nothing where the list is an array."),
                                FormField.required(
                                                "as",
                                                FieldType.TEXT,
                                                "Element goes to",
                                                "The new column.")
                                        .withDefault("element"),
                                FormField.optional(
                                        "keepEmpty",
                                        FieldType.BOOLEAN,
                                        "Keep rows without elements",
                                        "With NULL as their element."))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        context.expression("list");
        String separator = context.text("separator");
        String list =
                separator.isEmpty()
                        ? context.text("list")
                        : "split(%s, %s)"
                                .formatted(
                                        context.text("list"),
                                        Expressions.literal(
                                                java.util.regex.Pattern.quote(separator)));
        return context.query(
                "SELECT * FROM input1 LATERAL VIEW %s explode(%s) AS %s"
                        .formatted(
                                context.config().flag("keepEmpty") ? "OUTER" : "",
                                list,
                                Expressions.quoted(context.text("as"))),
                inputs);
    }

    @Override
    public String summary(NodeConfig config) {
        return config.text("list") + " → " + config.text("as");
    }
}
