package dev.vitrine.engine.function;

import java.util.IdentityHashMap;
import java.util.function.Supplier;

/// Where the expressions of this thread are being evaluated: which partition, and what functions
/// such as rand remember from row to row. A task's own; a thread without a task is in partition 0.
public final class TaskPlace {
    private static final ThreadLocal<TaskPlace> CURRENT =
            ThreadLocal.withInitial(() -> new TaskPlace(0));

    private final int partition;
    private final IdentityHashMap<Object, Object> states = new IdentityHashMap<>();

    private TaskPlace(int partition) {
        this.partition = partition;
    }

    /// Begins a task on this thread; what the last one remembered is forgotten.
    public static void enter(int partition) {
        CURRENT.set(new TaskPlace(partition));
    }

    static int currentPartition() {
        return CURRENT.get().partition;
    }

    /// What one place of an expression remembers in this task.
    ///
    /// @param key the place, compared by identity
    static <T> T state(Object key, Class<T> type, Supplier<T> first) {
        return type.cast(CURRENT.get().states.computeIfAbsent(key, k -> first.get()));
    }
}
