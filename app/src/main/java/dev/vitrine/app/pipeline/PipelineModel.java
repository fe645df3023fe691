package dev.vitrine.app.pipeline;

import dev.vitrine.app.background.Background;
import dev.vitrine.app.background.Latest;
import dev.vitrine.app.project.UndoStack;
import dev.vitrine.engine.pipeline.Alignment;
import dev.vitrine.engine.pipeline.ColumnProfile;
import dev.vitrine.engine.pipeline.EdgeMark;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeAnalysis;
import dev.vitrine.engine.pipeline.NodeKind;
import dev.vitrine.engine.pipeline.NodeKinds;
import dev.vitrine.engine.pipeline.NodeProblem;
import dev.vitrine.engine.pipeline.Pipeline;
import dev.vitrine.engine.pipeline.PipelineDocument;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import dev.vitrine.engine.pipeline.PipelineEdits;
import dev.vitrine.engine.pipeline.PipelineEdits.Added;
import dev.vitrine.engine.pipeline.PipelineEdits.Edit;
import dev.vitrine.engine.pipeline.PipelineLayout.Position;
import dev.vitrine.engine.pipeline.PipelineQueries;
import dev.vitrine.engine.types.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// An open pipeline: the document and its past, what is selected, what is known of each node, how
/// the run goes. FX thread only.
public final class PipelineModel {
    private static final long ANALYSIS_DELAY_MILLIS = 30;
    private static final long PLANNING_DELAY_MILLIS = 250;

    /// What is selected on the canvas.
    public record Selection(Set<String> nodes, Set<Edge> edges) {
        public static final Selection NONE = new Selection(Set.of(), Set.of());

        public Selection {
            nodes = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(nodes));
            edges = Set.copyOf(edges);
        }

        public Optional<String> single() {
            return nodes.size() == 1 ? Optional.of(nodes.iterator().next()) : Optional.empty();
        }

        /// The edge, where nothing but one edge is selected.
        public Optional<Edge> singleEdge() {
            return nodes.isEmpty() && edges.size() == 1
                    ? Optional.of(edges.iterator().next())
                    : Optional.empty();
        }

        public boolean isEmpty() {
            return nodes.isEmpty() && edges.isEmpty();
        }
    }

    private final NodeKinds kinds;
    private final PipelineEdits edits;
    private final UndoStack<Pipeline> undo;
    private final ReadOnlyObjectWrapper<Pipeline> pipeline;
    private final ReadOnlyObjectWrapper<Selection> selection =
            new ReadOnlyObjectWrapper<>(Selection.NONE);
    private final ReadOnlyObjectWrapper<Map<String, NodeAnalysis>> analyses =
            new ReadOnlyObjectWrapper<>(Map.of());
    private final ReadOnlyObjectWrapper<RunProgress> progress =
            new ReadOnlyObjectWrapper<>(RunProgress.NONE);
    private final ReadOnlyObjectWrapper<Map<Edge, List<EdgeMark>>> marks =
            new ReadOnlyObjectWrapper<>(Map.of());
    private final Latest<Map<String, NodeAnalysis>> analysis;
    private final Latest<Map<Edge, List<EdgeMark>>> planning;
    private final PipelineQueries queries;
    private final Path folder;

    /// @param history the document's past; its state is what is shown first
    /// @param folder the project's folder
    public PipelineModel(
            UndoStack<Pipeline> history,
            NodeKinds kinds,
            PipelineQueries queries,
            Background background,
            Path folder) {
        this.kinds = kinds;
        this.queries = queries;
        this.folder = folder;
        this.edits = new PipelineEdits(kinds);
        this.undo = history;
        this.pipeline = new ReadOnlyObjectWrapper<>(history.state());
        this.analysis = new Latest<>(background, ANALYSIS_DELAY_MILLIS, analyses::set);
        this.planning = new Latest<>(background, PLANNING_DELAY_MILLIS, marks::set);
        analyze();
    }

    public NodeKinds kinds() {
        return kinds;
    }

    public ReadOnlyObjectProperty<Pipeline> pipeline() {
        return pipeline.getReadOnlyProperty();
    }

    public PipelineDocument document() {
        return pipeline.get().document();
    }

    public ReadOnlyObjectProperty<Selection> selection() {
        return selection.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Map<String, NodeAnalysis>> analyses() {
        return analyses.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<RunProgress> progress() {
        return progress.getReadOnlyProperty();
    }

    /// What the optimizer and the planner would make of each edge.
    public ReadOnlyObjectProperty<Map<Edge, List<EdgeMark>>> marks() {
        return marks.getReadOnlyProperty();
    }

    public void show(RunProgress changed) {
        progress.set(changed);
    }

    public UndoStack<Pipeline> history() {
        return undo;
    }

    /// The columns that come in at an input port, from what is connected there.
    public List<Schema> inputSchemas(String nodeId) {
        List<Schema> schemas = new ArrayList<>();
        for (Edge edge : document().inputs(nodeId)) {
            NodeAnalysis before = analyses.get().get(edge.from());
            if (before != null) {
                before.schema().ifPresent(schemas::add);
            }
        }
        return schemas;
    }

    /// The columns at one input port.
    public Optional<Schema> inputSchema(String nodeId, String port) {
        return document().inputs(nodeId).stream()
                .filter(edge -> edge.toPort().equals(port))
                .map(edge -> analyses.get().get(edge.from()))
                .filter(found -> found != null && found.schema().isPresent())
                .map(found -> found.schema().orElseThrow())
                .findFirst();
    }

    /// The columns that go along an edge.
    public Optional<Schema> edgeSchema(Edge edge) {
        NodeAnalysis from = analyses.get().get(edge.from());
        return from == null ? Optional.empty() : from.schema();
    }

    /// What the columns of an edge are like in its first rows. Not for the FX thread.
    public List<ColumnProfile> profile(PipelineDocument of, Edge edge, long rows) {
        return queries.profile(of, edge, rows, folder);
    }

    /// What people call a node.
    public String label(String nodeId) {
        return document().node(nodeId).map(kinds::label).orElse(nodeId);
    }

    /// All problems, in the document's order.
    public List<NodeProblem> problems() {
        return analyses.get().values().stream().flatMap(a -> a.problems().stream()).toList();
    }

    // Selecting

    public void select(Collection<String> nodes) {
        selection.set(new Selection(new LinkedHashSet<>(nodes), Set.of()));
    }

    public void selectEdge(Edge edge) {
        selection.set(new Selection(Set.of(), Set.of(edge)));
    }

    public void toggle(String node) {
        Set<String> nodes = new LinkedHashSet<>(selection.get().nodes());
        if (!nodes.remove(node)) {
            nodes.add(node);
        }
        selection.set(new Selection(nodes, selection.get().edges()));
    }

    public void selectAll() {
        select(document().nodes().stream().map(Node::id).toList());
    }

    public void clearSelection() {
        selection.set(Selection.NONE);
    }

    /// Selects the node reached along an edge, or beside it: for the arrow keys.
    public void walk(int columns, int rows) {
        String from = selection.get().nodes().stream().findFirst().orElse("");
        Optional<Position> here = pipeline.get().layout().position(from);
        if (here.isEmpty()) {
            document().nodes().stream().findFirst().ifPresent(node -> select(List.of(node.id())));
            return;
        }
        List<String> reachable =
                columns > 0
                        ? document().outputs(from).stream().map(Edge::to).toList()
                        : columns < 0
                                ? document().inputs(from).stream().map(Edge::from).toList()
                                : List.of();
        if (!reachable.isEmpty()) {
            select(List.of(reachable.getFirst()));
            return;
        }
        pipeline.get().layout().positions().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(from))
                .filter(entry -> {
                    double dx = entry.getValue().x() - here.get().x();
                    double dy = entry.getValue().y() - here.get().y();
                    return columns != 0
                            ? dx * columns > 0 && Math.abs(dy) < Math.abs(dx)
                            : dy * rows > 0;
                })
                .min(
                        java.util.Comparator.comparingDouble(entry ->
                                Math.hypot(
                                        entry.getValue().x() - here.get().x(),
                                        (entry.getValue().y() - here.get().y()) * 2)))
                .ifPresent(entry -> select(List.of(entry.getKey())));
    }

    // Changing

    public String addNode(NodeKind kind, Position at) {
        return added(edits.addNode(pipeline.get(), kind, at));
    }

    public String addNode(NodeKind kind, Map<String, Object> config, Position at) {
        return added(edits.addNode(pipeline.get(), kind, config, "", at));
    }

    public String addAfter(NodeKind kind, String from, String fromPort, Position at) {
        return added(edits.addAfter(pipeline.get(), kind, from, fromPort, at));
    }

    public String insertOnEdge(NodeKind kind, Edge edge, Position at) {
        return added(edits.insertOnEdge(pipeline.get(), kind, edge, at));
    }

    /// Puts a node that has no edges yet into an edge.
    public void insertExisting(String node, Edge edge) {
        apply(edits.insertExisting(pipeline.get(), node, edge));
    }

    public Optional<String> whyNot(Edge edge) {
        return edits.whyNot(document(), edge);
    }

    public boolean connect(Edge edge) {
        Optional<Edit> edit = edits.connect(pipeline.get(), edge);
        edit.ifPresent(this::apply);
        return edit.isPresent();
    }

    public void move(Map<String, Position> places) {
        apply(edits.move(pipeline.get(), places));
    }

    public void arrange() {
        apply(edits.arrange(pipeline.get(), LayeredLayout.of(document())));
    }

    public void deleteSelection() {
        Selection now = selection.get();
        if (!now.isEmpty()) {
            apply(edits.delete(pipeline.get(), now.nodes(), now.edges()));
            clearSelection();
        }
    }

    public void configure(String node, FormField field, Object value) {
        if (document().node(node).isPresent()) {
            apply(edits.configure(pipeline.get(), node, field, value));
        }
    }

    public void rename(String node, String label) {
        if (document().node(node).isPresent()) {
            apply(edits.rename(pipeline.get(), node, label));
        }
    }

    public void toggleDisabled() {
        Set<String> nodes = selection.get().nodes();
        boolean disable =
                document().nodes().stream()
                        .anyMatch(node -> nodes.contains(node.id()) && !node.disabled());
        apply(edits.setDisabled(pipeline.get(), nodes, disable));
    }

    /// The selected nodes as a pipeline of their own, for the clipboard.
    public Pipeline selectedPart() {
        return edits.part(pipeline.get(), selection.get().nodes());
    }

    public void paste(Pipeline part, double dx, double dy, String label) {
        PipelineEdits.Pasted pasted = edits.paste(pipeline.get(), part, dx, dy, label);
        apply(pasted.edit());
        select(pasted.nodeIds());
    }

    /// As [#paste], with the inputs that the nodes had from outside.
    public void pasteConnected(Pipeline part, double dx, double dy, String label) {
        PipelineEdits.Pasted pasted = edits.pasteConnected(pipeline.get(), part, dx, dy, label);
        apply(pasted.edit());
        select(pasted.nodeIds());
    }

    /// Brings the selected nodes into line.
    public void align(Alignment alignment) {
        apply(edits.align(pipeline.get(), selection.get().nodes(), alignment));
    }

    public void annotate(String node, String note) {
        if (document().node(node).isPresent()) {
            apply(edits.annotate(pipeline.get(), node, note));
        }
    }

    public void undo() {
        restored(undo.undo());
    }

    public void redo() {
        restored(undo.redo());
    }

    /// Asks for schemas and problems anew, after files or tables changed.
    public void analyze() {
        PipelineDocument document = document();
        analysis.ask(() -> queries.analyze(document, folder));
        planning.ask(() -> queries.marks(document, folder));
    }

    private String added(Added added) {
        apply(added.edit());
        select(List.of(added.nodeId()));
        return added.nodeId();
    }

    private void apply(Edit edit) {
        undo.push(edit.label(), edit.pipeline(), edit.merge(), System.nanoTime());
        restored(edit.pipeline());
    }

    private void restored(Pipeline state) {
        boolean sameLogic = state.document().equals(document());
        pipeline.set(state);
        Set<String> ids = new LinkedHashSet<>();
        state.document().nodes().forEach(node -> ids.add(node.id()));
        Set<String> kept = new LinkedHashSet<>(selection.get().nodes());
        kept.retainAll(ids);
        Set<Edge> edges = new LinkedHashSet<>(selection.get().edges());
        edges.retainAll(Set.copyOf(state.document().edges()));
        if (kept.size() != selection.get().nodes().size()
                || edges.size() != selection.get().edges().size()) {
            selection.set(new Selection(kept, edges));
        }
        if (!sameLogic) {
            analyze();
        }
    }

    /// The pipeline with a place for every node.
    static Pipeline withPlaces(Pipeline pipeline) {
        Map<String, Position> missing = new HashMap<>();
        Map<String, Position> arranged = new LinkedHashMap<>(LayeredLayout.of(pipeline.document()));
        for (Node node : pipeline.document().nodes()) {
            if (pipeline.layout().position(node.id()).isEmpty()) {
                missing.put(node.id(), arranged.get(node.id()));
            }
        }
        return missing.isEmpty()
                ? pipeline
                : new Pipeline(pipeline.document(), pipeline.layout().withAll(missing));
    }
}
