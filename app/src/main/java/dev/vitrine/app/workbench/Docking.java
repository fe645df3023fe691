package dev.vitrine.app.workbench;

import dev.vitrine.app.editor.Editor;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.app.workbench.DockTree.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import software.coley.bentofx.dockable.Dockable;
import software.coley.bentofx.layout.container.DockContainerLeaf;

/// Where tool windows and editors are: Bento does the docking, this knows the homes of all, hides
/// and shows them, and remembers where they were.
final class Docking {
    private static final int TOOLS = 1;
    private static final int EDITORS = 2;

    /// A view around the editors that can be moved, hidden and shown.
    record ToolWindow(String id, String title, String icon, Place home, Region node) {}

    private final DockTree tree;
    private final FloatingWindows floating;
    private final Map<String, ToolWindow> tools = new LinkedHashMap<>();
    private final Map<String, Dockable> toolDocks = new LinkedHashMap<>();
    private final Map<Editor, Dockable> editorDocks = new LinkedHashMap<>();
    private Optional<DockLayout> waiting = Optional.empty();

    /// @param emptyEditor stands where no editor is open
    /// @param newScene told of the scene of each window that a tool window is dragged into
    Docking(
            Region emptyEditor,
            Consumer<Optional<Editor>> activated,
            Consumer<Editor> closed,
            Consumer<Scene> newScene) {
        tree = new DockTree(emptyEditor);
        floating = new FloatingWindows(tree.bento(), newScene, this::hideAll);
        tree.editors()
                .selectedDockableProperty()
                .addListener((o, old, dock) -> activated.accept(editor(dock)));
        tree.bento()
                .events()
                .addDockableCloseListener((path, dock) ->
                        editor(dock)
                                .ifPresent(editor -> {
                                    editorDocks.remove(editor);
                                    closed.accept(editor);
                                }));
    }

    Region node() {
        return tree.root();
    }

    /// Puts the dividers where they belong, once the window has its size.
    void place() {
        if (waiting.isPresent()) {
            tree.placeAs(waiting.get().root());
            waiting = Optional.empty();
        } else {
            tree.place();
        }
    }

    // Tool windows

    void add(ToolWindow tool) {
        Dockable dock = tree.bento().dockBuilding().dockable("tool-" + tool.id());
        dock.setTitle(tool.title());
        dock.setIconFactory(d -> Icons.of(tool.icon(), 14));
        dock.setNode(tool.node());
        dock.setClosable(false);
        dock.setDragGroupMask(TOOLS);
        tools.put(tool.id(), tool);
        toolDocks.put(tool.id(), dock);
        tree.home(tool.home()).addDockable(dock);
    }

    /// The tool window that a node is in.
    Optional<String> toolOf(@Nullable Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            for (ToolWindow tool : tools.values()) {
                if (tool.node().equals(each)) {
                    return Optional.of(tool.id());
                }
            }
        }
        return Optional.empty();
    }

    /// Whether it is in front of its tabs.
    boolean isShown(String id) {
        Dockable dock = dock(id);
        return dock.getContainer() != null
                && dock.equals(dock.getContainer().getSelectedDockable());
    }

    /// Brings a tool window to the front, back home where it is hidden.
    void show(String id) {
        Dockable dock = dock(id);
        DockContainerLeaf container = dock.getContainer();
        if (container == null) {
            ToolWindow tool = tools.get(id);
            container = tree.home(tool == null ? Place.BOTTOM : tool.home());
            container.addDockable(dock);
            tree.attach(container);
        }
        container.selectDockable(dock);
    }

    void hide(String id) {
        Dockable dock = dock(id);
        DockContainerLeaf container = dock.getContainer();
        if (container == null) {
            return;
        }
        tree.keepSizes();
        boolean front = isShown(id);
        container.removeDockable(dock);
        if (front && !container.getDockables().isEmpty()) {
            container.selectDockable(container.getDockables().getFirst());
        } else if (container.getDockables().isEmpty() && tree.isHome(container)) {
            tree.detach(container);
        }
    }

    /// Hides a tool window, or shows or hides another where there is none to hide.
    void hideOrToggle(Optional<String> id, String other) {
        id.ifPresentOrElse(this::hide, () -> toggle(other));
    }

    private void hideAll(List<Dockable> docks) {
        toolDocks.forEach((id, dock) -> {
            if (docks.contains(dock)) {
                hide(id);
            }
        });
    }

    /// Shows a hidden tool window or one behind another; hides the one in front with all beside it,
    /// as people expect of a key for a tool window.
    void toggle(String id) {
        if (isShown(id)) {
            hideAll(List.copyOf(dock(id).getContainer().getDockables()));
        } else {
            showWithNeighbours(id);
        }
    }

    private void showWithNeighbours(String id) {
        ToolWindow wanted = tools.get(id);
        if (wanted != null && dock(id).getContainer() == null) {
            for (ToolWindow tool : tools.values()) {
                if (tool.home() == wanted.home() && dock(tool.id()).getContainer() == null) {
                    show(tool.id());
                }
            }
        }
        show(id);
    }

    /// Opens a tool window in a window of its own.
    void floatTool(String id, double x, double y, double width, double height) {
        hide(id);
        floating.open(
                tree.root().getScene(),
                new DockLayout.Floating(x, y, width, height, List.of(id), id),
                List.of(dock(id)));
    }

    /// Puts a tool window beside another, as dragging its tab there does.
    void moveTo(String id, String beside) {
        DockContainerLeaf target = dock(beside).getContainer();
        if (target != null && !id.equals(beside)) {
            hide(id);
            target.addDockable(dock(id));
            target.selectDockable(dock(id));
        }
    }

    private Dockable dock(String id) {
        Dockable dock = toolDocks.get(id);
        if (dock == null) {
            throw new IllegalArgumentException(id);
        }
        return dock;
    }

    // Remembering

    /// Where everything is now.
    DockLayout layout() {
        Map<Dockable, String> ids = new LinkedHashMap<>();
        toolDocks.forEach((id, dock) -> ids.put(dock, id));
        return new DockLayout(tree.layout(ids), floating.layout(ids));
    }

    /// Puts everything where it was; tool windows that the layout does not name are hidden, those
    /// that it names and nobody knows are passed over. Windows beside the main one open when that
    /// is shown: see [#openFloating].
    void restore(DockLayout layout) {
        clear();
        tree.build(layout.root(), toolDocks);
        waiting = Optional.of(layout);
        place();
        waiting = Optional.of(layout);
    }

    /// Opens the windows beside the main one.
    void openFloating(DockLayout layout) {
        for (DockLayout.Floating window : layout.floating()) {
            List<Dockable> docks = new ArrayList<>();
            for (String id : window.tools()) {
                Dockable dock = toolDocks.get(id);
                if (dock != null && dock.getContainer() == null) {
                    docks.add(dock);
                }
            }
            if (!docks.isEmpty()) {
                floating.open(tree.root().getScene(), window, docks);
                Dockable selected = toolDocks.get(window.selected());
                if (selected != null && docks.contains(selected)) {
                    selected.getContainer().selectDockable(selected);
                }
            }
        }
    }

    /// Everything back to where it was at the beginning.
    void reset() {
        waiting = Optional.empty();
        clear();
        tree.standard();
        for (ToolWindow tool : tools.values()) {
            show(tool.id());
        }
        tree.selectFirst();
        tree.place();
    }

    /// Selects the first tab of each home.
    void selectFirst() {
        tree.selectFirst();
    }

    /// Takes every tool window from where it is; editors come together.
    private void clear() {
        for (Dockable dock : toolDocks.values()) {
            if (dock.getContainer() != null) {
                dock.getContainer().removeDockable(dock);
            }
        }
        floating.closeEmpty();
        Dockable front = tree.editors().getSelectedDockable();
        for (Dockable dock : editorDocks.values()) {
            DockContainerLeaf container = dock.getContainer();
            if (container != null && !container.equals(tree.editors())) {
                container.removeDockable(dock);
                tree.editors().addDockable(dock);
            }
        }
        if (front != null) {
            tree.editors().selectDockable(front);
        }
    }

    /// Closes the windows beside the main one.
    void closeFloating() {
        floating.closeAll();
    }

    // Editors

    void open(Editor editor) {
        Dockable dock = editorDocks.get(editor);
        if (dock == null) {
            dock = tree.bento().dockBuilding().dockable("editor-" + editor.file());
            dock.setTitle(editor.title());
            dock.setIconFactory(d -> Icons.of(editor.icon(), 14));
            dock.setNode(editor.view());
            dock.setDragGroupMask(EDITORS);
            editorDocks.put(editor, dock);
            tree.editors().addDockable(dock);
        }
        DockContainerLeaf container = dock.getContainer();
        if (container != null) {
            container.selectDockable(dock);
        }
    }

    void close(Editor editor) {
        Dockable dock = editorDocks.get(editor);
        if (dock != null && dock.getContainer() != null) {
            dock.getContainer().closeDockable(dock);
        }
    }

    private Optional<Editor> editor(@Nullable Dockable dock) {
        return editorDocks.entrySet().stream()
                .filter(entry -> entry.getValue().equals(dock))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
