package dev.vitrine.app.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.app.project.UndoStack;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.pipeline.Pipeline;
import dev.vitrine.engine.pipeline.PipelineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A pipeline's undo steps in the project's `.vitrine` folder, so that they outlive the window.
final class HistoryFile {
    private static final int KEPT = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private HistoryFile() {}

    static Path of(Path projectFolder, Path pipeline) {
        return projectFolder
                .resolve(".vitrine")
                .resolve("history")
                .resolve(pipeline.getFileName() + ".undo.json");
    }

    /// The steps as text; the newest where there are many.
    static String print(UndoStack<Pipeline> stack) {
        List<UndoStack.Step<Pipeline>> steps = stack.steps();
        int from = Math.max(0, stack.current() - KEPT);
        ObjectNode root = JSON.createObjectNode();
        root.put("current", stack.current() - from);
        ArrayNode list = root.putArray("steps");
        for (UndoStack.Step<Pipeline> step : steps.subList(from, steps.size())) {
            ObjectNode item = list.addObject();
            item.put("label", step.label());
            item.put("pipeline", PipelineFile.print(step.state()));
        }
        return root.toString();
    }

    /// The stack that was saved, where it belongs to the pipeline as it is now; else a new one.
    static UndoStack<Pipeline> read(Path file, Pipeline now) {
        try {
            if (Files.exists(file)) {
                JsonNode root = JSON.readTree(file.toFile());
                List<UndoStack.Step<Pipeline>> steps = new ArrayList<>();
                for (JsonNode item : root.path("steps")) {
                    steps.add(
                            new UndoStack.Step<>(
                                    item.path("label").asText(),
                                    PipelineFile.parse(item.path("pipeline").asText(), "history"),
                                    ""));
                }
                int current = root.path("current").asInt(-1);
                if (current >= 0
                        && current < steps.size()
                        && steps.get(current).state().equals(now)) {
                    return new UndoStack<>(steps, current);
                }
            }
        } catch (IOException | EngineException e) {
            // A history that cannot be read is no history.
            return new UndoStack<>(now);
        }
        return new UndoStack<>(now);
    }
}
