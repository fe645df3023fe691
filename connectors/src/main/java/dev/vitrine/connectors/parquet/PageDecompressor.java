package dev.vitrine.connectors.parquet;

import com.github.luben.zstd.Zstd;
import dev.hardwood.metadata.CompressionCodec;
import io.airlift.compress.v3.Decompressor;
import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.lz4.Lz4Decompressor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Unpacks the pages of one codec, from off-heap memory to off-heap memory, each followed by
/// [Scratch#SLACK] bytes.
interface PageDecompressor extends AutoCloseable {
    /// Unpacks all of `from` into all of `to`.
    void decompress(ByteBuffer from, ByteBuffer to) throws IOException;

    @Override
    default void close() {}

    static boolean canRead(CompressionCodec codec) {
        return switch (codec) {
            case UNCOMPRESSED, SNAPPY, ZSTD, LZ4_RAW, GZIP -> true;
            case LZO, BROTLI, LZ4 -> false;
        };
    }

    /// One for the codec, for one thread.
    static PageDecompressor of(CompressionCodec codec) {
        return switch (codec) {
            case UNCOMPRESSED -> (from, to) -> to.put(from);
            case SNAPPY -> PageDecompressor::snappy;
            case LZ4_RAW -> new Block(Lz4Decompressor.create());
            case ZSTD -> PageDecompressor::zstd;
            case GZIP -> new Gzip();
            case LZO, BROTLI, LZ4 -> throw new IllegalArgumentException(codec.name());
        };
    }

    private static void snappy(ByteBuffer from, ByteBuffer to) throws IOException {
        long in = MemorySegment.ofBuffer(from).address();
        long out = MemorySegment.ofBuffer(to).address();
        SnappyDecoder.decode(in, in + from.remaining(), out, out + to.remaining());
    }

    private static void zstd(ByteBuffer from, ByteBuffer to) throws IOException {
        long size =
                Zstd.decompressUnsafe(
                        MemorySegment.ofBuffer(to).address(),
                        to.remaining(),
                        MemorySegment.ofBuffer(from).address(),
                        from.remaining());
        if (Zstd.isError(size)) {
            throw new IOException("a page is damaged: " + Zstd.getErrorName(size));
        }
        checkSize(size, to.remaining());
    }

    private static void checkSize(long size, int expected) throws IOException {
        if (size != expected) {
            throw new IOException(
                    "a page unpacks to " + size + " bytes, its header says " + expected);
        }
    }

    record Block(Decompressor codec) implements PageDecompressor {
        @Override
        public void decompress(ByteBuffer from, ByteBuffer to) throws IOException {
            try {
                int size =
                        codec.decompress(MemorySegment.ofBuffer(from), MemorySegment.ofBuffer(to));
                checkSize(size, to.remaining());
            } catch (MalformedInputException | IllegalArgumentException e) {
                throw new IOException("a page is damaged: " + e.getMessage(), e);
            }
        }
    }

    /// One gzip member or several, one after the other (RFC 1952).
    final class Gzip implements PageDecompressor {
        private static final int HEAD_BYTES = 10;
        private static final int TAIL_BYTES = 8;
        private static final int HEAD_CHECKSUM = 2;
        private static final int EXTRA = 4;
        private static final int NAME = 8;
        private static final int COMMENT = 16;

        private final Inflater inflater = new Inflater(true);

        @Override
        public void decompress(ByteBuffer from, ByteBuffer to) throws IOException {
            try {
                while (to.hasRemaining()) {
                    skipHead(from);
                    inflater.reset();
                    inflater.setInput(from);
                    while (!inflater.finished()) {
                        if (inflater.inflate(to) == 0 && !inflater.finished()) {
                            throw new IOException("a page unpacks to a size its header denies");
                        }
                    }
                    from.position(Math.min(from.limit(), from.position() + TAIL_BYTES));
                }
            } catch (DataFormatException | java.nio.BufferUnderflowException e) {
                throw new IOException("a page is damaged: " + e.getMessage(), e);
            }
        }

        private static void skipHead(ByteBuffer from) throws IOException {
            if (from.remaining() < HEAD_BYTES
                    || from.get() != 0x1F
                    || from.get() != (byte) 0x8B
                    || from.get() != 8) {
                throw new IOException("a page is damaged: no gzip data");
            }
            int flags = from.get();
            from.position(from.position() + HEAD_BYTES - 4);
            if ((flags & EXTRA) != 0) {
                int length = (from.get() & 0xFF) | (from.get() & 0xFF) << 8;
                for (int i = 0; i < length; i++) {
                    from.get();
                }
            }
            if ((flags & NAME) != 0) {
                skipText(from);
            }
            if ((flags & COMMENT) != 0) {
                skipText(from);
            }
            if ((flags & HEAD_CHECKSUM) != 0) {
                from.getShort();
            }
        }

        private static void skipText(ByteBuffer from) {
            while (from.get() != 0) {
                // up to the zero that ends it
            }
        }

        @Override
        public void close() {
            inflater.end();
        }
    }
}
