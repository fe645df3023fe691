package dev.vitrine.engine.record;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Checkpoints of a long recording in a file beside it, one a line, so that neither its end nor any
/// instant between needs all of it to be read. It is made of the recording alone, in steps while
/// that grows or when it is opened, and is no more than a short cut: what does not fit the
/// recording is left aside and made anew. Short recordings have none.
final class RecordingIndex {
    /// What the index adds to a recording's name.
    static final String ENDING = ".index";

    /// Bytes of a recording from one checkpoint to the next: a moment's reading.
    static final long STEP_BYTES = 16L << 20;

    private static final String HEAD = "{\"vitrineIndex\":1}";
    private static final int TAIL_BYTES = 4096;
    private static final ObjectReader READER = EventJson.MAPPER.readerFor(Checkpoint.class);
    private static final ObjectWriter WRITER = EventJson.MAPPER.writerFor(Checkpoint.class);

    private final Path recording;
    private final long stepBytes;
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private RecordingCursor cursor = RecordingCursor.start(true);
    private Optional<QuerySnapshot> before = Optional.empty();
    private int stepsTold;
    private int codeTold;
    private int damagedTold;
    // Whether the file holds just these checkpoints.
    private boolean complete;
    private Optional<String> notKept = Optional.empty();

    RecordingIndex(Path recording, long stepBytes) {
        this.recording = recording;
        this.stepBytes = stepBytes;
    }

    static Path file(Path recording) {
        return recording.resolveSibling(recording.getFileName() + ENDING);
    }

    /// The index as it lies on the disk, as far as it fits the recording; empty where there is
    /// none.
    static RecordingIndex read(Path recording, long stepBytes) throws IOException {
        RecordingIndex index = new RecordingIndex(recording, stepBytes);
        Path file = file(recording);
        if (!Files.isRegularFile(file)) {
            return index;
        }
        try (RecordingLines lines = new RecordingLines(file, 0);
                RandomAccessFile bytes = new RandomAccessFile(recording.toFile(), "r")) {
            if (!lines.next()
                    || !HEAD.equals(
                            new String(
                                    lines.bytes(),
                                    lines.start(),
                                    lines.length(),
                                    StandardCharsets.UTF_8))) {
                return index;
            }
            while (true) {
                if (!lines.next()) {
                    index.complete = true;
                    break;
                }
                if (!lines.whole()) {
                    break;
                }
                Checkpoint checkpoint =
                        READER.readValue(lines.bytes(), lines.start(), lines.length());
                if (checkpoint.offset() > bytes.length()
                        || checkpoint.tail() != tail(bytes, checkpoint.offset())) {
                    break;
                }
                index.checkpoints.add(checkpoint);
            }
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            // Torn or of another version: what was read is good, the rest is made anew.
        }
        if (!index.checkpoints.isEmpty()) {
            index.cursor = RecordingCursor.behind(index.checkpoints);
            index.told(index.cursor.bare());
        }
        return index;
    }

    List<Checkpoint> checkpoints() {
        return checkpoints;
    }

    /// Bytes of the recording that it covers.
    long covered() {
        return checkpoints.isEmpty() ? 0 : checkpoints.getLast().offset();
    }

    /// Makes the checkpoints that are missing and writes them beside the recording.
    ///
    /// @throws IOException where the recording cannot be read
    void extend() throws IOException {
        List<Checkpoint> made = new ArrayList<>();
        long size = Files.size(recording);
        while (size - covered() >= stepBytes) {
            long covered = covered();
            cursor.advance(recording, covered + stepBytes);
            QuerySnapshot now = cursor.bare();
            if (now == null || cursor.offset() == covered) {
                break;
            }
            Checkpoint next = checkpoint(now);
            checkpoints.add(next);
            made.add(next);
            told(now);
        }
        if (!made.isEmpty()) {
            try {
                save(made);
            } catch (IOException e) {
                // A folder that takes no files is no reason not to read what lies in it.
                complete = false;
                notKept = Optional.of(String.valueOf(e.getMessage()));
            }
        }
    }

    /// Why the index could not be written; empty where it could.
    Optional<String> notKept() {
        return notKept;
    }

    private void told(@Nullable QuerySnapshot now) {
        before = Optional.ofNullable(now);
        stepsTold = cursor.steps().size();
        codeTold = cursor.code().size();
        damagedTold = cursor.reader().damaged().size();
    }

    private Checkpoint checkpoint(QuerySnapshot now) throws IOException {
        EventReader read = cursor.reader();
        try (RandomAccessFile bytes = new RandomAccessFile(recording.toFile(), "r")) {
            return new Checkpoint(
                    cursor.offset(),
                    tail(bytes, cursor.offset()),
                    read.lines(),
                    read.kinds(),
                    read.unknown(),
                    read.damaged().subList(damagedTold, read.damaged().size()),
                    List.copyOf(cursor.steps().subList(stepsTold, cursor.steps().size())),
                    List.copyOf(cursor.code().subList(codeTold, cursor.code().size())),
                    RecordingState.changes(before, now));
        }
    }

    private static int tail(RandomAccessFile bytes, long offset) throws IOException {
        byte[] tail = new byte[(int) Math.min(offset, TAIL_BYTES)];
        bytes.seek(offset - tail.length);
        bytes.readFully(tail);
        CRC32 sum = new CRC32();
        sum.update(tail);
        return (int) sum.getValue();
    }

    /// Adds lines to the file, or writes it anew where what it holds is not what goes before them.
    private void save(List<Checkpoint> made) throws IOException {
        Path file = file(recording);
        if (complete) {
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
                write(made, out);
            }
            return;
        }
        Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "index", ".tmp");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh))) {
                out.write((HEAD + "\n").getBytes(StandardCharsets.UTF_8));
                write(checkpoints, out);
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            complete = true;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void write(List<Checkpoint> lines, OutputStream out) throws IOException {
        for (Checkpoint line : lines) {
            out.write(WRITER.writeValueAsBytes(line));
            out.write('\n');
        }
    }
}
