package dev.vitrine.engine.pipeline;

import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import dev.vitrine.engine.pipeline.PipelineLayout.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Changes to pipelines as functions from one to the next. Nothing is changed in place, so that
/// undo is keeping the old one.
public final class PipelineEdits {
    private final NodeKinds kinds;

    public PipelineEdits(NodeKinds kinds) {
        this.kinds = kinds;
    }

    /// A pipeline after a change, and what people call the change.
    ///
    /// @param label for the undo menu, for example `Add Filter`
    /// @param merge changes with equal keys that follow each other closely are one step; empty for
    ///   never
    public record Edit(String label, Pipeline pipeline, String merge) {
        static Edit of(String label, PipelineDocument document, PipelineLayout layout) {
            return new Edit(label, new Pipeline(document, layout), "");
        }
    }

    /// A change that also made a node.
    public record Added(Edit edit, String nodeId) {}

    /// Adds a node of a kind with that kind's first settings.
    public Added addNode(Pipeline pipeline, NodeKind kind, Position at) {
        return addNode(pipeline, kind, kind.newConfig(), "", at);
    }

    public Added addNode(
            Pipeline pipeline,
            NodeKind kind,
            Map<String, Object> config,
            String label,
            Position at) {
        PipelineDocument document = pipeline.document();
        String id = freeId(kind.id(), ids(document));
        List<Node> nodes = new ArrayList<>(document.nodes());
        nodes.add(new Node(id, kind.id(), label, config));
        return new Added(
                Edit.of(
                        "Add " + kind.title(),
                        document.withNodes(nodes),
                        pipeline.layout().with(id, at.snapped())),
                id);
    }

    /// Why an edge cannot be, or empty where it can.
    public Optional<String> whyNot(PipelineDocument document, Edge edge) {
        Node from = document.node(edge.from()).orElse(null);
        Node to = document.node(edge.to()).orElse(null);
        if (from == null || to == null) {
            return Optional.of("There is no such node.");
        }
        if (edge.from().equals(edge.to()) || document.reaches(edge.to(), edge.from())) {
            return Optional.of("Rows would go in a circle.");
        }
        boolean output =
                kinds.of(from).stream()
                        .flatMap(kind -> kind.outputs().stream())
                        .anyMatch(port -> port.id().equals(edge.fromPort()));
        boolean input =
                kinds.of(to).stream()
                        .flatMap(kind -> kind.inputs().stream())
                        .anyMatch(port -> port.id().equals(edge.toPort()));
        if (!output || !input) {
            return Optional.of(
                    kinds.label(output ? to : from)
                            + (output ? " takes no rows." : " gives no rows."));
        }
        return document.edges().contains(edge)
                ? Optional.of("They are connected already.")
                : Optional.empty();
    }

    /// Adds an edge; where the input takes one edge only, it takes the place of the old one. Empty
    /// where [#whyNot] has a reason.
    public Optional<Edit> connect(Pipeline pipeline, Edge edge) {
        PipelineDocument document = pipeline.document();
        if (whyNot(document, edge).isPresent()) {
            return Optional.empty();
        }
        List<Edge> edges = new ArrayList<>(document.edges());
        if (!takesMany(document, edge.to(), edge.toPort())) {
            edges.removeIf(old -> old.to().equals(edge.to()) && old.toPort().equals(edge.toPort()));
        }
        edges.add(edge);
        return Optional.of(Edit.of("Connect", document.withEdges(edges), pipeline.layout()));
    }

    public Edit disconnect(Pipeline pipeline, Edge edge) {
        List<Edge> edges = new ArrayList<>(pipeline.document().edges());
        edges.remove(edge);
        return Edit.of(
                "Delete connection", pipeline.document().withEdges(edges), pipeline.layout());
    }

    /// Whether a node of this kind can stand on an edge: rows go in and come out.
    public static boolean fitsOnEdge(NodeKind kind) {
        return !kind.inputs().isEmpty() && !kind.outputs().isEmpty();
    }

    /// Adds a node in the middle of an edge.
    public Added insertOnEdge(Pipeline pipeline, NodeKind kind, Edge edge, Position at) {
        Added added = addNode(pipeline, kind, at);
        return new Added(
                relabel(
                        insertExisting(added.edit().pipeline(), added.nodeId(), edge),
                        "Insert " + kind.title()),
                added.nodeId());
    }

    /// Puts a node that is there already in the middle of an edge.
    public Edit insertExisting(Pipeline pipeline, String nodeId, Edge edge) {
        PipelineDocument document = pipeline.document();
        NodeKind kind =
                document.node(nodeId)
                        .flatMap(kinds::of)
                        .orElseThrow(() -> new IllegalArgumentException(nodeId));
        List<Edge> edges = new ArrayList<>();
        for (Edge old : document.edges()) {
            if (old.equals(edge)) {
                edges.add(
                        new Edge(
                                edge.from(),
                                edge.fromPort(),
                                nodeId,
                                kind.inputs().getFirst().id()));
                edges.add(
                        new Edge(nodeId, kind.outputs().getFirst().id(), edge.to(), edge.toPort()));
            } else {
                edges.add(old);
            }
        }
        return Edit.of("Insert " + kind.title(), document.withEdges(edges), pipeline.layout());
    }

    /// Adds a node and connects it to `from`'s output, as dropping a connection into the void does.
    public Added addAfter(
            Pipeline pipeline, NodeKind kind, String from, String fromPort, Position at) {
        Added added = addNode(pipeline, kind, at);
        return new Added(
                kind.inputs().isEmpty()
                        ? added.edit()
                        : connect(
                                        added.edit().pipeline(),
                                        new Edge(
                                                from,
                                                fromPort,
                                                added.nodeId(),
                                                kind.inputs().getFirst().id()))
                                .map(edit -> relabel(edit, added.edit().label()))
                                .orElse(added.edit()),
                added.nodeId());
    }

    /// Takes nodes and edges away; where a node with one edge in and edges out goes, its neighbours
    /// are connected.
    public Edit delete(Pipeline pipeline, Set<String> nodeIds, Set<Edge> edges) {
        PipelineDocument document = pipeline.document();
        List<Edge> left = new ArrayList<>(document.edges());
        left.removeAll(edges);
        PipelineLayout layout = pipeline.layout();
        for (String id : nodeIds) {
            List<Edge> in = left.stream().filter(edge -> edge.to().equals(id)).toList();
            List<Edge> out = left.stream().filter(edge -> edge.from().equals(id)).toList();
            if (in.size() == 1) {
                Edge before = in.getFirst();
                for (Edge after : out) {
                    left.set(
                            left.indexOf(after),
                            new Edge(before.from(), before.fromPort(), after.to(), after.toPort()));
                }
            }
            left.removeIf(edge -> edge.to().equals(id) || edge.from().equals(id));
            layout = layout.without(id);
        }
        String label =
                nodeIds.size() == 1
                        ? "Delete "
                                + document.node(nodeIds.iterator().next())
                                        .map(kinds::label)
                                        .orElse("node")
                        : nodeIds.isEmpty()
                                ? "Delete connection"
                                : "Delete " + nodeIds.size() + " nodes";
        return Edit.of(
                label,
                document.withNodes(
                                document.nodes().stream()
                                        .filter(node -> !nodeIds.contains(node.id()))
                                        .toList())
                        .withEdges(left.stream().distinct().toList()),
                layout);
    }

    /// Moves nodes to new places.
    public Edit move(Pipeline pipeline, Map<String, Position> places) {
        Map<String, Position> snapped = new HashMap<>();
        places.forEach((id, at) -> snapped.put(id, at.snapped()));
        return Edit.of(
                places.size() == 1 ? "Move" : "Move " + places.size() + " nodes",
                pipeline.document(),
                pipeline.layout().withAll(snapped));
    }

    /// Places nodes by automatic layout.
    public Edit arrange(Pipeline pipeline, Map<String, Position> places) {
        return relabel(move(pipeline, places), "Arrange");
    }

    /// Brings nodes into line.
    public Edit align(Pipeline pipeline, Collection<String> nodeIds, Alignment alignment) {
        Map<String, Position> places = new LinkedHashMap<>(pipeline.layout().positions());
        places.keySet().retainAll(nodeIds);
        boolean aligns = alignment == Alignment.LEFT || alignment == Alignment.TOP;
        return relabel(move(pipeline, alignment.of(places)), aligns ? "Align" : "Distribute");
    }

    /// Sets one setting of a node. Several in a row on one field are one step.
    public Edit configure(Pipeline pipeline, String nodeId, FormField field, Object value) {
        Node node = pipeline.document().node(nodeId).orElseThrow();
        Map<String, Object> config = new LinkedHashMap<>(node.config());
        if (value.equals(field.defaultValue())) {
            config.remove(field.id());
        } else {
            config.put(field.id(), value);
        }
        return new Edit(
                "Change " + field.label(),
                new Pipeline(
                        pipeline.document().withNode(node.withConfig(config)), pipeline.layout()),
                nodeId + "/" + field.id());
    }

    public Edit rename(Pipeline pipeline, String nodeId, String label) {
        Node node = pipeline.document().node(nodeId).orElseThrow();
        return new Edit(
                "Rename",
                new Pipeline(
                        pipeline.document().withNode(node.withLabel(label)), pipeline.layout()),
                nodeId + "/label");
    }

    /// Sets a node's remark for people.
    public Edit annotate(Pipeline pipeline, String nodeId, String note) {
        Node node = pipeline.document().node(nodeId).orElseThrow();
        return new Edit(
                "Change note",
                new Pipeline(pipeline.document().withNode(node.withNote(note)), pipeline.layout()),
                nodeId + "/note");
    }

    public Edit setDisabled(Pipeline pipeline, Set<String> nodeIds, boolean disabled) {
        return Edit.of(
                disabled ? "Disable" : "Enable",
                pipeline.document()
                        .withNodes(
                                pipeline.document().nodes().stream()
                                        .map(node ->
                                                nodeIds.contains(node.id())
                                                        ? node.withDisabled(disabled)
                                                        : node)
                                        .toList()),
                pipeline.layout());
    }

    /// The nodes named, with the edges into them and their places: what copying puts on the
    /// clipboard, as a document of its own. Edges from nodes left out are there for
    /// [#pasteConnected].
    public Pipeline part(Pipeline pipeline, Collection<String> nodeIds) {
        PipelineDocument document = pipeline.document();
        Map<String, Position> places = new LinkedHashMap<>(pipeline.layout().positions());
        places.keySet().retainAll(nodeIds);
        return new Pipeline(
                new PipelineDocument(
                        document.name(),
                        "",
                        List.of(),
                        document.nodes().stream().filter(n -> nodeIds.contains(n.id())).toList(),
                        document.edges().stream().filter(e -> nodeIds.contains(e.to())).toList(),
                        Map.of()),
                new PipelineLayout(places));
    }

    /// Adds copies of all nodes of `part`, with fresh ids, moved by the distance given, and the
    /// edges between them.
    public Pasted paste(Pipeline pipeline, Pipeline part, double dx, double dy, String label) {
        return paste(pipeline, part, dx, dy, label, Set.of());
    }

    /// As [#paste], and the copies have the inputs that the nodes had from outside, where these are
    /// in this document.
    public Pasted pasteConnected(
            Pipeline pipeline, Pipeline part, double dx, double dy, String label) {
        return paste(pipeline, part, dx, dy, label, ids(pipeline.document()));
    }

    /// @param outside nodes that edges into the copies may come from
    private static Pasted paste(
            Pipeline pipeline,
            Pipeline part,
            double dx,
            double dy,
            String label,
            Set<String> outside) {
        PipelineDocument document = pipeline.document();
        Set<String> taken = ids(document);
        Map<String, String> renamed = new LinkedHashMap<>();
        List<Node> nodes = new ArrayList<>(document.nodes());
        PipelineLayout layout = pipeline.layout();
        for (Node node : part.document().nodes()) {
            String id = freeId(node.kind(), taken);
            taken.add(id);
            renamed.put(node.id(), id);
            nodes.add(node.withId(id));
            Position at = part.layout().position(node.id()).orElse(new Position(0, 0));
            layout = layout.with(id, at.plus(dx, dy).snapped());
        }
        List<Edge> edges = new ArrayList<>(document.edges());
        for (Edge edge : part.document().edges()) {
            String from =
                    renamed.getOrDefault(
                            edge.from(), outside.contains(edge.from()) ? edge.from() : null);
            String to = renamed.get(edge.to());
            if (from != null && to != null) {
                edges.add(new Edge(from, edge.fromPort(), to, edge.toPort()));
            }
        }
        return new Pasted(
                Edit.of(label, document.withNodes(nodes).withEdges(edges), layout),
                List.copyOf(renamed.values()));
    }

    /// A change that made copies.
    public record Pasted(Edit edit, List<String> nodeIds) {}

    private boolean takesMany(PipelineDocument document, String nodeId, String port) {
        return document.node(nodeId).flatMap(kinds::of).stream()
                .flatMap(kind -> kind.inputs().stream())
                .anyMatch(input -> input.id().equals(port) && input.many());
    }

    private static Edit relabel(Edit edit, String label) {
        return new Edit(label, edit.pipeline(), edit.merge());
    }

    private static Set<String> ids(PipelineDocument document) {
        Set<String> ids = new HashSet<>();
        document.nodes().forEach(node -> ids.add(node.id()));
        return ids;
    }

    private static String freeId(String kind, Set<String> taken) {
        int number = 1;
        while (taken.contains(kind + "-" + number)) {
            number++;
        }
        return kind + "-" + number;
    }
}
