package dev.vitrine.engine.eventlog;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files of one event log: a single file, or a rolling log's folder, whose names Spark gives
/// (`RollingEventLogFilesWriter`): `eventlog_v2_APP` with `events_N_APP` and `appstatus_APP`.
final class LogFiles {
    private static final String FOLDER = "eventlog_v2_";
    private static final Pattern PART = Pattern.compile("events_(\\d+)_.*");
    private static final String COMPACT = ".compact";

    private LogFiles() {}

    static boolean isRolling(Path path) {
        return Files.isDirectory(path) && String.valueOf(path.getFileName()).startsWith(FOLDER);
    }

    /// The files in the order of their events. Of a rolling log those before its last compaction
    /// are in that.
    ///
    /// @throws EngineException FILE_UNREADABLE
    static List<Path> of(Path path) {
        if (!Files.exists(path)) {
            throw unreadable(path, "there is no such file", new IOException("no " + path));
        }
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        List<Path> parts = new ArrayList<>();
        try (Stream<Path> files = Files.list(path)) {
            files.filter(file -> number(file) >= 0).forEach(parts::add);
        } catch (IOException e) {
            throw unreadable(path, String.valueOf(e.getMessage()), e);
        }
        if (parts.isEmpty()) {
            throw unreadable(
                    path,
                    "it is a folder without events_N files, and no Spark event log",
                    new IOException("no parts in " + path));
        }
        parts.sort(Comparator.comparingLong(LogFiles::number).thenComparing(Path::getFileName));
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (parts.get(i).toString().endsWith(COMPACT)) {
                long compacted = number(parts.get(i));
                Path compact = parts.get(i);
                parts.removeIf(part -> number(part) <= compacted && !part.equals(compact));
                break;
            }
        }
        return parts;
    }

    private static long number(Path file) {
        Matcher name = PART.matcher(String.valueOf(file.getFileName()));
        return name.matches() ? Long.parseLong(name.group(1)) : -1;
    }

    static EngineException unreadable(Path path, String reason, Exception cause) {
        return new EngineException(
                ErrorCode.FILE_UNREADABLE, Map.of("path", path, "reason", reason), null, cause);
    }
}
