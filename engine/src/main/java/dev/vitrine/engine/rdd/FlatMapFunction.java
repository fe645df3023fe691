package dev.vitrine.engine.rdd;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Makes any number of objects of one.
@FunctionalInterface
public interface FlatMapFunction<T extends @Nullable Object, U extends @Nullable Object> {
    Iterator<U> call(T value) throws Exception;
}
