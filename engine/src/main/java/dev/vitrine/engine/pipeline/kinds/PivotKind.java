package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.ArrayList;
import java.util.List;

/// Makes columns of values: one aggregate with `FILTER (WHERE column = value)` for each.
final class PivotKind extends Described {
    PivotKind() {
        super(
                new Description(
                        "pivot",
                        "Pivot",
                        NodeCategory.COLUMNS,
                        "select",
                        "Makes a column of each listed value, and one row of all rows that agree in the grouping columns.",
                        List.of("crosstab", "wide", "columns", "rotate"),
                        List.of(Port.in()),
                        List.of(Port.out()),
                        List.of(
                                FormField.optional(
                                        "groupBy",
                                        FieldType.EXPRESSIONS,
                                        "One row for each",
                                        "Columns or expressions that stay as rows."),
                                FormField.required(
                                        "column",
                                        FieldType.EXPRESSION,
                                        "Values of",
                                        "The column whose values become columns."),
                                FormField.required(
                                        "values",
                                        FieldType.NAMED_EXPRESSIONS,
                                        "Values",
                                        "A constant each, and the name of its column."),
                                FormField.required(
                                        "aggregates",
                                        FieldType.NAMED_EXPRESSIONS,
                                        "Cells",
                                        "One aggregate call each, for example `sum(amount)`; a name where there are several."))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        context.expression("column");
        List<Expressions.Pair> cells = Expressions.pairs(context, "aggregates");
        List<String> groups = Expressions.parsed(context, "groupBy");
        List<String> columns = new ArrayList<>(groups);
        for (Expressions.Pair value : Expressions.pairs(context, "values")) {
            for (Expressions.Pair cell : cells) {
                String name = cells.size() == 1 ? value.name() : value.name() + "_" + cell.name();
                columns.add(
                        "%s FILTER (WHERE (%s) <=> (%s)) AS %s"
                                .formatted(
                                        cell.expression(),
                                        context.text("column"),
                                        value.expression(),
                                        Expressions.quoted(name)));
            }
        }
        return context.query(
                "SELECT "
                        + String.join(", ", columns)
                        + " FROM input1"
                        + Expressions.clause(" GROUP BY ", groups),
                inputs);
    }

    @Override
    public String summary(NodeConfig config) {
        return config.text("column") + " → columns";
    }
}
