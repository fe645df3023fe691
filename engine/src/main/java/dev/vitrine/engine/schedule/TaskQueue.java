package dev.vitrine.engine.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Tasks that wait for a slot. Slots pull: of the query whose turn it is, the first task that
/// prefers the slot's executor or none, else the first that it may run. Safe for many threads.
///
/// Queries take turns as Spark's pools do: FIFO by the query's number; FAIR by pools, first those
/// that have less than their least share, then by running tasks for each unit of weight.
final class TaskQueue {
    /// How far a slot looks for a task that prefers its executor.
    private static final int LOOK_AHEAD = 64;

    private final boolean fair;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeMap<Long, Deque<QueuedTask>> waiting = new TreeMap<>();
    private final Map<String, Integer> running = new HashMap<>();

    TaskQueue(boolean fair) {
        this.fair = fair;
    }

    /// @param one whether one free slot is enough to be told, since all may run it
    void add(QueuedTask task, boolean one) {
        lock.lock();
        try {
            waiting.computeIfAbsent(task.job().queryId(), id -> new ArrayDeque<>()).add(task);
            if (one) {
                changed.signal();
            } else {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Takes back the tasks of one run that have not begun.
    List<QueuedTask> withdraw(QueuedTask.Job job) {
        List<QueuedTask> taken = new ArrayList<>();
        lock.lock();
        try {
            Deque<QueuedTask> tasks = waiting.get(job.queryId());
            if (tasks != null) {
                tasks.removeIf(task -> task.job() == job && taken.add(task));
                if (tasks.isEmpty()) {
                    waiting.remove(job.queryId());
                }
            }
        } finally {
            lock.unlock();
        }
        return taken;
    }

    /// Has all slots look again, since executors came or went.
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a task that an executor may run; null once it takes no more.
    @Nullable QueuedTask take(Executor executor) {
        lock.lock();
        try {
            while (executor.isAlive()) {
                QueuedTask task = choose(executor);
                if (task != null) {
                    if (fair) {
                        running.merge(task.job().pool(), 1, Integer::sum);
                    }
                    return task;
                }
                changed.awaitUninterruptibly();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /// Says that a task that was taken has ended.
    void ended(QueuedTask task) {
        if (fair) {
            lock.lock();
            try {
                running.merge(task.job().pool(), -1, Integer::sum);
            } finally {
                lock.unlock();
            }
        }
    }

    private @Nullable QueuedTask choose(Executor executor) {
        for (Deque<QueuedTask> tasks : turns()) {
            QueuedTask task = choose(tasks, executor);
            if (task != null) {
                if (tasks.isEmpty()) {
                    waiting.remove(task.job().queryId());
                }
                return task;
            }
        }
        return null;
    }

    private Iterable<Deque<QueuedTask>> turns() {
        if (!fair || waiting.size() < 2) {
            return waiting.values();
        }
        List<Deque<QueuedTask>> turns = new ArrayList<>(waiting.values());
        turns.sort(
                Comparator.comparing((Deque<QueuedTask> tasks) -> !isNeedy(job(tasks)))
                        .thenComparingDouble(tasks -> share(job(tasks)))
                        .thenComparing(tasks -> job(tasks).pool()));
        return turns;
    }

    private static QueuedTask.Job job(Deque<QueuedTask> tasks) {
        return tasks.getFirst().job();
    }

    private boolean isNeedy(QueuedTask.Job job) {
        return running(job) < job.minShare();
    }

    private double share(QueuedTask.Job job) {
        return isNeedy(job)
                ? (double) running(job) / job.minShare()
                : (double) running(job) / job.weight();
    }

    private int running(QueuedTask.Job job) {
        return running.getOrDefault(job.pool(), 0);
    }

    private static @Nullable QueuedTask choose(Deque<QueuedTask> tasks, Executor executor) {
        QueuedTask other = null;
        int seen = 0;
        for (Iterator<QueuedTask> all = tasks.iterator(); all.hasNext(); ) {
            QueuedTask task = all.next();
            if (task.accepts().test(executor)) {
                if (task.preferred().isEmpty() || task.preferred().equals(executor.name())) {
                    all.remove();
                    return task;
                }
                other = other == null ? task : other;
            }
            if (++seen >= LOOK_AHEAD && other != null) {
                break;
            }
        }
        if (other != null) {
            tasks.remove(other);
        }
        return other;
    }
}
