package dev.vitrine.connectors.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.vitrine.connectors.file.ByteInput;
import dev.vitrine.connectors.file.DataFile;
import dev.vitrine.connectors.file.FileSource;
import dev.vitrine.connectors.file.FileSplit;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.TableStatistics;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// JSON files with one schema: given, or that of the first records of all files.
final class JsonSource implements FileSource {
    private static final int SNIFFED_BYTES = 1 << 16;
    private static final double UNKNOWN_RECORD_BYTES = 200;

    private final JsonOptions options;
    private final Schema schema;
    private final boolean inferred;
    private final TableStatistics statistics;

    JsonSource(List<DataFile> files, Optional<Schema> userSchema, JsonOptions options) {
        this.options = options;
        this.inferred = userSchema.isEmpty();
        this.schema = userSchema.orElseGet(() -> infer(files));
        long bytes = files.stream().mapToLong(DataFile::sizeBytes).sum();
        this.statistics =
                new TableStatistics(
                        OptionalLong.of(Math.round(bytes / UNKNOWN_RECORD_BYTES)),
                        OptionalLong.of(bytes),
                        Map.of());
    }

    private Schema infer(List<DataFile> files) {
        Shape shape = new Shape(options);
        int left = options.samplingRows();
        for (DataFile file : files) {
            if (left > 0 && file.sizeBytes() > 0) {
                left -= look(file, shape, left);
            }
        }
        Schema found = new Schema(shape.fields());
        if (found.size() == 0) {
            throw new EngineException(
                    ErrorCode.UNABLE_TO_INFER_SCHEMA, Map.of("path", files.getFirst().path()));
        }
        return found;
    }

    private int look(DataFile file, Shape shape, int most) {
        int seen = 0;
        try (JsonLines records = open(file, 0, Long.MAX_VALUE)) {
            while (seen < most) {
                try {
                    JsonParser record = records.next();
                    if (record == null) {
                        break;
                    }
                    seen++;
                    if (record.currentToken() == JsonToken.START_OBJECT) {
                        shape.see(record);
                    } else {
                        record.skipChildren();
                    }
                } catch (JsonProcessingException e) {
                    // Told when it is read.
                    if (records instanceof JsonLines.Elements) {
                        break;
                    }
                }
            }
        } catch (IOException e) {
            throw file.failure(e);
        }
        return seen;
    }

    JsonLines open(DataFile file, long from, long to) throws IOException {
        ByteInput input = ByteInput.open(file, StandardCharsets.UTF_8, from, to);
        return isWhole(file) ? new JsonLines.Elements(input) : new JsonLines.Lines(input, from);
    }

    /// Whether a file is one JSON value, not one a line.
    private boolean isWhole(DataFile file) throws IOException {
        if (options.multiLine()) {
            return true;
        }
        for (byte b : ByteInput.head(file, StandardCharsets.UTF_8, 0, SNIFFED_BYTES)) {
            if (b > ' ') {
                return b == '[';
            }
        }
        return false;
    }

    JsonOptions options() {
        return options;
    }

    boolean isCorruptColumn(String name) {
        return !inferred && name.equalsIgnoreCase(options.corruptColumn());
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public TableStatistics statistics() {
        return statistics;
    }

    @Override
    public List<FileSplit> splits(List<DataFile> files, ScanRequest request, long targetBytes) {
        List<FileSplit> splits = new ArrayList<>();
        try {
            for (DataFile file : files) {
                boolean whole =
                        file.sizeBytes() <= targetBytes
                                || !ByteInput.isPlain(file, StandardCharsets.UTF_8)
                                || isWhole(file);
                if (whole && file.sizeBytes() > 0) {
                    splits.add(new JsonSplit(file, 0, Long.MAX_VALUE, true));
                } else {
                    cut(file, Math.max(targetBytes, 1), splits);
                }
            }
        } catch (IOException e) {
            throw files.getFirst().failure(e);
        }
        return splits;
    }

    /// A line break is never part of a JSON value: every line begins a record.
    private static void cut(DataFile file, long targetBytes, List<FileSplit> splits)
            throws IOException {
        long from = 0;
        while (from < file.sizeBytes()) {
            long to = lineAfter(file, from + targetBytes);
            splits.add(new JsonSplit(file, from, to, false));
            from = to;
        }
    }

    private static long lineAfter(DataFile file, long wanted) throws IOException {
        long at = wanted - 1;
        while (at < file.sizeBytes()) {
            byte[] window = ByteInput.head(file, StandardCharsets.UTF_8, at, SNIFFED_BYTES);
            for (int i = 0; i < window.length; i++) {
                if (window[i] == '\n') {
                    return at + i + 1;
                }
            }
            at += window.length;
        }
        return file.sizeBytes();
    }

    @Override
    public BatchReader read(FileSplit split, ScanRequest request, BatchAllocator allocator) {
        JsonSplit part = (JsonSplit) split;
        try {
            return isWhole(part.file())
                    ? new JsonBatchReader(this, part, request, allocator)
                    : new JsonLinesReader(this, part, request, allocator);
        } catch (IOException e) {
            throw part.file().failure(e);
        }
    }
}
