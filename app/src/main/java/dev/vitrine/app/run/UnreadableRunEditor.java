package dev.vitrine.app.run;

import dev.vitrine.app.editor.Editor;
import dev.vitrine.engine.event.ErrorInfo;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The tab of a recording of which nothing can be read: it says so.
public final class UnreadableRunEditor implements Editor {
    private final Path file;
    private final VBox view;
    private final ReadOnlyStringWrapper status = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper dirty = new ReadOnlyBooleanWrapper();

    public UnreadableRunEditor(Path file, ErrorInfo error) {
        this.file = file;
        view = new VBox(RunEditor.notice(error.message(), error.hint(), "error"));
        view.getStyleClass().addAll("run-details", "page");
        view.setId("run-unreadable");
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public String title() {
        return String.valueOf(file.getFileName());
    }

    @Override
    public String icon() {
        return "error";
    }

    @Override
    public Region view() {
        return view;
    }

    @Override
    public Optional<Runnable> action(String commandId) {
        return Optional.empty();
    }

    @Override
    public ReadOnlyStringProperty status() {
        return status.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyBooleanProperty dirty() {
        return dirty.getReadOnlyProperty();
    }

    @Override
    public void focus() {
        view.requestFocus();
    }

    @Override
    public void close() {
        // Nothing to save.
    }
}
