package dev.vitrine.engine.rdd;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Does something with the objects of a whole partition.
@FunctionalInterface
public interface ForeachPartitionFunction<T extends @Nullable Object> {
    void call(Iterator<T> values) throws Exception;
}
