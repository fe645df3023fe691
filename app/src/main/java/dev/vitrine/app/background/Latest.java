package dev.vitrine.app.background;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A question that is asked again and again: one job at a time, of those waiting only the newest,
/// and answers that are out of date are thrown away. FX thread only.
public final class Latest<T> {
    private final Background background;
    private final long delayMillis;
    private final Consumer<? super T> then;
    private @Nullable Callable<T> waiting;
    private boolean busy;
    private long asked;

    /// @param delayMillis how long to wait for a newer question before beginning
    /// @param then gets the newest question's answer
    public Latest(Background background, long delayMillis, Consumer<? super T> then) {
        this.background = background;
        this.delayMillis = delayMillis;
        this.then = then;
    }

    public void ask(Callable<T> job) {
        waiting = job;
        long number = ++asked;
        if (delayMillis == 0) {
            begin();
        } else {
            background.after(
                    delayMillis,
                    () -> {
                        if (number == asked) {
                            begin();
                        }
                    });
        }
    }

    /// Whether an answer is still to come.
    public boolean pending() {
        return busy || waiting != null;
    }

    private void begin() {
        Callable<T> job = waiting;
        if (busy || job == null) {
            return;
        }
        waiting = null;
        busy = true;
        long number = asked;
        background.run(
                job,
                answer -> {
                    busy = false;
                    if (number == asked) {
                        then.accept(answer);
                    }
                    begin();
                },
                failure -> {
                    busy = false;
                    begin();
                    throw new IllegalStateException(failure);
                });
    }
}
