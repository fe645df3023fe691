package dev.vitrine.engine.rdd;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Makes objects of those of a whole partition.
@FunctionalInterface
public interface MapPartitionsFunction<T extends @Nullable Object, U extends @Nullable Object> {
    Iterator<U> call(Iterator<T> values) throws Exception;
}
