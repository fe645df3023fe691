package dev.vitrine.engine.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.snapshot.QueryReducer;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A recorded run: its events in order. A last line cut short by a crash is left out.
public record RunRecording(List<EngineEvent> events) {
    public RunRecording {
        events = List.copyOf(events);
    }

    /// @throws EngineException FILE_UNREADABLE where the file is no recording
    public static RunRecording read(Path file) {
        List<EngineEvent> events = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null) {
                String next = lines.readLine();
                try {
                    events.add(EventJson.MAPPER.readValue(line, EngineEvent.class));
                } catch (JsonProcessingException e) {
                    if (next != null || events.isEmpty()) {
                        throw unreadable(file, "line " + (events.size() + 1) + " is no event", e);
                    }
                }
                line = next;
            }
        } catch (IOException e) {
            throw unreadable(file, String.valueOf(e.getMessage()), e);
        }
        if (events.isEmpty()) {
            throw unreadable(file, "it holds no events", new IOException("empty"));
        }
        return new RunRecording(events);
    }

    /// The state of the run at its end.
    public QuerySnapshot snapshot() {
        QueryReducer reducer = new QueryReducer(events.getFirst().queryId());
        events.forEach(reducer::on);
        return reducer.snapshot();
    }

    private static EngineException unreadable(Path file, String reason, IOException e) {
        return new EngineException(
                ErrorCode.FILE_UNREADABLE, Map.of("path", file, "reason", reason), null, e);
    }
}
