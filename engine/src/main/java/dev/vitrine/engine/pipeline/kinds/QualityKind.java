package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;
import java.util.stream.Collectors;

/// Holds rows against rules; those that keep all go one way, the others another.
final class QualityKind extends Described {
    QualityKind() {
        super(
                new Description(
                        "quality",
                        "Quality rules",
                        NodeCategory.ROWS,
                        "filter",
                        "Rows that keep all rules leave by `Passed`. The others leave by `Failed`, with a column that lists the rules they broke. A rule that is NULL is broken.",
                        List.of(
                                "expectation",
                                "validate",
                                "check",
                                "test",
                                "assert",
                                "data quality"),
                        List.of(Port.in()),
                        List.of(
                                new Port(Port.OUT, "Passed", false, false),
                                new Port("failed", "Failed", false, false)),
                        List.of(
                                FormField.required(
                                        "rules",
                                        FieldType.NAMED_EXPRESSIONS,
                                        "Rules",
                                        "A name and a condition each, for example `delay IS NOT NULL`."),
                                FormField.required(
                                                "as",
                                                FieldType.TEXT,
                                                "Broken rules go to",
                                                "The column of the failed rows.")
                                        .withDefault("broken_rules"))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        List<Expressions.Pair> rules = Expressions.pairs(context, "rules");
        if (context.output().equals(Port.OUT)) {
            String all =
                    rules.stream()
                            .map(rule -> "(" + rule.expression() + ")")
                            .collect(Collectors.joining(" AND "));
            return context.query("SELECT * FROM input1 WHERE " + all, inputs);
        }
        String broken =
                rules.stream()
                        .map(rule ->
                                "CASE WHEN (%s) THEN NULL ELSE %s END"
                                        .formatted(
                                                rule.expression(),
                                                Expressions.literal(rule.name())))
                        .collect(Collectors.joining(", ", "array_compact(array(", "))"));
        String column = Expressions.quoted(context.text("as"));
        return context.query(
                "SELECT * FROM (SELECT *, %s AS %s FROM input1) WHERE size(%s) > 0"
                        .formatted(broken, column, column),
                inputs);
    }

    @Override
    public String summary(NodeConfig config) {
        return Expressions.summary(config, "rules");
    }
}
