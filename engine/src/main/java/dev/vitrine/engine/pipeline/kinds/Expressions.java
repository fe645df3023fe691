package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.pipeline.NodeConfig;
import dev.vitrine.engine.pipeline.NodeContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Fields that hold lists of expressions.
final class Expressions {
    private Expressions() {}

    /// A field of named expressions as aliases; rows that are still empty are passed over.
    static List<Expr> named(NodeContext context, String field) {
        List<Expr> exprs = new ArrayList<>();
        for (Map<String, String> item : context.config().records(field)) {
            String text = item.getOrDefault("expression", "");
            String name = item.getOrDefault("name", "").strip();
            if (text.isBlank() && name.isBlank()) {
                continue;
            }
            if (text.isBlank()) {
                throw context.problem(
                        field,
                        "The column `" + name + "` has no expression.",
                        "Write a SQL expression beside its name.");
            }
            Expr expr = context.expression(field, text);
            exprs.add(
                    name.isBlank()
                            ? expr
                            : context.alias(
                                    expr instanceof Expr.Alias(var input, var old, var id)
                                            ? input
                                            : expr,
                                    name));
        }
        return exprs;
    }

    static String summary(NodeConfig config, String field) {
        return config.records(field).stream()
                .map(item -> {
                    String name = item.getOrDefault("name", "");
                    String text = item.getOrDefault("expression", "");
                    return name.isBlank() ? text : name + " = " + text;
                })
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining(", "));
    }
}
