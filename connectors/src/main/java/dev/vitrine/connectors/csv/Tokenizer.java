package dev.vitrine.connectors.csv;

import dev.vitrine.connectors.file.EightBytes;

/// Finds records and fields in a buffer, eight bytes at a time.
///
/// Field `f` of record `r` is `buffer[bounds[r * stride + f] + 1]` up to, without, `bounds[r *
/// stride + f + 1]`; a field that a record lacks has length -1. Quotes are still around it. Empty
/// lines and comments are left out.
final class Tokenizer {
    static final byte TOO_FEW = 1;
    static final byte TOO_MANY = 2;

    private static final long NEWLINES = EightBytes.EACH * '\n';

    private final long separators;
    private final long quotes;
    private final long escapes;
    private final byte separator;
    private final byte quote;
    private final byte escape;
    private final byte comment;
    private final boolean trimmed;
    private final int columns;
    final int stride;
    final int[] bounds;
    final int[] recordEnds;
    final byte[] faults;
    private final int maxRows;

    private int rows;
    private int consumed;
    private boolean inQuotes;

    /// @param columns fields that a record should have
    /// @param maxRows records found at most by one call
    Tokenizer(Dialect dialect, int columns, int maxRows) {
        this.separator = dialect.separator();
        this.quote = dialect.quote();
        this.escape = dialect.escape();
        this.comment = dialect.comment();
        this.trimmed = dialect.trimmed();
        this.separators = EightBytes.EACH * (separator & 0xFF);
        this.quotes = EightBytes.EACH * (quote & 0xFF);
        this.escapes = EightBytes.EACH * (escape & 0xFF);
        this.columns = columns;
        this.stride = columns + 1;
        this.maxRows = maxRows;
        this.bounds = new int[maxRows * stride];
        this.recordEnds = new int[maxRows];
        this.faults = new byte[maxRows];
    }

    /// Records found by the last [#tokenize].
    int rows() {
        return rows;
    }

    /// Where the first record begins that the last [#tokenize] did not find whole.
    int consumed() {
        return consumed;
    }

    /// Whether the last buffer ended inside a quoted field.
    boolean endsInQuotes() {
        return inQuotes;
    }

    int recordStart(int row) {
        return bounds[row * stride] + 1;
    }

    /// Removes the records whose fault is not 0.
    void removeFaulty() {
        int kept = 0;
        for (int row = 0; row < rows; row++) {
            if (faults[row] == 0) {
                System.arraycopy(bounds, row * stride, bounds, kept * stride, stride);
                recordEnds[kept] = recordEnds[row];
                faults[kept] = 0;
                kept++;
            }
        }
        rows = kept;
    }

    /// Finds records in `buffer` from `from` to `limit`, where a record begins at `from`.
    ///
    /// @param last whether the text ends at `limit`, so that a record may end there without a line
    ///   break
    void tokenize(byte[] buffer, int from, int limit, boolean last) {
        rows = 0;
        inQuotes = false;
        int start = skip(buffer, from, limit, last);
        consumed = Math.min(start, limit);
        while (start < limit && rows < maxRows) {
            int next = record(buffer, start, limit, last);
            if (next < 0) {
                return;
            }
            start = next;
            if (start < limit && isSkippable(buffer[start])) {
                start = skip(buffer, start, limit, last);
            }
            consumed = Math.min(start, limit);
        }
    }

    private boolean isSkippable(byte first) {
        return first == '\n' || first == '\r' || (first == comment && comment != Dialect.NONE);
    }

    /// The start of the next record that is neither empty nor a comment.
    private int skip(byte[] buffer, int from, int limit, boolean last) {
        int at = from;
        while (at < limit && isSkippable(buffer[at])) {
            int end = at;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            boolean blank = buffer[at] == '\n' || (buffer[at] == '\r' && end == at + 1);
            boolean skipped = blank || (buffer[at] == comment && comment != Dialect.NONE);
            if (end == limit && !last) {
                // Not known yet whether a line break follows.
                return at;
            }
            if (!skipped && !(buffer[at] == '\r' && end == limit && end == at + 1)) {
                return at;
            }
            at = Math.min(end + 1, limit);
        }
        return at;
    }

    /// Finds the bounds of the record at `start`; the start of the next one, or -1 if it is not
    /// whole.
    private int record(byte[] buffer, int start, int limit, boolean last) {
        int[] found = bounds;
        int width = stride;
        int base = rows * width;
        long separating = separators;
        long quoting = quote == Dialect.NONE ? NEWLINES : quotes;
        byte separatorByte = separator;
        found[base] = start - 1;
        int field = 0;
        int at = start;
        while (at < limit) {
            long word = at + 8 <= buffer.length ? EightBytes.at(buffer, at) : tail(buffer, at);
            long hits =
                    EightBytes.equal(word, separating)
                            | EightBytes.equal(word, NEWLINES)
                            | EightBytes.equal(word, quoting);
            if (limit - at < 8) {
                hits &= (1L << ((limit - at) << 3)) - 1;
            }
            int resume = at + 8;
            while (hits != 0) {
                int hit = at + EightBytes.before(hits);
                hits &= hits - 1;
                byte sign = buffer[hit];
                if (sign == separatorByte) {
                    field++;
                    if (field < width) {
                        found[base + field] = hit;
                    }
                } else if (sign == '\n') {
                    finish(buffer, base, field, start, hit);
                    return hit + 1;
                } else if (opensField(buffer, base, field, hit)) {
                    int close = closingQuote(buffer, hit + 1, limit, last);
                    if (close < 0) {
                        return unclosed(base, field + 1, limit, last);
                    }
                    resume = close + 1;
                    break;
                }
            }
            at = resume;
        }
        if (!last) {
            return -1;
        }
        finish(buffer, base, field, start, limit);
        return limit;
    }

    /// Whether the quote at `hit` is a field's first sign.
    private boolean opensField(byte[] buffer, int base, int field, int hit) {
        if (field >= stride) {
            // Beyond the fields wanted their bounds are not kept: the sign before tells.
            return buffer[hit - 1] == separator;
        }
        int start = bounds[base + field] + 1;
        return hit == start || (trimmed && isBlank(buffer, start, hit));
    }

    private void finish(byte[] buffer, int base, int field, int start, int lineEnd) {
        int end = lineEnd > start && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        if (field > 0 || !isBlank(buffer, start, end)) {
            end(base, field + 1, end);
        }
    }

    private int unclosed(int base, int fields, int limit, boolean last) {
        inQuotes = true;
        if (!last) {
            return -1;
        }
        end(base, fields, limit);
        faults[rows - 1] = TOO_FEW;
        return limit;
    }

    private static boolean isBlank(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to && (buffer[at] == ' ' || buffer[at] == '\t')) {
            at++;
        }
        return at == to;
    }

    private void end(int base, int fields, int end) {
        if (fields <= columns) {
            bounds[base + fields] = end;
            for (int f = fields + 1; f < stride; f++) {
                bounds[base + f] = bounds[base + f - 1];
            }
            // The field after the last must have length -1, not begin behind its end.
            faults[rows] = fields == columns ? 0 : TOO_FEW;
        } else {
            faults[rows] = TOO_MANY;
        }
        recordEnds[rows] = end;
        rows++;
    }

    /// The quote that ends a value begun before `from`, or -1.
    private int closingQuote(byte[] buffer, int from, int limit, boolean last) {
        int at = from;
        while (at < limit) {
            int found = find(buffer, at, limit);
            if (found < 0) {
                return -1;
            }
            if (buffer[found] != quote) {
                at = found + 2;
            } else if (found + 1 < limit && buffer[found + 1] == quote) {
                at = found + 2;
            } else if (found + 1 == limit && !last) {
                return -1;
            } else {
                return found;
            }
        }
        return -1;
    }

    /// The next quote or escape, or -1.
    private int find(byte[] buffer, int from, int limit) {
        for (int at = from; at < limit; at += 8) {
            long word = at + 8 <= buffer.length ? EightBytes.at(buffer, at) : tail(buffer, at);
            long hits = EightBytes.equal(word, quotes) | EightBytes.equal(word, escapes);
            if (hits != 0) {
                int found = at + EightBytes.before(hits);
                return found < limit ? found : -1;
            }
        }
        return -1;
    }

    private static long tail(byte[] buffer, int at) {
        long word = 0;
        for (int i = buffer.length - 1; i >= at; i--) {
            word = word << 8 | (buffer[i] & 0xFF);
        }
        return word;
    }
}
