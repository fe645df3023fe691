package dev.vitrine.connectors.csv;

import dev.vitrine.connectors.file.FolderSink;
import dev.vitrine.connectors.file.PackedOutput;
import dev.vitrine.connectors.file.TextValues;
import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Schema;
import dev.vitrine.engine.types.Values;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// One CSV file being written: quoted where it must be, quotes doubled, NULL as an empty field,
/// empty text as `""`.
final class CsvPart implements FolderSink.PartFile {
    private final OutputStream out;
    private final Schema schema;
    private final CsvOptions options;
    private final byte separator;
    private final byte quote;
    private final byte escape;
    private final byte[] nullValue;
    private byte[] line = new byte[1024];
    private int length;

    CsvPart(Path file, Schema schema, CsvOptions options, PackedOutput packing) throws IOException {
        this.schema = schema;
        this.options = options;
        this.separator = options.separator().orElse((byte) ',');
        this.quote = options.quote();
        this.escape = options.escape().orElse(quote);
        this.nullValue = options.nullValue().getBytes(StandardCharsets.UTF_8);
        this.out = packing.open(file);
        if (options.header()) {
            for (int i = 0; i < schema.size(); i++) {
                separate(i);
                field(schema.field(i).name());
            }
            endLine();
        }
    }

    @Override
    public void write(Batch batch, int first, int end) throws IOException {
        for (int row = first; row < end; row++) {
            for (int column = 0; column < schema.size(); column++) {
                separate(column);
                Object value = batch.value(column, row);
                if (value == null) {
                    raw(nullValue);
                } else {
                    value(value, schema.field(column).type());
                }
            }
            endLine();
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void value(Object value, DataType type) {
        switch (type) {
            case DataType.Simple.DATE -> field(date((Integer) value));
            case DataType.Simple.TIMESTAMP -> field(timestamp((Long) value, true));
            case DataType.Simple.TIMESTAMP_NTZ -> field(timestamp((Long) value, false));
            case DataType.Simple.STRING -> field((String) value);
            default -> field(Values.toText(value, type, options.zone()));
        }
    }

    private String date(int days) {
        return options.dateFormat()
                .map(format -> format.format(LocalDate.ofEpochDay(days)))
                .orElseGet(() -> TextValues.date(days));
    }

    private String timestamp(long micros, boolean instant) {
        return options.timestampFormat()
                .map(format -> {
                    LocalDateTime utc =
                            LocalDateTime.of(1970, 1, 1, 0, 0).plus(micros, ChronoUnit.MICROS);
                    ZoneId zone = instant ? options.zone() : ZoneOffset.UTC;
                    return format.format(utc.atZone(ZoneOffset.UTC).withZoneSameInstant(zone));
                })
                .orElseGet(() -> TextValues.timestamp(micros, instant));
    }

    private void separate(int column) {
        if (column > 0) {
            put(separator);
        }
    }

    private void endLine() throws IOException {
        put((byte) '\n');
        out.write(line, 0, length);
        length = 0;
    }

    private void field(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (quote == Dialect.NONE || !needsQuotes(bytes)) {
            raw(bytes);
            return;
        }
        put(quote);
        for (byte b : bytes) {
            if (b == quote || (b == escape && escape != quote)) {
                put(escape);
            }
            put(b);
        }
        put(quote);
    }

    private boolean needsQuotes(byte[] text) {
        if (text.length == 0 || text.length == nullValue.length) {
            return text.length == 0 || java.util.Arrays.equals(text, nullValue);
        }
        boolean special = isBlank(text[0]) || isBlank(text[text.length - 1]);
        special |= text[0] == options.comment() && options.comment() != Dialect.NONE;
        for (byte b : text) {
            special |= b == separator || b == quote || b == '\n' || b == '\r';
        }
        return special;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private void raw(byte[] bytes) {
        ensure(bytes.length);
        System.arraycopy(bytes, 0, line, length, bytes.length);
        length += bytes.length;
    }

    private void put(byte b) {
        ensure(1);
        line[length++] = b;
    }

    private void ensure(int more) {
        if (line.length - length < more) {
            line = java.util.Arrays.copyOf(line, Math.max(length + more, line.length * 2));
        }
    }
}
