package dev.vitrine.engine.memory;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.MemoryReclaim;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.types.Schema;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Shares out a session's memory: where an allocation would go beyond the limit, it has the largest
/// holders write rows to files first.
///
/// What is shared, and what belongs to the task that asks, is spilled on the asking thread at once.
/// Another task is asked, and spills when it next checks; the asking thread waits for that, for a
/// bounded time, since it may hold what the other needs. A part of the memory is kept free for
/// spilling itself. Safe for many threads.
public final class MemoryArbiter implements MemoryReclaim, AutoCloseable {
    private static final long MAX_RESERVE = 32L << 20;
    private static final int RESERVE_PART = 8;

    /// Freeing a little at a time would end in many small files.
    private static final int LEAST_PART = 32;

    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long STEP_MILLIS = 1;

    private final BatchAllocator root;
    private final SpillFolder folder;
    private final int slots;
    private final long softLimit;
    private final Set<Spillable> shared = ConcurrentHashMap.newKeySet();
    private final Set<TaskMemory> tasks = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Spillable storage;

    @SuppressWarnings("ThreadLocalUsage") // threads belong to one session, as an arbiter does
    private final ThreadLocal<@Nullable TaskMemory> current = new ThreadLocal<>();

    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Boolean> busy = ThreadLocal.withInitial(() -> false);

    /// The bytes of off-heap memory that a session with some settings may use.
    public static long limitBytes(Settings settings) {
        long limit = settings.getLong(Settings.MEMORY_LIMIT);
        if (limit > 0) {
            return limit;
        }
        return Machine.HALF_OF_MEMORY;
    }

    /// Asked once: it means reading files of the operating system.
    private static final class Machine {
        static final long HALF_OF_MEMORY =
                ManagementFactory.getOperatingSystemMXBean()
                                instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize() / 2
                        : Runtime.getRuntime().maxMemory();
    }

    /// @param limitBytes of the session's memory
    /// @param slots tasks that run at the same time
    /// @param localDir parent of the folder of spill files; what dead processes left there is
    ///   removed
    public MemoryArbiter(long limitBytes, int slots, Path localDir) {
        this.slots = slots;
        this.softLimit = limitBytes - Math.min(MAX_RESERVE, limitBytes / RESERVE_PART);
        this.folder = new SpillFolder(localDir);
        SpillFolder.removeLeftovers(localDir);
        this.root = BatchAllocator.root(limitBytes, this);
    }

    /// The session's memory; the caller closes it before this.
    public BatchAllocator root() {
        return root;
    }

    /// Bytes that one operator of a task may hold without being able to free them: an eighth of a
    /// slot's part.
    public long share() {
        return root.limitBytes() / (8L * slots);
    }

    /// A new spill file for batches of a schema; the caller closes it.
    public SpillFile newFile(Schema schema) {
        return new SpillFile(schema, folder.newFile(), this::countSpilled);
    }

    private void countSpilled(long bytes) {
        TaskMemory task = current.get();
        if (task != null) {
            task.countSpilled(bytes);
        }
    }

    /// Says that any thread may spill `spillable`.
    public void register(Spillable spillable) {
        shared.add(spillable);
    }

    public void unregister(Spillable spillable) {
        shared.remove(spillable);
    }

    /// Says what is asked before all others: what of cached rows is above storage's floor.
    public void storage(Spillable cached) {
        storage = cached;
    }

    /// Begins a task attempt on this thread.
    ///
    /// @param operator names the operator at work, for errors
    /// @param spilled counts the bytes that this thread writes to files
    public TaskMemory enter(Supplier<String> operator, LongConsumer spilled) {
        TaskMemory task = new TaskMemory(this, operator, spilled);
        tasks.add(task);
        current.set(task);
        return task;
    }

    void leave(TaskMemory task) {
        tasks.remove(task);
        current.remove();
    }

    @Override
    public void beforeAllocation(long bytes) {
        if (root.usedBytes() + bytes > softLimit && !busy.get()) {
            free(bytes, false);
        }
    }

    @Override
    public boolean afterFailure(long bytes) {
        return !busy.get() && free(bytes, true);
    }

    @Override
    public String worker(String fallback) {
        TaskMemory task = current.get();
        return task == null ? fallback : task.operator();
    }

    void makeRoom(long bytes) {
        if (root.usedBytes() + bytes > softLimit && !busy.get()) {
            free(bytes, true);
        }
    }

    /// Whether `bytes` more are within the limit.
    private boolean fits(long bytes, boolean hard) {
        return root.usedBytes() + bytes <= (hard ? root.limitBytes() : softLimit);
    }

    /// Spills until `bytes` fit.
    ///
    /// @param wait whether to wait for other tasks
    private boolean free(long bytes, boolean wait) {
        long deadline = System.nanoTime() + WAIT_NANOS;
        Spillable cached = storage;
        if (cached != null && cached.spillableBytes() > 0) {
            spill(cached, bytes);
        }
        boolean progress = true;
        while (progress && !fits(bytes, false)) {
            progress = false;
            for (Holder holder : holders(current.get())) {
                if (fits(bytes, false)) {
                    return true;
                }
                if (holder.other == null) {
                    progress |= spill(holder.spillable, bytes) > 0;
                } else if (!holder.other.isWaiting()) {
                    holder.other.request(wanted(bytes));
                    progress |= wait && await(holder.other, bytes, deadline);
                }
            }
        }
        return fits(bytes, true);
    }

    /// Waits for a task that was asked to free memory; whether it has come to it.
    private boolean await(TaskMemory other, long bytes, long deadline) {
        TaskMemory mine = current.get();
        if (mine != null) {
            mine.setWaiting(true);
        }
        try {
            while (other.isAsked()
                    && !other.isWaiting()
                    && !fits(bytes, false)
                    && System.nanoTime() < deadline) {
                Thread.sleep(STEP_MILLIS);
            }
            return !other.isAsked() && System.nanoTime() < deadline;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            if (mine != null) {
                mine.setWaiting(false);
            }
        }
    }

    private long wanted(long bytes) {
        return Math.max(bytes, root.limitBytes() / LEAST_PART);
    }

    /// @param other the task that must spill it itself, or null where this thread may
    private record Holder(Spillable spillable, long bytes, @Nullable TaskMemory other) {}

    /// All that can be freed, largest first.
    private List<Holder> holders(@Nullable TaskMemory mine) {
        List<Holder> holders = new ArrayList<>();
        shared.forEach(spillable -> add(spillable, null, holders));
        for (TaskMemory task : tasks) {
            for (Spillable spillable : task.spillables()) {
                add(spillable, task == mine ? null : task, holders);
            }
        }
        holders.sort(Comparator.comparingLong(Holder::bytes).reversed());
        return holders;
    }

    private static void add(Spillable spillable, @Nullable TaskMemory other, List<Holder> to) {
        long bytes = spillable.spillableBytes();
        if (bytes > 0) {
            to.add(new Holder(spillable, bytes, other));
        }
    }

    private long spill(Spillable spillable, long bytes) {
        busy.set(true);
        try {
            return spillable.spill(wanted(bytes));
        } finally {
            busy.set(false);
        }
    }

    /// Spills what a task holds, on its own thread, unless there is room by now.
    void spillTask(TaskMemory task, long bytes) {
        if (busy.get()) {
            return;
        }
        for (Spillable spillable : task.spillables()) {
            if (!fits(bytes, false) && spillable.spillableBytes() > 0) {
                spill(spillable, bytes);
            }
        }
    }

    @Override
    public void close() {
        folder.close();
    }
}
