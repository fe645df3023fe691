package dev.vitrine.connectors.parquet;

import com.github.luben.zstd.Zstd;
import dev.vitrine.connectors.file.Options;
import io.airlift.compress.v3.Compressor;
import io.airlift.compress.v3.lz4.Lz4JavaCompressor;
import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/// Compression of pages without Hadoop's codecs.
final class Codecs implements CompressionCodecFactory {
    private static final int ZSTD_LEVEL = 3;

    /// The codec that option `compression` names.
    static CompressionCodecName named(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "snappy" -> CompressionCodecName.SNAPPY;
            case "zstd" -> CompressionCodecName.ZSTD;
            case "gzip" -> CompressionCodecName.GZIP;
            case "lz4", "lz4_raw" -> CompressionCodecName.LZ4_RAW;
            case "none", "uncompressed" -> CompressionCodecName.UNCOMPRESSED;
            default ->
                    throw Options.invalid(
                            "compression", text, "snappy, zstd, gzip, lz4_raw or none");
        };
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        return switch (name) {
            case UNCOMPRESSED ->
                    new Packer(name, (bytes, length) -> BytesInput.from(bytes, 0, length));
            case SNAPPY -> new Packer(name, block(SnappyJavaCompressor::new));
            case LZ4_RAW -> new Packer(name, block(Lz4JavaCompressor::new));
            case ZSTD -> new Packer(name, Codecs::zstd);
            case GZIP -> new Packer(name, Codecs::gzip);
            default -> throw new UnsupportedOperationException(name.name());
        };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        throw new UnsupportedOperationException("only written here");
    }

    @Override
    public void release() {}

    private interface Packing {
        BytesInput pack(byte[] bytes, int length) throws IOException;
    }

    private static Packing block(Supplier<Compressor> codec) {
        Compressor compressor = codec.get();
        return (bytes, length) -> {
            byte[] packed = new byte[compressor.maxCompressedLength(length)];
            int size = compressor.compress(bytes, 0, length, packed, 0, packed.length);
            return BytesInput.from(packed, 0, size);
        };
    }

    private static BytesInput zstd(byte[] bytes, int length) throws IOException {
        byte[] packed = new byte[(int) Zstd.compressBound(length)];
        long size = Zstd.compressByteArray(packed, 0, packed.length, bytes, 0, length, ZSTD_LEVEL);
        if (Zstd.isError(size)) {
            throw new IOException(Zstd.getErrorName(size));
        }
        return BytesInput.from(packed, 0, (int) size);
    }

    private static BytesInput gzip(byte[] bytes, int length) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(length / 2 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes, 0, length);
        }
        return BytesInput.from(packed.toByteArray());
    }

    private record Packer(CompressionCodecName codec, Packing packing)
            implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            ByteArrayOutputStream collected = new ByteArrayOutputStream((int) bytes.size());
            bytes.writeAllTo(collected);
            byte[] plain = collected.toByteArray();
            return packing.pack(plain, plain.length);
        }

        @Override
        public CompressionCodecName getCodecName() {
            return codec;
        }

        @Override
        public void release() {}
    }
}
