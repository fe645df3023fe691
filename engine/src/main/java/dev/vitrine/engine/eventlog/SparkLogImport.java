package dev.vitrine.engine.eventlog;

import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.record.RunArchive;
import dev.vitrine.engine.record.RunRecorder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The queries of a Spark event log as recordings, one file each, to be opened and replayed as if
/// they had run here.
///
/// @param files in order of start
public record SparkLogImport(SparkApplication application, List<Path> files) {
    public SparkLogImport {
        files = List.copyOf(files);
    }

    /// Writes the recordings into a folder.
    ///
    /// @throws dev.vitrine.engine.error.EngineException FILE_NOT_WRITTEN or FILE_UNREADABLE
    public static SparkLogImport into(SparkEventLog log, Path folder) {
        RunArchive archive = new RunArchive(folder);
        Map<Long, RunRecorder> recorders = new HashMap<>();
        List<Path> files = new ArrayList<>();
        try {
            SparkApplication application =
                    log.read(event -> {
                        if (event instanceof EngineEvent.QueryStarted started) {
                            RunRecorder recorder =
                                    archive.record(started.queryId(), started.startedAt());
                            recorders.put(started.queryId(), recorder);
                            files.add(recorder.file());
                        }
                        RunRecorder recorder = recorders.get(event.queryId());
                        if (recorder != null) {
                            recorder.on(event);
                            if (event instanceof EngineEvent.QueryFinished) {
                                recorders.remove(event.queryId());
                                archive.finish(recorder);
                            }
                        }
                    });
            return new SparkLogImport(application, files);
        } finally {
            recorders.values().forEach(archive::finish);
        }
    }
}
