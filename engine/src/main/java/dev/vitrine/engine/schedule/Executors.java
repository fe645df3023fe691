package dev.vitrine.engine.schedule;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The task slots of a session in local mode: one executor with a thread a slot. Slots pull tasks
/// in the order they were given.
public final class Executors implements AutoCloseable {
    private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d+|\\*)])?");

    private final String name;
    private final int slots;
    private final LinkedBlockingQueue<SlotTask> queue = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger busy = new AtomicInteger();

    /// Work for a slot; `slot` is its number.
    interface SlotTask {
        void run(int slot);
    }

    /// @param master `local`, `local[N]` or `local[*]`
    public Executors(String master) {
        this.name = "executor-1";
        this.slots = slots(master);
        for (int i = 0; i < slots; i++) {
            int slot = i;
            threads.add(
                    Thread.ofPlatform()
                            .daemon()
                            .name(name + "-slot-" + slot)
                            .start(() -> work(slot)));
        }
    }

    /// The number of slots that a master string asks for.
    public static int slots(String master) {
        Matcher matcher = LOCAL.matcher(master.strip());
        if (!matcher.matches() || "0".equals(matcher.group(1))) {
            throw new EngineException(
                    ErrorCode.INVALID_SETTING,
                    Map.of(
                            "key", "spark.master",
                            "value", "'" + master + "'",
                            "expected", "local[N] or local[*]"));
        }
        String count = matcher.group(1);
        return count == null
                ? 1
                : count.equals("*")
                        ? Runtime.getRuntime().availableProcessors()
                        : Integer.parseInt(count);
    }

    public String name() {
        return name;
    }

    public int slots() {
        return slots;
    }

    /// Slots that run a task now.
    public int busySlots() {
        return busy.get();
    }

    void submit(SlotTask task) {
        queue.add(task);
    }

    private void work(int slot) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                SlotTask task = queue.take();
                busy.incrementAndGet();
                try {
                    task.run(slot);
                } finally {
                    busy.decrementAndGet();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// Stops the slots when they are next idle.
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
