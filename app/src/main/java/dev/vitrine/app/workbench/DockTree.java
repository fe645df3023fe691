package dev.vitrine.app.workbench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.geometry.Side;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.Region;
import software.coley.bentofx.Bento;
import software.coley.bentofx.building.DockBuilding;
import software.coley.bentofx.dockable.Dockable;
import software.coley.bentofx.layout.DockContainer;
import software.coley.bentofx.layout.container.DockContainerBranch;
import software.coley.bentofx.layout.container.DockContainerLeaf;
import software.coley.bentofx.layout.container.DockContainerRootBranch;

/// What the main window is split into: our four places around the editors, and whatever the user
/// makes of them by dragging.
final class DockTree {
    /// The places around the editors, and how wide or high each is at first.
    enum Place {
        LEFT_TOP(232),
        LEFT_BOTTOM(340),
        RIGHT(312),
        BOTTOM(296);

        private final double size;

        Place(double size) {
            this.size = size;
        }
    }

    private static final double SMALLEST = 60;

    private final Bento bento = new Bento();
    private final DockContainerRootBranch root;
    private final DockContainerBranch left;
    private final DockContainerBranch centre;
    private final DockContainerLeaf editors;
    private final Map<Place, DockContainerLeaf> homes = new LinkedHashMap<>();
    private final Map<Place, Double> sizes = new LinkedHashMap<>();

    DockTree(Region emptyEditor) {
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
        // What stands in for editors appears only after the last one went.
        Dockable none = build.dockable("none");
        editors.addDockable(none);
        editors.removeDockable(none);
        bento.registerRoot(root);
        SplitPane.setResizableWithParent(left, false);
        SplitPane.setResizableWithParent(home(Place.RIGHT), false);
        SplitPane.setResizableWithParent(home(Place.BOTTOM), false);
        standard();
    }

    Bento bento() {
        return bento;
    }

    DockContainerRootBranch root() {
        return root;
    }

    DockContainerLeaf editors() {
        return editors;
    }

    DockContainerLeaf home(Place place) {
        DockContainerLeaf leaf = homes.get(place);
        if (leaf == null) {
            throw new IllegalArgumentException(place.name());
        }
        return leaf;
    }

    boolean isHome(DockContainerLeaf leaf) {
        return homes.containsValue(leaf);
    }

    /// Our places where they are at first, all of them, with their first sizes.
    void standard() {
        clear();
        for (Place place : Place.values()) {
            sizes.put(place, place.size);
        }
        left.addContainers(home(Place.LEFT_TOP), home(Place.LEFT_BOTTOM));
        centre.addContainers(editors, home(Place.BOTTOM));
        root.addContainers(left, centre, home(Place.RIGHT));
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

    /// Takes all parts out of the window; what is in them stays in them.
    private void clear() {
        List<DockContainer> parts = new ArrayList<>(homes.values());
        parts.addAll(List.of(editors, left, centre));
        for (DockContainer part : parts) {
            DockContainerBranch parent = part.getParentContainer();
            if (parent != null) {
                parent.removeContainer(part);
            }
        }
        for (DockContainer part : List.copyOf(root.getChildContainers())) {
            root.removeContainer(part);
        }
    }

    // Sizes of the standard places

    /// Puts the dividers where they belong, as far as the places are where they were at first.
    void place() {
        double width = root.getWidth();
        double height = root.getHeight();
        if (width < 100 || height < 100) {
            return;
        }
        List<DockContainer> columns = root.getChildContainers();
        DockContainer right = home(Place.RIGHT);
        if (columns.equals(List.of(left, centre, right))) {
            root.setDividerPositions(size(Place.LEFT_TOP) / width, 1 - size(Place.RIGHT) / width);
        } else if (columns.equals(List.of(left, centre))) {
            root.setDividerPositions(size(Place.LEFT_TOP) / width);
        } else if (columns.equals(List.of(centre, right))) {
            root.setDividerPositions(1 - size(Place.RIGHT) / width);
        }
        if (centre.getChildContainers().equals(List.of(editors, home(Place.BOTTOM)))) {
            centre.setDividerPositions(1 - size(Place.BOTTOM) / height);
        }
        if (left.getChildContainers()
                .equals(List.of(home(Place.LEFT_TOP), home(Place.LEFT_BOTTOM)))) {
            left.setDividerPositions(1 - Math.min(0.6, size(Place.LEFT_BOTTOM) / height));
        }
    }

    private double size(Place place) {
        return sizes.getOrDefault(place, place.size);
    }

    /// Takes note of how large the places are, before one of them goes.
    void keepSizes() {
        keep(Place.LEFT_TOP, left, left.getWidth());
        keep(Place.LEFT_BOTTOM, home(Place.LEFT_BOTTOM), home(Place.LEFT_BOTTOM).getHeight());
        keep(Place.RIGHT, home(Place.RIGHT), home(Place.RIGHT).getWidth());
        keep(Place.BOTTOM, home(Place.BOTTOM), home(Place.BOTTOM).getHeight());
    }

    private void keep(Place place, DockContainer container, double size) {
        if (container.getParentContainer() != null && size > SMALLEST) {
            sizes.put(place, size);
        }
    }

    // Places that come and go

    /// Takes an empty home out of the window.
    void detach(DockContainerLeaf home) {
        DockContainerBranch parent = home.getParentContainer();
        if (parent == null) {
            return;
        }
        parent.removeContainer(home);
        if (parent.equals(left) && left.getChildContainers().isEmpty()) {
            DockContainerBranch above = left.getParentContainer();
            if (above != null) {
                above.removeContainer(left);
            }
        }
        place();
    }

    /// Puts a home back where it belongs, unless it is somewhere.
    void attach(DockContainerLeaf home) {
        if (isInWindow(home)) {
            return;
        }
        if (home.equals(home(Place.LEFT_TOP))) {
            left.addContainer(0, home);
        } else if (home.equals(home(Place.LEFT_BOTTOM))) {
            left.addContainer(home);
        } else if (home.equals(home(Place.BOTTOM))) {
            DockContainerBranch around = editors.getParentContainer();
            (around != null && around.getOrientation() == Orientation.VERTICAL ? around : root)
                    .addContainer(home);
        } else {
            root.addContainer(home);
        }
        if (!left.getChildContainers().isEmpty() && !isInWindow(left)) {
            root.addContainer(0, left);
        }
        place();
    }

    private boolean isInWindow(DockContainer part) {
        DockContainerBranch parent = part.getParentContainer();
        while (parent != null && !parent.equals(root)) {
            parent = parent.getParentContainer();
        }
        return parent != null;
    }

    // Remembering

    /// What the window is split into now.
    ///
    /// @param ids of the tool windows
    DockLayout.Split layout(Map<Dockable, String> ids) {
        return split(root, ids)
                .orElse(new DockLayout.Split(false, List.of(new DockLayout.Editors()), List.of()));
    }

    private Optional<DockLayout.Split> split(
            DockContainerBranch branch, Map<Dockable, String> ids) {
        List<DockLayout.Part> parts = new ArrayList<>();
        List<Double> dividers = new ArrayList<>();
        double[] positions = branch.getDividerPositions();
        List<DockContainer> children = branch.getChildContainers();
        for (int i = 0; i < children.size(); i++) {
            Optional<? extends DockLayout.Part> part =
                    switch (children.get(i)) {
                        case DockContainerBranch inner -> split(inner, ids);
                        case DockContainerLeaf leaf -> tabs(leaf, ids);
                        default -> Optional.empty();
                    };
            if (part.isPresent()) {
                if (!parts.isEmpty()) {
                    dividers.add(Math.rint(positions[i - 1] * 10_000) / 10_000);
                }
                parts.add(part.get());
            }
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new DockLayout.Split(
                                branch.getOrientation() == Orientation.VERTICAL, parts, dividers));
    }

    /// Editors open anew with every start: places that hold only editors are not remembered.
    private Optional<DockLayout.Part> tabs(DockContainerLeaf leaf, Map<Dockable, String> ids) {
        if (leaf.equals(editors)) {
            return Optional.of(new DockLayout.Editors());
        }
        List<String> tools = new ArrayList<>();
        for (Dockable dock : leaf.getDockables()) {
            String id = ids.get(dock);
            if (id != null) {
                tools.add(id);
            }
        }
        if (tools.isEmpty()) {
            return Optional.empty();
        }
        Dockable front = leaf.getSelectedDockable();
        String selected = front == null ? "" : ids.getOrDefault(front, "");
        String home =
                homes.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(leaf))
                        .map(entry -> entry.getKey().name())
                        .findFirst()
                        .orElse("");
        return Optional.of(new DockLayout.Tabs(home, tools, selected));
    }

    /// Splits the window as remembered; the tool windows are in no place before.
    void build(DockLayout.Split layout, Map<String, Dockable> tools) {
        clear();
        for (DockLayout.Part part : layout.parts()) {
            root.addContainer(container(part, tools));
        }
        root.setOrientation(layout.vertical() ? Orientation.VERTICAL : Orientation.HORIZONTAL);
    }

    private DockContainer container(DockLayout.Part part, Map<String, Dockable> tools) {
        return switch (part) {
            case DockLayout.Editors here -> editors;
            case DockLayout.Tabs tabs -> leaf(tabs, tools);
            case DockLayout.Split split -> {
                DockContainerBranch branch = branch(split);
                branch.setOrientation(
                        split.vertical() ? Orientation.VERTICAL : Orientation.HORIZONTAL);
                for (DockLayout.Part inner : split.parts()) {
                    branch.addContainer(container(inner, tools));
                }
                yield branch;
            }
        };
    }

    /// Ours for what is ours, so that hiding and showing find their places again.
    private DockContainerBranch branch(DockLayout.Split split) {
        if (split.vertical() && holds(split, Place.LEFT_TOP, Place.LEFT_BOTTOM)) {
            return left;
        }
        if (split.vertical() && split.parts().contains(new DockLayout.Editors())) {
            return centre;
        }
        return bento.dockBuilding().branch();
    }

    private static boolean holds(DockLayout.Split split, Place... places) {
        for (DockLayout.Part part : split.parts()) {
            for (Place place : places) {
                if (part instanceof DockLayout.Tabs tabs && tabs.home().equals(place.name())) {
                    return true;
                }
            }
        }
        return false;
    }

    private DockContainerLeaf leaf(DockLayout.Tabs tabs, Map<String, Dockable> tools) {
        DockContainerLeaf leaf =
                homes.entrySet().stream()
                        .filter(entry -> entry.getKey().name().equals(tabs.home()))
                        .map(Map.Entry::getValue)
                        .filter(home -> home.getParentContainer() == null)
                        .findFirst()
                        .orElseGet(() -> bento.dockBuilding().leaf());
        leaf.setSide(Side.TOP);
        for (String id : tabs.tools()) {
            Dockable dock = tools.get(id);
            if (dock != null && dock.getContainer() == null) {
                leaf.addDockable(dock);
            }
        }
        Dockable selected = tools.get(tabs.selected());
        if (selected != null && leaf.getDockables().contains(selected)) {
            leaf.selectDockable(selected);
        }
        return leaf;
    }

    /// Puts the dividers where they were.
    void placeAs(DockLayout.Split layout) {
        placeAs(root, layout);
        keepSizes();
    }

    private static void placeAs(DockContainerBranch branch, DockLayout.Split layout) {
        double[] positions = layout.dividers().stream().mapToDouble(d -> d).toArray();
        if (positions.length == branch.getDividers().size()) {
            branch.setDividerPositions(positions);
        }
        List<DockContainer> children = branch.getChildContainers();
        for (int i = 0; i < Math.min(children.size(), layout.parts().size()); i++) {
            if (children.get(i) instanceof DockContainerBranch inner
                    && layout.parts().get(i) instanceof DockLayout.Split split) {
                placeAs(inner, split);
            }
        }
    }
}
