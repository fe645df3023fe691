package dev.vitrine.app.editor;

import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.layout.Region;

/// An open document in a tab of the centre. FX thread only.
public interface Editor {
    Path file();

    String title();

    /// A name of an icon.
    String icon();

    Region view();

    /// What a command does here and now, or empty where it does nothing.
    Optional<Runnable> action(String commandId);

    /// A command's title here, for example `Undo Move`; empty for the usual one.
    default String actionTitle(String commandId) {
        return "";
    }

    /// For the right end of the status bar: caret, zoom, selection.
    ReadOnlyStringProperty status();

    ReadOnlyBooleanProperty dirty();

    void focus();

    /// Saves on the calling thread what is not yet saved.
    void close();
}
