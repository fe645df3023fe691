package dev.vitrine.engine.record;

import com.fasterxml.jackson.databind.ObjectWriter;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EventListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Appends the events of one query to a file of JSON lines, on a thread of its own; at least every
/// second what came is forced to the disk, so that a crash loses no more. The file can be read
/// while it grows.
public final class RunRecorder implements EventListener, AutoCloseable {
    private static final long SYNC_MILLIS = 1_000;
    private static final long SYNC_NANOS = TimeUnit.MILLISECONDS.toNanos(SYNC_MILLIS);

    /// How long events may wait for company.
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int WRITE_BYTES = 1 << 20;
    private static final ObjectWriter EVENTS = EventJson.MAPPER.writerFor(EngineEvent.class);

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
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream(1 << 14);
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
            if (event instanceof EngineEvent.QueryFinished) {
                LockSupport.unpark(thread);
            }
        }
    }

    private void write() {
        boolean finished = false;
        boolean dirty = false;
        long synced = System.nanoTime();
        List<Optional<EngineEvent>> batch = new ArrayList<>();
        try (channel) {
            while (!finished) {
                Optional<EngineEvent> next = events.poll(SYNC_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    batch.add(next);
                    events.drainTo(batch);
                    finished = append(batch);
                    batch.clear();
                    dirty |= !empty;
                }
                long now = System.nanoTime();
                if (dirty && (finished || now - synced >= SYNC_NANOS)) {
                    channel.force(false);
                    dirty = false;
                    synced = now;
                }
                if (!finished) {
                    // To be woken for each event would cost more than to write it.
                    LockSupport.parkNanos(REST_NANOS);
                }
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Writes events, and says whether one of them was the last.
    private boolean append(List<Optional<EngineEvent>> batch) throws IOException {
        boolean finished = false;
        lines.reset();
        for (Optional<EngineEvent> event : batch) {
            if (finished || event.isEmpty()) {
                finished = true;
                break;
            }
            lines.write(EVENTS.writeValueAsBytes(event.get()));
            lines.write('\n');
            finished = event.get() instanceof EngineEvent.QueryFinished;
            if (lines.size() >= WRITE_BYTES) {
                flush();
            }
        }
        flush();
        if (written - index.covered() >= RecordingIndex.STEP_BYTES) {
            index.extend();
        }
        return finished;
    }

    private void flush() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
        while (bytes.hasRemaining()) {
            written += channel.write(bytes);
        }
        empty &= written == 0;
        lines.reset();
    }

    /// Waits until all events that came are on the disk; the query has ended. A file without events
    /// is deleted.
    ///
    /// @throws EngineException FILE_NOT_WRITTEN where writing failed
    @Override
    public void close() {
        events.add(Optional.empty());
        LockSupport.unpark(thread);
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
