package dev.vitrine.connectors.file;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/// The bytes of a text file as UTF-8, from some place on: straight from the file, or unpacked and
/// converted on the way.
public interface ByteInput extends AutoCloseable {
    /// Reads up to `length` bytes; -1 at the end.
    int read(byte[] target, int offset, int length) throws IOException;

    /// Bytes taken from the file itself so far.
    long bytesRead();

    @Override
    void close() throws IOException;

    /// Whether a file's bytes are the text itself, so that it can be read from the middle.
    static boolean isPlain(DataFile file, Charset charset) {
        return isUtf8(charset) && !packing(file).equals("gz") && !packing(file).equals("zst");
    }

    /// The bytes from `from` up to `to`; for files that are not plain, all of them.
    static ByteInput open(DataFile file, Charset charset, long from, long to) throws IOException {
        if (isPlain(file, charset)) {
            return new Range(file, from, to);
        }
        Counted raw = new Counted(Files.newInputStream(file.path()));
        try {
            InputStream unpacked =
                    switch (packing(file)) {
                        case "gz" -> new GZIPInputStream(raw, 1 << 16);
                        case "zst" -> new ZstdInputStream(raw);
                        default -> raw;
                    };
            return isUtf8(charset)
                    ? new Unpacked(unpacked, raw)
                    : new Unpacked(new Transcoded(unpacked, charset), raw);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    private static boolean isUtf8(Charset charset) {
        return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
    }

    private static String packing(DataFile file) {
        String name = file.name();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /// A range of a file; fewer bytes than there were at planning are FILE_CHANGED.
    final class Range implements ByteInput {
        private final DataFile file;
        private final FileChannel channel;
        private final long start;
        private final long end;
        private long position;

        Range(DataFile file, long from, long to) throws IOException {
            this.file = file;
            this.channel = FileChannel.open(file.path(), StandardOpenOption.READ);
            this.start = from;
            this.position = from;
            this.end = Math.min(to, file.sizeBytes());
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int wanted = (int) Math.min(length, end - position);
            if (wanted <= 0) {
                return -1;
            }
            int read = channel.read(ByteBuffer.wrap(target, offset, wanted), position);
            if (read <= 0) {
                throw file.changed(null);
            }
            position += read;
            return read;
        }

        @Override
        public long bytesRead() {
            return position - start;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /// A stream, and the count of what it was unpacked from.
    final class Unpacked implements ByteInput {
        private final InputStream text;
        private final Counted raw;

        Unpacked(InputStream text, Counted raw) {
            this.text = text;
            this.raw = raw;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return text.read(target, offset, length);
        }

        @Override
        public long bytesRead() {
            return raw.bytes;
        }

        @Override
        public void close() throws IOException {
            text.close();
        }
    }

    final class Counted extends InputStream {
        private final InputStream source;
        private long bytes;

        Counted(InputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            int value = source.read();
            bytes += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = source.read(target, offset, length);
            bytes += Math.max(read, 0);
            return read;
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }

    /// Text of another encoding as UTF-8.
    final class Transcoded extends InputStream {
        private final Reader reader;
        private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        private final CharBuffer chars = CharBuffer.allocate(1 << 14);
        private ByteBuffer ready = ByteBuffer.allocate(0);

        Transcoded(InputStream source, Charset charset) {
            this.reader = new InputStreamReader(source, charset);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            while (!ready.hasRemaining()) {
                int read = reader.read(chars);
                chars.flip();
                if (read < 0 && !chars.hasRemaining()) {
                    return -1;
                }
                ByteBuffer encoded = ByteBuffer.allocate(chars.remaining() * 3 + 4);
                encoder.encode(chars, encoded, read < 0);
                chars.compact();
                ready = encoded.flip();
            }
            int count = Math.min(length, ready.remaining());
            ready.get(target, offset, count);
            return count;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /// At most the first `limit` bytes.
    static byte[] head(DataFile file, Charset charset, long from, int limit) throws IOException {
        try (ByteInput input = open(file, charset, from, Long.MAX_VALUE)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] block = new byte[Math.min(limit, 1 << 16)];
            while (bytes.size() < limit) {
                int read = input.read(block, 0, Math.min(block.length, limit - bytes.size()));
                if (read < 0) {
                    break;
                }
                bytes.write(block, 0, read);
            }
            return bytes.toByteArray();
        }
    }
}
