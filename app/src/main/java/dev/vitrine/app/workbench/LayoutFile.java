package dev.vitrine.app.workbench;

import dev.vitrine.app.background.Background;
import dev.vitrine.app.project.Project;
import dev.vitrine.engine.pipeline.PipelineFile;
import java.nio.file.Path;

/// Where the tool windows of a project are, in its folder: read at the start, written soon after
/// something moved and at the end.
final class LayoutFile {
    private final Path file;
    private final boolean written;
    private final Docking docking;
    private final Background background;
    private String saved = "";

    LayoutFile(Project project, Docking docking, Background background) {
        this.file = project.own().resolve("layout.json");
        this.written = project.written();
        this.docking = docking;
        this.background = background;
    }

    /// Puts everything where it was, but for windows beside the main one.
    void restore() {
        DockLayout.read(file).ifPresent(docking::restore);
    }

    /// Opens the windows beside the main one, which is shown.
    void openFloating() {
        DockLayout.read(file).ifPresent(docking::openFloating);
    }

    /// Writes what has changed, beside the FX thread.
    void save() {
        String layout = docking.layout().print();
        if (written && !layout.equals(saved)) {
            saved = layout;
            background.run(
                    () -> {
                        write(layout);
                        return file;
                    },
                    done -> {});
        }
    }

    /// Writes at once, when the window closes.
    void flush() {
        if (written) {
            write(docking.layout().print());
        }
    }

    private synchronized void write(String layout) {
        PipelineFile.writeText(file, layout);
    }
}
