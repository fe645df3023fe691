package dev.vitrine.engine.pipeline;

import dev.vitrine.engine.api.UserDefinedFunction;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private final String output;

    /// @param output the id of the output whose rows are wanted
    NodeContext(
            NodeConfig config,
            ExpressionParser parser,
            PlanContext plans,
            Path folder,
            Map<String, String> parameters,
            String output) {
        this.config = config;
        this.parser = parser;
        this.plans = plans;
        this.folder = folder;
        this.parameters = Map.copyOf(parameters);
        this.output = output;
    }

    public NodeConfig config() {
        return config;
    }

    /// The id of the output whose rows are wanted.
    public String output() {
        return output;
    }

    /// A field's text with parameters put in.
    public String text(String field) {
        return filled(config.text(field));
    }

    /// The field's text as an expression.
    public Expr expression(String field) {
        return expression(field, config.text(field));
    }

    /// `text`, which is part of `field`, as an expression.
    public Expr expression(String field, String text) {
        return at(field, () -> parser.expression(filled(text), plans));
    }

    public DataType dataType(String field, String text) {
        return at(field, () -> parser.dataType(text));
    }

    /// The parts of the table's or view's name in `field`.
    public List<String> name(String field) {
        return at(field, () -> parser.name(text(field)));
    }

    public LogicalPlan query(String field) {
        return at(field, () -> parser.query(text(field), plans));
    }

    /// The function that the field's Java class is; nothing of it runs here.
    public UserDefinedFunction function(String field, String name) {
        return at(field, () -> UserDefinedFunction.ofSource(name, config.text(field)));
    }

    /// A query that the kind wrote itself, over its inputs as tables `input1`, `input2` and so on.
    /// What of the user's is in it has been parsed before, each part as what it is.
    public LogicalPlan query(String sql, List<LogicalPlan> inputs) {
        LogicalPlan query = at("", () -> parser.query(sql, plans));
        return over(query, inputs);
    }

    /// A query with the inputs as tables `input1`, `input2` and so on.
    public static LogicalPlan over(LogicalPlan query, List<LogicalPlan> inputs) {
        List<LogicalPlan.With.Cte> tables = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            tables.add(new LogicalPlan.With.Cte("input" + (i + 1), inputs.get(i)));
        }
        return tables.isEmpty() ? query : new LogicalPlan.With(query, tables, false);
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

    /// `text`, which is part of a field, with parameters put in.
    public String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            filled = filled.replace("${" + parameter.getKey() + "}", parameter.getValue());
        }
        return filled;
    }
}
