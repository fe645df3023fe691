package dev.vitrine.engine.pipeline.kinds;

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

/// Rows written in the pipeline itself: an inline table whose cells are SQL expressions.
final class InlineRowsKind extends Described {
    InlineRowsKind() {
        super(
                new Description(
                        "inline-rows",
                        "Inline rows",
                        NodeCategory.SOURCE,
                        "rows",
                        "A small table written here. The first line names the columns; in the lines below, cells are SQL"
                                + " constants: `'text'`, `12`, `DATE '2001-01-31'`, `NULL`.",
                        List.of("values", "constants", "lookup", "source"),
                        List.of(),
                        List.of(Port.out()),
                        List.of(
                                FormField.required(
                                                "rows",
                                                FieldType.ROWS,
                                                "Rows",
                                                "Column names, then one line a row, cells separated by commas.")
                                        .withDefault("code, name\n1, 'one'\n2, 'two'"))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        List<String> lines = context.text("rows").lines().filter(line -> !line.isBlank()).toList();
        List<String> names = lines.isEmpty() ? List.of() : cells(lines.getFirst());
        if (lines.size() < 2) {
            throw context.problem(
                    "rows", "There are no rows yet.", "Write one row a line below the names.");
        }
        List<List<Expr>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = cells(line);
            if (cells.size() != names.size()) {
                throw context.problem(
                        "rows",
                        "The row `%s` has %d cells, not %d."
                                .formatted(line.strip(), cells.size(), names.size()),
                        "Give every row one cell per column.");
            }
            rows.add(cells.stream().map(cell -> context.expression("rows", cell)).toList());
        }
        return new LogicalPlan.UnresolvedInlineTable(names, rows, null);
    }

    @Override
    public String summary(NodeConfig config) {
        return config.text("rows").lines().findFirst().orElse("");
    }

    /// Splits at commas that are neither quoted nor in parentheses.
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        int depth = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '\'';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && !quoted && depth == 0) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }
}
