package dev.vitrine.app.workbench;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where the tool windows are, as a project remembers it. Tool windows that stand nowhere in it are
/// hidden.
///
/// @param root what the main window is split into
/// @param floating windows beside the main one
record DockLayout(Split root, List<Floating> floating) {
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    DockLayout {
        floating = List.copyOf(floating);
    }

    /// A rectangle of the window.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "part")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Split.class, name = "split"),
        @JsonSubTypes.Type(value = Tabs.class, name = "tabs"),
        @JsonSubTypes.Type(value = Editors.class, name = "editors")
    })
    sealed interface Part {}

    /// Parts side by side or one below the other.
    ///
    /// @param dividers where one part ends and the next begins, as shares of the whole from 0 to 1
    record Split(boolean vertical, List<Part> parts, List<Double> dividers) implements Part {
        Split {
            parts = List.copyOf(parts);
            dividers = List.copyOf(dividers);
        }
    }

    /// Tool windows, one in front.
    ///
    /// @param home the place of ours that this is, or empty where the user made it
    record Tabs(String home, List<String> tools, String selected) implements Part {
        Tabs {
            tools = List.copyOf(tools);
        }
    }

    /// Where editors are.
    record Editors() implements Part {}

    /// A window of its own, in pixels of the screen.
    record Floating(
            double x, double y, double width, double height, List<String> tools, String selected) {
        Floating {
            tools = List.copyOf(tools);
        }
    }

    /// What the file says; empty where it is missing, unreadable, or has no place for editors.
    static Optional<DockLayout> read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            DockLayout layout = JSON.readValue(file.toFile(), DockLayout.class);
            return editors(layout.root) == 1 ? Optional.of(layout) : Optional.empty();
        } catch (IOException e) {
            // A layout that cannot be read is no reason not to start.
            return Optional.empty();
        }
    }

    String print() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int editors(Part part) {
        return switch (part) {
            case Split split -> split.parts.stream().mapToInt(DockLayout::editors).sum();
            case Tabs tabs -> 0;
            case Editors here -> 1;
        };
    }
}
