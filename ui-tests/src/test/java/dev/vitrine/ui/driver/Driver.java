package dev.vitrine.ui.driver;

import static org.junit.jupiter.api.Assertions.fail;

import dev.vitrine.app.pipeline.PipelineEditor;
import dev.vitrine.app.preferences.Preferences;
import dev.vitrine.app.preferences.PreferencesFile;
import dev.vitrine.app.project.Project;
import dev.vitrine.app.scratchpad.SqlEditor;
import dev.vitrine.app.theme.Theme;
import dev.vitrine.app.workbench.Engine;
import dev.vitrine.app.workbench.Workbench;
import dev.vitrine.app.workbench.WorkbenchShot;
import dev.vitrine.sample.SampleProject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// A user in front of a window on a fresh copy of the sample project: does what people do, waits as
/// they do, and takes pictures.
public final class Driver implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path PICTURES = Path.of("target", "screenshots");

    private final FxRobot robot = new FxRobot();
    private final Path folder;
    private final Engine engine;
    private final Workbench workbench;
    private final Stage stage;
    private final Optional<Path> temporary;

    private Driver(
            Path folder,
            Optional<Path> temporary,
            Engine engine,
            Workbench workbench,
            Stage stage) {
        this.folder = folder;
        this.temporary = temporary;
        this.engine = engine;
        this.workbench = workbench;
        this.stage = stage;
    }

    /// Opens the window in a theme, on a fresh copy of the sample project, which goes at the end.
    public static Driver open(Engine engine, String theme) {
        try {
            Path temporary = Files.createTempDirectory("vitrine-story");
            return open(engine, theme, temporary.resolve("sample"), Optional.of(temporary));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Opens the window on a project as it is, or on a copy of the sample project where there is
    /// none. The folder is the story's own to remove.
    public static Driver open(Engine engine, String theme, Path folder) {
        return open(engine, theme, folder, Optional.empty());
    }

    private static Driver open(Engine engine, String theme, Path folder, Optional<Path> temporary) {
        try {
            if (!Files.exists(folder)) {
                SampleProject.unpack(folder);
            }
            FxToolkit.registerPrimaryStage();
            PreferencesFile file = new PreferencesFile(folder.resolve(".vitrine/preferences.json"));
            file.write(file.read().with(new Preferences.Appearance(theme, 100)));
            Theme.loadFonts();
            return WaitForAsyncUtils.waitForAsyncFx(
                    30_000,
                    () -> {
                        Workbench workbench = new Workbench(engine, new Project(folder), file);
                        Stage stage = new Stage();
                        workbench.show(stage);
                        stage.setX(0);
                        stage.setY(0);
                        return new Driver(folder, temporary, engine, workbench, stage);
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    public Path folder() {
        return folder;
    }

    public FxRobot robot() {
        return robot;
    }

    public Workbench workbench() {
        return workbench;
    }

    // Doing

    /// Opens a file of the project and waits for its tab.
    public Driver openFile(String name) {
        Path file = folder.resolve(name);
        fx(() -> {
            workbench.open(file);
            return file;
        });
        until(
                "the tab of " + name,
                () ->
                        workbench
                                .active()
                                .map(editor -> editor.file().equals(file.toAbsolutePath()))
                                .orElse(false));
        return pause(400);
    }

    public Driver press(KeyCode... keys) {
        robot.push(keys);
        return settle();
    }

    public Driver type(String text) {
        for (int i = 0; i < text.length(); i++) {
            robot.write(text.charAt(i));
        }
        return settle();
    }

    /// Clicks twice, as opening wants it.
    public Driver doubleClick(String id) {
        robot.doubleClickOn(middle(id));
        return settle();
    }

    public Driver command(String id) {
        fx(() -> workbench.commands().run(id));
        return settle();
    }

    public Driver click(String id) {
        robot.clickOn(middle(id));
        return settle();
    }

    /// Replaces the text of a form's field.
    public Driver fill(String fieldId, String text) {
        click(fieldId);
        robot.push(KeyCode.SHORTCUT, KeyCode.A);
        return type(text);
    }

    /// Presses at one point, moves in steps to another, and lets go there.
    public Driver drag(Point2D from, Point2D to) {
        dragWithoutDrop(from, to);
        robot.release(MouseButton.PRIMARY);
        return settle();
    }

    /// Moves the divider above what has this id; in memory the mouse cannot, for drags do not stay
    /// with what was pressed there.
    public Driver moveDivider(String id, double pixels) {
        fx(() -> {
            for (Node node = node(id); node != null; node = node.getParent()) {
                if (node instanceof SplitPane split
                        && split.getOrientation() == Orientation.VERTICAL) {
                    SplitPane.Divider divider = split.getDividers().getLast();
                    divider.setPosition(divider.getPosition() + pixels / split.getHeight());
                    return true;
                }
            }
            return fail("There is no divider above " + id);
        });
        return settle();
    }

    public Driver dragWithoutDrop(Point2D from, Point2D to) {
        robot.moveTo(from);
        robot.press(MouseButton.PRIMARY);
        for (int step = 1; step <= 8; step++) {
            robot.moveTo(from.interpolate(to, step / 8.0));
            settle();
        }
        return this;
    }

    /// As [#dragWithoutDrop], with the time that native dragging wants at each step.
    public Driver dragSlowly(Point2D from, Point2D to) {
        robot.moveTo(from);
        robot.press(MouseButton.PRIMARY);
        for (int step = 1; step <= 16; step++) {
            robot.moveTo(from.interpolate(to, step / 16.0));
            pause(60);
        }
        return this;
    }

    public Driver drop() {
        robot.release(MouseButton.PRIMARY);
        return settle();
    }

    // Looking

    public PipelineEditor pipeline() {
        return (PipelineEditor) workbench.active().orElseThrow();
    }

    public SqlEditor sql() {
        return (SqlEditor) workbench.active().orElseThrow();
    }

    /// The middle of what has this id, on the screen.
    public Point2D middle(String id) {
        Bounds bounds = bounds(id);
        return new Point2D(bounds.getCenterX(), bounds.getCenterY());
    }

    public Point2D middleOfEdge(String from, String to) {
        return middle("port-" + from + "-out").midpoint(middle(to));
    }

    public Point2D onCanvas(double x, double y) {
        Bounds bounds = bounds("canvas");
        return new Point2D(bounds.getMinX() + x, bounds.getMinY() + y);
    }

    public Bounds bounds(String id) {
        return fx(() -> node(id).localToScreen(node(id).getLayoutBounds()));
    }

    public boolean exists(String id) {
        return fx(() -> workbench.root().lookup("#" + id) != null);
    }

    public boolean isVisible(String id) {
        return fx(() -> {
            for (Node node : workbench.root().lookupAll("#" + id)) {
                if (isShown(node)) {
                    return true;
                }
            }
            return false;
        });
    }

    /// A text field that is to be seen. FX thread only.
    public TextField field(String id) {
        return (TextField) node(id);
    }

    /// Ids of the tool windows in windows of their own. FX thread only.
    public List<String> floating() {
        return workbench.floatingTools();
    }

    /// Closes the windows beside the main one, as the button in their frames does.
    public Driver closeFloating() {
        fx(() -> {
            for (Window window : List.copyOf(Window.getWindows())) {
                if (window instanceof Stage && window != stage) {
                    window.fireEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSE_REQUEST));
                }
            }
            return 0;
        });
        return settle();
    }

    private static boolean isShown(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return node.getScene() != null;
    }

    private Node node(String id) {
        for (Node node : workbench.root().lookupAll("#" + id)) {
            if (isShown(node)) {
                return node;
            }
        }
        return fail("There is no " + id + " to be seen");
    }

    /// Waits for something the user would wait for.
    public Driver until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!fx(condition::getAsBoolean)) {
            if (System.nanoTime() > end) {
                picture("failed-" + what.replaceAll("\\W+", "-"));
                fail("Waited in vain for " + what);
            }
            WaitForAsyncUtils.sleep(20, TimeUnit.MILLISECONDS);
        }
        return settle();
    }

    /// Waits until the run that was started last is over.
    public Driver untilRunEnds() {
        return until(
                "the end of the run",
                () -> workbench.runs().shown().get().isPresent() && !workbench.runs().anyRunning());
    }

    /// Lets jobs that follow on one another come to rest.
    public Driver settle() {
        WaitForAsyncUtils.waitForFxEvents();
        return this;
    }

    public Driver pause(long millis) {
        WaitForAsyncUtils.sleep(millis, TimeUnit.MILLISECONDS);
        return settle();
    }

    /// Takes a picture for people to look at.
    public Driver picture(String name) {
        WritableImage image = fx(() -> workbench.root().getScene().snapshot(null));
        WorkbenchShot.save(image, PICTURES.resolve(name + ".png"));
        return this;
    }

    public <T> T fx(Callable<T> question) {
        return WaitForAsyncUtils.waitForAsyncFx(20_000, question);
    }

    @Override
    public void close() {
        fx(() -> {
            workbench.close();
            stage.hide();
            return stage;
        });
        engine.session().close();
        temporary.ifPresent(Driver::delete);
    }

    /// What the window writes as it closes may still be on its way.
    private static void delete(Path folder) {
        for (int tries = 10; Files.exists(folder); tries--) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException | UncheckedIOException e) {
                if (tries == 0) {
                    throw new IllegalStateException("Not deleted: " + folder, e);
                }
                WaitForAsyncUtils.sleep(100, TimeUnit.MILLISECONDS);
            }
        }
    }
}
