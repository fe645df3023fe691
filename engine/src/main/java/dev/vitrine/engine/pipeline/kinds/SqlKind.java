package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;

/// A query over its inputs: `With(query, input1 = …, input2 = …)`; the first input is also called
/// `input`.
final class SqlKind extends Described {
    SqlKind() {
        super(
                new Description(
                        "sql",
                        "SQL",
                        NodeCategory.CODE,
                        "sql",
                        "Runs a query. Its inputs are tables called `input1`, `input2` … in the order they are connected;"
                                + " tables and views of the session can be used too.",
                        List.of("query", "select", "code", "window"),
                        List.of(Port.many("input1, input2 …", false)),
                        List.of(Port.out()),
                        List.of(
                                FormField.required(
                                                "query",
                                                FieldType.SQL,
                                                "Query",
                                                "One SELECT; inputs are called input1, input2 …")
                                        .withDefault("SELECT *\nFROM input1"))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        return NodeContext.over(context.query("query"), inputs);
    }

    @Override
    public String summary(NodeConfig config) {
        return config.text("query").replaceAll("\\s+", " ").strip();
    }
}
