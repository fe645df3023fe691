package dev.vitrine.engine.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.QueryOutcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a list of runs shows of a recording: its first and its last line, however large it is.
///
/// @param text the SQL text, or the pipeline's name
/// @param elapsedNanos -1 where the run's end is not recorded
/// @param outcome empty where the run's end is not recorded
public record RunSummary(
        Path file,
        String text,
        Instant startedAt,
        long elapsedNanos,
        Optional<QueryOutcome> outcome,
        long sizeBytes) {
    private static final int HEAD_BYTES = 1 << 20;
    private static final int TAIL_BYTES = 4 << 20;

    /// @throws EngineException FILE_UNREADABLE where its first line is not a run's beginning
    public static RunSummary read(Path file) {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            long size = bytes.length();
            String head = text(bytes, 0, (int) Math.min(size, HEAD_BYTES));
            if (!(event(head.lines().findFirst().orElse(""))
                    instanceof EngineEvent.QueryStarted started)) {
                throw RunRecording.unreadable(
                        file,
                        "it does not begin with the start of a run",
                        new IOException("no start in " + file));
            }
            EngineEvent.QueryFinished end = end(bytes, size);
            return new RunSummary(
                    file,
                    started.text(),
                    started.startedAt(),
                    end == null ? -1 : end.at(),
                    Optional.ofNullable(end).map(EngineEvent.QueryFinished::outcome),
                    size);
        } catch (IOException e) {
            throw RunRecording.unreadable(file, String.valueOf(e.getMessage()), e);
        }
    }

    /// The text in one line of at most `length` characters.
    public static String name(String text, int length) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() > length ? line.substring(0, length) + "…" : line;
    }

    private static EngineEvent.@Nullable QueryFinished end(RandomAccessFile bytes, long size)
            throws IOException {
        // The last line holds the counters of all nodes and may be long: look further back only
        // where it is.
        for (int window = 16 << 10; ; window *= 4) {
            int length = (int) Math.min(size, window);
            String tail = text(bytes, size - length, length).stripTrailing();
            int line = tail.lastIndexOf('\n');
            if (line >= 0 || length == size || window >= TAIL_BYTES) {
                return event(tail.substring(line + 1)) instanceof EngineEvent.QueryFinished end
                        ? end
                        : null;
            }
        }
    }

    private static String text(RandomAccessFile bytes, long from, int length) throws IOException {
        byte[] read = new byte[length];
        bytes.seek(from);
        bytes.readFully(read);
        return new String(read, StandardCharsets.UTF_8);
    }

    private static @Nullable EngineEvent event(String line) {
        try {
            return EventJson.MAPPER.readValue(line, EngineEvent.class);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
