package dev.vitrine.engine.record;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// How files of recorded runs are known.
public final class RunRecording {
    /// How the names of recordings end.
    public static final String ENDING = ".run.jsonl";

    private static final int HEAD_BYTES = 256;

    private RunRecording() {}

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

    static EngineException unreadable(Path file, String reason, IOException e) {
        return new EngineException(
                ErrorCode.FILE_UNREADABLE, Map.of("path", file, "reason", reason), null, e);
    }
}
