package dev.vitrine.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.scene.input.KeyCombination;

/// Keys by command id: those of a keymap file, with the user's own over them.
public final class Keymap {
    private final Map<String, List<KeyCombination>> keys = new HashMap<>();
    private final List<String> unreadable = new ArrayList<>();

    private Keymap() {}

    /// Reads a keymap.
    ///
    /// @param name a keymap that comes with the program: `vscode` or `intellij`
    /// @param own the user's keys by command id; an empty list takes a command's keys away
    public static Keymap load(String name, Map<String, List<String>> own) {
        Keymap keymap = new Keymap();
        keymap.read("keymap.json");
        if (name.equals("intellij")) {
            keymap.read("keymap-intellij.json");
        }
        own.forEach(keymap::put);
        return keymap;
    }

    public List<KeyCombination> keys(String commandId) {
        return keys.getOrDefault(commandId, List.of());
    }

    /// Keys of the user's that cannot be read.
    public List<String> unreadable() {
        return List.copyOf(unreadable);
    }

    private void read(String file) {
        try (InputStream in =
                Objects.requireNonNull(Keymap.class.getResourceAsStream(file), file)) {
            JsonNode tree = new ObjectMapper().readTree(in);
            tree.properties()
                    .forEach(entry ->
                            put(
                                    entry.getKey(),
                                    entry.getValue().valueStream().map(JsonNode::asText).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(String command, List<String> texts) {
        List<KeyCombination> combinations = new ArrayList<>();
        for (String text : texts) {
            try {
                combinations.add(KeyCombination.valueOf(text));
            } catch (IllegalArgumentException e) {
                // The command stays in menu and palette.
                unreadable.add(text);
            }
        }
        keys.put(command, List.copyOf(combinations));
    }
}
