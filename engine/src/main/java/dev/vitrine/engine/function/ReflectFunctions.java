package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Calls of static methods of Java classes.
final class ReflectFunctions {
    private ReflectFunctions() {}

    static List<FunctionEntry> entries() {
        return List.of(
                entry(
                                "reflect",
                                "What a static Java method gives, as text.",
                                "java.util.UUID', 'fromString', 'a5cf6c42-0c85-418f-af6c-3e4e5b1328f2",
                                "a5cf6c42-0c85-418f-af6c-3e4e5b1328f2",
                                false)
                        .alsoNamed("java_method"),
                entry(
                        "try_reflect",
                        "reflect with NULL for what the method throws.",
                        "java.net.URLDecoder', 'decode', '%",
                        "NULL",
                        true));
    }

    private static FunctionEntry entry(
            String name, String doc, String arguments, String result, boolean tries) {
        FunctionEntry plain =
                ScalarDefinition.define(
                                "misc",
                                name + "(class, method[, arg, …])",
                                doc,
                                name + "('" + arguments + "')",
                                result)
                        .takes(ArgType.STRING, ArgType.STRING)
                        .andMore(ArgType.ANY)
                        .prepared(ReflectFunctions::checked)
                        .returns(DataType.STRING)
                        .seesNulls(ScalarDefinition.Nullability.ALWAYS)
                        .varies()
                        .fails()
                        .computedBy((a, s) -> called(a, s.argTypes(), tries));
        return plain;
    }

    private static FunctionCall checked(FunctionCall call) {
        for (int i = 0; i < 2; i++) {
            Expr name = call.constant(call.as(i, ArgType.STRING), i == 0 ? "class" : "method");
            if (ExprEvaluator.constant(name, call.zone()) == null) {
                throw new EngineException(
                        ErrorCode.DATATYPE_MISMATCH__UNEXPECTED_NULL,
                        Map.of("sqlExpr", call.sql(), "exprName", i == 0 ? "`class`" : "`method`"),
                        call.where());
            }
        }
        String owner = text(call, 0);
        String method = text(call, 1);
        Class<?> type =
                type(owner)
                        .orElseThrow(() ->
                                unknown(
                                        ErrorCode.DATATYPE_MISMATCH__UNEXPECTED_CLASS_TYPE,
                                        call,
                                        owner,
                                        method));
        List<DataType> types =
                call.args().subList(2, call.size()).stream().map(Expr::type).toList();
        if (method(type, method, types).isEmpty()) {
            throw unknown(
                    ErrorCode.DATATYPE_MISMATCH__UNEXPECTED_STATIC_METHOD, call, owner, method);
        }
        return call;
    }

    private static EngineException unknown(
            ErrorCode code, FunctionCall call, String owner, String method) {
        return new EngineException(
                code,
                Map.of("sqlExpr", call.sql(), "className", owner, "methodName", method),
                call.where());
    }

    private static String text(FunctionCall call, int index) {
        return String.valueOf(ExprEvaluator.constant(call.as(index, ArgType.STRING), call.zone()));
    }

    private static Optional<Class<?>> type(String name) {
        try {
            return Optional.of(Class.forName(name));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Optional<Method> method(Class<?> owner, String name, List<DataType> types) {
        for (Method method : owner.getMethods()) {
            Class<?>[] parameters = method.getParameterTypes();
            boolean fits =
                    Modifier.isStatic(method.getModifiers())
                            && method.getName().equals(name)
                            && parameters.length == types.size();
            for (int i = 0; fits && i < parameters.length; i++) {
                fits = takes(parameters[i], types.get(i));
            }
            if (fits) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    private static boolean takes(Class<?> parameter, DataType type) {
        return switch (type) {
            case DataType.Simple.BOOLEAN ->
                    parameter == boolean.class || parameter == Boolean.class;
            case DataType.Simple.TINYINT -> parameter == byte.class || parameter == Byte.class;
            case DataType.Simple.SMALLINT -> parameter == short.class || parameter == Short.class;
            case DataType.Simple.INT -> parameter == int.class || parameter == Integer.class;
            case DataType.Simple.BIGINT -> parameter == long.class || parameter == Long.class;
            case DataType.Simple.FLOAT -> parameter == float.class || parameter == Float.class;
            case DataType.Simple.DOUBLE -> parameter == double.class || parameter == Double.class;
            case DataType.Simple.STRING -> parameter == String.class;
            case DataType.Simple.NULL -> !parameter.isPrimitive();
            default -> false;
        };
    }

    private static @Nullable Object called(
            @Nullable Object[] args, List<DataType> types, boolean tries) {
        String owner = String.valueOf(args[0]);
        String name = String.valueOf(args[1]);
        Method method =
                type(owner)
                        .flatMap(type -> method(type, name, types.subList(2, types.size())))
                        .orElseThrow(
                                () -> EngineException.internal("no method " + owner + "." + name));
        Object[] values = new Object[args.length - 2];
        System.arraycopy(args, 2, values, 0, values.length);
        try {
            Object result = method.invoke(null, values);
            return result == null ? null : result.toString();
        } catch (InvocationTargetException e) {
            if (tries) {
                return null;
            }
            throw failed(owner, name, e.getCause() == null ? e : e.getCause());
        } catch (IllegalAccessException | IllegalArgumentException e) {
            throw failed(owner, name, e);
        }
    }

    private static EngineException failed(String owner, String method, Throwable cause) {
        return new EngineException(
                ErrorCode.FAILED_METHOD_CALL,
                Map.of("method", owner + "." + method, "reason", String.valueOf(cause)),
                null,
                cause);
    }
}
