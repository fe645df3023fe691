package dev.vitrine.engine.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/// The node kinds there are, by id.
public final class NodeKinds {
    private final Map<String, NodeKind> kinds = new LinkedHashMap<>();

    public NodeKinds(List<NodeKind> kinds) {
        kinds.forEach(kind -> this.kinds.put(kind.id(), kind));
    }

    /// All kinds that providers on the class path bring.
    public static NodeKinds load() {
        List<NodeKind> kinds = new ArrayList<>();
        ServiceLoader.load(NodeKindProvider.class).forEach(p -> kinds.addAll(p.kinds()));
        return new NodeKinds(kinds);
    }

    public List<NodeKind> all() {
        return List.copyOf(kinds.values());
    }

    public Optional<NodeKind> find(String id) {
        return Optional.ofNullable(kinds.get(id));
    }

    public Optional<NodeKind> of(PipelineDocument.Node node) {
        return find(node.kind());
    }

    /// What people call a node: its label, or its kind's title.
    public String label(PipelineDocument.Node node) {
        return node.label().isBlank()
                ? of(node).map(NodeKind::title).orElse(node.kind())
                : node.label();
    }
}
