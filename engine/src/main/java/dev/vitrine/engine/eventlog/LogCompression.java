package dev.vitrine.engine.eventlog;

import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// How an event log may be compressed. Told by its first bytes, as names get lost: the containers
/// that Spark's codecs write (`CompressionCodec`: LZ4BlockOutputStream, SnappyOutputStream,
/// LZFOutputStream, Zstandard), and gzip for logs that somebody packed.
enum LogCompression {
    NONE,
    LZ4,
    SNAPPY,
    LZF,
    ZSTD,
    GZIP;

    private static final int HEAD_BYTES = 16;
    private static final byte[] LZ4_MAGIC = "LZ4Block".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SNAPPY_MAGIC = {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};
    private static final byte[] LZF_MAGIC = {'Z', 'V'};
    private static final byte[] ZSTD_MAGIC = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};
    private static final byte[] GZIP_MAGIC = {0x1F, (byte) 0x8B};

    /// The text in `bytes`, which it closes.
    static InputStream plain(InputStream bytes) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(bytes, 1 << 16);
        buffered.mark(HEAD_BYTES);
        byte[] head = buffered.readNBytes(HEAD_BYTES);
        buffered.reset();
        return switch (of(head)) {
            case NONE -> buffered;
            case LZ4 -> new BlockInputStream(buffered, new Lz4Blocks());
            case SNAPPY -> new BlockInputStream(buffered, new SnappyBlocks());
            case LZF -> new BlockInputStream(buffered, new LzfBlocks());
            case ZSTD -> new ZstdInputStream(buffered);
            case GZIP -> new GZIPInputStream(buffered, 1 << 16);
        };
    }

    static LogCompression of(byte[] head) {
        return begins(head, LZ4_MAGIC)
                ? LZ4
                : begins(head, SNAPPY_MAGIC)
                        ? SNAPPY
                        : begins(head, ZSTD_MAGIC)
                                ? ZSTD
                                : begins(head, LZF_MAGIC)
                                        ? LZF
                                        : begins(head, GZIP_MAGIC) ? GZIP : NONE;
    }

    private static boolean begins(byte[] head, byte[] magic) {
        return head.length >= magic.length
                && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
    }
}
