package dev.vitrine.app.project;

import dev.vitrine.app.background.Background;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/// Saves a document soon after it changed. FX thread only; writing happens beside it.
public final class Autosave {
    private static final long DELAY_MILLIS = 1_200;

    private final Background background;
    private final Supplier<String> text;
    private final Consumer<String> write;
    private final Consumer<Throwable> failed;
    private final ReadOnlyBooleanWrapper dirty = new ReadOnlyBooleanWrapper();
    private boolean waiting;

    /// @param text the document as text, taken on the FX thread
    /// @param write writes it, on another thread
    public Autosave(
            Background background,
            Supplier<String> text,
            Consumer<String> write,
            Consumer<Throwable> failed) {
        this.background = background;
        this.text = text;
        this.write = write;
        this.failed = failed;
    }

    /// Whether there is something not yet saved.
    public ReadOnlyBooleanProperty dirty() {
        return dirty.getReadOnlyProperty();
    }

    public void changed() {
        dirty.set(true);
        if (!waiting) {
            waiting = true;
            background.after(
                    DELAY_MILLIS,
                    () -> {
                        waiting = false;
                        save();
                    });
        }
    }

    /// Saves at once where there is something to save.
    public void save() {
        if (!dirty.get()) {
            return;
        }
        dirty.set(false);
        String snapshot = text.get();
        background.run(
                () -> {
                    synchronized (this) {
                        write.accept(snapshot);
                    }
                    return snapshot;
                },
                saved -> {},
                failure -> {
                    dirty.set(true);
                    failed.accept(failure);
                });
    }

    /// Saves on the calling thread, when the window closes.
    public void flush() {
        if (dirty.get()) {
            dirty.set(false);
            synchronized (this) {
                write.accept(text.get());
            }
        }
    }
}
