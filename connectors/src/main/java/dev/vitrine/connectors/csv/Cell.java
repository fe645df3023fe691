package dev.vitrine.connectors.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One field's text without its quotes, escapes and, where asked for, blanks. Reused; used by one
/// thread.
final class Cell {
    private final byte quote;
    private final byte escape;
    private final boolean trimLeading;
    private final boolean trimTrailing;
    private final byte[] nullValue;
    private final byte[] emptyValue;
    private byte[] scratch = new byte[256];

    byte[] text = scratch;
    int from;
    int to;
    boolean isNull;

    Cell(Dialect dialect, CsvOptions options) {
        this.quote = dialect.quote();
        this.escape = dialect.escape();
        this.trimLeading = options.trimLeading();
        this.trimTrailing = options.trimTrailing();
        this.nullValue = options.nullValue().getBytes(StandardCharsets.UTF_8);
        this.emptyValue = options.emptyValue().getBytes(StandardCharsets.UTF_8);
    }

    /// Whether an unquoted field that is not empty is its own text.
    boolean isPlain() {
        return nullValue.length == 0 && !trimLeading && !trimTrailing;
    }

    byte quote() {
        return quote;
    }

    void set(byte[] buffer, int start, int end) {
        text = buffer;
        from = start;
        to = end;
        isNull = end <= start;
        if (isNull) {
            return;
        }
        if (trimLeading) {
            trimStart();
        }
        if (trimTrailing) {
            trimEnd();
        }
        boolean quoted = from < to && text[from] == quote && quote != Dialect.NONE && unquote();
        if (quoted && from == to) {
            text = emptyValue;
            from = 0;
            to = emptyValue.length;
        }
        isNull =
                nullValue.length == 0
                        ? from == to && !quoted
                        : Arrays.equals(text, from, to, nullValue, 0, nullValue.length);
    }

    /// As [#set], without any blanks around: for numbers, dates and the like.
    void setTrimmed(byte[] buffer, int start, int end) {
        set(buffer, start, end);
        if (!isNull) {
            trimStart();
            trimEnd();
            isNull = from == to;
        }
    }

    String string() {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    private void trimStart() {
        while (from < to && (text[from] == ' ' || text[from] == '\t')) {
            from++;
        }
    }

    private void trimEnd() {
        while (to > from && (text[to - 1] == ' ' || text[to - 1] == '\t')) {
            to--;
        }
    }

    /// Takes the quotes off; false, and nothing done, where text follows the closing quote: then
    /// all of it is the value.
    private boolean unquote() {
        int length = to - from;
        if (scratch.length < length) {
            scratch = new byte[Math.max(length, scratch.length * 2)];
        }
        int size = 0;
        int at = from + 1;
        while (at < to) {
            byte c = text[at];
            boolean more = at + 1 < to;
            if (c == escape
                    && escape != quote
                    && more
                    && (text[at + 1] == quote || text[at + 1] == escape)) {
                scratch[size++] = text[at + 1];
                at += 2;
            } else if (c != quote) {
                scratch[size++] = c;
                at++;
            } else if (more && text[at + 1] == quote) {
                scratch[size++] = quote;
                at += 2;
            } else {
                break;
            }
        }
        for (int rest = at + 1; rest < to; rest++) {
            if (text[rest] != ' ' && text[rest] != '\t') {
                return false;
            }
        }
        text = scratch;
        from = 0;
        to = size;
        return true;
    }
}
