package dev.vitrine.app.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import software.coley.bentofx.Bento;
import software.coley.bentofx.control.DragDropStage;
import software.coley.bentofx.dockable.Dockable;
import software.coley.bentofx.layout.container.DockContainerBranch;
import software.coley.bentofx.layout.container.DockContainerLeaf;
import software.coley.bentofx.layout.container.DockContainerRootBranch;

/// Windows beside the main one, into which tool windows were dragged. They look like the main
/// window, and closing one hides what is in it.
final class FloatingWindows {
    private final Bento bento;
    private final List<DragDropStage> stages = new ArrayList<>();

    /// @param newScene told of each window's scene
    /// @param hide hides the tool windows of a window that the user closes
    FloatingWindows(Bento bento, Consumer<Scene> newScene, Consumer<List<Dockable>> hide) {
        this.bento = bento;
        bento.stageBuilding()
                .setStageFactory(source -> {
                    DragDropStage stage = new DragDropStage(true);
                    stages.add(stage);
                    stage.addEventFilter(
                            WindowEvent.WINDOW_CLOSE_REQUEST, event -> hide.accept(docks(stage)));
                    stage.addEventHandler(WindowEvent.WINDOW_HIDDEN, event -> stages.remove(stage));
                    return stage;
                });
        bento.stageBuilding()
                .setSceneFactory((source, region, width, height) -> {
                    Scene scene = new Scene(region, width, height);
                    newScene.accept(scene);
                    return scene;
                });
    }

    /// Opens a window with these tool windows, which are nowhere else.
    void open(Scene main, DockLayout.Floating where, List<Dockable> docks) {
        DockContainerRootBranch root = bento.dockBuilding().root();
        DockContainerLeaf leaf = bento.dockBuilding().leaf();
        DragDropStage stage =
                bento.stageBuilding()
                        .newStageForDockable(
                                main, root, leaf, docks.getFirst(), where.width(), where.height());
        docks.subList(1, docks.size()).forEach(leaf::addDockable);
        stage.setX(where.x());
        stage.setY(where.y());
        if (main.getWindow() instanceof Stage owner) {
            stage.setTitle(owner.getTitle());
        }
        stage.show();
    }

    List<DockLayout.Floating> layout(Map<Dockable, String> ids) {
        List<DockLayout.Floating> windows = new ArrayList<>();
        for (DragDropStage stage : stages) {
            List<String> tools = new ArrayList<>();
            String selected = "";
            for (Dockable dock : docks(stage)) {
                String id = ids.get(dock);
                if (id != null) {
                    tools.add(id);
                    if (dock.equals(dock.getContainer().getSelectedDockable())) {
                        selected = id;
                    }
                }
            }
            if (!tools.isEmpty() && stage.isShowing()) {
                Scene scene = stage.getScene();
                windows.add(
                        new DockLayout.Floating(
                                stage.getX(),
                                stage.getY(),
                                scene.getWidth(),
                                scene.getHeight(),
                                tools,
                                selected));
            }
        }
        return windows;
    }

    /// Closes windows that have nothing in them any more.
    void closeEmpty() {
        stages.stream().filter(stage -> docks(stage).isEmpty()).toList().forEach(Window::hide);
    }

    void closeAll() {
        List.copyOf(stages).forEach(Window::hide);
    }

    private static List<Dockable> docks(Stage stage) {
        return stage.getScene() != null
                        && stage.getScene().getRoot() instanceof DockContainerBranch root
                ? List.copyOf(root.getDockables())
                : List.of();
    }
}
