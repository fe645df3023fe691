package dev.vitrine.app.workbench;

import dev.vitrine.app.background.WarmUp;
import dev.vitrine.app.preferences.PreferencesFile;
import dev.vitrine.app.project.Project;
import dev.vitrine.app.theme.Theme;
import dev.vitrine.engine.record.RunRecording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The window as a program: opens a project and ends when the window is closed.
public final class WorkbenchApplication extends Application {
    // JavaFX makes the application itself, without arguments of ours.
    private static @Nullable Launch launch;

    private record Launch(Supplier<Engine> engine, Path folder, Path file) {}

    /// Opens the window and waits until it is closed.
    ///
    /// @param engine made on a thread of its own, before the window
    /// @param file opened at once; the folder itself for its first pipeline
    public static void open(Supplier<Engine> engine, Path folder, Path file) {
        launch = new Launch(engine, folder, file);
        Application.launch(WorkbenchApplication.class);
    }

    private @Nullable Engine engine;
    private Runnable endWarmUp = () -> {};

    @Override
    public void init() {
        Theme.loadFonts();
        engine = Objects.requireNonNull(launch).engine.get();
    }

    @Override
    public void start(Stage stage) {
        Launch what = Objects.requireNonNull(launch);
        // A recording from elsewhere is looked at; the folder it lies in is no project for that.
        boolean stray =
                RunRecording.isRecording(what.file)
                        && !Files.isDirectory(new Project(what.folder).own());
        Project project = new Project(what.folder, !stray);
        Engine behind = Objects.requireNonNull(engine);
        Workbench window = new Workbench(behind, project, PreferencesFile.ofUser());
        window.show(stage);
        if (what.file.equals(what.folder)) {
            project.pipelines().stream().findFirst().ifPresent(window::open);
        } else {
            window.open(what.file);
        }
        Platform.setImplicitExit(true);
        endWarmUp =
                WarmUp.behind(
                        behind.session(),
                        problem ->
                                System.getLogger(WorkbenchApplication.class.getName())
                                        .log(System.Logger.Level.WARNING, "warm-up", problem));
    }

    @Override
    public void stop() {
        endWarmUp.run();
        if (engine != null) {
            engine.session().close();
        }
    }
}
