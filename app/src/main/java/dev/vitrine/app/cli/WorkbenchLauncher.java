package dev.vitrine.app.cli;

import dev.vitrine.app.preferences.Preferences;
import dev.vitrine.app.preferences.PreferencesFile;
import dev.vitrine.app.sql.EngineSqlLanguage;
import dev.vitrine.app.workbench.Engine;
import dev.vitrine.app.workbench.WorkbenchApplication;
import dev.vitrine.app.workbench.WorkbenchShot;
import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.pipeline.SqlExpressions;
import dev.vitrine.engine.settings.Settings;
import java.nio.file.Path;

/// The one place where the command line meets the window: loading it loads JavaFX.
final class WorkbenchLauncher {
    private WorkbenchLauncher() {}

    /// Opens the window and waits until it is closed.
    static void open(Path folder, Path file) {
        Preferences.Engine limits = PreferencesFile.ofUser().read().engine();
        WorkbenchApplication.open(() -> engine(inProject(settings(limits), folder)), folder, file);
    }

    /// Draws the window into a picture.
    static void shot(
            Path folder,
            Path file,
            Path png,
            WorkbenchShot.Run run,
            String tool,
            String theme,
            int width,
            int height) {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        Engine engine = engine(inProject(Settings.defaults(), folder));
        try {
            WorkbenchShot.write(
                    engine,
                    new WorkbenchShot.Scenery(folder, file, run, tool, theme, width, height),
                    png);
        } finally {
            engine.session().close();
        }
    }

    /// The engine's part of the preferences as its settings.
    private static Settings settings(Preferences.Engine limits) {
        Settings settings = Settings.defaults();
        if (limits.slots() > 0) {
            settings = settings.with(Settings.MASTER.key(), "local[" + limits.slots() + "]");
        }
        if (limits.memoryMegabytes() > 0) {
            settings =
                    settings.with(
                            Settings.MEMORY_LIMIT.key(),
                            String.valueOf((long) limits.memoryMegabytes() << 20));
        }
        return settings;
    }

    /// A project's tables lie in its own folder, out of the file tree's sight.
    private static Settings inProject(Settings settings, Path folder) {
        Path warehouse = folder.resolve(".vitrine").resolve("warehouse");
        return settings.with(Settings.WAREHOUSE_DIR.key(), warehouse.toString());
    }

    private static Engine engine(Settings settings) {
        LocalSession session = LocalSession.open(settings);
        return new Engine(session, new EngineSqlLanguage(session), new SqlExpressions());
    }
}
