package dev.vitrine.engine.rdd;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.operator.TaskCancelled;
import dev.vitrine.engine.storage.LostBlocks;
import dev.vitrine.engine.types.DataType;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A user's code as plans and errors name it; it is run here and nowhere else.
///
/// @param signature what it is given: types or a class
/// @param result what it gives; empty where it gives nothing
public record UserCode(String name, String signature, String result) {
    private static final int SHOWN = 200;

    /// Something that user code does, which may throw anything.
    @FunctionalInterface
    public interface Step<R extends @Nullable Object> {
        R run() throws Exception;
    }

    /// A function that is called from an expression.
    public static UserCode of(String name, CallSite site) {
        return new UserCode(name, types(site.argTypes()), site.type().catalogString());
    }

    /// A lambda from objects to objects.
    public static UserCode of(String operation, Encoder<?> from, Encoder<?> to) {
        return new UserCode(operation, from.typeName(), to.typeName());
    }

    public static String types(List<DataType> types) {
        return types.stream().map(DataType::catalogString).collect(Collectors.joining(", "));
    }

    /// `MapElements Person → String`.
    public String text() {
        return name + " " + signature + (result.isEmpty() ? "" : " → " + result);
    }

    /// Runs it.
    ///
    /// @param value what it is given, for errors
    /// @throws EngineException FAILED_EXECUTE_UDF, or what the engine itself threw below it
    public <R extends @Nullable Object> R run(@Nullable Object value, Step<R> step) {
        return run(() -> shown(value), step);
    }

    /// @param values what it is given, for errors
    public <R extends @Nullable Object> R run(Supplier<String> values, Step<R> step) {
        try {
            return step.run();
        } catch (EngineException | TaskCancelled | LostBlocks e) {
            // The engine's own, for instance from the rows that it asks for.
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(values.get(), e);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            throw failed(values.get(), e);
        }
    }

    /// As [#run], where what the engine finds wrong with a value on the way in or out is this
    /// code's failure too.
    ///
    /// @param values what it is given, for errors
    public <R extends @Nullable Object> R call(Supplier<String> values, Step<R> step) {
        try {
            return run(values, step);
        } catch (EngineException e) {
            throw e.code() == ErrorCode.FAILED_EXECUTE_UDF ? e : failed(values.get(), e);
        }
    }

    /// Iterators that it gives are the user's code too.
    public <A extends @Nullable Object> Iterator<A> guarded(Iterator<A> items) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return UserCode.this.<Boolean>run("an iterator", items::hasNext);
            }

            @Override
            public A next() {
                return run("an iterator", items::next);
            }
        };
    }

    public static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }

    private EngineException failed(String values, Throwable cause) {
        return new EngineException(
                ErrorCode.FAILED_EXECUTE_UDF,
                Map.of(
                        "functionName",
                        "`" + name + "`",
                        "signature",
                        signature,
                        "result",
                        result,
                        "values",
                        values,
                        "reason",
                        cause instanceof EngineException e ? e.getMessage() : cause),
                null,
                cause);
    }
}
