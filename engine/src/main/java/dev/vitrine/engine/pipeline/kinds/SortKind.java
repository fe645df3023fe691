package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.SortDirection;
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

/// Orders rows: `Sort(input, keys, global)`.
final class SortKind extends Described {
    SortKind() {
        super(
                new Description(
                        "sort",
                        "Sort",
                        NodeCategory.ROWS,
                        "sort",
                        "Puts the rows in order. NULL comes first when ascending and last when descending, unless set otherwise.",
                        List.of("order by", "rank", "ascending", "descending"),
                        List.of(Port.in()),
                        List.of(Port.out()),
                        List.of(
                                FormField.required(
                                        "keys",
                                        FieldType.SORT_KEYS,
                                        "Sort keys",
                                        "Columns or expressions, the most important first."))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        List<Expr.SortKey> keys = new ArrayList<>();
        for (Map<String, String> item : context.config().records("keys")) {
            String text = item.getOrDefault("expression", "");
            if (text.isBlank()) {
                continue;
            }
            boolean descending = descending(item);
            String nulls = item.getOrDefault("nullsFirst", "");
            keys.add(
                    new Expr.SortKey(
                            context.expression("keys", text),
                            descending ? SortDirection.DESCENDING : SortDirection.ASCENDING,
                            nulls.isEmpty() ? !descending : nulls.equals("true")));
        }
        if (keys.isEmpty()) {
            throw context.problem("keys", "There is no sort key.", "Add a column to sort by.");
        }
        return new LogicalPlan.Sort(inputs.getFirst(), keys, true);
    }

    @Override
    public String summary(NodeConfig config) {
        return config.records("keys").stream()
                .map(item -> item.getOrDefault("expression", "") + (descending(item) ? " ↓" : " ↑"))
                .collect(Collectors.joining(", "));
    }

    private static boolean descending(Map<String, String> item) {
        return item.getOrDefault("descending", "").equals("true");
    }
}
