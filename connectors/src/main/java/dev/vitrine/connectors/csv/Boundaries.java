package dev.vitrine.connectors.csv;

import dev.vitrine.connectors.file.ByteInput;
import dev.vitrine.connectors.file.DataFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Where a file can be cut so that no record is.
///
/// A line break may belong to a quoted value, so a cut is looked for under two assumptions, that
/// its place lies outside quotes and that it lies inside; the surroundings must bear out one of
/// them. Where they do not, the file is read from its start. A cut found wrong while reading is an
/// error there, and the file is not guessed at again.
final class Boundaries {
    private static final int WINDOW_BYTES = 1 << 16;
    private static final int ENOUGH_RECORDS = 4;

    private final DataFile file;
    private final Dialect dialect;
    private final int columns;

    Boundaries(DataFile file, Dialect dialect, int columns) {
        this.file = file;
        this.dialect = dialect;
        this.columns = columns;
    }

    /// Starts of records near each multiple of `targetBytes`, without 0; empty if one of them
    /// cannot be told from around it.
    OptionalCuts near(long targetBytes) throws IOException {
        List<Long> cuts = new ArrayList<>();
        for (long wanted = targetBytes; wanted < file.sizeBytes(); wanted += targetBytes) {
            if (!cuts.isEmpty() && wanted <= cuts.getLast()) {
                continue;
            }
            OptionalLong cut = near(wanted, file.sizeBytes());
            if (cut.isEmpty()) {
                return new OptionalCuts(false, List.of());
            }
            if (cut.getAsLong() < file.sizeBytes()) {
                cuts.add(cut.getAsLong());
            }
        }
        return new OptionalCuts(true, cuts);
    }

    record OptionalCuts(boolean certain, List<Long> cuts) {}

    /// The start of a record at or after `wanted`; the end of the file if there is none.
    private OptionalLong near(long wanted, long size) throws IOException {
        byte[] window = ByteInput.head(file, StandardCharsets.UTF_8, wanted - 1, WINDOW_BYTES);
        boolean last = wanted - 1 + window.length >= size;
        if (dialect.quote() == Dialect.NONE) {
            int line = lineBreak(window, 0);
            return line < 0
                    ? last ? OptionalLong.of(size) : OptionalLong.empty()
                    : OptionalLong.of(wanted + line);
        }
        OptionalInt outside = outside(window, last);
        OptionalInt inside = inside(window, last);
        if (outside.isPresent() && inside.isPresent()) {
            boolean same = outside.getAsInt() == inside.getAsInt();
            return same ? at(wanted, outside) : OptionalLong.empty();
        }
        return outside.isPresent()
                ? at(wanted, outside)
                : inside.isPresent() ? at(wanted, inside) : OptionalLong.empty();
    }

    private static OptionalLong at(long wanted, OptionalInt inWindow) {
        return OptionalLong.of(wanted - 1 + inWindow.getAsInt());
    }

    /// The first record's start if the window begins outside quotes, or empty if that does not fit
    /// what follows.
    private OptionalInt outside(byte[] window, boolean last) {
        int line = lineBreak(window, 0);
        return line < 0 ? OptionalInt.empty() : fitting(window, line + 1, last);
    }

    private OptionalInt inside(byte[] window, boolean last) {
        // The byte before the place wanted belongs to no side: it may be the opening quote itself.
        int close = 1;
        while (close < window.length) {
            if (window[close] == dialect.escape() && dialect.escape() != dialect.quote()) {
                close += 2;
            } else if (window[close] != dialect.quote()) {
                close++;
            } else if (close + 1 < window.length && window[close + 1] == dialect.quote()) {
                close += 2;
            } else {
                break;
            }
        }
        if (close + 1 >= window.length) {
            return OptionalInt.empty();
        }
        byte after = window[close + 1];
        if (after != dialect.separator() && after != '\n' && after != '\r') {
            return OptionalInt.empty();
        }
        // The rest of the record: it goes on as if a field had just ended.
        Tokenizer rest = new Tokenizer(dialect, columns, 1);
        int from = after == dialect.separator() ? close + 2 : close + 1;
        if (after == '\n' || after == '\r') {
            int line = lineBreak(window, close + 1);
            return line < 0 ? OptionalInt.empty() : fitting(window, line + 1, last);
        }
        rest.tokenize(window, from, window.length, last);
        return rest.rows() == 1 && !hasStrayQuote(window, rest, 0)
                ? fitting(window, rest.consumed(), last)
                : OptionalInt.empty();
    }

    /// `start`, if the records from it on have the right number of fields.
    private OptionalInt fitting(byte[] window, int start, boolean last) {
        Tokenizer records = new Tokenizer(dialect, columns, 512);
        records.tokenize(window, start, window.length, last);
        if (records.rows() == 0 && last && start >= window.length) {
            return OptionalInt.of(start);
        }
        int wrong = 0;
        for (int row = 0; row < records.rows(); row++) {
            wrong |= records.faults[row];
            wrong |= hasStrayQuote(window, records, row) ? 1 : 0;
        }
        boolean enough = records.rows() >= (last ? 1 : ENOUGH_RECORDS);
        return wrong == 0 && enough && columns > 1 ? OptionalInt.of(start) : OptionalInt.empty();
    }

    /// Whether a quote stands where none should: what a record looks like to one who takes its
    /// inside for its outside.
    private boolean hasStrayQuote(byte[] window, Tokenizer records, int row) {
        for (int field = 0; field < columns; field++) {
            int start = records.bounds[row * records.stride + field] + 1;
            int end = records.bounds[row * records.stride + field + 1];
            boolean quoted = start < end && window[start] == dialect.quote();
            if (quoted && (end - start < 2 || window[end - 1] != dialect.quote())) {
                return true;
            }
            for (int i = start; i < end && !quoted; i++) {
                if (window[i] == dialect.quote()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int lineBreak(byte[] window, int from) {
        for (int i = from; i < window.length; i++) {
            if (window[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /// As [#near], by reading all of the file.
    List<Long> exact(long targetBytes) throws IOException {
        List<Long> cuts = new ArrayList<>();
        Tokenizer records = new Tokenizer(dialect, Math.max(columns, 1), 1024);
        byte[] buffer = new byte[1 << 20];
        long offset = 0;
        int position = 0;
        int limit = 0;
        long wanted = targetBytes;
        try (ByteInput input = ByteInput.open(file, StandardCharsets.UTF_8, 0, Long.MAX_VALUE)) {
            boolean atEnd = false;
            while (!atEnd || position < limit) {
                records.tokenize(buffer, position, limit, atEnd);
                for (int row = 0; row < records.rows(); row++) {
                    long start = offset + records.recordStart(row);
                    if (start >= wanted) {
                        cuts.add(start);
                        wanted = start + targetBytes;
                    }
                }
                position = records.consumed();
                if (records.rows() > 0 && position < limit) {
                    continue;
                }
                if (atEnd) {
                    break;
                }
                System.arraycopy(buffer, position, buffer, 0, limit - position);
                offset += position;
                limit -= position;
                position = 0;
                if (limit == buffer.length) {
                    buffer = java.util.Arrays.copyOf(buffer, limit * 2);
                }
                int read = input.read(buffer, limit, buffer.length - limit);
                atEnd = read < 0;
                limit += Math.max(read, 0);
            }
        }
        return cuts;
    }
}
