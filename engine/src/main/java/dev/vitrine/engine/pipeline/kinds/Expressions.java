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

    /// A user's expression that has been parsed, and the name it goes by.
    record Pair(String name, String expression) {}

    /// A field of named expressions, as text for a query; none of them is an aliased one.
    static List<Pair> pairs(NodeContext context, String field) {
        List<Pair> pairs = new ArrayList<>();
        for (Map<String, String> item : context.config().records(field)) {
            String text = item.getOrDefault("expression", "").strip();
            String name = item.getOrDefault("name", "").strip();
            if (text.isEmpty() && name.isEmpty()) {
                continue;
            }
            if (text.isEmpty()) {
                throw context.problem(
                        field,
                        "`" + name + "` has no expression.",
                        "Write a SQL expression beside the name.");
            }
            context.expression(field, text);
            pairs.add(new Pair(name.isEmpty() ? text : name, context.filled(text)));
        }
        if (pairs.isEmpty()) {
            throw context.problem(field, "There is nothing here yet.", "Add a line.");
        }
        return pairs;
    }

    /// A field of expressions, as text for a query.
    static List<String> parsed(NodeContext context, String field) {
        List<String> texts = new ArrayList<>();
        for (String text : context.config().texts(field)) {
            if (!text.isBlank()) {
                context.expression(field, text);
                texts.add(context.filled(text));
            }
        }
        return texts;
    }

    /// A field of sort keys, as text for a query.
    static List<String> sortKeys(NodeContext context, String field) {
        List<String> keys = new ArrayList<>();
        for (Map<String, String> item : context.config().records(field)) {
            String text = item.getOrDefault("expression", "");
            if (!text.isBlank()) {
                context.expression(field, text);
                boolean descending = item.getOrDefault("descending", "").equals("true");
                String nulls =
                        switch (item.getOrDefault("nullsFirst", "")) {
                            case "" -> "";
                            case "true" -> " NULLS FIRST";
                            default -> " NULLS LAST";
                        };
                keys.add(context.filled(text) + (descending ? " DESC" : "") + nulls);
            }
        }
        return keys;
    }

    /// A field of columns, quoted.
    static List<String> columns(NodeContext context, String field) {
        List<String> columns =
                context.config().texts(field).stream()
                        .filter(column -> !column.isBlank())
                        .map(Expressions::quoted)
                        .toList();
        if (columns.isEmpty()) {
            throw context.problem(field, "No column is chosen.", "Add a column.");
        }
        return columns;
    }

    /// A clause of a query with its parts, or nothing where there are none.
    static String clause(String keyword, List<String> parts) {
        return parts.isEmpty() ? "" : keyword + String.join(", ", parts);
    }

    /// A name as SQL quotes it.
    static String quoted(String name) {
        return "`" + name.strip().replace("`", "``") + "`";
    }

    /// A text as SQL writes it.
    static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
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
