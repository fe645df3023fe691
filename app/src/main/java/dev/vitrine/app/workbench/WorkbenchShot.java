package dev.vitrine.app.workbench;

import dev.vitrine.app.preferences.Preferences;
import dev.vitrine.app.preferences.PreferencesFile;
import dev.vitrine.app.project.Project;
import dev.vitrine.app.run.RunEditor;
import dev.vitrine.app.theme.Theme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/// Draws the window into a picture, without a display where the Headless platform is asked for
/// (`-Dglass.platform=Headless -Dprism.order=sw`). Blocks; not for the FX thread.
public final class WorkbenchShot {
    /// What the picture shows.
    ///
    /// @param file opened in the window
    /// @param run whether and how far the file is run before the picture is taken
    /// @param tool id of the tool window in front, `settings` for the preferences, or empty
    /// @param theme `light` or `dark`
    public record Scenery(
            Path folder, Path file, Run run, String tool, String theme, int width, int height) {}

    /// When the picture is taken.
    public enum Run {
        /// Without running.
        NO,
        /// When the first tasks are done.
        STARTED,
        /// At the end.
        FINISHED
    }

    /// Opens the page of preferences in place of a tool window.
    private static final String SETTINGS = "settings";

    private WorkbenchShot() {}

    /// Draws the window and writes a PNG, and nothing else: no recording, no layout.
    public static void write(Engine engine, Scenery scenery, Path png) {
        startToolkit();
        Path preferences = null;
        try {
            preferences = Files.createTempFile("vitrine-shot", ".json");
            shoot(engine, scenery, new PreferencesFile(preferences), png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(preferences);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void shoot(
            Engine engine, Scenery scenery, PreferencesFile preferences, Path png) {
        preferences.write(
                Preferences.DEFAULTS
                        .with(new Preferences.Appearance(scenery.theme, 100))
                        .with(new Preferences.Window(scenery.width, scenery.height, false, "")));
        Workbench workbench =
                onFx(() -> new Workbench(engine, new Project(scenery.folder, false), preferences));
        onFx(() -> {
            workbench.show(new Stage());
            workbench.open(scenery.file);
            return workbench;
        });
        waitUntil(() -> workbench.active().isPresent(), 20);
        settle(30);
        boolean recording =
                onFx(() -> workbench.active().filter(RunEditor.class::isInstance).isPresent());
        if (scenery.run != Run.NO && !recording) {
            onFx(() -> workbench.commands().run("run.run"));
            waitUntil(
                    () ->
                            workbench.runs().shown().get().isPresent()
                                    && (scenery.run == Run.STARTED
                                            ? someTasksDone(workbench)
                                            : !workbench.runs().anyRunning()),
                    120);
        }
        if (!scenery.tool.isEmpty()) {
            onFx(() -> {
                if (scenery.tool.equals(SETTINGS)) {
                    workbench.openSettings();
                } else {
                    workbench.showTool(scenery.tool);
                }
                return workbench;
            });
        }
        settle(scenery.run == Run.STARTED ? 2 : 30);
        WritableImage image = onFx(() -> workbench.root().getScene().snapshot(null));
        save(image, png);
        onFx(() -> {
            Scene scene = workbench.root().getScene();
            workbench.close();
            scene.getWindow().hide();
            return scene;
        });
    }

    private static boolean someTasksDone(Workbench workbench) {
        return workbench.runs().all().stream()
                .flatMap(run -> run.snapshot().get().stream())
                .anyMatch(snapshot ->
                        snapshot.outcome().isPresent()
                                || snapshot.stages().stream()
                                        .anyMatch(stage ->
                                                stage.tasksDone() > 0
                                                        && stage.tasksDone() < stage.tasks()));
    }

    /// Writes a picture as PNG.
    public static void save(WritableImage image, Path png) {
        try {
            Path folder = png.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", png.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void startToolkit() {
        CountDownLatch started = new CountDownLatch(1);
        try {
            Platform.startup(started::countDown);
        } catch (IllegalStateException e) {
            // It runs already.
            started.countDown();
        }
        Platform.setImplicitExit(false);
        await(started);
        Theme.loadFonts();
    }

    private static <T> T onFx(Supplier<T> action) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                answer.complete(action.get());
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.join();
    }

    private static void waitUntil(Supplier<Boolean> condition, long seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!onFx(condition) && System.nanoTime() < end) {
            settle(3);
        }
    }

    /// Lets a number of frames go by.
    private static void settle(int frames) {
        CountDownLatch latch = new CountDownLatch(frames);
        onFx(() -> {
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    latch.countDown();
                    if (latch.getCount() == 0) {
                        stop();
                    }
                }
            }.start();
            return latch;
        });
        await(latch);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("JavaFX does not answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
