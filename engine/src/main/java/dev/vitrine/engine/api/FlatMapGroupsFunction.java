package dev.vitrine.engine.api;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Makes any number of objects of a group.
@FunctionalInterface
public interface FlatMapGroupsFunction<
        K extends @Nullable Object, V extends @Nullable Object, U extends @Nullable Object> {
    Iterator<U> call(K key, Iterator<V> values) throws Exception;
}
