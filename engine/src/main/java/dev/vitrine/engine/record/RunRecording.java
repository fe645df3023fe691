package dev.vitrine.engine.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.logical.DeepStack;
import dev.vitrine.engine.snapshot.QueryReducer;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A recorded run: its events in order, as far as they can be read.
///
/// @param damagedLines numbers of the lines, from 1, that are no events
public record RunRecording(List<EngineEvent> events, List<Integer> damagedLines) {
    /// How the names of recordings end.
    public static final String ENDING = ".run.jsonl";

    private static final int HEAD_BYTES = 256;

    public RunRecording {
        events = List.copyOf(events);
        damagedLines = List.copyOf(damagedLines);
    }

    /// Whether the file begins as recordings do. Reads a few bytes; false where it cannot.
    public static boolean isRecording(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
            return head.matches("(?s)\\{\"event\":\"[A-Z]\\w+\",\"queryId\":\\d.*");
        } catch (IOException e) {
            return false;
        }
    }

    /// Reads all events there are; what a crash or a damaged disk made unreadable is left out.
    ///
    /// @throws EngineException FILE_UNREADABLE where the file cannot be read or holds no event
    public static RunRecording read(Path file) {
        return DeepStack.call(() -> readAll(file));
    }

    private static RunRecording readAll(Path file) {
        List<EngineEvent> events = new ArrayList<>();
        List<Integer> damaged = new ArrayList<>();
        // Bytes that are no UTF-8 spoil their own line only.
        try (InputStream in = Files.newInputStream(file);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    EngineEvent event = EventJson.MAPPER.readValue(line, EngineEvent.class);
                    if (event.queryId() == 0
                            || (!events.isEmpty()
                                    && event.queryId() != events.getFirst().queryId())) {
                        damaged.add(number);
                    } else {
                        events.add(event);
                    }
                } catch (JsonProcessingException e) {
                    damaged.add(number);
                }
            }
        } catch (IOException e) {
            throw unreadable(file, String.valueOf(e.getMessage()), e);
        }
        if (events.isEmpty()) {
            throw unreadable(
                    file, "it holds no events of a run", new IOException("no events in " + file));
        }
        return new RunRecording(events, damaged);
    }

    /// Whether the run's end is in it; a crash leaves a recording without.
    public boolean complete() {
        return events.getLast() instanceof EngineEvent.QueryFinished;
    }

    /// The state of the run at its last event.
    public QuerySnapshot snapshot() {
        QueryReducer reducer = new QueryReducer(events.getFirst().queryId());
        events.forEach(reducer::on);
        return reducer.snapshot();
    }

    static EngineException unreadable(Path file, String reason, IOException e) {
        return new EngineException(
                ErrorCode.FILE_UNREADABLE, Map.of("path", file, "reason", reason), null, e);
    }
}
