package dev.vitrine.engine.rdd;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Iterators made of iterators, lazily.
public final class Items {
    private Items() {}

    /// Each item as another.
    public static <A extends @Nullable Object, B extends @Nullable Object> Iterator<B> each(
            Iterator<? extends A> items, Function<A, B> change) {
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
    public static <A extends @Nullable Object, B extends @Nullable Object> Iterator<B> all(
            Iterator<? extends A> items, Function<A, Iterator<B>> several) {
        return new Iterator<>() {
            private Iterator<B> current = Collections.emptyIterator();

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

    /// The items for which `holds` is true.
    static <A extends @Nullable Object> Iterator<A> filtered(
            Iterator<A> items, Predicate<A> holds) {
        return all(
                items,
                item ->
                        holds.test(item)
                                ? Collections.singletonList(item).iterator()
                                : Collections.<A>emptyIterator());
    }

    /// The first `count` items.
    static <A extends @Nullable Object> Iterator<A> first(Iterator<A> items, int count) {
        return new Iterator<>() {
            private int left = count;

            @Override
            public boolean hasNext() {
                return left > 0 && items.hasNext();
            }

            @Override
            public A next() {
                if (left == 0) {
                    throw new NoSuchElementException();
                }
                left--;
                return items.next();
            }
        };
    }

    static <A extends @Nullable Object> Iterator<A> one(A item) {
        return Collections.singletonList(item).iterator();
    }

    static <A extends @Nullable Object> Iterator<A> none() {
        return Collections.emptyIterator();
    }

    /// One after the other.
    static <A extends @Nullable Object> Iterator<A> chained(List<Iterator<A>> parts) {
        return all(parts.iterator(), part -> part);
    }
}
