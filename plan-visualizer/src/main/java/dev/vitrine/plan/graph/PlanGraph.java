package dev.vitrine.plan.graph;

import dev.vitrine.engine.event.PlanTree;
import java.util.ArrayList;
import java.util.List;

/// A plan as nodes and edges. Rows flow from a child to its parent.
///
/// @param nodes parents before children; a node's index is its place in this list
public record PlanGraph(List<Node> nodes, List<Edge> edges) {
    public PlanGraph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /// @param depth steps from the root
    public record Node(PlanTree plan, int depth) {}

    /// @param from index of the child
    /// @param to index of the parent
    public record Edge(int from, int to) {}

    public static PlanGraph of(PlanTree tree) {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        add(tree, 0, -1, nodes, edges);
        return new PlanGraph(nodes, edges);
    }

    private static void add(
            PlanTree tree, int depth, int parent, List<Node> nodes, List<Edge> edges) {
        int index = nodes.size();
        nodes.add(new Node(tree, depth));
        if (parent >= 0) {
            edges.add(new Edge(index, parent));
        }
        tree.children().forEach(child -> add(child, depth + 1, index, nodes, edges));
    }
}
