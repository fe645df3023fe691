package dev.vitrine.engine.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import dev.vitrine.engine.pipeline.PipelineDocument.Parameter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Pipelines as JSON text that reads and diffs well: fixed order of keys, one block a node, one
/// line an edge, places last. What this version does not know is kept.
public final class PipelineFile {
    private static final String FORMAT = "vitrine-pipeline";
    private static final Set<String> KNOWN =
            Set.of(
                    "$schema",
                    "format",
                    "version",
                    "name",
                    "description",
                    "parameters",
                    "nodes",
                    "edges",
                    "layout");
    private static final Set<String> KNOWN_IN_NODE =
            Set.of("id", "kind", "label", "config", "disabled", "note");

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_LONG_FOR_INTS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .build();

    private PipelineFile() {}

    /// Reads a pipeline.
    ///
    /// @throws EngineException PATH_NOT_FOUND, FILE_UNREADABLE or INVALID_DOCUMENT
    public static Pipeline read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new EngineException(
                    ErrorCode.PATH_NOT_FOUND, Map.of("path", "`" + file + "`"), null, e);
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.FILE_UNREADABLE,
                    Map.of("path", "`" + file + "`", "reason", String.valueOf(e.getMessage())),
                    null,
                    e);
        }
    }

    /// Reads a pipeline from text.
    ///
    /// @param name what errors call the text: its path
    public static Pipeline parse(String text, String name) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw invalid(name, "line " + line + " is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!(root instanceof ObjectNode object)) {
            throw invalid(name, "it is no JSON object", null);
        }
        return new Reader(name).pipeline(object);
    }

    /// The pipeline as text; the same pipeline always gives the same text.
    public static String print(Pipeline pipeline) {
        PipelineDocument document = pipeline.document();
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("version", PipelineDocument.FORMAT_VERSION);
        root.put("name", document.name());
        if (!document.description().isEmpty()) {
            root.put("description", document.description());
        }
        if (!document.parameters().isEmpty()) {
            ArrayNode parameters = root.putArray("parameters");
            for (Parameter parameter : document.parameters()) {
                ObjectNode node = parameters.addObject();
                node.put("name", parameter.name());
                node.put("type", parameter.type());
                node.put("default", parameter.defaultValue());
                putText(node, "help", parameter.help());
            }
        }
        ArrayNode nodes = root.putArray("nodes");
        document.nodes().forEach(node -> nodes.add(tree(node)));
        ArrayNode edges = root.putArray("edges");
        for (Edge edge : document.edges()) {
            ObjectNode tree = edges.addObject();
            tree.put("from", edge.from());
            if (!edge.fromPort().equals(Port.OUT)) {
                tree.put("fromPort", edge.fromPort());
            }
            tree.put("to", edge.to());
            if (!edge.toPort().equals(Port.IN)) {
                tree.put("toPort", edge.toPort());
            }
        }
        document.extra().forEach((key, value) -> root.set(key, JSON.valueToTree(value)));
        ObjectNode layout = root.putObject("layout");
        for (Node node : document.nodes()) {
            pipeline.layout()
                    .position(node.id())
                    .ifPresent(at -> {
                        ArrayNode place = layout.putArray(node.id());
                        place.add(Math.round(at.x())).add(Math.round(at.y()));
                    });
        }
        return JsonPrinter.print(root) + "\n";
    }

    /// Writes atomically: other programs see the old file or the new one, and a power cut leaves
    /// one of them.
    public static void write(Path file, Pipeline pipeline) {
        writeText(file, print(pipeline));
    }

    /// Replaces a file's text atomically.
    public static void writeText(Path file, String text) {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        Path temporary = target.resolveSibling("." + target.getFileName() + ".saving");
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(temporary, text, StandardCharsets.UTF_8);
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(
                    temporary,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.FILE_NOT_WRITTEN,
                    Map.of("path", "`" + file + "`", "reason", String.valueOf(e.getMessage())),
                    null,
                    e);
        }
    }

    private static ObjectNode tree(Node node) {
        ObjectNode tree = JSON.createObjectNode();
        tree.put("id", node.id());
        tree.put("kind", node.kind());
        putText(tree, "label", node.label());
        if (node.disabled()) {
            tree.put("disabled", true);
        }
        putText(tree, "note", node.note());
        if (!node.config().isEmpty()) {
            tree.set("config", JSON.valueToTree(node.config()));
        }
        node.extra().forEach((key, value) -> tree.set(key, JSON.valueToTree(value)));
        return tree;
    }

    private static void putText(ObjectNode tree, String key, String text) {
        if (!text.isEmpty()) {
            tree.put(key, text);
        }
    }

    private static EngineException invalid(String path, String reason, @Nullable Throwable cause) {
        return new EngineException(
                ErrorCode.INVALID_DOCUMENT,
                Map.of("path", "`" + path + "`", "reason", reason),
                null,
                cause);
    }

    private record Reader(String path) {
        Pipeline pipeline(ObjectNode root) {
            if (root.has("format") && !root.path("format").asText().equals(FORMAT)) {
                throw error(
                        "its format is `"
                                + root.path("format").asText()
                                + "`, not `"
                                + FORMAT
                                + "`");
            }
            JsonNode version = root.path("version");
            if (!version.canConvertToInt()) {
                throw error("it has no `version`");
            }
            if (version.asInt() > PipelineDocument.FORMAT_VERSION) {
                throw error(
                        "its version is %d, and this Vitrine knows versions up to %d"
                                .formatted(version.asInt(), PipelineDocument.FORMAT_VERSION));
            }
            List<Parameter> parameters = new ArrayList<>();
            for (JsonNode item : list(root, "parameters")) {
                parameters.add(
                        new Parameter(
                                text(item, "name", "a parameter"),
                                optional(item, "type", "string"),
                                optional(item, "default", ""),
                                optional(item, "help", "")));
            }
            List<Node> nodes = new ArrayList<>();
            Set<String> ids = new HashSet<>();
            for (JsonNode item : list(root, "nodes")) {
                Node node = node(item);
                if (!ids.add(node.id())) {
                    throw error("two nodes have the id `" + node.id() + "`");
                }
                nodes.add(node);
            }
            List<Edge> edges = new ArrayList<>();
            for (JsonNode item : list(root, "edges")) {
                edges.add(
                        new Edge(
                                text(item, "from", "an edge"),
                                optional(item, "fromPort", Port.OUT),
                                text(item, "to", "an edge"),
                                optional(item, "toPort", Port.IN)));
            }
            return new Pipeline(
                    new PipelineDocument(
                            optional(root, "name", ""),
                            optional(root, "description", ""),
                            parameters,
                            nodes,
                            edges,
                            rest(root, KNOWN)),
                    layout(root.path("layout")));
        }

        private Node node(JsonNode item) {
            String id = text(item, "id", "a node");
            JsonNode config = item.path("config");
            if (!config.isMissingNode() && !config.isObject()) {
                throw error("`config` of node `" + id + "` is no object");
            }
            return new Node(
                    id,
                    text(item, "kind", "node `" + id + "`"),
                    optional(item, "label", ""),
                    config.isObject() ? rest(config, Set.of()) : Map.of(),
                    item.path("disabled").asBoolean(false),
                    optional(item, "note", ""),
                    rest(item, KNOWN_IN_NODE));
        }

        private PipelineLayout layout(JsonNode layout) {
            Map<String, PipelineLayout.Position> positions = new LinkedHashMap<>();
            layout.properties()
                    .forEach(entry -> {
                        JsonNode at = entry.getValue();
                        if (!at.isArray()
                                || at.size() != 2
                                || !at.get(0).isNumber()
                                || !at.get(1).isNumber()) {
                            throw error("the place of `" + entry.getKey() + "` is not [x, y]");
                        }
                        positions.put(
                                entry.getKey(),
                                new PipelineLayout.Position(
                                        at.get(0).asDouble(), at.get(1).asDouble()));
                    });
            return new PipelineLayout(positions);
        }

        private Iterable<JsonNode> list(JsonNode parent, String key) {
            JsonNode list = parent.path(key);
            if (!list.isMissingNode() && !list.isArray()) {
                throw error("`" + key + "` is no list");
            }
            return list;
        }

        private String text(JsonNode item, String key, String of) {
            JsonNode value = item.path(key);
            if (!value.isTextual() || value.asText().isBlank()) {
                throw error(of + " has no `" + key + "`");
            }
            return value.asText();
        }

        private String optional(JsonNode item, String key, String fallback) {
            JsonNode value = item.path(key);
            return value.isMissingNode() || value.isNull() ? fallback : value.asText();
        }

        private static Map<String, Object> rest(JsonNode object, Set<String> known) {
            Map<String, Object> rest = new LinkedHashMap<>();
            object.properties()
                    .forEach(entry -> {
                        if (!known.contains(entry.getKey()) && !entry.getValue().isNull()) {
                            rest.put(
                                    entry.getKey(),
                                    JSON.convertValue(entry.getValue(), Object.class));
                        }
                    });
            return rest;
        }

        private EngineException error(String reason) {
            return invalid(path, reason, null);
        }
    }
}
