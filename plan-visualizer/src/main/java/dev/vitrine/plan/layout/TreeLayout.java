package dev.vitrine.plan.layout;

import dev.vitrine.plan.graph.PlanGraph;
import java.util.ArrayList;
import java.util.List;

/// Places a plan from left to right, the way rows go: sources on the left, the root on the right.
/// Leaves take a row each, a parent stands in the middle of its children.
public final class TreeLayout {
    private TreeLayout() {}

    /// The place of a node's upper left corner.
    public record Place(double x, double y) {}

    /// @param places by node index
    /// @param width of everything
    public record Layout(List<Place> places, double width, double height) {
        public Layout {
            places = List.copyOf(places);
        }
    }

    public static Layout of(
            PlanGraph graph, double nodeWidth, double nodeHeight, double gapX, double gapY) {
        int n = graph.nodes().size();
        int maxDepth = graph.nodes().stream().mapToInt(PlanGraph.Node::depth).max().orElse(0);
        List<List<Integer>> children = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            children.add(new ArrayList<>());
        }
        graph.edges().forEach(edge -> children.get(edge.to()).add(edge.from()));
        double[] y = new double[n];
        double next = 0;
        // Parents come before their children, so from the end every child is placed before its
        // parent; leaves in reading order first.
        for (int i = 0; i < n; i++) {
            if (children.get(i).isEmpty()) {
                y[i] = next;
                next += nodeHeight + gapY;
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            List<Integer> below = children.get(i);
            if (!below.isEmpty()) {
                y[i] = (y[below.getFirst()] + y[below.getLast()]) / 2;
            }
        }
        List<Place> places = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            int column = maxDepth - graph.nodes().get(i).depth();
            places.add(new Place(column * (nodeWidth + gapX), y[i]));
        }
        return new Layout(
                places,
                (maxDepth + 1) * (nodeWidth + gapX) - gapX,
                Math.max(nodeHeight, next - gapY));
    }
}
