package dev.vitrine.app.workbench;

import dev.vitrine.app.editor.Editor;
import dev.vitrine.app.theme.Icons;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.geometry.Side;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import software.coley.bentofx.Bento;
import software.coley.bentofx.building.DockBuilding;
import software.coley.bentofx.dockable.Dockable;
import software.coley.bentofx.layout.DockContainer;
import software.coley.bentofx.layout.container.DockContainerBranch;
import software.coley.bentofx.layout.container.DockContainerLeaf;
import software.coley.bentofx.layout.container.DockContainerRootBranch;

/// Where tool windows and editors are: Bento does the docking, this knows the homes of all and
/// hides and shows them.
final class Docking {
    private static final int TOOLS = 1;
    private static final int EDITORS = 2;

    /// The places around the editors.
    enum Place {
        LEFT_TOP,
        LEFT_BOTTOM,
        RIGHT,
        BOTTOM
    }

    /// A view around the editors that can be moved, hidden and shown.
    record ToolWindow(String id, String title, String icon, Place home, Region node) {}

    private final Bento bento = new Bento();
    private final DockContainerRootBranch root;
    private final DockContainerBranch left;
    private final DockContainerBranch centre;
    private final DockContainerLeaf editors;
    private final Map<Place, DockContainerLeaf> homes = new LinkedHashMap<>();
    private final Map<String, ToolWindow> tools = new LinkedHashMap<>();
    private final Map<String, Dockable> toolDocks = new LinkedHashMap<>();
    private final Map<Editor, Dockable> editorDocks = new LinkedHashMap<>();
    private final Map<Place, Double> sizes = new LinkedHashMap<>();

    /// @param emptyEditor stands where no editor is open
    Docking(Region emptyEditor, Consumer<Optional<Editor>> activated, Consumer<Editor> closed) {
        DockBuilding build = bento.dockBuilding();
        root = build.root("root");
        left = build.branch("left");
        centre = build.branch("centre");
        editors = build.leaf("editors");
        root.setOrientation(Orientation.HORIZONTAL);
        left.setOrientation(Orientation.VERTICAL);
        centre.setOrientation(Orientation.VERTICAL);
        for (Place place : Place.values()) {
            DockContainerLeaf leaf = build.leaf("home-" + place);
            leaf.setPruneWhenEmpty(false);
            leaf.setSide(Side.TOP);
            leaf.setCanSplit(true);
            homes.put(place, leaf);
        }
        editors.setPruneWhenEmpty(false);
        editors.setSide(Side.TOP);
        for (DockContainerBranch branch : List.of(root, left, centre)) {
            branch.setPruneWhenEmpty(false);
        }
        bento.placeholderBuilding()
                .setContainerPlaceholderFactory(
                        leaf -> leaf.equals(editors) ? emptyEditor : new Region());
        left.addContainers(home(Place.LEFT_TOP), home(Place.LEFT_BOTTOM));
        centre.addContainers(editors, home(Place.BOTTOM));
        root.addContainers(left, centre, home(Place.RIGHT));
        bento.registerRoot(root);
        sizes.put(Place.LEFT_TOP, 232.0);
        sizes.put(Place.LEFT_BOTTOM, 340.0);
        sizes.put(Place.RIGHT, 312.0);
        sizes.put(Place.BOTTOM, 296.0);
        SplitPane.setResizableWithParent(left, false);
        SplitPane.setResizableWithParent(home(Place.RIGHT), false);
        SplitPane.setResizableWithParent(home(Place.BOTTOM), false);
        editors.selectedDockableProperty()
                .addListener((o, old, dock) -> activated.accept(editor(dock)));
        bento.events()
                .addDockableCloseListener((path, dock) ->
                        editor(dock)
                                .ifPresent(editor -> {
                                    editorDocks.remove(editor);
                                    closed.accept(editor);
                                }));
    }

    Region node() {
        return root;
    }

    private DockContainerLeaf home(Place place) {
        DockContainerLeaf leaf = homes.get(place);
        if (leaf == null) {
            throw new IllegalArgumentException(place.name());
        }
        return leaf;
    }

    /// Puts the dividers where they belong, once the window has its size.
    void place() {
        double width = root.getWidth();
        double height = root.getHeight();
        if (width < 100 || height < 100) {
            return;
        }
        List<DockContainer> columns = root.getChildContainers();
        if (columns.size() == 3) {
            root.setDividerPositions(size(Place.LEFT_TOP) / width, 1 - size(Place.RIGHT) / width);
        } else if (columns.size() == 2) {
            root.setDividerPositions(
                    columns.contains(left)
                            ? size(Place.LEFT_TOP) / width
                            : 1 - size(Place.RIGHT) / width);
        }
        if (centre.getChildContainers().size() == 2) {
            centre.setDividerPositions(1 - size(Place.BOTTOM) / height);
        }
        if (left.getChildContainers().size() == 2) {
            left.setDividerPositions(1 - Math.min(0.6, size(Place.LEFT_BOTTOM) / height));
        }
    }

    private double size(Place place) {
        return sizes.getOrDefault(place, 300.0);
    }

    Map<String, Double> sizes() {
        keepSizes();
        Map<String, Double> all = new LinkedHashMap<>();
        sizes.forEach((place, size) -> all.put(place.name(), size));
        return all;
    }

    void restoreSizes(Map<String, Double> saved) {
        saved.forEach((name, size) -> {
            for (Place place : Place.values()) {
                if (place.name().equals(name) && size > 60 && size < 3_000) {
                    sizes.put(place, size);
                }
            }
        });
    }

    private void keepSizes() {
        keep(Place.LEFT_TOP, left, left.getWidth());
        keep(Place.LEFT_BOTTOM, home(Place.LEFT_BOTTOM), home(Place.LEFT_BOTTOM).getHeight());
        keep(Place.RIGHT, home(Place.RIGHT), home(Place.RIGHT).getWidth());
        keep(Place.BOTTOM, home(Place.BOTTOM), home(Place.BOTTOM).getHeight());
    }

    private void keep(Place place, DockContainer container, double size) {
        if (container.getParentContainer() != null && size > 60) {
            sizes.put(place, size);
        }
    }

    // Tool windows

    void add(ToolWindow tool) {
        Dockable dock = bento.dockBuilding().dockable("tool-" + tool.id());
        dock.setTitle(tool.title());
        dock.setIconFactory(d -> Icons.of(tool.icon(), 14));
        dock.setNode(tool.node());
        dock.setClosable(false);
        dock.setDragGroupMask(TOOLS);
        tools.put(tool.id(), tool);
        toolDocks.put(tool.id(), dock);
        home(tool.home()).addDockable(dock);
    }

    /// Selects the first tab of each home.
    void selectFirst() {
        homes.values()
                .forEach(leaf -> {
                    if (!leaf.getDockables().isEmpty()) {
                        leaf.selectDockable(leaf.getDockables().getFirst());
                    }
                });
    }

    List<ToolWindow> tools() {
        return List.copyOf(tools.values());
    }

    boolean isShown(String id) {
        Dockable dock = dock(id);
        return dock.getContainer() != null
                && dock.equals(dock.getContainer().getSelectedDockable());
    }

    List<String> hidden() {
        return tools.keySet().stream().filter(id -> dock(id).getContainer() == null).toList();
    }

    /// Brings a tool window to the front, back home where it is hidden.
    void show(String id) {
        Dockable dock = dock(id);
        DockContainerLeaf container = dock.getContainer();
        if (container == null) {
            ToolWindow tool = tools.get(id);
            container = home(tool == null ? Place.BOTTOM : tool.home());
            boolean back = container.getParentContainer() == null || isDetached(container);
            container.addDockable(dock);
            if (back) {
                attach(container);
            }
        }
        container.selectDockable(dock);
    }

    void hide(String id) {
        Dockable dock = dock(id);
        DockContainerLeaf container = dock.getContainer();
        if (container == null) {
            return;
        }
        keepSizes();
        container.removeDockable(dock);
        if (container.getDockables().isEmpty() && homes.containsValue(container)) {
            detach(container);
        } else if (!container.getDockables().isEmpty()) {
            container.selectDockable(container.getDockables().getFirst());
        }
    }

    /// Shows a hidden tool window or one behind another; hides the one in front.
    void toggle(String id) {
        if (isShown(id)) {
            // The whole place goes, as people expect of a key for a tool window.
            Dockable dock = dock(id);
            List<Dockable> beside = new ArrayList<>(dock.getContainer().getDockables());
            for (Dockable other : beside) {
                toolDocks.forEach((otherId, d) -> {
                    if (d.equals(other)) {
                        hide(otherId);
                    }
                });
            }
            lastHidden.clear();
            lastHidden.addAll(beside);
        } else {
            showWithNeighbours(id);
        }
    }

    private final List<Dockable> lastHidden = new ArrayList<>();

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

    /// Everything back to where it was at the beginning.
    void reset() {
        for (ToolWindow tool : tools.values()) {
            Dockable dock = dock(tool.id());
            DockContainerLeaf container = dock.getContainer();
            if (container != null) {
                container.removeDockable(dock);
            }
        }
        for (ToolWindow tool : tools.values()) {
            show(tool.id());
        }
        sizes.put(Place.LEFT_TOP, 232.0);
        sizes.put(Place.RIGHT, 312.0);
        sizes.put(Place.BOTTOM, 296.0);
        selectFirst();
        place();
    }

    private Dockable dock(String id) {
        Dockable dock = toolDocks.get(id);
        if (dock == null) {
            throw new IllegalArgumentException(id);
        }
        return dock;
    }

    private boolean isDetached(DockContainerLeaf leaf) {
        return !left.getChildContainers().contains(leaf)
                && !centre.getChildContainers().contains(leaf)
                && !root.getChildContainers().contains(leaf);
    }

    private void detach(DockContainerLeaf leaf) {
        DockContainerBranch parent = leaf.getParentContainer();
        if (parent == null) {
            return;
        }
        parent.removeContainer(leaf);
        if (parent.equals(left) && left.getChildContainers().isEmpty()) {
            root.removeContainer(left);
        }
        place();
    }

    private void attach(DockContainerLeaf leaf) {
        if (leaf.equals(home(Place.LEFT_TOP))) {
            left.addContainer(0, leaf);
        } else if (leaf.equals(home(Place.LEFT_BOTTOM))) {
            left.addContainer(leaf);
        } else if (leaf.equals(home(Place.BOTTOM))) {
            centre.addContainer(leaf);
        } else {
            root.addContainer(leaf);
        }
        if (!left.getChildContainers().isEmpty() && !root.getChildContainers().contains(left)) {
            root.addContainer(0, left);
        }
        place();
    }

    // Editors

    void open(Editor editor) {
        Dockable dock = editorDocks.get(editor);
        if (dock == null) {
            dock = bento.dockBuilding().dockable("editor-" + editor.file());
            dock.setTitle(editor.title());
            dock.setIconFactory(d -> Icons.of(editor.icon(), 14));
            dock.setNode(editor.view());
            dock.setDragGroupMask(EDITORS);
            editorDocks.put(editor, dock);
            editors.addDockable(dock);
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

    List<Editor> editors() {
        return List.copyOf(editorDocks.keySet());
    }

    private Optional<Editor> editor(@Nullable Dockable dock) {
        return editorDocks.entrySet().stream()
                .filter(entry -> entry.getValue().equals(dock))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
