package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.NodeProblem;
import dev.vitrine.engine.pipeline.PipelineDocument;
import dev.vitrine.engine.pipeline.Port;
import java.util.ArrayList;
import java.util.List;

/// Groups rows and computes one row a group: `Aggregate(input, groupings, groupings + aggregates)`.
final class AggregateKind extends Described {
    AggregateKind() {
        super(
                new Description(
                        "aggregate",
                        "Aggregate",
                        NodeCategory.ROWS,
                        "aggregate",
                        "Makes one row of all rows that agree in the grouping columns. Without grouping columns, one row of all.",
                        List.of("group by", "sum", "count", "average", "summarize"),
                        List.of(Port.in()),
                        List.of(Port.out()),
                        List.of(
                                FormField.optional(
                                        "groupBy",
                                        FieldType.EXPRESSIONS,
                                        "Group by",
                                        "Columns or expressions; rows that agree in all of them are one group."),
                                FormField.optional(
                                        "aggregates",
                                        FieldType.NAMED_EXPRESSIONS,
                                        "Aggregates",
                                        "A name and an aggregate each, for example `count(*)` or `avg(delay)`."))));
    }

    @Override
    public List<NodeProblem> validate(PipelineDocument.Node node) {
        NodeConfig config = new NodeConfig(node, fields());
        return config.isEmpty("groupBy") && config.isEmpty("aggregates")
                ? List.of(
                        NodeProblem.of(
                                node.id(),
                                "aggregates",
                                "There is nothing to group by and nothing to compute.",
                                "Add an aggregate, for example count(*)."))
                : List.of();
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        List<Expr> groupings =
                context.config().texts("groupBy").stream()
                        .map(text -> context.expression("groupBy", text))
                        .toList();
        List<Expr> outputs = new ArrayList<>(groupings);
        outputs.addAll(Expressions.named(context, "aggregates"));
        return new LogicalPlan.Aggregate(inputs.getFirst(), groupings, outputs);
    }

    @Override
    public String summary(NodeConfig config) {
        String groups = String.join(", ", config.texts("groupBy"));
        String values = Expressions.summary(config, "aggregates");
        return values + (groups.isEmpty() ? "" : (values.isEmpty() ? "" : " ") + "by " + groups);
    }
}
