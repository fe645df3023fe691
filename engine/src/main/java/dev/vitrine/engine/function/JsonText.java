package dev.vitrine.engine.function;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Values;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// JSON text read as trees, and values written as JSON.
final class JsonText {
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            com.fasterxml.jackson.core.JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxStringLength(Integer.MAX_VALUE)
                                                    .build())
                                    .build())
                    .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                    .build();

    private JsonText() {}

    /// The tree of a text, or empty where it is no JSON or blank.
    static Optional<JsonNode> parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    static String print(JsonNode node) {
        return node.isTextual() ? quoted(node.textValue()) : node.toString();
    }

    private static String quoted(String text) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            json.writeString(text);
        } catch (IOException e) {
            throw EngineException.internal("a string cannot be written", e);
        }
        return out.toString();
    }

    /// A struct, array or map as JSON.
    static String of(Object value, DataType type, FormatOptions options, ZoneId zone) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            if (options.isOn("pretty", false)) {
                json.setPrettyPrinter(new DefaultPrettyPrinter());
            }
            new Writing(json, options, zone, options.isOn("ignoreNullFields", true))
                    .write(value, type);
        } catch (IOException e) {
            throw EngineException.internal("a value cannot be written as JSON", e);
        }
        return out.toString();
    }

    private record Writing(
            JsonGenerator json, FormatOptions options, ZoneId zone, boolean skipsNulls) {
        void write(@Nullable Object value, DataType type) throws IOException {
            if (value == null) {
                json.writeNull();
                return;
            }
            switch (type) {
                case DataType.Simple.VARIANT ->
                        json.writeRawValue(Values.toText(value, type, zone));
                case DataType.Array(var element, var nulls) -> {
                    json.writeStartArray();
                    for (Object item : (List<?>) value) {
                        write(item, element);
                    }
                    json.writeEndArray();
                }
                case DataType.MapOf(var key, var val, var nulls) -> {
                    json.writeStartObject();
                    for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                        json.writeFieldName(CastText.of(entry.getKey(), key, zone));
                        write(entry.getValue(), val);
                    }
                    json.writeEndObject();
                }
                case DataType.Struct(var fields) -> {
                    json.writeStartObject();
                    Iterator<?> items = ((List<?>) value).iterator();
                    for (Field field : fields) {
                        Object item = items.next();
                        if (item != null || !skipsNulls) {
                            json.writeFieldName(field.name());
                            write(item, field.type());
                        }
                    }
                    json.writeEndObject();
                }
                default -> writeOne(value, type);
            }
        }

        private void writeOne(Object value, DataType type) throws IOException {
            switch (value) {
                case Boolean b -> json.writeBoolean(b);
                case BigDecimal d -> json.writeNumber(d.toPlainString());
                case Double d when !Double.isFinite(d) -> json.writeString(d.toString());
                case Float f when !Float.isFinite(f) -> json.writeString(f.toString());
                case Double d -> json.writeRawValue(d.toString());
                case Float f -> json.writeRawValue(f.toString());
                case Binary b -> json.writeString(Base64.getEncoder().encodeToString(b.toBytes()));
                case Number n when type.isNumeric() -> json.writeNumber(n.longValue());
                default -> json.writeString(options.written(value, type, zone));
            }
        }
    }
}
