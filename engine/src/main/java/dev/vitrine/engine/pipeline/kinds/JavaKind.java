package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.api.UserDefinedFunction;
import dev.vitrine.engine.error.EngineException;
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

/// Adds a column that a Java class computes: `Project(input, *, call(arguments) AS name)`.
final class JavaKind extends Described {
    private static final String EXAMPLE =
            """
            import dev.vitrine.engine.api.UDF1;

            public class Initials implements UDF1<String, String> {
                @Override
                public String call(String text) {
                    return text == null ? null : text.replaceAll("\\\\B\\\\w", "");
                }
            }
            """;

    JavaKind() {
        super(
                new Description(
                        "java",
                        "Java snippet",
                        NodeCategory.CODE,
                        "java",
                        "Adds a column that a Java class computes for each row. The class is a `UDF0` to `UDF10`, by the"
                                + " number of its arguments, or a `VectorUdf`, and is compiled in the engine. It is kept"
                                + " apart from the program's classes, but it is no sandbox: it may do whatever the"
                                + " program may, so code that came with a document has to be allowed before it runs.",
                        List.of("java", "code", "udf", "function", "lambda"),
                        List.of(Port.in()),
                        List.of(Port.out()),
                        List.of(
                                FormField.required(
                                                "source",
                                                FieldType.JAVA,
                                                "Class",
                                                "A Java class that is one of UDF0 to UDF10.")
                                        .withDefault(EXAMPLE),
                                FormField.optional(
                                        "arguments",
                                        FieldType.EXPRESSIONS,
                                        "Arguments",
                                        "What it is called with: columns or SQL expressions."),
                                FormField.required(
                                                "as",
                                                FieldType.TEXT,
                                                "New column",
                                                "The column's name.")
                                        .withDefault("result"))));
    }

    @Override
    public LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs) {
        List<Expr> arguments = new ArrayList<>();
        for (String text : context.config().texts("arguments")) {
            if (!text.isBlank()) {
                arguments.add(context.expression("arguments", text));
            }
        }
        String name = context.text("as").strip();
        UserDefinedFunction function = context.function("source", name);
        Expr call;
        try {
            call = function.over(arguments);
        } catch (EngineException e) {
            throw context.problem("arguments", String.valueOf(e.getMessage()), e.code().hint());
        }
        return new LogicalPlan.Project(
                inputs.getFirst(),
                List.of(new Expr.UnresolvedStar(List.of(), null), context.alias(call, name)));
    }

    @Override
    public String summary(NodeConfig config) {
        return config.text("as") + " = call(" + String.join(", ", config.texts("arguments")) + ")";
    }
}
