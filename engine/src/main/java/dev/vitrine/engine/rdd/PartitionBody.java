package dev.vitrine.engine.rdd;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// What an action makes of a partition.
@FunctionalInterface
interface PartitionBody<T extends @Nullable Object, R extends @Nullable Object> {
    Iterator<R> of(int partition, Iterator<T> objects);
}
