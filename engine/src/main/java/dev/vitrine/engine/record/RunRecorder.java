package dev.vitrine.engine.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EventListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Appends the events of one query to a file of JSON lines, on a thread of its own; at least every
/// second what came is forced to the disk, so that a crash loses no more. The file can be read
/// while it grows.
public final class RunRecorder implements EventListener, AutoCloseable {
    private static final long SYNC_MILLIS = 1_000;

    private final long queryId;
    private final Path file;
    private final FileChannel channel;
    private final LinkedBlockingQueue<EngineEvent> events = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile @Nullable IOException failure;

    /// @throws EngineException FILE_NOT_WRITTEN
    public RunRecorder(long queryId, Path file) {
        this.queryId = queryId;
        this.file = file;
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw notWritten(e);
        }
        thread = Thread.ofPlatform().daemon().name("recorder-" + queryId).start(this::write);
    }

    @Override
    public void on(EngineEvent event) {
        if (event.queryId() == queryId) {
            events.add(event);
        }
    }

    private void write() {
        boolean finished = false;
        boolean dirty = false;
        try (channel) {
            while (!finished) {
                EngineEvent event = events.poll(SYNC_MILLIS, TimeUnit.MILLISECONDS);
                if (event != null) {
                    append(event);
                    dirty = true;
                    finished = event instanceof EngineEvent.QueryFinished;
                }
                if (dirty && (event == null || finished)) {
                    channel.force(false);
                    dirty = false;
                }
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void append(EngineEvent event) throws IOException {
        ByteBuffer line = ByteBuffer.wrap(line(event).getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    private static String line(EngineEvent event) throws JsonProcessingException {
        return EventJson.MAPPER.writerFor(EngineEvent.class).writeValueAsString(event) + "\n";
    }

    /// Waits until the query's last event is on the disk.
    ///
    /// @throws EngineException FILE_NOT_WRITTEN where writing failed
    @Override
    public void close() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        IOException e = failure;
        if (e != null) {
            throw notWritten(e);
        }
    }

    private EngineException notWritten(IOException e) {
        return new EngineException(
                ErrorCode.FILE_NOT_WRITTEN,
                Map.of("path", file, "reason", String.valueOf(e.getMessage())),
                null,
                e);
    }
}
