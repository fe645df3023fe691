package dev.vitrine.engine.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// What one task attempt can free, and where others ask it to. Used by the task's thread, but for
/// what the arbiter asks.
public final class TaskMemory implements AutoCloseable {
    private final MemoryArbiter arbiter;
    private final Supplier<String> operator;
    private final LongConsumer spilled;
    private final List<Spillable> spillables = new ArrayList<>();
    private volatile long requested;
    private volatile boolean waiting;

    TaskMemory(MemoryArbiter arbiter, Supplier<String> operator, LongConsumer spilled) {
        this.arbiter = arbiter;
        this.operator = operator;
        this.spilled = spilled;
    }

    /// Says that `spillable` can free memory, on this task's thread only.
    public void register(Spillable spillable) {
        synchronized (spillables) {
            spillables.add(spillable);
        }
    }

    public void unregister(Spillable spillable) {
        synchronized (spillables) {
            spillables.remove(spillable);
        }
    }

    /// Frees what another task has asked for; called often, at points where the task's operators
    /// may be spilled.
    public void check() {
        if (requested > 0) {
            arbiter.spillTask(this, requested);
            requested = 0;
        }
    }

    /// Sees to it that `bytes` can be allocated, as far as anything can be freed for it.
    public void makeRoom(long bytes) {
        arbiter.makeRoom(bytes);
    }

    /// Bytes that an operator may hold without being able to free them.
    public long share() {
        return arbiter.share();
    }

    /// The session's arbiter, for spill files.
    public MemoryArbiter arbiter() {
        return arbiter;
    }

    void request(long bytes) {
        requested = Math.max(requested, bytes);
    }

    /// Whether it has not yet come to free what it was asked for.
    boolean isAsked() {
        return requested > 0;
    }

    /// Whether it waits for others to free memory, so that nobody should wait for it.
    boolean isWaiting() {
        return waiting;
    }

    void setWaiting(boolean now) {
        waiting = now;
    }

    List<Spillable> spillables() {
        synchronized (spillables) {
            return List.copyOf(spillables);
        }
    }

    void countSpilled(long bytes) {
        spilled.accept(bytes);
    }

    String operator() {
        return operator.get();
    }

    @Override
    public void close() {
        arbiter.leave(this);
        requested = 0;
    }
}
