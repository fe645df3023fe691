package dev.vitrine.engine.record;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import dev.vitrine.engine.event.EngineEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Turns lines of one recording into events and keeps count of them.
final class EventReader {
    private static final ObjectReader EVENTS = EventJson.MAPPER.readerFor(EngineEvent.class);

    private long queryId;
    private int lines;
    private final Map<String, Integer> kinds = new TreeMap<>();
    private final Map<String, Integer> unknown = new TreeMap<>();
    private final List<Integer> damaged = new ArrayList<>();

    EventReader() {}

    /// Goes on behind `place`.
    EventReader(Checkpoint place, List<Integer> damaged) {
        queryId = place.changed().queryId();
        lines = place.lines();
        kinds.putAll(place.kinds());
        unknown.putAll(place.unknown());
        this.damaged.addAll(damaged);
    }

    /// The line's event; null where it is none of this run, or of a kind that only a later version
    /// knows.
    @Nullable EngineEvent read(RecordingLines line) {
        lines++;
        try {
            EngineEvent event = EVENTS.readValue(line.bytes(), line.start(), line.length());
            if (event == null
                    || event.queryId() == 0
                    || (queryId != 0 && event.queryId() != queryId)) {
                damaged.add(lines);
                return null;
            }
            queryId = event.queryId();
            kinds.merge(event.getClass().getSimpleName(), 1, Integer::sum);
            return event;
        } catch (InvalidTypeIdException e) {
            if (e.getTypeId() != null && e.getTypeId().matches("[A-Z]\\w*")) {
                unknown.merge(e.getTypeId(), 1, Integer::sum);
            } else {
                damaged.add(lines);
            }
            return null;
        } catch (IOException e) {
            damaged.add(lines);
            return null;
        }
    }

    /// Of the run, or 0 before its first event.
    long queryId() {
        return queryId;
    }

    int lines() {
        return lines;
    }

    /// How many events there were of each kind.
    Map<String, Integer> kinds() {
        return Map.copyOf(kinds);
    }

    /// Lines of kinds that this version does not know.
    Map<String, Integer> unknown() {
        return Map.copyOf(unknown);
    }

    /// Numbers, from 1, of the lines that are no events.
    List<Integer> damaged() {
        return List.copyOf(damaged);
    }
}
