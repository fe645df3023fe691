package dev.vitrine.connectors.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.types.Field;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the records of one split as boxed values.
final class JsonBatchReader implements BatchReader {
    private static final int BATCH_ROWS = 16_384;
    private static final long MAX_BATCH_BYTES = 32L << 20;

    private final JsonSource source;
    private final JsonSplit split;
    private final List<Field> fields;
    private final BatchBuilder builder;
    private final JsonLines records;
    private final JsonValues values;
    private int corruptColumn = -1;
    private long remaining;
    private boolean ended;

    JsonBatchReader(
            JsonSource source, JsonSplit split, ScanRequest request, BatchAllocator allocator) {
        this.source = source;
        this.split = split;
        this.fields = request.columns().fields();
        this.builder = new BatchBuilder(request.columns(), allocator, 1024);
        this.values = new JsonValues(source.options().zone());
        this.remaining = request.limit().orElse(Long.MAX_VALUE);
        for (int i = 0; i < fields.size(); i++) {
            if (source.isCorruptColumn(fields.get(i).name())) {
                corruptColumn = i;
            }
        }
        try {
            split.file().checkUnchanged();
            this.records = source.open(split.file(), split.from(), split.to());
        } catch (IOException e) {
            throw split.file().failure(e);
        }
    }

    @Override
    public @Nullable Batch next() {
        int rows = 0;
        try {
            while (!ended
                    && rows < BATCH_ROWS
                    && remaining > 0
                    && builder.variableBytes() < MAX_BATCH_BYTES) {
                if (row()) {
                    rows++;
                    remaining--;
                }
            }
            return rows == 0 ? null : builder.build(rows);
        } catch (IOException | RuntimeException e) {
            throw split.file().failure(e);
        }
    }

    @Override
    public long bytesRead() {
        return records.offset() - split.from();
    }

    @Override
    public void close() {
        builder.close();
        try {
            records.close();
        } catch (IOException e) {
            throw split.file().failure(e);
        }
    }

    /// Reads the next record; whether it became a row.
    private boolean row() throws IOException {
        @Nullable Object[] row = new @Nullable Object[fields.size()];
        String reason = "a value does not fit its column";
        values.faulty = false;
        try {
            JsonParser record = records.next();
            if (record == null) {
                ended = true;
                return false;
            }
            if (record.currentToken() == JsonToken.START_OBJECT) {
                row = values.object(record, fields);
                if (records instanceof JsonLines.Lines && record.nextToken() != null) {
                    values.faulty = true;
                    reason = "text follows the object";
                }
            } else {
                record.skipChildren();
                values.faulty = true;
                reason = "it is no object";
            }
        } catch (JsonProcessingException e) {
            values.faulty = true;
            reason = e.getOriginalMessage();
            row = new @Nullable Object[fields.size()];
            // Where an array is broken off nothing after it can be told apart.
            ended = records instanceof JsonLines.Elements;
        }
        if (values.faulty && !keep(row, reason)) {
            return false;
        }
        for (int i = 0; i < row.length; i++) {
            builder.column(i).append(row[i]);
        }
        return true;
    }

    /// What the mode makes of a record that does not fit: false to leave it out.
    private boolean keep(@Nullable Object[] row, String reason) throws IOException {
        return switch (source.options().mode()) {
            case DROPMALFORMED -> false;
            case FAILFAST -> throw malformed(reason);
            case PERMISSIVE -> {
                if (corruptColumn >= 0) {
                    row[corruptColumn] = records.text();
                }
                yield true;
            }
        };
    }

    private EngineException malformed(String reason) throws IOException {
        String text = records.text();
        return new EngineException(
                ErrorCode.MALFORMED_RECORD_IN_PARSING,
                Map.of(
                        "path",
                        split.file().path(),
                        "line",
                        line(records.offset()),
                        "reason",
                        reason,
                        "badRecord",
                        text.length() > 200 ? text.substring(0, 200) : text));
    }

    /// The number, from 1, of the line that holds byte `offset`.
    private long line(long offset) throws IOException {
        return split.file().lineAt(offset, java.nio.charset.StandardCharsets.UTF_8);
    }
}
