package dev.vitrine.engine.api;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Makes one object of a group.
@FunctionalInterface
public interface MapGroupsFunction<
        K extends @Nullable Object, V extends @Nullable Object, U extends @Nullable Object> {
    U call(K key, Iterator<V> values) throws Exception;
}
