package dev.vitrine.connectors.json;

import com.fasterxml.jackson.core.JsonParser;
import dev.vitrine.connectors.file.ByteInput;
import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.types.Field;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads JSON lines: some lines are scanned for their members' places, then column after column is
/// read from there. Lines that [JsonScanner] or a [JsonColumn] is not sure of go to [JsonRecords].
final class JsonLinesReader implements BatchReader {
    private static final int BATCH_ROWS = 65_536;
    private static final int CHUNK_ROWS = 1024;
    private static final int MAX_CHUNK_SLOTS = 1 << 18;
    private static final int BLOCK_BYTES = 1 << 20;
    private static final int MAX_RECORD_BYTES = 1 << 29;
    private static final long MAX_BATCH_BYTES = 32L << 20;

    private final JsonSplit split;
    private final ByteInput input;
    private final JsonScanner scanner;
    private final JsonColumn[] columns;
    private final JsonRecords records;
    private final BatchBuilder builder;
    private final int chunkRows;
    private final int[] lineStarts;
    private final int[] lineEnds;
    private final boolean[] regular;

    private byte[] buffer = new byte[BLOCK_BYTES];
    private int position;
    private int limit;
    private boolean atEnd;
    private long offsetOfBuffer;
    private long remaining;

    JsonLinesReader(
            JsonSource source, JsonSplit split, ScanRequest request, BatchAllocator allocator) {
        this.split = split;
        this.remaining = request.limit().orElse(Long.MAX_VALUE);
        List<Field> fields = request.columns().fields();
        this.chunkRows = Math.clamp(MAX_CHUNK_SLOTS / (fields.size() + 1), 16, CHUNK_ROWS);
        this.scanner = new JsonScanner(fields, chunkRows);
        this.records = new JsonRecords(source, split.file(), fields);
        this.columns = new JsonColumn[fields.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] =
                    JsonColumn.of(
                            fields.get(i).type(),
                            i,
                            columns.length,
                            chunkRows,
                            source.options().zone());
        }
        this.lineStarts = new int[chunkRows];
        this.lineEnds = new int[chunkRows];
        this.regular = new boolean[chunkRows];
        try {
            split.file().checkUnchanged();
            this.input =
                    ByteInput.open(split.file(), StandardCharsets.UTF_8, split.from(), split.to());
        } catch (IOException e) {
            throw split.file().failure(e);
        }
        this.offsetOfBuffer = split.from();
        this.builder = new BatchBuilder(request.columns(), allocator, CHUNK_ROWS);
    }

    @Override
    public @Nullable Batch next() {
        int rows = 0;
        try {
            while (rows + chunkRows <= BATCH_ROWS
                    && remaining > 0
                    && builder.variableBytes() < MAX_BATCH_BYTES) {
                int lines = lines();
                if (lines == 0) {
                    break;
                }
                int read = chunk(lines);
                rows += read;
                remaining -= read;
            }
            return rows == 0 ? null : builder.build(rows);
        } catch (IOException | RuntimeException e) {
            throw split.file().failure(e);
        }
    }

    @Override
    public long bytesRead() {
        return input.bytesRead();
    }

    @Override
    public void close() {
        builder.close();
        try {
            input.close();
        } catch (IOException e) {
            throw split.file().failure(e);
        }
    }

    /// Finds the next lines that are not blank; how many there are, 0 at the end. All of them lie
    /// in the buffer.
    private int lines() throws IOException {
        int count = 0;
        while (count < chunkRows) {
            int end = lineBreak(position);
            if (end == limit && !atEnd) {
                if (count > 0) {
                    // The buffer moves when it is filled: what was found is read first.
                    return count;
                }
                fill();
                continue;
            }
            if (position == limit) {
                return count;
            }
            int start = position;
            position = Math.min(end + 1, limit);
            boolean first = start == 0 && offsetOfBuffer == 0;
            if (first && end >= 3 && buffer[0] == (byte) 0xEF) {
                start = 3;
            }
            if (!isBlank(start, end)) {
                lineStarts[count] = start;
                lineEnds[count] = end;
                count++;
            }
        }
        return count;
    }

    /// The next line break at or after `from`, or [#limit].
    private int lineBreak(int from) {
        int at = from;
        int whole = limit - 7;
        for (; at < whole; at += 8) {
            int hit = JsonScanner.lineBreak(buffer, at);
            if (hit < 8) {
                return at + hit;
            }
        }
        while (at < limit && buffer[at] != '\n') {
            at++;
        }
        return at;
    }

    private boolean isBlank(int start, int end) {
        for (int i = start; i < end; i++) {
            if (buffer[i] > ' ' || buffer[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        offsetOfBuffer += position;
        limit -= position;
        position = 0;
        int room = buffer.length - limit - 1 - JsonScanner.SPARE_BYTES;
        if (room <= 0) {
            if (limit >= MAX_RECORD_BYTES) {
                throw split.file().unreadable("a line of more than " + limit + " bytes");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
            room = buffer.length - limit - 1 - JsonScanner.SPARE_BYTES;
        }
        int read = input.read(buffer, limit, room);
        atEnd = read < 0;
        limit += Math.max(read, 0);
        if (atEnd) {
            // The last line may lack its line break: the scanner wants one.
            buffer[limit] = '\n';
        }
    }

    /// Reads the lines found and appends their rows; how many there were.
    private int chunk(int lines) throws IOException {
        for (int row = 0; row < lines; row++) {
            regular[row] = scanner.scan(buffer, lineStarts[row], lineEnds[row], row);
        }
        for (JsonColumn column : columns) {
            column.read(buffer, scanner, lines, regular);
        }
        int appended = 0;
        int row = 0;
        while (row < lines && appended < remaining) {
            if (regular[row]) {
                int from = row;
                int end = from + (int) Math.min(lines - from, remaining - appended);
                while (row < end && regular[row]) {
                    row++;
                }
                for (int i = 0; i < columns.length; i++) {
                    columns[i].append(builder.column(i), from, row - from);
                }
                appended += row - from;
            } else {
                appended += record(row) ? 1 : 0;
                row++;
            }
        }
        return appended;
    }

    /// Reads a line on its own; whether it became a row.
    private boolean record(int line) throws IOException {
        int start = lineStarts[line];
        int length = lineEnds[line] - start;
        JsonRecords.Outcome outcome =
                records.read(
                        () -> {
                            JsonParser parser =
                                    JsonLines.FACTORY.createParser(buffer, start, length);
                            parser.nextToken();
                            return parser;
                        },
                        true,
                        new Line(start, length));
        @Nullable Object[] row = outcome.row();
        if (row == null) {
            return false;
        }
        for (int i = 0; i < row.length; i++) {
            builder.column(i).append(row[i]);
        }
        return true;
    }

    private final class Line implements JsonRecords.Place {
        private final int start;
        private final int length;

        Line(int start, int length) {
            this.start = start;
            this.length = length;
        }

        @Override
        public String text() {
            return new String(buffer, start, length, StandardCharsets.UTF_8);
        }

        @Override
        public long offset() {
            return offsetOfBuffer + start;
        }
    }
}
