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
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Appends the events of one query to a file of JSON lines, on a thread of its own; at least every
/// second what came is forced to the disk, so that a crash loses no more. The file can be read
/// while it grows.
public final class RunRecorder implements EventListener, AutoCloseable {
    private static final long SYNC_MILLIS = 1_000;
    private static final long SYNC_NANOS = TimeUnit.MILLISECONDS.toNanos(SYNC_MILLIS);

    /// Plans nest deeply; the memory is only reserved.
    private static final long STACK_BYTES = 256L << 20;

    private final long queryId;
    private final Path file;
    private final FileChannel channel;
    // Empty: nothing more comes.
    private final LinkedBlockingQueue<Optional<EngineEvent>> events = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile @Nullable IOException failure;
    private volatile boolean empty = true;
    private final RecordingIndex index;
    private long written;

    /// @throws EngineException FILE_NOT_WRITTEN
    public RunRecorder(long queryId, Path file) {
        this.queryId = queryId;
        this.file = file;
        index = new RecordingIndex(file, RecordingIndex.STEP_BYTES);
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.deleteIfExists(RecordingIndex.file(file));
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw notWritten(e);
        }
        thread = new Thread(null, this::write, "recorder-" + queryId, STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
    }

    public Path file() {
        return file;
    }

    @Override
    public void on(EngineEvent event) {
        if (event.queryId() == queryId) {
            events.add(Optional.of(event));
        }
    }

    private void write() {
        boolean finished = false;
        boolean dirty = false;
        long synced = System.nanoTime();
        try (channel) {
            while (!finished) {
                Optional<EngineEvent> next = events.poll(SYNC_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null && next.isPresent()) {
                    append(next.get());
                    empty = false;
                    dirty = true;
                    finished = next.get() instanceof EngineEvent.QueryFinished;
                } else {
                    finished = next != null;
                }
                long now = System.nanoTime();
                if (dirty && (finished || now - synced >= SYNC_NANOS)) {
                    channel.force(false);
                    dirty = false;
                    synced = now;
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
            written += channel.write(line);
        }
        if (written - index.covered() >= RecordingIndex.STEP_BYTES) {
            index.extend();
        }
    }

    private static String line(EngineEvent event) throws JsonProcessingException {
        return EventJson.MAPPER.writerFor(EngineEvent.class).writeValueAsString(event) + "\n";
    }

    /// Waits until all events that came are on the disk; the query has ended. A file without events
    /// is deleted.
    ///
    /// @throws EngineException FILE_NOT_WRITTEN where writing failed
    @Override
    public void close() {
        events.add(Optional.empty());
        try {
            thread.join();
            if (failure == null && empty) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            failure = e;
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
