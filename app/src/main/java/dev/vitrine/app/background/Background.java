package dev.vitrine.app.background;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Runs jobs beside the FX thread and hands their answers back to it. Nobody waits for anybody.
public final class Background implements AutoCloseable {
    private final Executor fx;
    private final Consumer<Throwable> unexpected;
    private final ExecutorService jobs =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofPlatform().daemon().name("job-", 1).factory());
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("clock").factory());

    /// @param fx runs on the FX thread
    /// @param unexpected told of failures that nobody handles, on the FX thread
    public Background(Executor fx, Consumer<Throwable> unexpected) {
        this.fx = fx;
        this.unexpected = unexpected;
    }

    /// Runs `job`, then `then` with its answer on the FX thread.
    public <T> void run(Callable<T> job, Consumer<? super T> then) {
        run(job, then, unexpected);
    }

    public <T> void run(Callable<T> job, Consumer<? super T> then, Consumer<Throwable> failed) {
        if (jobs.isShutdown()) {
            return;
        }
        jobs.execute(() -> {
            try {
                T answer = job.call();
                deliver(() -> then.accept(answer));
            } catch (Exception | LinkageError | AssertionError e) {
                deliver(() -> failed.accept(e));
            }
        });
    }

    /// Answers that come after the end are dropped: what they are about is closed and freed.
    private void deliver(Runnable answer) {
        fx.execute(() -> {
            if (!jobs.isShutdown()) {
                answer.run();
            }
        });
    }

    /// Runs `job` on the FX thread, soon.
    public void onFx(Runnable job) {
        fx.execute(job);
    }

    /// Runs `job` on the FX thread every so often.
    public void every(long millis, Runnable job) {
        var _ =
                clock.scheduleAtFixedRate(
                        () -> fx.execute(job), millis, millis, TimeUnit.MILLISECONDS);
    }

    /// Runs `job` on the FX thread after a while.
    public void after(long millis, Runnable job) {
        if (!clock.isShutdown()) {
            var _ = clock.schedule(() -> fx.execute(job), millis, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        jobs.shutdown();
    }
}
