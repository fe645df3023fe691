package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.RowFunction;
import dev.vitrine.engine.rdd.Encoder;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A lambda over objects as a function of rows.
///
/// @param body reads objects from rows and writes objects as rows
record TypedFunction(
        String text,
        Scope scope,
        Function<Iterator<@Nullable Object[]>, Iterator<List<@Nullable Object>>> body)
        implements RowFunction {
    private static final int SHOWN = 200;

    @Override
    public Iterator<List<@Nullable Object>> rows(Iterator<@Nullable Object[]> input) {
        return body.apply(input);
    }

    /// Something that user code does, which may throw anything.
    @FunctionalInterface
    interface Step<R extends @Nullable Object> {
        R run() throws Exception;
    }

    /// Runs a user's code.
    ///
    /// @param what the operation and its classes, for errors
    /// @param value what it was given, for errors
    static <R extends @Nullable Object> R guarded(
            String what, @Nullable Object value, Step<R> step) {
        try {
            return step.run();
        } catch (EngineException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(what, value, e);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            throw failed(what, value, e);
        }
    }

    private static EngineException failed(String what, @Nullable Object value, Throwable cause) {
        String text = String.valueOf(value);
        String[] classes = what.split(" ", 2);
        String[] sides = classes[classes.length - 1].split(" → ", 2);
        return new EngineException(
                ErrorCode.FAILED_EXECUTE_UDF,
                Map.of(
                        "functionName",
                        "`" + classes[0] + "`",
                        "signature",
                        sides[0],
                        "result",
                        sides.length > 1 ? sides[1] : "",
                        "values",
                        text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text,
                        "reason",
                        cause),
                null,
                cause);
    }

    static <T extends @Nullable Object, U extends @Nullable Object> String classes(
            String what, Encoder<T> from, Encoder<U> to) {
        return what + " " + from.typeName() + " → " + to.typeName();
    }

    /// Each item as another.
    static <A extends @Nullable Object, B extends @Nullable Object> Iterator<B> each(
            Iterator<A> items, Function<A, B> change) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public B next() {
                return change.apply(items.next());
            }
        };
    }

    /// The items of all the iterators that items give.
    static <A extends @Nullable Object, B extends @Nullable Object> Iterator<B> all(
            Iterator<A> items, Function<A, Iterator<B>> several) {
        return new Iterator<>() {
            private Iterator<B> current = java.util.Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!current.hasNext() && items.hasNext()) {
                    current = several.apply(items.next());
                }
                return current.hasNext();
            }

            @Override
            public B next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return current.next();
            }
        };
    }

    /// Iterators are the user's code too.
    static <A extends @Nullable Object> Iterator<A> guarded(String what, Iterator<A> items) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return TypedFunction.<Boolean>guarded(what, "an iterator", items::hasNext);
            }

            @Override
            public A next() {
                return TypedFunction.guarded(what, "an iterator", items::next);
            }
        };
    }
}
