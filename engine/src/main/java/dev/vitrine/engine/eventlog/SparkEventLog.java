package dev.vitrine.engine.eventlog;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.engine.event.EventListener;
import dev.vitrine.engine.logical.DeepStack;
import dev.vitrine.engine.snapshot.QueryReducer;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import io.airlift.compress.v3.MalformedInputException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// An event log of Spark 3 or 4, plain or compressed, one file or a rolling folder, finished or
/// not. It is read line by line; no more of it is held than what its reader keeps.
public final class SparkEventLog {
    private static final Set<String> VERSIONS = Set.of("3", "4");
    private static final int HEAD_CHARS = 200;
    private static final int DAMAGES_TOLD = 20;

    static final ObjectMapper MAPPER =
            new ObjectMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxNestingDepth(20_000)
                                            .maxStringLength(Integer.MAX_VALUE)
                                            .build())
                            .build());

    private final Path path;
    private final List<Path> files;

    private SparkEventLog(Path path, List<Path> files) {
        this.path = path;
        this.files = files;
    }

    /// Whether the file or folder begins as event logs do; false where it cannot be read.
    public static boolean isEventLog(Path path) {
        if (LogFiles.isRolling(path)) {
            return true;
        }
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (InputStream bytes = LogCompression.plain(Files.newInputStream(path))) {
            String head = new String(bytes.readNBytes(HEAD_CHARS), StandardCharsets.UTF_8);
            return head.contains("\"Event\":\"SparkListener");
        } catch (IOException | MalformedInputException e) {
            // Whatever a decompressor makes of other bytes: no event log.
            return false;
        }
    }

    /// Looks at the log's beginning.
    ///
    /// @throws dev.vitrine.engine.error.EngineException FILE_UNREADABLE where it is no event log,
    ///   or one of a version that is not known
    public static SparkEventLog open(Path path) {
        SparkEventLog log = new SparkEventLog(path, LogFiles.of(path));
        String version = log.version();
        if (!VERSIONS.contains(version.split("\\.")[0])) {
            throw LogFiles.unreadable(
                    path,
                    "it is of Spark " + version + "; logs of Spark 3 and 4 can be read",
                    new IOException("version " + version));
        }
        return log;
    }

    private String version() {
        Path first = files.getFirst();
        try (BufferedReader lines = lines(first)) {
            String line = lines.readLine();
            JsonNode head = line == null ? null : MAPPER.readTree(line);
            if (head == null || !head.path("Event").asText().equals("SparkListenerLogStart")) {
                throw new IOException("the first line is no SparkListenerLogStart");
            }
            return head.path("Spark Version").asText();
        } catch (JacksonException e) {
            throw LogFiles.unreadable(
                    first, "it is no Spark event log: its first line is no event", e);
        } catch (EOFException e) {
            throw LogFiles.unreadable(
                    first, "it is no Spark event log, or ends inside of its first block", e);
        } catch (IOException | MalformedInputException e) {
            throw LogFiles.unreadable(first, "it is no Spark event log: " + e.getMessage(), e);
        }
    }

    private static BufferedReader lines(Path file) throws IOException {
        return new BufferedReader(
                new InputStreamReader(
                        LogCompression.plain(Files.newInputStream(file)), StandardCharsets.UTF_8),
                1 << 16);
    }

    public Path path() {
        return path;
    }

    /// Reads the whole log and hands out, in order, the events of all its queries as a session here
    /// would have told them. What is damaged is left out and named.
    public SparkApplication read(EventListener listener) {
        return DeepStack.call(() -> {
            LogTranslation translation = new LogTranslation(listener);
            List<String> damaged = new ArrayList<>();
            for (Path file : files) {
                read(file, translation, damaged);
            }
            return translation.application(damaged);
        });
    }

    private static void read(Path file, LogTranslation translation, List<String> damaged) {
        int number = 0;
        try (BufferedReader lines = lines(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    translation.on(MAPPER.readTree(line));
                } catch (JacksonException e) {
                    tell(damaged, file.getFileName() + ", line " + number + " is no event");
                }
            }
        } catch (IOException | MalformedInputException e) {
            // A log that is being written, or whose writer was killed, ends inside of a block.
            tell(
                    damaged,
                    file.getFileName()
                            + " ends inside of a compressed block after line "
                            + number
                            + ": "
                            + e.getMessage());
        }
    }

    private static void tell(List<String> damaged, String what) {
        if (damaged.size() < DAMAGES_TOLD) {
            damaged.add(what);
        }
    }

    /// What the log is of, without keeping its events.
    public SparkApplication application() {
        return read(event -> {});
    }

    /// The state of one query at its end.
    ///
    /// @param queryId as in [SparkApplication.LoggedQuery]
    public QuerySnapshot snapshot(long queryId) {
        QueryReducer reducer = new QueryReducer(queryId);
        read(reducer::on);
        return reducer.snapshot();
    }
}
