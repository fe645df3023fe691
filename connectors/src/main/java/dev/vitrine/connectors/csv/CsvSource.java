package dev.vitrine.connectors.csv;

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
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// CSV files with one dialect and one schema: given, or found out from a sample of the first file
/// with any text.
final class CsvSource implements FileSource {
    /// Files whose cuts turned out wrong.
    private static final Set<DataFile> NOT_GUESSED = ConcurrentHashMap.newKeySet();

    private final CsvOptions options;
    private final Dialect dialect;
    private final Schema schema;
    private final List<String> fileColumns;
    private final TableStatistics statistics;
    private final boolean inferred;
    private final boolean quotedBreaks;

    CsvSource(List<DataFile> files, Optional<Schema> userSchema, CsvOptions options) {
        this.options = options;
        DataFile first =
                files.stream().filter(file -> file.sizeBytes() > 0).findFirst().orElse(null);
        Sample sample =
                first == null
                        ? new Sample(new byte[0], List.of(), true)
                        : Sample.of(first, options.charset());
        Sniffer sniffer = new Sniffer(options, sample);
        this.dialect = sniffer.dialect();
        List<String> record = sniffer.firstRecord(dialect);
        if (record.isEmpty() && userSchema.isEmpty()) {
            throw new EngineException(
                    ErrorCode.UNABLE_TO_INFER_SCHEMA, Map.of("path", files.getFirst().path()));
        }
        this.inferred = userSchema.isEmpty();
        int columns = userSchema.map(given -> inside(given).size()).orElse(record.size());
        Sniffer.Inferred seen = sniffer.types(dialect, Math.max(columns, 1));
        this.quotedBreaks = seen.quotedBreaks();
        this.schema =
                userSchema.orElseGet(
                        () -> schema(Sniffer.names(record, options.header()), seen.types()));
        this.fileColumns = inside(schema);
        long bytes = files.stream().mapToLong(DataFile::sizeBytes).sum();
        boolean packed = files.stream().anyMatch(f -> !ByteInput.isPlain(f, options.charset()));
        long rows = Math.round(bytes / Math.max(seen.recordBytes(), 1));
        this.statistics =
                new TableStatistics(
                        OptionalLong.of(packed ? rows * 4 : rows),
                        OptionalLong.of(bytes),
                        Map.of());
    }

    private Schema schema(List<String> names, List<DataType> types) {
        List<Field> fields = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            fields.add(
                    Field.of(names.get(i), options.inferSchema() ? types.get(i) : DataType.STRING));
        }
        return new Schema(fields);
    }

    /// The columns that the file has: all but the one for malformed records.
    private List<String> inside(Schema given) {
        return given.names().stream()
                .filter(name -> !name.equalsIgnoreCase(options.corruptColumn()) || inferred)
                .toList();
    }

    static boolean hasByteOrderMark(byte[] text, int limit) {
        return limit >= 3
                && text[0] == (byte) 0xEF
                && text[1] == (byte) 0xBB
                && text[2] == (byte) 0xBF;
    }

    CsvOptions options() {
        return options;
    }

    Dialect dialect() {
        return dialect;
    }

    /// How many fields a record has.
    int fileColumns() {
        return fileColumns.size();
    }

    /// Which field holds column `name`, or -1 for the column of malformed records.
    int fileColumn(String name) {
        int index = fileColumns.indexOf(name);
        for (int i = 0; i < fileColumns.size() && index < 0; i++) {
            index = fileColumns.get(i).equalsIgnoreCase(name) ? i : -1;
        }
        return index;
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
    public String findings() {
        return options.separator().isPresent() ? "" : dialect.describe();
    }

    @Override
    public List<FileSplit> splits(List<DataFile> files, ScanRequest request, long targetBytes) {
        List<FileSplit> splits = new ArrayList<>();
        for (DataFile file : files) {
            if (file.sizeBytes() > 0) {
                cut(file, Math.max(targetBytes, 1), splits);
            }
        }
        return splits;
    }

    private void cut(DataFile file, long targetBytes, List<FileSplit> splits) {
        long size = file.sizeBytes();
        if (size <= targetBytes || !ByteInput.isPlain(file, options.charset())) {
            splits.add(new CsvSplit(file, 0, Long.MAX_VALUE, true, true));
            return;
        }
        try {
            Boundaries boundaries = new Boundaries(file, dialect, fileColumns.size());
            boolean exact = quotedBreaks || NOT_GUESSED.contains(file);
            List<Long> cuts = List.of();
            if (!exact) {
                Boundaries.OptionalCuts found = boundaries.near(targetBytes);
                exact = !found.certain();
                cuts = found.cuts();
            }
            if (exact) {
                cuts = boundaries.exact(targetBytes);
            }
            long from = 0;
            for (long cut : cuts) {
                splits.add(new CsvSplit(file, from, cut, false, exact));
                from = cut;
            }
            splits.add(new CsvSplit(file, from, size, false, exact));
        } catch (IOException e) {
            throw file.failure(e);
        }
    }

    /// The error for a cut inside a value; the next plan reads the file to find its cuts.
    EngineException wronglyCut(DataFile file, long at) {
        NOT_GUESSED.add(file);
        return file.unreadable(
                "a line break at byte "
                        + at
                        + " is part of a quoted value; run again, and the file"
                        + " is cut with more care");
    }

    @Override
    public BatchReader read(FileSplit split, ScanRequest request, BatchAllocator allocator) {
        return new CsvBatchReader(this, (CsvSplit) split, request, allocator);
    }
}
