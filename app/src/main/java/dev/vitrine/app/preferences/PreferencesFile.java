package dev.vitrine.app.preferences;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.engine.pipeline.PipelineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Preferences as a JSON file: what is missing or unreadable has its default, what is unknown is
/// kept.
public final class PreferencesFile {
    private static final Set<String> KNOWN =
            Set.of("appearance", "editing", "window", "engine", "recording", "keymap", "keys");
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    private final Path file;

    public PreferencesFile(Path file) {
        this.file = file;
    }

    /// Where this user's preferences are.
    public static PreferencesFile ofUser() {
        String config = System.getenv("XDG_CONFIG_HOME");
        Path folder =
                config == null || config.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".config")
                        : Path.of(config);
        return new PreferencesFile(folder.resolve("vitrine").resolve("preferences.json"));
    }

    public Path path() {
        return file;
    }

    public Preferences read() {
        JsonNode defaults = tree(Preferences.DEFAULTS);
        try {
            if (!Files.exists(file)) {
                return Preferences.DEFAULTS;
            }
            JsonNode read = JSON.readTree(file.toFile());
            ObjectNode merged = defaults.deepCopy();
            for (String page : KNOWN) {
                JsonNode value = read.path(page);
                if (value.isObject() && merged.path(page) instanceof ObjectNode into) {
                    into.setAll((ObjectNode) value);
                } else if (!value.isMissingNode()) {
                    merged.set(page, value);
                }
            }
            Map<String, Object> extra = new LinkedHashMap<>();
            read.properties()
                    .forEach(entry -> {
                        if (!KNOWN.contains(entry.getKey())) {
                            extra.put(
                                    entry.getKey(),
                                    JSON.convertValue(entry.getValue(), Object.class));
                        }
                    });
            return of(merged).withExtra(extra);
        } catch (IOException | IllegalArgumentException e) {
            return Preferences.DEFAULTS;
        }
    }

    public void write(Preferences preferences) {
        ObjectNode tree = tree(preferences);
        preferences.extra().forEach((key, value) -> tree.set(key, JSON.valueToTree(value)));
        PipelineFile.writeText(file, tree.toPrettyString() + "\n");
    }

    private static ObjectNode tree(Preferences preferences) {
        ObjectNode tree = JSON.createObjectNode();
        tree.set("appearance", JSON.valueToTree(preferences.appearance()));
        tree.set("editing", JSON.valueToTree(preferences.editing()));
        tree.set("window", JSON.valueToTree(preferences.window()));
        tree.set("engine", JSON.valueToTree(preferences.engine()));
        tree.set("recording", JSON.valueToTree(preferences.recording()));
        tree.put("keymap", preferences.keymap());
        tree.set("keys", JSON.valueToTree(preferences.keys()));
        return tree;
    }

    private static Preferences of(JsonNode tree) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        tree.path("keys")
                .properties()
                .forEach(entry ->
                        keys.put(
                                entry.getKey(),
                                entry.getValue().valueStream().map(JsonNode::asText).toList()));
        return new Preferences(
                JSON.convertValue(tree.path("appearance"), Preferences.Appearance.class),
                JSON.convertValue(tree.path("editing"), Preferences.Editing.class),
                JSON.convertValue(tree.path("window"), Preferences.Window.class),
                JSON.convertValue(tree.path("engine"), Preferences.Engine.class),
                JSON.convertValue(tree.path("recording"), Preferences.Recording.class),
                tree.path("keymap").asText("vscode"),
                keys,
                Map.of());
    }
}
