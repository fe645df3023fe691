package dev.vitrine.engine.operator;

import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a task attempt wants to change outside its rows, which comes about only if the attempt is
/// the one that counts: accumulators. Filled by the attempt's thread; [#commit] is the driver's.
public final class TaskUpdates {
    private static final ThreadLocal<@Nullable TaskUpdates> CURRENT = new ThreadLocal<>();

    private final IdentityHashMap<Object, Update> updates = new IdentityHashMap<>();

    /// A change that waits.
    public interface Update {
        void commit();
    }

    /// Those of the attempt that runs on this thread; empty where none does.
    public static Optional<TaskUpdates> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /// Runs an attempt on this thread.
    public void during(Runnable attempt) {
        CURRENT.set(this);
        try {
            attempt.run();
        } finally {
            CURRENT.remove();
        }
    }

    /// The attempt's change of `what`, made at the first call.
    ///
    /// @param what compared by identity
    public <U extends Update> U of(Object what, Class<U> type, Supplier<U> first) {
        return type.cast(updates.computeIfAbsent(what, w -> first.get()));
    }

    /// Makes the changes. Called once the attempt has ended, and not twice.
    public void commit() {
        updates.values().forEach(Update::commit);
    }
}
