package dev.vitrine.engine.record;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.logical.DeepStack;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Events of a recording that are read when they are first looked at. The file stays open as long
/// as the list is in use, and so may be deleted meanwhile.
///
/// @param <E> their kind
final class PlacedEvents<E extends EngineEvent> extends AbstractList<E> {
    private static final ObjectReader EVENTS = EventJson.MAPPER.readerFor(EngineEvent.class);

    private final Path file;
    private final Class<E> kind;
    private final List<Checkpoint.Place> places;
    private final FileChannel channel;
    private final AtomicReferenceArray<@Nullable SoftReference<E>> read;

    /// @throws dev.vitrine.engine.error.EngineException FILE_UNREADABLE
    PlacedEvents(Path file, Class<E> kind, List<Checkpoint.Place> places) {
        this.file = file;
        this.kind = kind;
        this.places = List.copyOf(places);
        this.read = new AtomicReferenceArray<>(places.size());
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (IOException e) {
            throw RunRecording.unreadable(file, String.valueOf(e.getMessage()), e);
        }
    }

    /// @throws dev.vitrine.engine.error.EngineException FILE_UNREADABLE where it is no longer what
    ///   it was
    @Override
    public E get(int index) {
        SoftReference<E> before = read.get(index);
        E known = before == null ? null : before.get();
        if (known != null) {
            return known;
        }
        E event = DeepStack.call(() -> load(places.get(index)));
        read.set(index, new SoftReference<>(event));
        return event;
    }

    private E load(Checkpoint.Place place) {
        try {
            ByteBuffer line = ByteBuffer.allocate(place.length());
            while (line.hasRemaining()
                    && channel.read(line, place.offset() + line.position()) >= 0) {}
            return kind.cast(EVENTS.readValue(line.array()));
        } catch (IOException | ClassCastException e) {
            throw RunRecording.unreadable(
                    file,
                    "the event at byte " + place.offset() + " is no longer there",
                    e instanceof IOException io ? io : new IOException(e));
        }
    }

    @Override
    public int size() {
        return places.size();
    }
}
