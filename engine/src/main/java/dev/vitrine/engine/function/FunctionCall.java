package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A call that waits to be resolved: arguments are resolved already, types not yet brought
/// together.
///
/// @param name as the user wrote it, in lower case
/// @param now the time that current_timestamp and its like give throughout the query
public record FunctionCall(
        String name,
        List<Expr> args,
        boolean distinct,
        Optional<Expr> filter,
        EvalMode mode,
        ZoneId zone,
        Instant now,
        Settings settings,
        Surroundings lambdas,
        @Nullable SourceRange where) {
    public FunctionCall {
        args = List.copyOf(args);
    }

    /// What resolving a call needs of the analyzer around it.
    @FunctionalInterface
    public interface Surroundings {
        /// Gives a lambda's parameters their types and resolves its body.
        Expr.Lambda bind(Expr lambda, List<Field> parameters);

        /// The type that a text names: columns, `a INT, b STRING`, or a type.
        default DataType parseType(String text) {
            throw EngineException.internal("the type " + text + " is asked for outside SQL");
        }
    }

    /// Argument `index` as a function of parameters of these types; an expression that is no lambda
    /// is a function that leaves its arguments aside.
    Expr.Lambda lambda(int index, Field... parameters) {
        return lambdas.bind(args.get(index), List.of(parameters));
    }

    /// This call with argument `index` replaced.
    FunctionCall withArg(int index, Expr changed) {
        List<Expr> all = new ArrayList<>(args);
        all.set(index, changed);
        return withArgs(all);
    }

    FunctionCall named(String changed) {
        return new FunctionCall(
                changed, args, distinct, filter, mode, zone, now, settings, lambdas, where);
    }

    Expr arg(int index) {
        return args.get(index);
    }

    DataType type(int index) {
        return args.get(index).type();
    }

    int size() {
        return args.size();
    }

    FunctionCall withArgs(List<Expr> changed) {
        return new FunctionCall(
                name, changed, distinct, filter, mode, zone, now, settings, lambdas, where);
    }

    /// This call of an aggregate over the rows that meet a condition.
    public FunctionCall withFilter(Expr condition) {
        return new FunctionCall(
                name,
                args,
                distinct,
                Optional.of(condition),
                mode,
                zone,
                now,
                settings,
                lambdas,
                where);
    }

    FunctionCall withMode(EvalMode changed) {
        return new FunctionCall(
                name, args, distinct, filter, changed, zone, now, settings, lambdas, where);
    }

    String sql() {
        boolean operator = !Character.isLetter(name.charAt(0)) && name.charAt(0) != '_';
        String list =
                args.stream()
                        .map(Expr::sql)
                        .collect(Collectors.joining(operator ? " " + name + " " : ", "));
        return operator
                ? "\"(" + (args.size() == 1 ? name + " " : "") + list + ")\""
                : "\"" + name + "(" + list + ")\"";
    }

    /// Checks the number of arguments.
    FunctionCall arity(int min, int max) {
        if (args.size() < min || args.size() > max) {
            String expected =
                    max == Integer.MAX_VALUE
                            ? "at least " + min
                            : min == max ? String.valueOf(min) : "[" + min + ", " + max + "]";
            throw new EngineException(
                    ErrorCode.WRONG_NUM_ARGS__WITHOUT_SUGGESTION,
                    Map.of(
                            "functionName",
                            "`" + name + "`",
                            "expectedNum",
                            expected,
                            "actualNum",
                            args.size()),
                    where);
        }
        return this;
    }

    /// The argument as a value of `type`, cast where SQL does so by itself.
    Expr as(int index, ArgType type) {
        Expr arg = args.get(index);
        DataType target =
                type.accept(arg.type(), arg instanceof Expr.Literal)
                        .orElseThrow(() -> unexpected(index, type.label()));
        return CommonTypes.cast(arg, target, mode);
    }

    /// Gives back an argument that is the same for all rows.
    ///
    /// @param parameter what the function calls it
    /// @throws EngineException DATATYPE_MISMATCH.NON_FOLDABLE_INPUT
    Expr constant(Expr arg, String parameter) {
        if (!arg.foldable() || arg.any(Expr.LambdaVariable.class::isInstance)) {
            throw notConstant(arg, parameter);
        }
        return arg;
    }

    /// DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE
    ///
    /// @param name what the function calls the argument
    EngineException outOfRange(String name, String range, @Nullable Object value) {
        return new EngineException(
                ErrorCode.DATATYPE_MISMATCH__VALUE_OUT_OF_RANGE,
                Map.of(
                        "sqlExpr",
                        sql(),
                        "exprName",
                        "`" + name + "`",
                        "valueRange",
                        range,
                        "currentValue",
                        String.valueOf(value)),
                where());
    }

    EngineException notConstant(Expr arg, String parameter) {
        return new EngineException(
                ErrorCode.DATATYPE_MISMATCH__NON_FOLDABLE_INPUT,
                Map.of(
                        "sqlExpr", sql(),
                        "inputName", "`" + parameter + "`",
                        "inputType", "\"" + arg.type().sql() + "\"",
                        "inputExpr", "\"" + arg.sql() + "\""),
                where);
    }

    EngineException unexpected(int index, String required) {
        String[] ordinals = {"first", "second", "third", "fourth", "fifth", "sixth", "seventh"};
        return new EngineException(
                ErrorCode.DATATYPE_MISMATCH__UNEXPECTED_INPUT_TYPE,
                Map.of(
                        "sqlExpr", sql(),
                        "paramIndex", index < ordinals.length ? ordinals[index] : index + 1,
                        "requiredType", "\"" + required + "\"",
                        "inputSql", "\"" + args.get(index).sql() + "\"",
                        "inputType", "\"" + args.get(index).type().sql() + "\""),
                where);
    }

    /// All arguments cast to their common type.
    List<Expr> common() {
        DataType type = CommonTypes.of(args).orElseThrow(() -> differing(args));
        return args.stream().map(arg -> CommonTypes.cast(arg, type, mode)).toList();
    }

    EngineException differing(List<Expr> exprs) {
        return new EngineException(
                ErrorCode.DATATYPE_MISMATCH__DATA_DIFF_TYPES,
                Map.of(
                        "sqlExpr", sql(),
                        "dataType",
                                exprs.stream()
                                        .map(e -> "\"" + e.type().sql() + "\"")
                                        .collect(Collectors.joining(", ", "[", "]"))),
                where);
    }

    EngineException invalidParameter(String parameter, String value, String expected) {
        return new EngineException(
                ErrorCode.INVALID_PARAMETER_VALUE,
                Map.of(
                        "functionName",
                        "`" + name + "`",
                        "parameter",
                        "`" + parameter + "`",
                        "invalidValue",
                        value,
                        "expected",
                        expected),
                where);
    }
}
