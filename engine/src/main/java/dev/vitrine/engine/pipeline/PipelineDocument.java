package dev.vitrine.engine.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A pipeline as its author wrote it: logic only, places on the canvas are in [PipelineLayout].
/// Immutable.
///
/// Nothing here says that it makes sense: edges may dangle and settings may be wrong, so that a
/// half-finished or damaged document can be shown and repaired. [PipelinePlans] finds what is
/// wrong.
///
/// @param extra keys of the file that this version does not know, kept as they are
public record PipelineDocument(
        String name,
        String description,
        List<Parameter> parameters,
        List<Node> nodes,
        List<Edge> edges,
        Map<String, Object> extra) {
    /// The version of the file format that is written.
    public static final int FORMAT_VERSION = 1;

    public PipelineDocument {
        parameters = List.copyOf(parameters);
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        extra = ordered(extra);
    }

    /// A document with nothing in it.
    public static PipelineDocument empty(String name) {
        return new PipelineDocument(name, "", List.of(), List.of(), List.of(), Map.of());
    }

    /// A step of the pipeline.
    ///
    /// @param id unique in the document, never changed
    /// @param kind id of its [NodeKind]
    /// @param label what people call it; empty for the kind's title
    /// @param config settings by [FormField] id: strings, booleans, numbers, lists and maps of
    ///   these
    /// @param disabled true: its first input passes through unchanged
    /// @param note a remark for people
    /// @param extra keys of the file that this version does not know
    public record Node(
            String id,
            String kind,
            String label,
            Map<String, Object> config,
            boolean disabled,
            String note,
            Map<String, Object> extra) {
        public Node {
            config = ordered(config);
            extra = ordered(extra);
        }

        public Node(String id, String kind, String label, Map<String, Object> config) {
            this(id, kind, label, config, false, "", Map.of());
        }

        public Node withConfig(Map<String, Object> changed) {
            return new Node(id, kind, label, changed, disabled, note, extra);
        }

        public Node withLabel(String changed) {
            return new Node(id, kind, changed, config, disabled, note, extra);
        }

        public Node withDisabled(boolean changed) {
            return new Node(id, kind, label, config, changed, note, extra);
        }

        public Node withNote(String changed) {
            return new Node(id, kind, label, config, disabled, changed, extra);
        }

        public Node withId(String changed) {
            return new Node(changed, kind, label, config, disabled, note, extra);
        }
    }

    /// Rows go from an output port to an input port. The order of edges into one port counts.
    public record Edge(String from, String fromPort, String to, String toPort) {
        public static Edge of(String from, String to) {
            return new Edge(from, Port.OUT, to, Port.IN);
        }
    }

    /// A value that expressions and paths name as `${name}` and that each run may set.
    public record Parameter(String name, String type, String defaultValue, String help) {}

    public Optional<Node> node(String id) {
        return nodes.stream().filter(node -> node.id.equals(id)).findFirst();
    }

    /// Edges into `id`, in the document's order.
    public List<Edge> inputs(String id) {
        return edges.stream().filter(edge -> edge.to.equals(id)).toList();
    }

    public List<Edge> outputs(String id) {
        return edges.stream().filter(edge -> edge.from.equals(id)).toList();
    }

    public PipelineDocument withNodes(List<Node> changed) {
        return new PipelineDocument(name, description, parameters, changed, edges, extra);
    }

    public PipelineDocument withEdges(List<Edge> changed) {
        return new PipelineDocument(name, description, parameters, nodes, changed, extra);
    }

    /// This document with the node of `node`'s id replaced by it.
    public PipelineDocument withNode(Node node) {
        return withNodes(nodes.stream().map(old -> old.id.equals(node.id) ? node : old).toList());
    }

    /// Whether rows of `from` reach `to`.
    public boolean reaches(String from, String to) {
        List<String> open = new ArrayList<>(List.of(from));
        List<String> seen = new ArrayList<>();
        while (!open.isEmpty()) {
            String id = open.removeLast();
            if (id.equals(to)) {
                return true;
            }
            if (!seen.contains(id)) {
                seen.add(id);
                outputs(id).forEach(edge -> open.add(edge.to));
            }
        }
        return false;
    }

    private static Map<String, Object> ordered(Map<String, Object> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
