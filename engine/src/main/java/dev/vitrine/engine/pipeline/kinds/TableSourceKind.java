package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;

/// Reads a table or view of the session: `UnresolvedRelation(name)`.
final class TableSourceKind extends Described {
    TableSourceKind() {
        super(
                new Description(
                        "table-source",
                        "Table or view",
                        NodeCategory.SOURCE,
                        "table",
                        "Reads a table or a view of the session, those of the Catalog.",
                        List.of("view", "catalog", "read", "source"),
                        List.of(),
                        List.of(Port.out()),
                        List.of(
                                FormField.required(
                                        "table",
                                        FieldType.TABLE,
                                        "Name",
                                        "The table's or view's name as SQL would write it."))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        return new LogicalPlan.UnresolvedRelation(context.name("table"), null);
    }

    @Override
    public String summary(NodeConfig config) {
        return config.text("table");
    }
}
