package dev.vitrine.engine.schedule;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EventListener;
import dev.vitrine.engine.memory.MemoryArbiter;
import dev.vitrine.engine.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// The executors of a session: registered, watched by their heartbeats, decommissioned, lost and
/// replaced. They end with the session. Safe for many threads.
public final class Executors implements AutoCloseable {
    private final Master master;
    private final ClusterManager manager;
    private final TaskQueue queue;
    private final EventListener events;
    private final List<Executor> present = new CopyOnWriteArrayList<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Thread heartbeats;
    private volatile boolean closed;

    /// Is told of executors, on any thread.
    interface Watcher {
        void added(Executor executor);

        /// @param heir who takes over its blocks
        void leaving(Executor executor, Executor heir);

        void removed(Executor executor, String reason);
    }

    /// @param events told what happens to executors, with query 0
    public Executors(
            Master master, Settings settings, MemoryArbiter arbiter, EventListener events) {
        this(
                master,
                new InProcessCluster(
                        master, arbiter, settings.getInt(Settings.EXECUTOR_REPLACEMENTS)),
                settings,
                events);
    }

    Executors(Master master, ClusterManager manager, Settings settings, EventListener events) {
        this.master = master;
        this.manager = manager;
        this.events = events;
        this.queue = new TaskQueue("FAIR".equalsIgnoreCase(settings.get(Settings.SCHEDULER_MODE)));
        manager.start().forEach(this::register);
        long interval = settings.getMillis(Settings.HEARTBEAT_INTERVAL);
        long timeout = settings.getMillis(Settings.NETWORK_TIMEOUT);
        this.heartbeats =
                Thread.ofVirtual().name("heartbeats").start(() -> watch(interval, timeout));
    }

    private void register(Executor executor) {
        present.add(executor);
        executor.start(queue);
    }

    /// Where the executors are.
    public Master master() {
        return master;
    }

    /// Those that are there now, with those that are about to leave.
    public List<Executor> present() {
        return List.copyOf(present);
    }

    /// Tasks that run at the same time.
    public int slots() {
        int slots = 0;
        for (Executor executor : present) {
            slots += executor.slots();
        }
        return slots;
    }

    /// Slots that run a task now.
    public int busySlots() {
        int slots = 0;
        for (Executor executor : present) {
            slots += executor.busySlots();
        }
        return slots;
    }

    /// Whether an executor, and what it holds, may go.
    public boolean canLose() {
        return manager.canLose();
    }

    void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    void unwatch(Watcher watcher) {
        watchers.remove(watcher);
    }

    void submit(QueuedTask task) {
        queue.add(task, present.size() == 1);
    }

    /// Takes back the tasks of one run that have not begun.
    void withdraw(QueuedTask.Job job) {
        queue.withdraw(job).forEach(task -> task.withdrawn().run());
    }

    /// Kills an executor: its tasks stop, its blocks are gone, and where the cluster has another it
    /// is replaced.
    ///
    /// @return whether it was there; the last one that cannot be replaced stays
    public boolean kill(String name, String reason) {
        Optional<Executor> found = find(name);
        return found.isPresent() && manager.canLose() && lose(found.get(), reason);
    }

    /// Makes an executor miss its heartbeats; it is lost when the timeout is over.
    public boolean silence(String name) {
        Optional<Executor> found = find(name);
        found.filter(executor -> manager.canLose()).ifPresent(Executor::fallSilent);
        return found.isPresent() && manager.canLose();
    }

    /// Lets an executor end its tasks, moves its blocks to another and releases it.
    ///
    /// @throws EngineException INVALID_SETTING where there is no other to go on with
    public void decommission(String name) {
        Executor leaving = find(name).orElseThrow(() -> noExecutor(name));
        Executor heir =
                present.stream()
                        .filter(other -> other != leaving && other.isAlive())
                        .findFirst()
                        .orElseThrow(() -> noExecutor(name));
        leaving.leave();
        queue.wake();
        watchers.forEach(watcher -> watcher.leaving(leaving, heir));
        leaving.blocks().handOn(heir.blocks());
        releaseIfIdle(leaving);
    }

    private EngineException noExecutor(String name) {
        return new EngineException(
                ErrorCode.INVALID_SETTING,
                Map.of(
                        "key", "executor",
                        "value", "'" + name + "'",
                        "expected",
                                "one of two or more executors: "
                                        + present.stream().map(Executor::name).toList()));
    }

    private void releaseIfIdle(Executor executor) {
        if (executor.state() == Executor.State.DECOMMISSIONING && executor.busySlots() == 0) {
            remove(executor, "decommissioned");
        }
    }

    Optional<Executor> find(String name) {
        return present.stream().filter(executor -> executor.name().equals(name)).findFirst();
    }

    private boolean lose(Executor executor, String reason) {
        if (!remove(executor, reason)) {
            return false;
        }
        if (!closed) {
            manager.replace(executor).ifPresent(this::add);
        }
        return true;
    }

    private void add(Executor executor) {
        // Told first, so that a query knows of an executor before a task of it starts there.
        watchers.forEach(watcher -> watcher.added(executor));
        events.on(new EngineEvent.ExecutorAdded(0, executor.name(), executor.slots(), 0));
        register(executor);
        queue.wake();
    }

    private boolean remove(Executor executor, String reason) {
        if (!present.remove(executor)) {
            return false;
        }
        manager.release(executor);
        queue.wake();
        watchers.forEach(watcher -> watcher.removed(executor, reason));
        events.on(new EngineEvent.ExecutorRemoved(0, executor.name(), reason, 0));
        return true;
    }

    private void watch(long intervalMillis, long timeoutMillis) {
        try {
            while (!closed) {
                Thread.sleep(intervalMillis);
                long now = System.nanoTime();
                for (Executor executor : present) {
                    executor.beat(now);
                    long silent = TimeUnit.NANOSECONDS.toMillis(now - executor.lastBeat());
                    if (silent > timeoutMillis) {
                        lose(executor, "no heartbeat for " + silent + " ms");
                    } else {
                        releaseIfIdle(executor);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Stops the slots when they are next idle, and lets go of all blocks.
    @Override
    public void close() {
        closed = true;
        heartbeats.interrupt();
        for (Executor executor : present) {
            manager.release(executor);
        }
        present.clear();
        queue.wake();
    }
}
