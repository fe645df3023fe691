package dev.vitrine.plan;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;

/// Hands the newest value to a view on the FX thread, at most once a frame; values in between are
/// dropped, the last one never is.
public final class FrameMailbox<T> {
    private final AtomicReference<T> latest = new AtomicReference<>();
    private final AnimationTimer nextFrame;

    /// @param view called on the FX thread
    public FrameMailbox(Consumer<? super T> view) {
        nextFrame =
                new AnimationTimer() {
                    @Override
                    public void handle(long now) {
                        stop();
                        T value = latest.getAndSet(null);
                        if (value != null) {
                            view.accept(value);
                        }
                    }
                };
    }

    /// Takes a value; from any thread.
    public void post(T value) {
        if (latest.getAndSet(value) == null) {
            Platform.runLater(nextFrame::start);
        }
    }
}
