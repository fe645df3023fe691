package dev.vitrine.engine.pipeline;

import dev.vitrine.engine.api.UserDefinedFunction;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.types.DataType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What a [NodeKind] gets to make its plan: the node's settings with parameters put in, and the
/// parser. Errors in a field's text become problems of that field.
public final class NodeContext {
    private final NodeConfig config;
    private final ExpressionParser parser;
    private final PlanContext plans;
    private final Path folder;
    private final Map<String, String> parameters;

    NodeContext(
            NodeConfig config,
            ExpressionParser parser,
            PlanContext plans,
            Path folder,
            Map<String, String> parameters) {
        this.config = config;
        this.parser = parser;
        this.plans = plans;
        this.folder = folder;
        this.parameters = Map.copyOf(parameters);
    }

    public NodeConfig config() {
        return config;
    }

    /// A field's text with parameters put in.
    public String text(String field) {
        return fill(config.text(field));
    }

    /// The field's text as an expression.
    public Expr expression(String field) {
        return expression(field, config.text(field));
    }

    /// `text`, which is part of `field`, as an expression.
    public Expr expression(String field, String text) {
        return at(field, () -> parser.expression(fill(text), plans));
    }

    public DataType dataType(String field, String text) {
        return at(field, () -> parser.dataType(text));
    }

    public LogicalPlan query(String field) {
        return at(field, () -> parser.query(text(field), plans));
    }

    /// The function that the field's Java class is; nothing of it runs here.
    public UserDefinedFunction function(String field, String name) {
        return at(field, () -> UserDefinedFunction.ofSource(name, config.text(field)));
    }

    /// A column of the input as its name is written in `field`; dots in it count as part of the
    /// name.
    public Expr column(String name) {
        return new Expr.UnresolvedAttribute(List.of(name), null);
    }

    /// A fresh attribute id, for aliases.
    public Expr.Alias alias(Expr expr, String name) {
        return new Expr.Alias(expr, name, plans.newAttributeId());
    }

    /// The path in `field`, taken from the project's folder; services' addresses stay as they are.
    public String path(String field) {
        String path = text(field);
        return path.contains("://") || Path.of(path).isAbsolute()
                ? path
                : folder.resolve(path).normalize().toString();
    }

    /// Ends the making of this plan with a problem.
    public RuntimeException problem(String field, String message, String hint) {
        return new NodeProblemException(NodeProblem.of(config.node().id(), field, message, hint));
    }

    private <T> T at(String field, Supplier<T> parse) {
        try {
            return parse.get();
        } catch (EngineException e) {
            throw new NodeProblemException(
                    new NodeProblem(
                            config.node().id(),
                            field,
                            String.valueOf(e.getMessage()),
                            e.code().hint(),
                            e.where()));
        }
    }

    private String fill(String text) {
        String filled = text;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            filled = filled.replace("${" + parameter.getKey() + "}", parameter.getValue());
        }
        return filled;
    }
}
