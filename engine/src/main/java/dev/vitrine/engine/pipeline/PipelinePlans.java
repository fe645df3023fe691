package dev.vitrine.engine.pipeline;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.Origin;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import dev.vitrine.engine.pipeline.PipelineDocument.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns documents into unresolved logical plans. Safe to use from many threads.
public final class PipelinePlans {
    private final NodeKinds kinds;
    private final ExpressionParser parser;

    public PipelinePlans(NodeKinds kinds, ExpressionParser parser) {
        this.kinds = kinds;
        this.parser = parser;
    }

    /// What became of a node.
    public sealed interface Built {
        /// The unresolved plan of the node and all before it; every plan node knows the pipeline
        /// node it came from.
        record Ready(LogicalPlan plan, PlanContext context) implements Built {}

        /// It has no plan.
        ///
        /// @param problems at least one, of this node or of nodes before it
        record Invalid(List<NodeProblem> problems) implements Built {
            public Invalid {
                problems = List.copyOf(problems);
            }
        }
    }

    /// How a plan is to be made.
    ///
    /// @param folder the project's folder, from which relative paths start
    /// @param parameters values for this run, over the document's defaults
    /// @param forPreview whether sinks are left out, so that nothing is written
    public record Options(Path folder, Map<String, String> parameters, boolean forPreview) {
        public static Options preview(Path folder) {
            return new Options(folder, Map.of(), true);
        }

        public static Options run(Path folder) {
            return new Options(folder, Map.of(), false);
        }
    }

    /// The plan of node `nodeId`, of its first output where it has several.
    public Built toPlan(PipelineDocument document, String nodeId, Options options) {
        return toPlan(document, nodeId, "", options);
    }

    /// The plan of the rows that leave node `nodeId` by an output.
    ///
    /// @param output the output's id, or empty for the first
    public Built toPlan(PipelineDocument document, String nodeId, String output, Options options) {
        Run run = new Run(document, options);
        List<NodeProblem> problems = new ArrayList<>();
        try {
            LogicalPlan plan = run.plan(nodeId, output, new HashSet<>(), problems);
            return problems.isEmpty()
                    ? new Built.Ready(plan, run.context)
                    : new Built.Invalid(problems);
        } catch (NodeProblemException e) {
            problems.add(e.problem());
            return new Built.Invalid(problems);
        }
    }

    /// Everything that can be seen to be wrong without the session: settings, ports, unknown kinds,
    /// cycles.
    public List<NodeProblem> check(PipelineDocument document) {
        List<NodeProblem> problems = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Node node : document.nodes()) {
            if (!ids.add(node.id())) {
                problems.add(
                        NodeProblem.of(
                                node.id(),
                                "",
                                "Two nodes have the id `" + node.id() + "`.",
                                "Delete one of them."));
            }
            problems.addAll(check(document, node));
        }
        return problems;
    }

    /// What a run of the whole document runs: nodes that nothing follows, in the document's order.
    /// A disabled one passes its input's rows on, but a disabled sink or source does nothing.
    public List<String> targets(PipelineDocument document) {
        return document.nodes().stream()
                .filter(node -> document.outputs(node.id()).isEmpty())
                .filter(node -> isTarget(document, node))
                .map(Node::id)
                .toList();
    }

    private boolean isTarget(PipelineDocument document, Node node) {
        boolean fed = !document.inputs(node.id()).isEmpty();
        NodeKind kind = kinds.of(node).orElse(null);
        if (node.disabled()) {
            return fed && kind != null && !kind.outputs().isEmpty();
        }
        return fed || (kind != null && kind.inputs().isEmpty());
    }

    private List<NodeProblem> check(PipelineDocument document, Node node) {
        NodeKind kind = kinds.of(node).orElse(null);
        if (kind == null) {
            return List.of(unknownKind(node));
        }
        if (node.disabled()) {
            return List.of();
        }
        List<NodeProblem> problems = new ArrayList<>(kind.validate(node));
        for (Port port : kind.inputs()) {
            long edges =
                    document.inputs(node.id()).stream()
                            .filter(edge -> edge.toPort().equals(port.id()))
                            .count();
            if (edges == 0 && port.required()) {
                problems.add(
                        NodeProblem.of(
                                node.id(),
                                "",
                                kinds.label(node) + " has no " + inputName(kind, port) + ".",
                                "Drag from another node's right side to this node's left side."));
            }
        }
        for (Edge edge : document.inputs(node.id())) {
            if (kind.inputs().stream().noneMatch(port -> port.id().equals(edge.toPort()))) {
                problems.add(
                        NodeProblem.of(
                                node.id(),
                                "",
                                "There is no input `" + edge.toPort() + "` here.",
                                "Delete the edge and connect again."));
            }
        }
        return problems;
    }

    private static String inputName(NodeKind kind, Port port) {
        return kind.inputs().size() == 1 ? "input" : "`" + port.label() + "` input";
    }

    private NodeProblem unknownKind(Node node) {
        return NodeProblem.of(
                node.id(),
                "",
                "There is no node kind `" + node.kind() + "`.",
                "Update Vitrine, or replace the node.");
    }

    /// The making of one plan: nodes met twice are made twice, since relations must not be shared
    /// between branches.
    private final class Run {
        private final PipelineDocument document;
        private final Options options;
        private final PlanContext context = new PlanContext();
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private final Map<String, List<Edge>> inputs = new HashMap<>();
        private final Map<String, Node> nodes = new HashMap<>();

        private Run(PipelineDocument document, Options options) {
            this.document = document;
            this.options = options;
            for (Parameter parameter : document.parameters()) {
                parameters.put(parameter.name(), parameter.defaultValue());
            }
            parameters.putAll(options.parameters);
            document.nodes().forEach(node -> nodes.putIfAbsent(node.id(), node));
            document.edges()
                    .forEach(e -> inputs.computeIfAbsent(e.to(), k -> new ArrayList<>()).add(e));
        }

        /// @param output the id of the output whose rows are wanted, or empty for the first
        private LogicalPlan plan(
                String id, String output, Set<String> above, List<NodeProblem> problems) {
            Node node = nodes.get(id);
            if (node == null) {
                throw new NodeProblemException(
                        NodeProblem.of(
                                id,
                                "",
                                "There is no node `" + id + "`.",
                                "Delete the edge to it."));
            }
            if (!above.add(id)) {
                throw new NodeProblemException(
                        NodeProblem.of(
                                id,
                                "",
                                kinds.label(node) + " feeds itself.",
                                "Delete one edge of the circle."));
            }
            NodeKind kind =
                    kinds.of(node).orElseThrow(() -> new NodeProblemException(unknownKind(node)));
            problems.addAll(check(document, node));
            List<LogicalPlan> plans = new ArrayList<>();
            for (Port port : kind.inputs()) {
                for (Edge edge : inputs.getOrDefault(id, List.of())) {
                    if (edge.toPort().equals(port.id())) {
                        plans.add(plan(edge.from(), edge.fromPort(), above, problems));
                    }
                }
            }
            above.remove(id);
            if (!problems.isEmpty()) {
                // The problems are what counts now; any plan does.
                return plans.isEmpty()
                        ? new LogicalPlan.LocalRelation(List.of(), List.of())
                        : plans.getFirst();
            }
            if (passesThrough(node, kind) && !plans.isEmpty()) {
                return plans.getFirst();
            }
            NodeContext nodeContext =
                    new NodeContext(
                            new NodeConfig(node, kind.fields()),
                            parser,
                            context,
                            options.folder,
                            parameters,
                            output(kind, output));
            LogicalPlan made = kind.toPlan(nodeContext, plans);
            mark(made, Origin.ofPipelineNode(id));
            return made;
        }

        private static String output(NodeKind kind, String wanted) {
            return wanted.isEmpty() && !kind.outputs().isEmpty()
                    ? kind.outputs().getFirst().id()
                    : wanted;
        }

        private boolean passesThrough(Node node, NodeKind kind) {
            return node.disabled() || (options.forPreview && kind.outputs().isEmpty());
        }

        /// Marks what a node made; what its inputs made is marked already and keeps its origin.
        private void mark(LogicalPlan plan, Origin origin) {
            if (context.origin(plan).pipelineNode().isEmpty()) {
                context.mark(plan, origin);
                plan.children().forEach(child -> mark(child, origin));
                if (plan instanceof LogicalPlan.With(var input, var ctes, boolean recursive)) {
                    ctes.forEach(cte -> mark(cte.plan(), origin));
                }
            }
        }
    }
}
