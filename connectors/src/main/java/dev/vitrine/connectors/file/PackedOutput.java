package dev.vitrine.connectors.file;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/// How text files are packed when written.
public enum PackedOutput {
    NONE(""),
    GZIP(".gz"),
    ZSTD(".zst");

    private final String ending;

    PackedOutput(String ending) {
        this.ending = ending;
    }

    /// What option `compression` names.
    public static PackedOutput named(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "none", "uncompressed", "" -> NONE;
            case "gzip", "gz" -> GZIP;
            case "zstd", "zst" -> ZSTD;
            default -> throw Options.invalid("compression", text, "none, gzip or zstd");
        };
    }

    /// What a file's name ends with after the format's ending.
    public String ending() {
        return ending;
    }

    public OutputStream open(Path file) throws IOException {
        OutputStream raw = Files.newOutputStream(file);
        OutputStream packed =
                switch (this) {
                    case NONE -> raw;
                    case GZIP -> new GZIPOutputStream(raw, 1 << 16);
                    case ZSTD -> new ZstdOutputStream(raw);
                };
        return new BufferedOutputStream(packed, 1 << 16);
    }
}
