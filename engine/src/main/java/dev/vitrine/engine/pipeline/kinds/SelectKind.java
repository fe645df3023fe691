package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Keeps, orders, renames and casts columns: `Project(input, cast(column AS type) AS name …)`.
final class SelectKind extends Described {
    SelectKind() {
        super(
                new Description(
                        "select",
                        "Select",
                        NodeCategory.COLUMNS,
                        "select",
                        "Keeps the columns listed, in that order. Each may get another name and another type.",
                        List.of("columns", "rename", "cast", "drop", "project", "keep"),
                        List.of(Port.in()),
                        List.of(Port.out()),
                        List.of(
                                FormField.required(
                                        "columns",
                                        FieldType.SELECTION,
                                        "Columns",
                                        "The columns to keep, with a new name and type where wanted."))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        List<Expr> exprs = new ArrayList<>();
        for (Map<String, String> item : context.config().records("columns")) {
            String column = item.getOrDefault("column", "");
            if (column.isBlank()) {
                continue;
            }
            Expr expr = context.column(column);
            String type = item.getOrDefault("type", "");
            if (!type.isBlank()) {
                expr = new Expr.Cast(expr, context.dataType("columns", type), EvalMode.ANSI);
            }
            String name = item.getOrDefault("as", "").strip();
            boolean plain = name.isEmpty() && type.isBlank();
            exprs.add(plain ? expr : context.alias(expr, name.isEmpty() ? column : name));
        }
        if (exprs.isEmpty()) {
            throw context.problem("columns", "No column is kept.", "Add a column.");
        }
        return new LogicalPlan.Project(inputs.getFirst(), exprs);
    }

    @Override
    public String summary(NodeConfig config) {
        return config.records("columns").stream()
                .map(item -> {
                    String as = item.getOrDefault("as", "");
                    return as.isBlank() ? item.getOrDefault("column", "") : as;
                })
                .collect(Collectors.joining(", "));
    }
}
