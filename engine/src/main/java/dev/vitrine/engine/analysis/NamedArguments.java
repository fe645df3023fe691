package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.FunctionEntry;
import dev.vitrine.engine.function.FunctionRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Puts `name => value` arguments where their parameters are.
final class NamedArguments {
    private NamedArguments() {}

    /// The arguments of a call in the order of the function's parameters.
    ///
    /// @param args resolved, named ones as [Expr.NamedArgument]s
    static List<Expr> placed(
            Expr.UnresolvedFunction f, List<Expr> args, FunctionRegistry functions) {
        Optional<FunctionEntry> entry = functions.find(f.name());
        boolean higherOrder = entry.map(e -> e.group().equals("lambda")).orElse(true);
        if (!higherOrder && args.stream().anyMatch(Expr.UnresolvedLambda.class::isInstance)) {
            throw new EngineException(
                    ErrorCode.INVALID_LAMBDA_FUNCTION_CALL__NON_HIGHER_ORDER_FUNCTION,
                    Map.of("class", "`" + f.name() + "`"),
                    f.where());
        }
        boolean plain =
                args.stream()
                        .noneMatch(arg ->
                                arg instanceof Expr.NamedArgument(var name, var value)
                                        && !name.equals("unit"));
        if (plain || entry.isEmpty()) {
            return args;
        }
        List<FunctionEntry.Parameter> parameters = entry.get().parameters();
        if (parameters.isEmpty()) {
            throw error(ErrorCode.NAMED_PARAMETERS_NOT_SUPPORTED, f, Map.of());
        }
        return ordered(f, args, parameters);
    }

    private static List<Expr> ordered(
            Expr.UnresolvedFunction f, List<Expr> args, List<FunctionEntry.Parameter> parameters) {
        Map<String, Expr> named = new HashMap<>();
        List<Expr> positional = new ArrayList<>();
        for (Expr arg : args) {
            if (arg instanceof Expr.NamedArgument(var name, var value)) {
                if (named.putIfAbsent(name.toLowerCase(Locale.ROOT), value) != null) {
                    throw error(
                            ErrorCode
                                    .DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT__DOUBLE_NAMED_ARGUMENT_REFERENCE,
                            f,
                            Map.of("parameterName", "`" + name + "`"));
                }
            } else if (!named.isEmpty()) {
                throw error(
                        ErrorCode.UNEXPECTED_POSITIONAL_ARGUMENT,
                        f,
                        Map.of("parameterName", "`" + named.keySet().iterator().next() + "`"));
            } else {
                positional.add(arg);
            }
        }
        List<Expr> placed = new ArrayList<>(positional);
        for (int i = 0; i < parameters.size(); i++) {
            FunctionEntry.Parameter parameter = parameters.get(i);
            Expr value = named.remove(parameter.name().toLowerCase(Locale.ROOT));
            if (i < positional.size()) {
                if (value != null) {
                    throw error(
                            ErrorCode
                                    .DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT__BOTH_POSITIONAL_AND_NAMED,
                            f,
                            Map.of("parameterName", "`" + parameter.name() + "`"));
                }
                continue;
            }
            if (value == null && parameter.fallback().isEmpty()) {
                throw error(
                        ErrorCode.REQUIRED_PARAMETER_NOT_FOUND,
                        f,
                        Map.of("parameterName", "`" + parameter.name() + "`", "index", i));
            }
            placed.add(value != null ? value : parameter.fallback().orElseThrow());
        }
        if (!named.isEmpty()) {
            throw error(
                    ErrorCode.UNRECOGNIZED_PARAMETER_NAME,
                    f,
                    Map.of(
                            "argumentName",
                            "`" + named.keySet().iterator().next() + "`",
                            "proposal",
                            parameters.stream().map(p -> "`" + p.name() + "`").toList()));
        }
        return placed;
    }

    private static EngineException error(
            ErrorCode code, Expr.UnresolvedFunction f, Map<String, Object> args) {
        Map<String, Object> all = new HashMap<>(args);
        all.put("routineName", "`" + f.name() + "`");
        all.put("functionName", "`" + f.name() + "`");
        return new EngineException(code, all, f.where());
    }
}
