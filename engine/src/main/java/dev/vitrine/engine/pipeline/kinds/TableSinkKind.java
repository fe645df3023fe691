package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;

/// Adds the rows to a table, or puts them in place of its rows: `INSERT INTO … BY NAME`.
final class TableSinkKind extends Described {
    TableSinkKind() {
        super(
                new Description(
                        "table-sink",
                        "Write table",
                        NodeCategory.SINK,
                        "save",
                        "Writes the rows to a table of the session, whose columns go by name. Create the table first, with CREATE TABLE. Nothing is written while you edit or preview; only a run writes.",
                        List.of("insert", "save", "table", "append", "overwrite", "sink"),
                        List.of(Port.in()),
                        List.of(),
                        List.of(
                                FormField.required(
                                        "table",
                                        FieldType.TABLE,
                                        "Table",
                                        "The table's name as SQL would write it."),
                                FormField.choice(
                                        "mode",
                                        "Rows there",
                                        "What becomes of the rows that are there already.",
                                        "stay",
                                        "go"))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        return new LogicalPlan.UnresolvedInsert(
                inputs.getFirst(),
                context.name("table"),
                List.of(),
                true,
                context.text("mode").equals("go"),
                List.of(),
                false,
                null);
    }

    @Override
    public String summary(NodeConfig config) {
        return config.text("table");
    }
}
