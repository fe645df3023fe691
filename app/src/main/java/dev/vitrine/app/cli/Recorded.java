package dev.vitrine.app.cli;

import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.record.RunRecorder;
import dev.vitrine.engine.record.RunRecording;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A query that is recorded where the command line asks for it; closing it waits for the disk.
final class Recorded implements AutoCloseable {
    private final Query query;
    private final Optional<RunRecorder> recorder;

    private Recorded(Query query, Optional<RunRecorder> recorder) {
        this.query = query;
        this.recorder = recorder;
    }

    /// @param file the option's, or null for none
    /// @param number of the query among those of one command, from 1
    /// @throws dev.vitrine.engine.error.EngineException FILE_NOT_WRITTEN
    static Recorded of(Query query, @Nullable Path file, int number) {
        return new Recorded(
                query,
                file == null
                        ? Optional.empty()
                        : Optional.of(new RunRecorder(query.id(), file(file, number))));
    }

    /// Before the query starts.
    void begin() {
        recorder.ifPresent(query::subscribe);
    }

    /// The file for the `number`th query: the one named for the first, and its name with a number
    /// for the others.
    static Path file(Path file, int number) {
        String name = String.valueOf(file.getFileName());
        int ending =
                name.endsWith(RunRecording.ENDING)
                        ? name.length() - RunRecording.ENDING.length()
                        : name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
        return number == 1
                ? file
                : file.resolveSibling(
                        name.substring(0, ending) + "-" + number + name.substring(ending));
    }

    @Override
    public void close() {
        recorder.ifPresent(RunRecorder::close);
    }
}
