package dev.vitrine.engine.catalog;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.vitrine.engine.types.Collation;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The catalog's records as JSON: components under their names, types in the form that Spark writes
/// into Parquet footers (`"integer"`, `{"type":"struct","fields":[…]}`).
final class CatalogJson {
    static final ObjectMapper MAPPER =
            new ObjectMapper()
                    .registerModule(new Jdk8Module())
                    .registerModule(
                            new SimpleModule()
                                    .addSerializer(DataType.class, new TypeWriter())
                                    .addDeserializer(DataType.class, new TypeReader()))
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final String COLLATED = "string collate ";
    private static final Pattern TIME = Pattern.compile("time\\(([0-6])\\)");
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");
    private static final Pattern INTERVAL = Pattern.compile("interval (\\w+)(?: to (\\w+))?");

    private CatalogJson() {}

    private static final class TypeWriter extends JsonSerializer<DataType> {
        @Override
        public void serialize(DataType type, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            write(type, json);
        }
    }

    private static void write(DataType type, JsonGenerator json) throws IOException {
        switch (type) {
            case DataType.Simple simple ->
                    json.writeString(
                            switch (simple) {
                                case TINYINT -> "byte";
                                case SMALLINT -> "short";
                                case INT -> "integer";
                                case BIGINT -> "long";
                                default -> simple.catalogString();
                            });
            case DataType.Collated c -> json.writeString(c.catalogString());
            case DataType.Time t -> json.writeString(t.catalogString());
            case DataType.Decimal d -> json.writeString(d.catalogString());
            case DataType.YearMonthInterval i -> json.writeString(i.catalogString());
            case DataType.DayTimeInterval i -> json.writeString(i.catalogString());
            case DataType.Array(var element, boolean nulls) -> {
                json.writeStartObject();
                json.writeStringField("type", "array");
                json.writeFieldName("elementType");
                write(element, json);
                json.writeBooleanField("containsNull", nulls);
                json.writeEndObject();
            }
            case DataType.MapOf(var key, var value, boolean nulls) -> {
                json.writeStartObject();
                json.writeStringField("type", "map");
                json.writeFieldName("keyType");
                write(key, json);
                json.writeFieldName("valueType");
                write(value, json);
                json.writeBooleanField("valueContainsNull", nulls);
                json.writeEndObject();
            }
            case DataType.Struct(var fields) -> {
                json.writeStartObject();
                json.writeStringField("type", "struct");
                json.writeArrayFieldStart("fields");
                for (Field field : fields) {
                    json.writeStartObject();
                    json.writeStringField("name", field.name());
                    json.writeFieldName("type");
                    write(field.type(), json);
                    json.writeBooleanField("nullable", field.nullable());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
        }
    }

    private static final class TypeReader extends JsonDeserializer<DataType> {
        @Override
        public DataType deserialize(JsonParser json, DeserializationContext context)
                throws IOException {
            return read(json.readValueAsTree(), json);
        }
    }

    private static DataType read(JsonNode node, JsonParser json) throws IOException {
        if (node.isTextual()) {
            return named(node.asText(), json);
        }
        return switch (node.path("type").asText()) {
            case "array" ->
                    new DataType.Array(
                            read(node.path("elementType"), json),
                            node.path("containsNull").asBoolean(true));
            case "map" ->
                    new DataType.MapOf(
                            read(node.path("keyType"), json),
                            read(node.path("valueType"), json),
                            node.path("valueContainsNull").asBoolean(true));
            case "struct" -> {
                List<Field> fields = new ArrayList<>();
                for (JsonNode field : node.path("fields")) {
                    fields.add(
                            new Field(
                                    field.path("name").asText(),
                                    read(field.path("type"), json),
                                    field.path("nullable").asBoolean(true)));
                }
                yield new DataType.Struct(fields);
            }
            default -> throw unknown(node.toString(), json);
        };
    }

    private static DataType named(String name, JsonParser json) throws IOException {
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            return new DataType.Decimal(
                    Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        Matcher interval = INTERVAL.matcher(name);
        if (interval.matches()) {
            String start = interval.group(1).toUpperCase(Locale.ROOT);
            String end =
                    interval.group(2) == null ? start : interval.group(2).toUpperCase(Locale.ROOT);
            return start.equals("YEAR") || start.equals("MONTH")
                    ? new DataType.YearMonthInterval(
                            DataType.YearMonthField.valueOf(start),
                            DataType.YearMonthField.valueOf(end))
                    : new DataType.DayTimeInterval(
                            DataType.DayTimeField.valueOf(start),
                            DataType.DayTimeField.valueOf(end));
        }
        if (name.startsWith(COLLATED)) {
            return Collation.of(name.substring(COLLATED.length()))
                    .map(DataType::text)
                    .orElseThrow(() -> unknown(name, json));
        }
        Matcher time = TIME.matcher(name);
        if (time.matches()) {
            return new DataType.Time(Integer.parseInt(time.group(1)));
        }
        return switch (name) {
            case "byte" -> DataType.TINYINT;
            case "short" -> DataType.SMALLINT;
            case "integer" -> DataType.INT;
            case "long" -> DataType.BIGINT;
            default -> {
                for (DataType.Simple simple : DataType.Simple.values()) {
                    if (simple.catalogString().equals(name)) {
                        yield simple;
                    }
                }
                throw unknown(name, json);
            }
        };
    }

    private static IOException unknown(String text, JsonParser json) {
        return InvalidFormatException.from(json, "no data type: " + text, text, DataType.class);
    }
}
