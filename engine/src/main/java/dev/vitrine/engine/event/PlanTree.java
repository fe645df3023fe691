package dev.vitrine.engine.event;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A plan as data for views, recordings and text: no plan classes behind it.
///
/// @param id the node's id, unique within one version of a plan; physical nodes keep theirs through
///   a run
/// @param label what the node does, `HashJoin Inner`
/// @param details one line a property, `left keys: [o_custkey]`; may be [LateLines]
/// @param pipelineNode id of the pipeline document's node it came from, or empty
/// @param estimatedRows the optimizer's estimate, or -1 where there is none
public record PlanTree(
        int id,
        String label,
        List<String> details,
        String pipelineNode,
        double estimatedRows,
        List<PlanTree> children) {
    public PlanTree {
        details = details instanceof LateLines ? details : List.copyOf(details);
        children = List.copyOf(children);
    }

    /// Calls `visit` on this node and all below, parents first.
    public void forEach(Consumer<PlanTree> visit) {
        visit.accept(this);
        children.forEach(child -> child.forEach(visit));
    }

    /// This tree with the subtree at `path` (child indexes from the root) replaced.
    public PlanTree replaceAt(List<Integer> path, PlanTree subtree) {
        if (path.isEmpty()) {
            return subtree;
        }
        List<PlanTree> changed = new ArrayList<>(children);
        int index = path.getFirst();
        changed.set(index, children.get(index).replaceAt(path.subList(1, path.size()), subtree));
        return new PlanTree(id, label, details, pipelineNode, estimatedRows, changed);
    }

    /// Spark's tree text: one line a node, `+-` and `:-` before children.
    public String text() {
        StringBuilder text = new StringBuilder();
        append(text, "", "");
        return text.toString();
    }

    private void append(StringBuilder text, String first, String rest) {
        text.append(first).append(label);
        if (!details.isEmpty()) {
            text.append(' ').append(String.join(", ", details));
        }
        text.append('\n');
        for (int i = 0; i < children.size(); i++) {
            boolean last = i == children.size() - 1;
            children.get(i)
                    .append(text, rest + (last ? "+- " : ":- "), rest + (last ? "   " : ":  "));
        }
    }
}
