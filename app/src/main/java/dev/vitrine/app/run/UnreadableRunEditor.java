package dev.vitrine.app.run;

import dev.vitrine.app.editor.ReadOnlyEditor;
import dev.vitrine.engine.event.ErrorInfo;
import java.nio.file.Path;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The tab of a recording of which nothing can be read: it says so.
public final class UnreadableRunEditor extends ReadOnlyEditor {
    private final VBox view;

    public UnreadableRunEditor(Path file, ErrorInfo error) {
        super(file, "error");
        view = new VBox(RunEditor.notice(error.message(), error.hint(), "error"));
        view.getStyleClass().addAll("run-details", "page");
        view.setId("run-unreadable");
    }

    @Override
    public String title() {
        return String.valueOf(file().getFileName());
    }

    @Override
    public Region view() {
        return view;
    }
}
