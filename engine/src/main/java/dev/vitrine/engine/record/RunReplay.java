package dev.vitrine.engine.record;

import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.logical.DeepStack;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A recorded run that was opened: its state at the end and at any instant before, as live views
/// had it. What a crash or a damaged disk made unreadable is left out and told.
///
/// Opening reads the end of a long recording and the index beside it ([RecordingIndex]), which is
/// made first where there is none. Safe to use from many threads; reads the file again whenever it
/// is asked for an instant, and rule steps and generated code of a long recording when they are
/// looked at.
public final class RunReplay {
    private final Path file;
    private final List<Checkpoint> checkpoints;
    private final EventReader counts;
    private final QuerySnapshot end;
    private final Optional<String> indexNotKept;

    private RunReplay(Path file, RecordingIndex index, RecordingCursor atEnd) {
        this.file = file;
        this.checkpoints = List.copyOf(index.checkpoints());
        this.counts = atEnd.reader();
        this.end = atEnd.snapshot(file);
        this.indexNotKept = index.notKept();
    }

    /// @throws dev.vitrine.engine.error.EngineException FILE_UNREADABLE where the file cannot be
    ///   read or holds no event
    public static RunReplay open(Path file) {
        return open(file, RecordingIndex.STEP_BYTES);
    }

    static RunReplay open(Path file, long stepBytes) {
        return DeepStack.call(() -> {
            try {
                RecordingIndex index = RecordingIndex.read(file, stepBytes);
                // While it grows its recorder is at most a step behind.
                if (Files.size(file) - index.covered() >= 2 * stepBytes) {
                    index.extend();
                }
                RecordingCursor cursor = RecordingCursor.behind(index.checkpoints());
                cursor.advance(file, event -> false);
                return new RunReplay(file, index, cursor);
            } catch (IOException e) {
                throw RunRecording.unreadable(file, String.valueOf(e.getMessage()), e);
            }
        });
    }

    public Path file() {
        return file;
    }

    /// The state at the last event.
    public QuerySnapshot end() {
        return end;
    }

    /// Whether the run's end is in it; a crash leaves a recording without.
    public boolean complete() {
        return end.outcome().isPresent();
    }

    /// From the run's start to its last event.
    public Duration duration() {
        return Duration.ofNanos(end.elapsedNanos());
    }

    /// The state at an instant, counted from the run's start: after the last event before the first
    /// one that is later.
    public QuerySnapshot at(Duration time) {
        long nanos = time.toNanos();
        int known = 0;
        while (known < checkpoints.size()
                && checkpoints.get(known).changed().elapsedNanos() <= nanos) {
            known++;
        }
        return state(checkpoints.subList(0, known), event -> event.at() > nanos);
    }

    /// The state after the first `events` events, at least one.
    public QuerySnapshot after(long events) {
        int known = 0;
        while (known < checkpoints.size() && checkpoints.get(known).changed().version() <= events) {
            known++;
        }
        List<Checkpoint> before = checkpoints.subList(0, known);
        long[] left = {events - (before.isEmpty() ? 0 : before.getLast().changed().version())};
        return state(before, event -> left[0]-- <= 0);
    }

    private QuerySnapshot state(
            List<Checkpoint> before, java.util.function.Predicate<EngineEvent> stop) {
        return DeepStack.call(() -> {
            try {
                RecordingCursor cursor = RecordingCursor.behind(before);
                cursor.advance(file, stop);
                return cursor.snapshot(file);
            } catch (IOException e) {
                throw RunRecording.unreadable(file, String.valueOf(e.getMessage()), e);
            }
        });
    }

    /// Reads all events, one after the other.
    ///
    /// @throws dev.vitrine.engine.error.EngineException FILE_UNREADABLE
    public void forEach(Consumer<EngineEvent> events) {
        DeepStack.call(() -> {
            try (RecordingLines lines = new RecordingLines(file, 0)) {
                EventReader reader = new EventReader();
                while (lines.next()) {
                    EngineEvent event = reader.read(lines);
                    if (event != null) {
                        events.accept(event);
                    }
                }
                return file;
            } catch (IOException e) {
                throw RunRecording.unreadable(file, String.valueOf(e.getMessage()), e);
            }
        });
    }

    /// How many events there are of each kind.
    public Map<String, Integer> kinds() {
        return counts.kinds();
    }

    /// Lines of kinds that only a later version knows: they are left out.
    public Map<String, Integer> unknownKinds() {
        return counts.unknown();
    }

    /// Numbers of the lines, from 1, that are no events.
    public List<Integer> damagedLines() {
        return counts.damaged();
    }

    /// Why the index that was made could not be kept; empty where it was, or none was needed.
    public Optional<String> indexNotKept() {
        return indexNotKept;
    }
}
