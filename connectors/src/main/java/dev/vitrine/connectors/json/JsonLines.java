package dev.vitrine.connectors.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.vitrine.connectors.file.ByteInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Records of a JSON text one after the other: its lines, or the elements of its one array.
interface JsonLines extends JsonRecords.Place, AutoCloseable {
    /// Numbers keep their text until they are asked for; names are not interned across threads.
    JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
                    .build();

    /// A parser at the first token of the next record, or null at the end. A record that is no JSON
    /// is told by the parser.
    @Nullable JsonParser next() throws IOException;

    /// The record's text, where it is known.
    @Override
    String text();

    @Override
    void close() throws IOException;

    /// Lines from byte 0 of `input` on, of which the first begins at byte `offset` of its file.
    final class Lines implements JsonLines {
        private final ByteInput input;
        private byte[] buffer = new byte[1 << 18];
        private int position;
        private int limit;
        private int start;
        private int end;
        private boolean atEnd;
        private long offsetOfBuffer;

        Lines(ByteInput input, long offset) {
            this.input = input;
            this.offsetOfBuffer = offset;
        }

        @Override
        public @Nullable JsonParser next() throws IOException {
            while (line()) {
                if (!isBlank()) {
                    JsonParser parser = FACTORY.createParser(buffer, start, end - start);
                    parser.nextToken();
                    return parser;
                }
            }
            return null;
        }

        private boolean line() throws IOException {
            int at = position;
            while (true) {
                while (at < limit && buffer[at] != '\n') {
                    at++;
                }
                if (at < limit || (atEnd && position < limit)) {
                    start = position;
                    end = at;
                    position = Math.min(at + 1, limit);
                    return true;
                }
                if (atEnd) {
                    return false;
                }
                int kept = limit - position;
                at -= position;
                System.arraycopy(buffer, position, buffer, 0, kept);
                offsetOfBuffer += position;
                position = 0;
                limit = kept;
                if (limit == buffer.length) {
                    buffer = Arrays.copyOf(buffer, limit * 2);
                }
                int read = input.read(buffer, limit, buffer.length - limit);
                atEnd = read < 0;
                limit += Math.max(read, 0);
            }
        }

        private boolean isBlank() {
            if (start == 0 && offsetOfBuffer == 0 && end >= 3 && buffer[0] == (byte) 0xEF) {
                start = 3;
            }
            for (int i = start; i < end; i++) {
                if (buffer[i] > ' ' || buffer[i] < 0) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String text() {
            return new String(buffer, start, end - start, java.nio.charset.StandardCharsets.UTF_8);
        }

        @Override
        public long offset() {
            return offsetOfBuffer + start;
        }

        @Override
        public void close() throws IOException {
            input.close();
        }
    }

    /// The elements of one array, or one object.
    final class Elements implements JsonLines {
        private final JsonParser parser;
        private boolean begun;
        private boolean inArray;

        Elements(ByteInput input) throws IOException {
            this.parser = FACTORY.createParser(new Stream(input));
        }

        @Override
        public @Nullable JsonParser next() throws IOException {
            if (!begun) {
                begun = true;
                inArray = parser.nextToken() == JsonToken.START_ARRAY;
                if (!inArray) {
                    return parser.currentToken() == null ? null : parser;
                }
            }
            JsonToken token = parser.nextToken();
            if (inArray && token == JsonToken.END_ARRAY) {
                inArray = false;
                token = parser.nextToken();
                if (token == JsonToken.START_ARRAY) {
                    inArray = true;
                    return next();
                }
            }
            return token == null ? null : parser;
        }

        @Override
        public String text() {
            return "";
        }

        @Override
        public long offset() {
            return Math.max(0, parser.currentTokenLocation().getByteOffset());
        }

        @Override
        public void close() throws IOException {
            parser.close();
        }
    }

    /// Bytes as a stream.
    final class Stream extends InputStream {
        private final ByteInput input;

        Stream(ByteInput input) {
            this.input = input;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return input.read(target, offset, length);
        }

        @Override
        public void close() throws IOException {
            input.close();
        }
    }
}
