package dev.vitrine.engine.record;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// A folder of recorded runs, one file each, named by the time they began. Safe to use from many
/// threads; every method reads or writes the disk.
public final class RunArchive {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Set<Path> growing = ConcurrentHashMap.newKeySet();

    public RunArchive(Path folder) {
        this.folder = folder;
    }

    /// Begins a recording of a query that has not started; subscribe it to the query, and hand it
    /// to [#finish] when that has ended.
    ///
    /// @throws EngineException FILE_NOT_WRITTEN
    public RunRecorder record(long queryId, Instant startedAt) {
        String name = NAME.format(startedAt) + "-" + queryId;
        Path file = folder.resolve(name + RunRecording.ENDING);
        // Another window on the same project may count its queries alike.
        for (int number = 2; Files.exists(file); number++) {
            file = folder.resolve(name + "-" + number + RunRecording.ENDING);
        }
        RunRecorder recorder = new RunRecorder(queryId, file);
        growing.add(file);
        return recorder;
    }

    /// Waits until a recording is on the disk.
    ///
    /// @throws EngineException FILE_NOT_WRITTEN where recording failed
    public void finish(RunRecorder recorder) {
        try {
            recorder.close();
        } finally {
            growing.remove(recorder.file());
        }
    }

    /// The recorded runs, the newest first; files that are none are passed over.
    public List<RunSummary> list() {
        return files().stream()
                .filter(file -> !growing.contains(file))
                .map(RunArchive::summary)
                .flatMap(Optional::stream)
                .toList();
    }

    /// Empty for a file without even a beginning: opened by name it says why.
    private static Optional<RunSummary> summary(Path file) {
        try {
            return Optional.of(RunSummary.read(file));
        } catch (EngineException e) {
            return Optional.empty();
        }
    }

    /// Deletes the oldest recordings until at most `runs` are left, of at most `bytes` together;
    /// the newest and those still growing always stay. Gives what it deleted.
    ///
    /// @throws EngineException FILE_NOT_WRITTEN where one cannot be deleted
    public List<Path> trim(int runs, long bytes) {
        List<Path> gone = new ArrayList<>();
        int kept = 0;
        long sum = 0;
        for (Path file : files()) {
            try {
                Path index = RecordingIndex.file(file);
                long size = Files.size(file) + (Files.exists(index) ? Files.size(index) : 0);
                boolean keep =
                        kept == 0 || growing.contains(file) || (kept < runs && sum + size <= bytes);
                if (keep) {
                    kept++;
                    sum += size;
                } else {
                    Files.deleteIfExists(index);
                    if (Files.deleteIfExists(file)) {
                        gone.add(file);
                    }
                }
            } catch (IOException e) {
                throw new EngineException(
                        ErrorCode.FILE_NOT_WRITTEN,
                        Map.of("path", file, "reason", String.valueOf(e.getMessage())),
                        null,
                        e);
            }
        }
        return gone;
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(RunRecording.ENDING))
                    .sorted(Comparator.comparing(Path::getFileName).reversed())
                    .toList();
        } catch (IOException e) {
            throw RunRecording.unreadable(folder, String.valueOf(e.getMessage()), e);
        }
    }
}
