package dev.vitrine.engine.schedule;

import dev.vitrine.engine.storage.BlockStore;
import java.util.concurrent.atomic.AtomicInteger;

/// Slots that run tasks, one thread each, and the blocks that tasks left there. Safe for many
/// threads.
public final class Executor {
    private final String name;
    private final int slots;
    private final BlockStore blocks;
    private final AtomicInteger busy = new AtomicInteger();
    private volatile State state = State.ALIVE;
    private volatile long lastBeat = System.nanoTime();
    private volatile boolean silent;

    /// Whether it takes tasks.
    public enum State {
        ALIVE,
        /// Ends its tasks and takes no new ones.
        DECOMMISSIONING,
        /// Its tasks are stopped and its blocks are gone.
        LOST
    }

    Executor(String name, int slots, BlockStore blocks) {
        this.name = name;
        this.slots = slots;
        this.blocks = blocks;
    }

    /// Begins to pull tasks.
    void start(TaskQueue queue) {
        for (int i = 0; i < slots; i++) {
            int slot = i;
            Thread.ofPlatform()
                    .daemon()
                    .name(name + "-slot-" + slot)
                    .start(() -> work(queue, slot));
        }
    }

    private void work(TaskQueue queue, int slot) {
        while (state == State.ALIVE) {
            QueuedTask task = queue.take(this);
            if (task == null) {
                return;
            }
            busy.incrementAndGet();
            try {
                task.work().run(this, slot);
            } finally {
                busy.decrementAndGet();
                queue.ended(task);
            }
        }
    }

    public String name() {
        return name;
    }

    public int slots() {
        return slots;
    }

    public BlockStore blocks() {
        return blocks;
    }

    /// Slots that run a task now.
    public int busySlots() {
        return busy.get();
    }

    public State state() {
        return state;
    }

    boolean isAlive() {
        return state == State.ALIVE;
    }

    boolean isLost() {
        return state == State.LOST;
    }

    void leave() {
        state = State.DECOMMISSIONING;
    }

    /// Stops it; its blocks are gone.
    void end() {
        state = State.LOST;
        blocks.close();
    }

    /// Says that it is still there, unless it has fallen silent.
    void beat(long now) {
        if (!silent) {
            lastBeat = now;
        }
    }

    long lastBeat() {
        return lastBeat;
    }

    /// Makes it miss its heartbeats, as one that hangs does.
    void fallSilent() {
        silent = true;
    }
}
