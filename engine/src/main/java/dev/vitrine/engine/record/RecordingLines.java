package dev.vitrine.engine.record;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// The lines of a file one after the other, each with its place. A line is good until the next is
/// asked for.
final class RecordingLines implements Closeable {
    private static final int BUFFER_BYTES = 1 << 20;

    private final FileChannel channel;
    private byte[] buffer = new byte[BUFFER_BYTES];
    // The buffer's first byte in the file, its end, and the line in it.
    private long bufferOffset;
    private int filled;
    private int start;
    private int length;
    private int next;
    private boolean whole;

    /// @param from offset of a line's first byte
    RecordingLines(Path file, long from) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        channel.position(from);
        bufferOffset = from;
    }

    /// Goes to the next line; false at the end of the file.
    boolean next() throws IOException {
        start = next;
        int searched = start;
        while (true) {
            for (int i = searched; i < filled; i++) {
                if (buffer[i] == '\n') {
                    length = i - start;
                    next = i + 1;
                    whole = true;
                    return true;
                }
            }
            searched = filled;
            if (start > 0) {
                System.arraycopy(buffer, start, buffer, 0, filled - start);
                bufferOffset += start;
                searched -= start;
                filled -= start;
                start = 0;
            }
            if (filled == buffer.length) {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
            int read = channel.read(ByteBuffer.wrap(buffer, filled, buffer.length - filled));
            if (read < 0) {
                length = filled - start;
                next = filled;
                whole = false;
                return length > 0;
            }
            filled += read;
        }
    }

    byte[] bytes() {
        return buffer;
    }

    /// Where the line begins in [#bytes].
    int start() {
        return start;
    }

    /// Bytes of the line without its end.
    int length() {
        return length;
    }

    /// Where the line begins in the file.
    long offset() {
        return bufferOffset + start;
    }

    /// Where the line after it begins.
    long end() {
        return bufferOffset + next;
    }

    /// Whether the line has an end: a crash leaves the last one without.
    boolean whole() {
        return whole;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
