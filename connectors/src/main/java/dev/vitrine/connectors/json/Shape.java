package dev.vitrine.connectors.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What all values seen at one place have in common; members in the order they first appear.
final class Shape {
    private final JsonOptions options;
    private Kind kind = Kind.NOTHING;
    private boolean timestamps = true;
    private final Map<String, Shape> members = new LinkedHashMap<>();
    private @Nullable Shape element;

    private enum Kind {
        NOTHING,
        BOOLEAN,
        LONG,
        DOUBLE,
        TEXT,
        LIST,
        OBJECT,
        /// Values that have nothing in common are read as their text.
        MIXED
    }

    Shape(JsonOptions options) {
        this.options = options;
    }

    /// Takes note of the value that begins at the parser's token.
    void see(JsonParser json) throws IOException {
        switch (json.currentToken()) {
            case VALUE_NULL -> {}
            case VALUE_TRUE, VALUE_FALSE -> primitive(Kind.BOOLEAN);
            case VALUE_NUMBER_INT -> {
                boolean fits = json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
                primitive(fits ? Kind.LONG : Kind.DOUBLE);
            }
            case VALUE_NUMBER_FLOAT -> primitive(Kind.DOUBLE);
            case START_ARRAY -> {
                merge(Kind.LIST);
                Shape inner = element == null ? new Shape(options) : element;
                element = inner;
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    inner.see(json);
                }
            }
            case START_OBJECT -> {
                merge(Kind.OBJECT);
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    members.computeIfAbsent(name, n -> new Shape(options)).see(json);
                }
            }
            default -> {
                timestamps =
                        timestamps
                                && options.inferTimestamp()
                                && JsonValues.timestamp(json.getText(), options.zone(), false)
                                        != null;
                merge(Kind.TEXT);
            }
        }
    }

    private void primitive(Kind seen) {
        timestamps = false;
        merge(options.primitivesAsString() ? Kind.TEXT : seen);
    }

    private void merge(Kind seen) {
        if (kind == Kind.NOTHING || kind == seen) {
            kind = seen;
        } else if ((kind == Kind.LONG && seen == Kind.DOUBLE)
                || (kind == Kind.DOUBLE && seen == Kind.LONG)) {
            kind = Kind.DOUBLE;
        } else {
            kind = Kind.MIXED;
        }
    }

    List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        members.forEach((name, shape) -> fields.add(Field.of(name, shape.type())));
        return fields;
    }

    DataType type() {
        return switch (kind) {
            case BOOLEAN -> DataType.BOOLEAN;
            case LONG -> DataType.BIGINT;
            case DOUBLE -> DataType.DOUBLE;
            case LIST ->
                    new DataType.Array(element == null ? DataType.STRING : element.type(), true);
            case OBJECT -> members.isEmpty() ? DataType.STRING : new DataType.Struct(fields());
            case TEXT ->
                    timestamps && options.inferTimestamp() ? DataType.TIMESTAMP : DataType.STRING;
            case NOTHING, MIXED -> DataType.STRING;
        };
    }
}
