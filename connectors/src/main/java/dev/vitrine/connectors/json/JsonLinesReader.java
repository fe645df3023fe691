package dev.vitrine.connectors.json;

import com.fasterxml.jackson.core.JsonParser;
import dev.vitrine.connectors.file.RecordReader;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.types.Field;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads JSON lines: some lines are scanned for their members' places, then column after column is
/// read from there. Lines that [JsonScanner] or a [JsonColumn] is not sure of go to [JsonRecords].
final class JsonLinesReader extends RecordReader {
    private static final int CHUNK_ROWS = 1024;

    /// Those of the byte-order mark.
    private static final int MARK_BYTES = 3;

    private static final int MAX_CHUNK_SLOTS = 1 << 18;

    private final JsonSplit split;
    private final JsonScanner scanner;
    private final JsonColumn[] columns;
    private final JsonRecords records;
    private final int chunkRows;
    private final int[] lineStarts;
    private final int[] lineEnds;
    private final boolean[] regular;

    /// Whether no column is wanted and what fits in none is a row all the same: then a line that
    /// begins an object is one row, whatever follows.
    private final boolean countsOnly;

    JsonLinesReader(
            JsonSource source, JsonSplit split, ScanRequest request, BatchAllocator allocator) {
        super(
                split.file(),
                StandardCharsets.UTF_8,
                split.from(),
                split.to(),
                request,
                allocator,
                chunkRows(request),
                1 + JsonScanner.SPARE_BYTES);
        this.split = split;
        List<Field> fields = request.columns().fields();
        this.chunkRows = chunkRows(request);
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
        this.countsOnly =
                fields.isEmpty() && source.options().mode() == JsonOptions.Mode.PERMISSIVE;
    }

    private static int chunkRows(ScanRequest request) {
        return Math.clamp(MAX_CHUNK_SLOTS / (request.columns().size() + 1), 16, CHUNK_ROWS);
    }

    /// The next lines that are not blank.
    @Override
    protected int find() throws IOException {
        int count = 0;
        while (count < chunkRows) {
            boolean bom = position == 0 && offsetOfBuffer == 0 && startsWithMark();
            int start = bom ? MARK_BYTES : position;
            int end = countsOnly || position == limit ? -1 : scanner.scan(buffer, start, count);
            // A line that ends with the window may go on behind it.
            boolean scanned = end >= 0 && (end < limit || atEnd);
            if (!scanned) {
                end = lineBreak(position);
                if (end == limit && !atEnd) {
                    if (count > 0) {
                        // The buffer moves when it is filled: what was found is read first.
                        return count;
                    }
                    fill();
                    // The scanner stops here at the latest.
                    buffer[limit] = '\n';
                    continue;
                }
                if (position == limit) {
                    return count;
                }
            }
            position = Math.min(end + 1, limit);
            if (scanned || !isBlank(start, end)) {
                lineStarts[count] = start;
                lineEnds[count] = end;
                regular[count] = scanned || (countsOnly && buffer[start] == '{');
                count++;
            }
        }
        return count;
    }

    private boolean startsWithMark() {
        return limit >= MARK_BYTES
                && buffer[0] == (byte) 0xEF
                && buffer[1] == (byte) 0xBB
                && buffer[2] == (byte) 0xBF;
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

    @Override
    protected EngineException tooLong(int bytes) {
        return split.file().unreadable("a line of more than " + bytes + " bytes");
    }

    @Override
    protected int append(int lines) throws IOException {
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
