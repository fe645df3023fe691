package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.FunctionCall;
import dev.vitrine.engine.sql.SqlParser;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The parameters of the lambdas around the place that is being resolved, innermost first.
final class LambdaScope implements FunctionCall.Surroundings {
    private final ExprResolver resolver;
    private final Deque<List<Expr.LambdaVariable>> around = new ArrayDeque<>();

    LambdaScope(ExprResolver resolver) {
        this.resolver = resolver;
    }

    Optional<Expr> find(String name) {
        for (List<Expr.LambdaVariable> variables : around) {
            for (Expr.LambdaVariable variable : variables) {
                if (resolver.scope().sameName(variable.name(), name)) {
                    return Optional.of(variable);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public DataType parseType(String text) {
        try {
            return SqlParser.parseSchema(text).toStruct();
        } catch (EngineException noColumns) {
            try {
                return SqlParser.parseType(text);
            } catch (EngineException noType) {
                throw noColumns;
            }
        }
    }

    @Override
    public Expr.Lambda bind(Expr expr, List<Field> parameters) {
        List<String> names =
                expr instanceof Expr.UnresolvedLambda(var written, var body)
                        ? written
                        : parameters.stream().map(Field::name).toList();
        if (names.size() != parameters.size()) {
            throw new EngineException(
                    ErrorCode.INVALID_LAMBDA_FUNCTION_CALL__NUM_ARGS_MISMATCH,
                    Map.of("expectedNumArgs", names.size(), "actualNumArgs", parameters.size()));
        }
        Set<String> distinct = new HashSet<>();
        List<Expr.LambdaVariable> variables = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!distinct.add(
                    resolver.scope().caseSensitive()
                            ? name
                            : name.toLowerCase(java.util.Locale.ROOT))) {
                throw new EngineException(
                        ErrorCode.INVALID_LAMBDA_FUNCTION_CALL__DUPLICATE_ARG_NAMES,
                        Map.of("args", String.join(", ", names)));
            }
            Field field = parameters.get(i);
            variables.add(
                    new Expr.LambdaVariable(
                            resolver.analyzer().context().newAttributeId(),
                            name,
                            field.type(),
                            field.nullable()));
        }
        if (!(expr instanceof Expr.UnresolvedLambda(var written, var body))) {
            return new Expr.Lambda(variables, expr);
        }
        around.push(variables);
        try {
            return new Expr.Lambda(variables, resolver.resolve(body));
        } finally {
            around.pop();
        }
    }
}
