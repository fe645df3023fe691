package dev.vitrine.engine.pipeline;

import dev.vitrine.engine.api.Analysis;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.ErrorFamily;
import dev.vitrine.engine.event.ErrorInfo;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.Origin;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A session asked about pipelines: schemas and problems of all nodes, previews, runs. Safe to use
/// from many threads.
public final class PipelineQueries {
    private static final int CACHED = 4_000;

    private final Session session;
    private final NodeKinds kinds;
    private final ExpressionParser parser;
    private final PipelinePlans plans;
    private final CodeTrust trust;
    private final Map<String, NodeAnalysis> cache =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, NodeAnalysis> eldest) {
                    return size() > CACHED;
                }
            };

    /// @param trust what it does not trust is analyzed, but neither run nor previewed
    public PipelineQueries(
            Session session, NodeKinds kinds, ExpressionParser parser, CodeTrust trust) {
        this.trust = trust;
        this.session = session;
        this.kinds = kinds;
        this.parser = parser;
        this.plans = new PipelinePlans(kinds, parser);
    }

    public PipelinePlans plans() {
        return plans;
    }

    /// Schema and problems of each node, in the document's order. Nodes that have not changed since
    /// they were found good are not looked at again.
    public Map<String, NodeAnalysis> analyze(PipelineDocument document, Path folder) {
        Map<String, NodeAnalysis> found = new LinkedHashMap<>();
        Map<String, String> prints = new LinkedHashMap<>();
        List<NodeProblem> checks = plans.check(document);
        document.nodes().forEach(node -> analyze(document, node, folder, checks, found, prints, 0));
        Map<String, NodeAnalysis> ordered = new LinkedHashMap<>();
        document.nodes().forEach(node -> ordered.put(node.id(), found.get(node.id())));
        return ordered;
    }

    /// What the optimizer and the planner would make of each edge in a run of the whole document;
    /// edges with nothing to tell are not in it. Nothing runs, nothing is written.
    public Map<Edge, List<EdgeMark>> marks(PipelineDocument document, Path folder) {
        EdgeMarks marks = new EdgeMarks(document);
        for (String target : plans.targets(document)) {
            try {
                PipelinePlans.Built.Ready ready =
                        ready(document, target, PipelinePlans.Options.preview(folder));
                marks.add(session.summarize(ready.plan(), ready.context()), target);
            } catch (EngineException e) {
                if (e.code().family() == ErrorFamily.INTERNAL) {
                    throw e;
                }
                // What is wrong with the branch is told where its problems are.
            }
        }
        return marks.found();
    }

    /// Forgets what was found, after tables or files changed.
    public void forget() {
        synchronized (cache) {
            cache.clear();
        }
    }

    /// A query for rows that a node gives; a sink's are those of its input. Never writes.
    ///
    /// @throws EngineException INVALID_NODE where the node or one before it has problems
    public Query preview(
            PipelineDocument document, String nodeId, PreviewSample sample, Path folder) {
        return preview(document, nodeId, "", sample, folder);
    }

    /// A query for rows that go along an edge. Never writes.
    ///
    /// @throws EngineException INVALID_NODE where a node before it has problems
    public Query preview(PipelineDocument document, Edge edge, PreviewSample sample, Path folder) {
        return preview(document, edge.from(), edge.fromPort(), sample, folder);
    }

    private Query preview(
            PipelineDocument document,
            String nodeId,
            String output,
            PreviewSample sample,
            Path folder) {
        PipelinePlans.Built.Ready ready =
                ready(document, nodeId, output, PipelinePlans.Options.preview(folder));
        LogicalPlan rows =
                switch (sample.mode()) {
                    case FIRST -> limited(ready.plan(), sample.rows());
                    case RANDOM -> limited(shuffled(ready), sample.rows());
                    case ALL -> ready.plan();
                };
        return session.query(
                ready.context().mark(rows, Origin.ofPipelineNode(nodeId)),
                ready.context(),
                "Preview of " + label(document, nodeId));
    }

    private static LogicalPlan limited(LogicalPlan plan, long rows) {
        return new LogicalPlan.Limit(plan, Optional.of(Expr.Literal.of(rows)), Expr.Literal.of(0L));
    }

    /// Rows in an order by chance, the same one each time.
    private LogicalPlan shuffled(PipelinePlans.Built.Ready ready) {
        return NodeContext.over(
                parser.query("SELECT * FROM input1 ORDER BY rand(1)", ready.context()),
                List.of(ready.plan()));
    }

    /// What the columns of an edge are like in its first rows. Blocks until they are there.
    ///
    /// @throws EngineException INVALID_NODE where a node before it has problems; and whatever fails
    public List<ColumnProfile> profile(
            PipelineDocument document, Edge edge, long rows, Path folder) {
        try (Query query = preview(document, edge, PreviewSample.first(rows), folder)) {
            return ColumnProfile.of(query.await());
        }
    }

    /// A query that runs a node and all before it.
    ///
    /// @throws EngineException INVALID_NODE where the node or one before it has problems
    public Query run(PipelineDocument document, String nodeId, PipelinePlans.Options options) {
        PipelinePlans.Built.Ready ready = ready(document, nodeId, options);
        return session.query(
                ready.plan(),
                ready.context(),
                (document.name().isBlank() ? "Pipeline" : document.name())
                        + ": "
                        + label(document, nodeId));
    }

    /// Makes a data file a temporary view called `name`.
    public void createFileView(String name, Path file) {
        Path full = file.toAbsolutePath().normalize();
        Node node = new Node("file", "file-source", "", Map.of("path", full.toString()));
        PipelinePlans.Built.Ready ready =
                ready(
                        PipelineDocument.empty(name).withNodes(List.of(node)),
                        node.id(),
                        PipelinePlans.Options.preview(full));
        session.createTempView(name, ready.plan(), ready.context());
        forget();
    }

    private void checkTrust(PipelineDocument document, String nodeId) {
        for (Node node : document.nodes()) {
            boolean trusted =
                    kinds.of(node).stream()
                            .flatMap(kind -> kind.fields().stream())
                            .filter(field -> field.type() == FieldType.JAVA)
                            .map(field -> String.valueOf(node.config().get(field.id())))
                            .allMatch(trust::trusts);
            if (!trusted && document.reaches(node.id(), nodeId)) {
                throw new EngineException(
                        ErrorCode.UNTRUSTED_CODE, Map.of("node", label(document, node.id())));
            }
        }
    }

    private PipelinePlans.Built.Ready ready(
            PipelineDocument document, String nodeId, PipelinePlans.Options options) {
        return ready(document, nodeId, "", options);
    }

    private PipelinePlans.Built.Ready ready(
            PipelineDocument document,
            String nodeId,
            String output,
            PipelinePlans.Options options) {
        checkTrust(document, nodeId);
        return switch (plans.toPlan(document, nodeId, output, options)) {
            case PipelinePlans.Built.Ready ready -> ready;
            case PipelinePlans.Built.Invalid(var problems) -> {
                NodeProblem first = problems.getFirst();
                String message = first.message();
                throw new EngineException(
                        ErrorCode.INVALID_NODE,
                        Map.of(
                                "node",
                                label(document, first.nodeId()),
                                "reason",
                                message.endsWith(".")
                                        ? message.substring(0, message.length() - 1)
                                        : message));
            }
        };
    }

    private String label(PipelineDocument document, String nodeId) {
        return document.node(nodeId).map(kinds::label).orElse(nodeId);
    }

    private NodeAnalysis analyze(
            PipelineDocument document,
            Node node,
            Path folder,
            List<NodeProblem> checks,
            Map<String, NodeAnalysis> found,
            Map<String, String> prints,
            int depth) {
        NodeAnalysis known = found.get(node.id());
        if (known != null) {
            return known;
        }
        StringBuilder print = new StringBuilder();
        print.append(node.kind()).append(node.config()).append(node.disabled());
        print.append(document.parameters()).append(folder);
        boolean blocked = depth > document.nodes().size();
        for (Edge edge : document.inputs(node.id())) {
            Node before = document.node(edge.from()).orElse(null);
            if (before != null && !blocked) {
                blocked |=
                        analyze(document, before, folder, checks, found, prints, depth + 1)
                                .schema()
                                .isEmpty();
            }
            print.append(edge.toPort())
                    .append(edge.fromPort())
                    .append('<')
                    .append(prints.get(edge.from()))
                    .append('>');
        }
        // A digest keeps long chains short.
        String key = digest(print.toString());
        prints.put(node.id(), key);
        List<NodeProblem> own = checks.stream().filter(p -> p.nodeId().equals(node.id())).toList();
        NodeAnalysis result;
        if (!own.isEmpty() || blocked) {
            result = new NodeAnalysis(node.id(), Optional.empty(), own, own.isEmpty());
        } else {
            synchronized (cache) {
                known = cache.get(key);
            }
            result =
                    known != null
                            ? new NodeAnalysis(node.id(), known.schema(), List.of(), false)
                            : ask(document, node, folder);
            if (result.schema().isPresent() && !readsTables(node)) {
                synchronized (cache) {
                    cache.put(key, result);
                }
            }
        }
        found.put(node.id(), result);
        return result;
    }

    private NodeAnalysis ask(PipelineDocument document, Node node, Path folder) {
        return switch (plans.toPlan(document, node.id(), PipelinePlans.Options.preview(folder))) {
            case PipelinePlans.Built.Invalid(var problems) ->
                    new NodeAnalysis(node.id(), Optional.empty(), problems, false);
            case PipelinePlans.Built.Ready(var plan, var context) ->
                    switch (session.analyze(plan, context)) {
                        case Analysis.Valid(var schema) ->
                                new NodeAnalysis(node.id(), Optional.of(schema), List.of(), false);
                        case Analysis.Invalid(var errors) ->
                                new NodeAnalysis(
                                        node.id(),
                                        Optional.empty(),
                                        errors.stream().map(e -> problem(node, e)).toList(),
                                        false);
                    };
        };
    }

    /// Places an error of the analyzer: in the one field with expressions, where there is one.
    private NodeProblem problem(Node node, ErrorInfo error) {
        List<String> fields = new ArrayList<>();
        kinds.of(node)
                .ifPresent(kind ->
                        kind.fields().stream()
                                .filter(field -> holdsExpressions(field.type()))
                                .filter(field -> node.config().containsKey(field.id()))
                                .forEach(field -> fields.add(field.id())));
        return new NodeProblem(
                node.id(),
                fields.size() == 1 ? fields.getFirst() : "",
                error.message(),
                error.hint(),
                fields.size() == 1 ? error.where() : Optional.empty());
    }

    private static boolean holdsExpressions(FieldType type) {
        return switch (type) {
            case SQL,
                    EXPRESSION,
                    NAMED_EXPRESSIONS,
                    EXPRESSIONS,
                    SELECTION,
                    SORT_KEYS,
                    KEY_PAIRS,
                    TABLE,
                    ROWS,
                    PATH ->
                    true;
            case TEXT, JAVA, COLUMN, COLUMNS, CHOICE, BOOLEAN, NUMBER, OPTIONS -> false;
        };
    }

    private boolean readsTables(Node node) {
        return kinds.of(node).stream()
                .flatMap(kind -> kind.fields().stream())
                .anyMatch(f -> f.type() == FieldType.TABLE || f.type() == FieldType.SQL);
    }

    private static String digest(String text) {
        try {
            byte[] hash =
                    java.security.MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return java.util.HexFormat.of().formatHex(hash, 0, 16);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
