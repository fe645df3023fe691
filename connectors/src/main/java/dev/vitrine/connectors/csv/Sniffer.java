package dev.vitrine.connectors.csv;

import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Finds out from a sample how a file is written: separator, escape, names and types of the
/// columns.
final class Sniffer {
    private static final byte[] SEPARATORS = {',', ';', '\t', '|'};
    private static final int SNIFFED_BYTES = 128 << 10;
    private static final int MAX_COLUMNS = 20_000;

    private final CsvOptions options;
    private final Sample sample;
    private boolean breaksSeen;

    Sniffer(CsvOptions options, Sample sample) {
        this.options = options;
        this.sample = sample;
    }

    Dialect dialect() {
        byte escape = options.escape().orElseGet(this::escape);
        return options.separator()
                .map(separator -> dialect(separator, escape))
                .orElseGet(() -> dialect(separator(escape), escape));
    }

    private Dialect dialect(byte separator, byte escape) {
        return new Dialect(
                separator, options.quote(), escape, options.comment(), options.trimLeading());
    }

    /// A backslash, if it stands before a quote that another character than a separator or line
    /// break follows; else the quote.
    private byte escape() {
        byte quote = options.quote();
        byte[] head = sample.head();
        int end = Math.min(head.length, SNIFFED_BYTES) - 2;
        for (int i = 0; i < end && quote != Dialect.NONE; i++) {
            if (head[i] == '\\' && head[i + 1] == quote) {
                byte next = head[i + 2];
                boolean ends = next == '\n' || next == '\r' || next == quote;
                for (byte separator : SEPARATORS) {
                    ends |= next == separator;
                }
                if (!ends && options.separator().map(s -> s != next).orElse(true)) {
                    return '\\';
                }
            }
        }
        return quote;
    }

    /// The separator that cuts most records into the same number of fields, more than one.
    private byte separator(byte escape) {
        byte best = ',';
        double bestScore = 0;
        for (byte separator : SEPARATORS) {
            int[] counts = counts(dialect(separator, escape));
            if (counts.length == 0) {
                continue;
            }
            Map<Integer, Integer> frequencies = new HashMap<>();
            for (int count : counts) {
                frequencies.merge(count, 1, Integer::sum);
            }
            int columns = 1;
            int records = 0;
            for (Map.Entry<Integer, Integer> entry : frequencies.entrySet()) {
                if (entry.getKey() > 1 && entry.getValue() > records) {
                    columns = entry.getKey();
                    records = entry.getValue();
                }
            }
            double score = (double) records / counts.length * (1 + Math.log(columns) / 10);
            if (score > bestScore) {
                bestScore = score;
                best = separator;
            }
        }
        return best;
    }

    /// How many fields each of the first records has.
    private int[] counts(Dialect dialect) {
        int width = 256;
        Tokenizer records = new Tokenizer(dialect, width, 256);
        byte[] head = sample.head();
        int limit = Math.min(head.length, SNIFFED_BYTES);
        records.tokenize(head, 0, limit, sample.complete() && limit == head.length);
        int[] counts = new int[records.rows()];
        for (int row = 0; row < counts.length; row++) {
            counts[row] = fields(records, row, width);
        }
        return counts;
    }

    private static int fields(Tokenizer records, int row, int width) {
        int base = row * records.stride;
        int count = width;
        while (count > 1 && records.bounds[base + count] == records.bounds[base + count - 1]) {
            count--;
        }
        return count;
    }

    /// The fields of the first record, or none if there is no record.
    List<String> firstRecord(Dialect dialect) {
        int width = 64;
        while (true) {
            Tokenizer records = new Tokenizer(dialect, width, 1);
            records.tokenize(sample.head(), 0, sample.head().length, true);
            if (records.rows() == 0) {
                return List.of();
            }
            if ((records.faults[0] & Tokenizer.TOO_MANY) == 0 || width >= MAX_COLUMNS) {
                return values(records, fields(records, 0, width), new Cell(dialect, options));
            }
            width *= 4;
        }
    }

    private List<String> values(Tokenizer records, int count, Cell cell) {
        List<String> values = new ArrayList<>(count);
        for (int field = 0; field < count; field++) {
            cell.set(sample.head(), records.bounds[field] + 1, records.bounds[field + 1]);
            values.add(cell.isNull ? "" : cell.string());
        }
        return values;
    }

    /// Names of columns: those in the header, numbered where two are the same or one is empty, as
    /// Spark does.
    static List<String> names(List<String> first, boolean header) {
        Map<String, Integer> seen = new HashMap<>();
        first.forEach(name -> seen.merge(name.strip().toLowerCase(Locale.ROOT), 1, Integer::sum));
        List<String> names = new ArrayList<>(first.size());
        for (int i = 0; i < first.size(); i++) {
            String name = first.get(i).strip();
            if (!header || name.isEmpty()) {
                names.add("_c" + i);
            } else {
                names.add(
                        seen.getOrDefault(name.toLowerCase(Locale.ROOT), 1) > 1 ? name + i : name);
            }
        }
        return names;
    }

    /// The narrowest type that all values of each column in the sample fit.
    Inferred types(Dialect dialect, int columns) {
        TypeInference[] types = new TypeInference[columns];
        Arrays.setAll(types, i -> new TypeInference(options));
        Cell cell = new Cell(dialect, options);
        int rows = Math.clamp((1 << 20) / (columns + 1), 16, 1024);
        Tokenizer records = new Tokenizer(dialect, columns, rows);
        int start = 0;
        if (options.header()) {
            Tokenizer one = new Tokenizer(dialect, columns, 1);
            one.tokenize(sample.head(), 0, sample.head().length, true);
            start = one.consumed();
        }
        long seen = look(sample.head(), start, sample.complete(), records, cell, types);
        double recordBytes = seen == 0 ? 1 : (double) (sample.head().length - start) / seen;
        for (byte[] window : sample.windows()) {
            int line = 0;
            while (line < window.length && window[line] != '\n') {
                line++;
            }
            records.tokenize(window, line, window.length, false);
            // A window that does not look like records began inside quotes: it tells nothing.
            int wrong = 0;
            for (int row = 0; row < records.rows(); row++) {
                wrong |= records.faults[row];
            }
            if (wrong == 0) {
                look(window, line, false, records, cell, types);
            }
        }
        return new Inferred(
                Arrays.stream(types).map(TypeInference::type).toList(), recordBytes, breaksSeen);
    }

    /// @param recordBytes bytes of one record on average
    /// @param quotedBreaks whether a line break is part of a value somewhere in the sample
    record Inferred(List<DataType> types, double recordBytes, boolean quotedBreaks) {}

    private void lookForBreaks(byte[] text, Tokenizer records) {
        for (int row = 0; row < records.rows() && !breaksSeen; row++) {
            for (int i = records.recordStart(row); i < records.recordEnds[row]; i++) {
                breaksSeen |= text[i] == '\n';
            }
        }
    }

    private long look(
            byte[] text,
            int from,
            boolean last,
            Tokenizer records,
            Cell cell,
            TypeInference[] types) {
        int start = from;
        long seen = 0;
        long counted = 0;
        while (start < text.length) {
            records.tokenize(text, start, text.length, last);
            if (records.rows() == 0) {
                break;
            }
            seen += records.rows();
            lookForBreaks(text, records);
            if (counted < options.samplingRows()) {
                counted += records.rows();
                for (int field = 0; field < types.length; field++) {
                    for (int row = 0; row < records.rows(); row++) {
                        int at = row * records.stride + field;
                        cell.setTrimmed(text, records.bounds[at] + 1, records.bounds[at + 1]);
                        if (!cell.isNull) {
                            types[field].see(cell);
                        }
                    }
                }
            }
            start = records.consumed();
        }
        return seen;
    }
}
