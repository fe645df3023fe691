package dev.vitrine.app.editor;

import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// An editor of what needs no saving: it has no commands and no status of its own.
public abstract class ReadOnlyEditor implements Editor {
    private final Path file;
    private final String icon;
    private final ReadOnlyStringWrapper status = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper dirty = new ReadOnlyBooleanWrapper();

    protected ReadOnlyEditor(Path file, String icon) {
        this.file = file;
        this.icon = icon;
    }

    @Override
    public final Path file() {
        return file;
    }

    @Override
    public final String icon() {
        return icon;
    }

    @Override
    public Optional<Runnable> action(String commandId) {
        return Optional.empty();
    }

    @Override
    public final ReadOnlyStringProperty status() {
        return status.getReadOnlyProperty();
    }

    @Override
    public final ReadOnlyBooleanProperty dirty() {
        return dirty.getReadOnlyProperty();
    }

    @Override
    public void focus() {
        view().requestFocus();
    }

    @Override
    public void close() {}
}
