package dev.vitrine.connectors.csv;

import dev.vitrine.connectors.file.RecordReader;
import dev.vitrine.connectors.file.Times;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.types.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the records of one split: a block of bytes, its records' bounds, then column after column.
final class CsvBatchReader extends RecordReader {
    private static final int CHUNK_ROWS = 2_048;
    private static final int MAX_CHUNK_BOUNDS = 1 << 18;

    private final CsvSource source;
    private final CsvSplit split;
    private final ScanRequest request;
    private final Tokenizer records;
    private final List<ColumnParser> parsers = new ArrayList<>();
    private @Nullable CorruptRecords corrupt;

    CsvBatchReader(
            CsvSource source, CsvSplit split, ScanRequest request, BatchAllocator allocator) {
        super(
                split.file(),
                source.options().charset(),
                split.from(),
                split.to(),
                request,
                allocator,
                chunkRows(source),
                0);
        this.source = source;
        this.split = split;
        this.request = request;
        CsvOptions options = source.options();
        int columns = source.fileColumns();
        int chunkRows = chunkRows(source);
        this.records = new Tokenizer(source.dialect(), columns, chunkRows);
        Cell cell = new Cell(source.dialect(), options);
        Times times = new Times(options.dateFormat(), options.timestampFormat(), options.zone());
        for (Field field : request.columns().fields()) {
            int index = source.fileColumn(field.name());
            if (index < 0) {
                corrupt = new CorruptRecords(cell, chunkRows);
                parsers.add(corrupt);
            } else {
                parsers.add(ColumnParser.of(field.type(), index, cell, times, chunkRows));
            }
        }
        try {
            if (split.from() == 0) {
                skipHeader();
            }
        } catch (IOException e) {
            close();
            throw split.file().failure(e);
        }
    }

    private static int chunkRows(CsvSource source) {
        return Math.clamp(MAX_CHUNK_BOUNDS / (source.fileColumns() + 1), 64, CHUNK_ROWS);
    }

    @Override
    protected int find() throws IOException {
        while (true) {
            if (position < limit) {
                records.tokenize(buffer, position, limit, atEnd);
                checkEnd();
                position = records.consumed();
                if (records.rows() > 0) {
                    return records.rows();
                }
            }
            if (atEnd) {
                return 0;
            }
            fill();
        }
    }

    /// A split that ends inside quotes was cut at a line break that belongs to a value.
    private void checkEnd() {
        boolean cutInside =
                atEnd && records.endsInQuotes() && split.to() < split.file().sizeBytes();
        if (cutInside && !split.exact() && !split.whole()) {
            throw source.wronglyCut(split.file(), split.to());
        }
    }

    @Override
    protected EngineException tooLong(int bytes) throws IOException {
        return malformed(0, bytes, "a record of more than " + bytes + " bytes");
    }

    private void skipHeader() throws IOException {
        while (!atEnd && limit < 3) {
            fill();
        }
        if (CsvSource.hasByteOrderMark(buffer, limit)) {
            position = 3;
        }
        if (!source.options().header()) {
            return;
        }
        Tokenizer one = new Tokenizer(source.dialect(), source.fileColumns(), 1);
        while (true) {
            one.tokenize(buffer, position, limit, atEnd);
            if (one.rows() > 0 || atEnd) {
                position = one.consumed();
                return;
            }
            fill();
        }
    }

    @Override
    protected int append(int found) throws IOException {
        for (ColumnParser parser : parsers) {
            parser.parse(buffer, records);
        }
        boolean faulty = isFaulty();
        if (faulty && source.options().mode() == CsvOptions.Mode.FAILFAST) {
            throw firstFault();
        }
        if (faulty && source.options().mode() == CsvOptions.Mode.DROPMALFORMED) {
            records.removeFaulty();
            for (ColumnParser parser : parsers) {
                parser.parse(buffer, records);
            }
        }
        if (corrupt != null && faulty) {
            corrupt.parse(buffer, records);
        }
        int rows = (int) Math.min(records.rows(), remaining);
        for (int i = 0; i < parsers.size(); i++) {
            parsers.get(i).append(builder.column(i), rows);
        }
        return rows;
    }

    private boolean isFaulty() {
        int faults = 0;
        for (int row = 0; row < records.rows(); row++) {
            faults |= records.faults[row];
        }
        return faults != 0;
    }

    private EngineException firstFault() throws IOException {
        int row = 0;
        while (records.faults[row] == 0) {
            row++;
        }
        String reason = "the record has too many fields";
        if ((records.faults[row] & Tokenizer.TOO_FEW) != 0) {
            reason = "the record has too few fields";
        }
        for (int i = 0; i < parsers.size(); i++) {
            if (parsers.get(i).faultyRow() == row) {
                Field field = request.columns().field(i);
                reason = "column `" + field.name() + "` is no " + field.type().sql();
                break;
            }
        }
        return malformed(records.recordStart(row), records.recordEnds[row], reason);
    }

    private EngineException malformed(int from, int to, String reason) throws IOException {
        String text =
                new String(
                        buffer,
                        from,
                        Math.min(to - from, 200),
                        java.nio.charset.StandardCharsets.UTF_8);
        return new EngineException(
                ErrorCode.MALFORMED_RECORD_IN_PARSING,
                Map.of(
                        "path",
                        split.file().path(),
                        "line",
                        split.file().lineAt(offsetOfBuffer + from, source.options().charset()),
                        "reason",
                        reason,
                        "badRecord",
                        text));
    }
}
