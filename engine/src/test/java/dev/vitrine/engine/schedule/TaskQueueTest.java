package dev.vitrine.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.vitrine.engine.memory.MemoryArbiter;
import dev.vitrine.engine.storage.BlockStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TaskQueueTest {
    @TempDir private static Path folder;

    private final MemoryArbiter arbiter = new MemoryArbiter(1L << 20, 1, folder);
    private final Executor first = executor("executor-1");
    private final Executor second = executor("executor-2");

    @AfterEach
    void close() {
        arbiter.root().close();
        arbiter.close();
    }

    private Executor executor(String name) {
        return new Executor(name, 1, new BlockStore(name, arbiter, Long.MAX_VALUE));
    }

    private static QueuedTask.Job job(long query, String pool, int weight, int minShare) {
        return new QueuedTask.Job(query, pool, weight, minShare);
    }

    private static QueuedTask task(QueuedTask.Job job, String preferred) {
        return new QueuedTask(job, preferred, executor -> true, (e, slot) -> {}, () -> {});
    }

    private static List<Long> queries(TaskQueue queue, Executor executor, int count) {
        List<Long> queries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            queries.add(Objects.requireNonNull(queue.take(executor)).job().queryId());
        }
        return queries;
    }

    @Test
    void fifoRunsTheOlderQueryFirst() {
        TaskQueue queue = new TaskQueue(false);
        for (int i = 0; i < 2; i++) {
            queue.add(task(job(2, "default", 1, 0), ""), true);
            queue.add(task(job(1, "default", 1, 0), ""), true);
        }
        assertEquals(List.of(1L, 1L, 2L, 2L), queries(queue, first, 4));
    }

    @Test
    void fairSharesByWeight() {
        TaskQueue queue = new TaskQueue(true);
        for (int i = 0; i < 6; i++) {
            queue.add(task(job(1, "batch", 1, 0), ""), true);
            queue.add(task(job(2, "people", 2, 0), ""), true);
        }
        List<Long> taken = queries(queue, first, 6);
        assertEquals(2, taken.stream().filter(query -> query == 1L).count(), taken.toString());
    }

    @Test
    void fairGivesTheLeastShareFirst() {
        TaskQueue queue = new TaskQueue(true);
        for (int i = 0; i < 3; i++) {
            queue.add(task(job(1, "a", 1, 0), ""), true);
            queue.add(task(job(2, "b", 1, 2), ""), true);
        }
        assertEquals(List.of(2L, 2L, 1L), queries(queue, first, 3));
    }

    @Test
    void anExecutorTakesWhatPrefersIt() {
        TaskQueue queue = new TaskQueue(false);
        QueuedTask.Job job = job(1, "default", 1, 0);
        QueuedTask there = task(job, "executor-1");
        QueuedTask here = task(job, "executor-2");
        queue.add(there, false);
        queue.add(here, false);
        assertSame(here, queue.take(second));
        assertSame(there, queue.take(second));
    }

    @Test
    void whatAnExecutorMayNotRunIsLeft() {
        TaskQueue queue = new TaskQueue(false);
        QueuedTask.Job job = job(1, "default", 1, 0);
        QueuedTask refused = new QueuedTask(job, "", e -> e != first, (e, slot) -> {}, () -> {});
        QueuedTask any = task(job, "");
        queue.add(refused, false);
        queue.add(any, false);
        assertSame(any, queue.take(first));
        assertSame(refused, queue.take(second));
    }
}
