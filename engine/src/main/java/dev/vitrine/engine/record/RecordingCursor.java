package dev.vitrine.engine.record;

import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EngineEvent.CodeReady;
import dev.vitrine.engine.event.EngineEvent.RuleApplied;
import dev.vitrine.engine.snapshot.QueryReducer;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A place in a recording and the state there; goes forward only.
final class RecordingCursor {
    private final EventReader reader;
    private final List<Checkpoint.Place> steps = new ArrayList<>();
    private final List<Checkpoint.Place> code = new ArrayList<>();
    private final boolean placed;
    private @Nullable QueryReducer reducer;
    private long offset;

    private RecordingCursor(EventReader reader, boolean placed) {
        this.reader = reader;
        this.placed = placed;
    }

    /// At the beginning.
    ///
    /// @param placed whether rule steps and code are remembered by their places only
    static RecordingCursor start(boolean placed) {
        return new RecordingCursor(new EventReader(), placed);
    }

    /// At the last of `checkpoints`, which are all up to that one; at the beginning where there are
    /// none.
    static RecordingCursor behind(List<Checkpoint> checkpoints) {
        if (checkpoints.isEmpty()) {
            return start(false);
        }
        Checkpoint last = checkpoints.getLast();
        List<Integer> damaged = new ArrayList<>();
        checkpoints.forEach(checkpoint -> damaged.addAll(checkpoint.damaged()));
        RecordingCursor cursor = new RecordingCursor(new EventReader(last, damaged), true);
        cursor.reducer = QueryReducer.from(RecordingState.whole(checkpoints));
        for (Checkpoint checkpoint : checkpoints) {
            cursor.steps.addAll(checkpoint.steps());
            cursor.code.addAll(checkpoint.code());
        }
        cursor.offset = last.offset();
        return cursor;
    }

    /// Goes on over whole lines until `goal` bytes are behind it, or to the end of the file.
    void advance(Path file, long goal) throws IOException {
        try (RecordingLines lines = new RecordingLines(file, offset)) {
            while (offset < goal && lines.next() && lines.whole()) {
                EngineEvent event = reader.read(lines);
                if (event != null) {
                    take(event, new Checkpoint.Place(lines.offset(), lines.length()));
                }
                offset = lines.end();
            }
        }
    }

    /// Goes on to the end of the file, or to before the first event that `stop` holds for; where it
    /// stopped, its counts of lines and kinds have that event in them.
    void advance(Path file, Predicate<EngineEvent> stop) throws IOException {
        try (RecordingLines lines = new RecordingLines(file, offset)) {
            while (lines.next()) {
                EngineEvent event = reader.read(lines);
                if (event != null) {
                    if (stop.test(event)) {
                        return;
                    }
                    take(event, new Checkpoint.Place(lines.offset(), lines.length()));
                }
                offset = lines.end();
            }
        }
    }

    private void take(EngineEvent event, Checkpoint.Place place) {
        QueryReducer state = reducer;
        if (state == null) {
            state = new QueryReducer(event.queryId());
            reducer = state;
        }
        if (placed && event instanceof RuleApplied) {
            steps.add(place);
            state.passOver();
        } else if (placed && event instanceof CodeReady) {
            code.add(place);
            state.passOver();
        } else {
            state.on(event);
        }
    }

    EventReader reader() {
        return reader;
    }

    /// Bytes of whole lines that are behind it.
    long offset() {
        return offset;
    }

    List<Checkpoint.Place> steps() {
        return steps;
    }

    List<Checkpoint.Place> code() {
        return code;
    }

    /// The state without what is remembered by place; null before the first event.
    @Nullable QuerySnapshot bare() {
        return reducer == null ? null : reducer.snapshot();
    }

    /// The state.
    ///
    /// @throws dev.vitrine.engine.error.EngineException FILE_UNREADABLE where there was no event
    QuerySnapshot snapshot(Path file) {
        QuerySnapshot bare = bare();
        if (bare == null) {
            throw RunRecording.unreadable(
                    file,
                    "it is no recording of a run, nor a Spark event log",
                    new IOException("no events in " + file));
        }
        return placed
                ? RecordingState.with(
                        bare,
                        new PlacedEvents<>(file, RuleApplied.class, steps),
                        new PlacedEvents<>(file, CodeReady.class, code))
                : bare;
    }
}
