package dev.vitrine.engine.api;

import dev.vitrine.engine.rdd.UserCode;
import dev.vitrine.engine.expr.RowFunction;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A lambda over objects as a function of rows.
///
/// @param body reads objects from rows and writes objects as rows
record TypedFunction(
        UserCode code,
        Scope scope,
        Function<Iterator<@Nullable Object[]>, Iterator<List<@Nullable Object>>> body)
        implements RowFunction {
    @Override
    public String text() {
        return code.text();
    }

    @Override
    public Iterator<List<@Nullable Object>> rows(Iterator<@Nullable Object[]> input) {
        return body.apply(input);
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
}
