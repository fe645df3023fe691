package dev.vitrine.engine.rdd;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Makes any number of objects of two.
@FunctionalInterface
public interface FlatMapFunction2<
        A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> {
    Iterator<R> call(A first, B second) throws Exception;
}
