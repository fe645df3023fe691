package dev.vitrine.engine.rdd;

import dev.vitrine.engine.operator.TaskUpdates;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something that tasks add to and the program reads; under Spark's name. What a task adds is held
/// apart and counts once the task is done, once for each task of a job however often it runs.
///
/// One of the program's own says what [#accumulate] and [#merge] do, in place of Spark's `add` and
/// `merge`: tasks and program have the same object here, so `add` has to look where it is called.
public abstract class AccumulatorV2<IN extends @Nullable Object, OUT extends @Nullable Object> {
    private int id = -1;
    private String name = "";

    /// What one task attempt adds.
    private record Added<IN extends @Nullable Object, OUT extends @Nullable Object>(
            AccumulatorV2<IN, OUT> whole, AccumulatorV2<IN, OUT> part)
            implements TaskUpdates.Update {
        @Override
        public void commit() {
            synchronized (whole) {
                whole.merge(part);
            }
        }
    }

    /// Another one of this kind that nothing was added to.
    protected abstract AccumulatorV2<IN, OUT> copyAndReset();

    protected abstract void accumulate(IN value);

    /// Adds all that was added to another of this kind.
    protected abstract void merge(AccumulatorV2<IN, OUT> other);

    /// What was added so far.
    protected abstract OUT result();

    /// Whether nothing was added.
    public abstract boolean isZero();

    /// Forgets what was added.
    public abstract void reset();

    final synchronized void register(int number, String called) {
        if (id >= 0) {
            throw new IllegalStateException("Cannot register an Accumulator twice.");
        }
        id = number;
        name = called;
    }

    public final synchronized boolean isRegistered() {
        return id >= 0;
    }

    /// @throws IllegalStateException where it is not registered
    public final synchronized int id() {
        if (id < 0) {
            throw new IllegalStateException(
                    "Accumulator must be registered before use: call sparkContext.register");
        }
        return id;
    }

    public final synchronized Optional<String> name() {
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    /// Adds a value: in a task to what the task adds, else at once.
    ///
    /// @throws IllegalStateException where it is not registered
    public final void add(IN value) {
        id();
        Optional<TaskUpdates> task = TaskUpdates.current();
        if (task.isPresent()) {
            part(task.get()).accumulate(value);
        } else {
            synchronized (this) {
                accumulate(value);
            }
        }
    }

    @SuppressWarnings("unchecked") // kept under this accumulator
    private AccumulatorV2<IN, OUT> part(TaskUpdates task) {
        return ((Added<IN, OUT>)
                        task.of(this, Added.class, () -> new Added<>(this, copyAndReset())))
                .part;
    }

    /// What tasks that are done and the program itself have added.
    ///
    /// @throws UnsupportedOperationException in a task, which cannot know it
    public final OUT value() {
        if (TaskUpdates.current().isPresent()) {
            throw new UnsupportedOperationException("Can't read accumulator value in task");
        }
        synchronized (this) {
            return result();
        }
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + name().map(n -> " " + n).orElse("");
    }
}
