package dev.vitrine.app.run;

import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.record.RunReplay;
import dev.vitrine.engine.record.RunSummary;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// A run of an earlier window, or of another machine, in a file. FX thread only.
public final class RecordedRun implements Run {
    /// What a recording holds, read beside the FX thread.
    public record Content(RunSummary summary, QuerySnapshot snapshot, List<Integer> damagedLines) {
        public static Content read(Path file) {
            RunReplay recording = RunReplay.open(file);
            QuerySnapshot snapshot = recording.end();
            return new Content(
                    new RunSummary(
                            file,
                            snapshot.text(),
                            snapshot.startedAt(),
                            recording.complete() ? snapshot.elapsedNanos() : -1,
                            snapshot.outcome(),
                            0),
                    snapshot,
                    recording.damagedLines());
        }
    }

    private static final int LABEL = 80;

    private final RunSummary summary;
    private final ReadOnlyObjectWrapper<Optional<QuerySnapshot>> snapshot =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<QueryOutcome>> outcome;
    private List<Integer> damagedLines = List.of();

    public RecordedRun(RunSummary summary) {
        this.summary = summary;
        this.outcome = new ReadOnlyObjectWrapper<>(summary.outcome());
    }

    public Path file() {
        return summary.file();
    }

    /// Numbers of the lines that could not be read; empty while the recording is not read.
    public List<Integer> damagedLines() {
        return damagedLines;
    }

    @Override
    public String label() {
        return RunSummary.name(summary.text(), LABEL);
    }

    @Override
    public Instant startedAt() {
        return summary.startedAt();
    }

    @Override
    public ReadOnlyObjectProperty<Optional<QuerySnapshot>> snapshot() {
        return snapshot.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyObjectProperty<Optional<QueryOutcome>> outcome() {
        return outcome.getReadOnlyProperty();
    }

    @Override
    public Optional<Path> recording() {
        return Optional.of(file());
    }

    @Override
    public OptionalLong elapsedNanos() {
        return summary.elapsedNanos() < 0
                ? OptionalLong.empty()
                : OptionalLong.of(summary.elapsedNanos());
    }

    void show(Content content) {
        damagedLines = content.damagedLines;
        outcome.set(content.snapshot.outcome());
        snapshot.set(Optional.of(content.snapshot));
    }

    /// Gives the memory of what was read back.
    void forget() {
        snapshot.set(Optional.empty());
    }
}
