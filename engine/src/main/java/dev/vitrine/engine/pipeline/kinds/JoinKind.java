package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.JoinType;
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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Brings rows of two inputs together: a `UsingJoin` where all keys have one name on both sides,
/// else a `Join` over inputs called `left` and `right`.
final class JoinKind extends Described {
    private static final String LEFT = "left";
    private static final String RIGHT = "right";

    JoinKind() {
        super(
                new Description(
                        "join",
                        "Join",
                        NodeCategory.COMBINE,
                        "join",
                        "Brings together rows of two inputs whose key columns are equal. In the"
                                + " further condition, `left` and `right` name the inputs: `left.day <="
                                + " right.until`.",
                        List.of("lookup", "merge", "combine", "inner", "outer", "semi", "anti"),
                        List.of(Port.in(LEFT, "Left"), Port.in(RIGHT, "Right")),
                        List.of(Port.out()),
                        List.of(
                                FormField.choice(
                                        "type",
                                        "Type",
                                        "Which rows stay that have no match. Semi and anti keep the"
                                                + " left input's columns only.",
                                        "inner",
                                        "left",
                                        "right",
                                        "full",
                                        "semi",
                                        "anti",
                                        "cross"),
                                FormField.optional(
                                        "keys",
                                        FieldType.KEY_PAIRS,
                                        "Keys",
                                        "Pairs of columns that must be equal."),
                                FormField.optional(
                                        "condition",
                                        FieldType.EXPRESSION,
                                        "Further condition",
                                        "A SQL condition over both inputs, beside the keys."))));
    }

    @Override
    public List<NodeProblem> validate(PipelineDocument.Node node) {
        NodeConfig config = new NodeConfig(node, fields());
        boolean open =
                !config.text("type").equals("cross")
                        && keys(config).isEmpty()
                        && config.isEmpty("condition");
        return open
                ? List.of(
                        NodeProblem.of(
                                node.id(),
                                "keys",
                                "The join has no keys.",
                                "Say which columns must be equal, or choose the type cross."))
                : List.of();
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        List<Map<String, String>> keys = keys(context.config());
        JoinType type = type(context.text("type"));
        boolean plain = context.config().isEmpty("condition");
        if (plain && !keys.isEmpty() && keys.stream().allMatch(JoinKind::isOneName)) {
            return new LogicalPlan.UsingJoin(
                    inputs.get(0),
                    inputs.get(1),
                    type,
                    keys.stream().map(key -> key.get(LEFT)).toList());
        }
        List<Expr> terms = new ArrayList<>();
        for (Map<String, String> key : keys) {
            terms.add(
                    new Expr.UnresolvedOperator(
                            "=", List.of(column(LEFT, key), column(RIGHT, key)), null));
        }
        if (!plain) {
            terms.add(context.expression("condition"));
        }
        return new LogicalPlan.Join(
                new LogicalPlan.SubqueryAlias(inputs.get(0), LEFT, List.of()),
                new LogicalPlan.SubqueryAlias(inputs.get(1), RIGHT, List.of()),
                type,
                terms.isEmpty() || type == JoinType.CROSS
                        ? Optional.empty()
                        : Optional.of(Expr.and(terms)));
    }

    @Override
    public String summary(NodeConfig config) {
        String keys =
                keys(config).stream()
                        .map(key ->
                                isOneName(key)
                                        ? key.get(LEFT)
                                        : key.get(LEFT) + " = " + key.get(RIGHT))
                        .collect(Collectors.joining(", "));
        String condition = config.text("condition");
        return config.text("type")
                + (keys.isEmpty() ? "" : " on " + keys)
                + (condition.isBlank()
                        ? ""
                        : keys.isEmpty() ? " on " + condition : ", " + condition);
    }

    private static boolean isOneName(Map<String, String> key) {
        return key.getOrDefault(LEFT, "").equals(key.getOrDefault(RIGHT, ""));
    }

    private static Expr column(String side, Map<String, String> key) {
        return new Expr.UnresolvedAttribute(List.of(side, key.getOrDefault(side, "")), null);
    }

    private static List<Map<String, String>> keys(NodeConfig config) {
        return config.records("keys").stream()
                .filter(key ->
                        !key.getOrDefault(LEFT, "").isBlank()
                                && !key.getOrDefault(RIGHT, "").isBlank())
                .toList();
    }

    private static JoinType type(String text) {
        return switch (text) {
            case "left" -> JoinType.LEFT_OUTER;
            case "right" -> JoinType.RIGHT_OUTER;
            case "full" -> JoinType.FULL_OUTER;
            case "semi" -> JoinType.LEFT_SEMI;
            case "anti" -> JoinType.LEFT_ANTI;
            case "cross" -> JoinType.CROSS;
            default -> JoinType.INNER;
        };
    }
}
