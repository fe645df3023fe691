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

/// Adds computed columns: `Project(input, *, expression AS name …)`.
final class DeriveKind extends Described {
    DeriveKind() {
        super(
                new Description(
                        "derive",
                        "Derive",
                        NodeCategory.COLUMNS,
                        "derive",
                        "Adds columns computed from the others. All columns of the input stay.",
                        List.of("add", "compute", "formula", "withcolumn", "expression"),
                        List.of(Port.in()),
                        List.of(Port.out()),
                        List.of(
                                FormField.required(
                                        "columns",
                                        FieldType.NAMED_EXPRESSIONS,
                                        "New columns",
                                        "A name and a SQL expression each."))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        List<Expr> exprs = new ArrayList<>();
        exprs.add(new Expr.UnresolvedStar(List.of(), null));
        exprs.addAll(Expressions.named(context, "columns"));
        return new LogicalPlan.Project(inputs.getFirst(), exprs);
    }

    @Override
    public String summary(NodeConfig config) {
        return Expressions.summary(config, "columns");
    }
}
