package dev.vitrine.connectors.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vitrine.connectors.file.TextValues;
import dev.vitrine.engine.function.DateTimeText;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Values;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON values to and from values boxed as `DataType` says.
final class JsonValues {
    private static final DateTimeFormatter TIMES =
            DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd['T'][' '][HH:mm[:ss][.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S]][XXX][XX][X]");

    private final ZoneId zone;

    /// Whether a value since this was last set to false did not fit its type.
    boolean faulty;

    JsonValues(ZoneId zone) {
        this.zone = zone;
    }

    /// The value that begins at the parser's token; null, and [#faulty], where it is not of `type`.
    @Nullable Object read(JsonParser json, DataType type) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (type) {
            case DataType.Array(var element, var nulls) when token == JsonToken.START_ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    items.add(read(json, element));
                }
                yield items;
            }
            case DataType.Struct(var fields) when token == JsonToken.START_OBJECT ->
                    Arrays.asList(object(json, fields));
            case DataType.MapOf(var key, var value, var nulls)
                    when token == JsonToken.START_OBJECT -> {
                Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    entries.put(name, read(json, value));
                }
                yield entries;
            }
            case DataType.Simple.STRING -> token.isStructStart() ? text(json) : json.getText();
            default -> {
                if (token.isStructStart()) {
                    json.skipChildren();
                    yield fault();
                }
                yield scalar(json, token, type);
            }
        };
    }

    /// The members of the object at the parser's token, in the order of `fields`.
    @Nullable Object[] object(JsonParser json, List<Field> fields) throws IOException {
        @Nullable Object[] values = new @Nullable Object[fields.size()];
        int expected = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            int index = index(fields, name, expected);
            json.nextToken();
            if (index < 0) {
                json.skipChildren();
            } else {
                values[index] = read(json, fields.get(index).type());
                expected = index + 1;
            }
        }
        return values;
    }

    /// Members mostly come in the same order: the one expected is tried first.
    static int index(List<Field> fields, String name, int expected) {
        if (expected < fields.size() && fields.get(expected).name().equals(name)) {
            return expected;
        }
        int similar = -1;
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
            if (similar < 0 && fields.get(i).name().equalsIgnoreCase(name)) {
                similar = i;
            }
        }
        return similar;
    }

    private @Nullable Object scalar(JsonParser json, JsonToken token, DataType type)
            throws IOException {
        try {
            return switch (type) {
                case DataType.Simple.BOOLEAN ->
                        token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE
                                ? (Object) json.getBooleanValue()
                                : fault();
                case DataType.Simple.TINYINT -> (byte) whole(json, Byte.MIN_VALUE, Byte.MAX_VALUE);
                case DataType.Simple.SMALLINT ->
                        (short) whole(json, Short.MIN_VALUE, Short.MAX_VALUE);
                case DataType.Simple.INT -> (int) whole(json, Integer.MIN_VALUE, Integer.MAX_VALUE);
                case DataType.Simple.BIGINT -> whole(json, Long.MIN_VALUE, Long.MAX_VALUE);
                case DataType.Simple.FLOAT ->
                        token.isNumeric() ? json.getFloatValue() : Float.parseFloat(json.getText());
                case DataType.Simple.DOUBLE ->
                        token.isNumeric()
                                ? json.getDoubleValue()
                                : Double.parseDouble(json.getText());
                case DataType.Decimal d -> decimal(json, d);
                case DataType.Simple.DATE ->
                        Math.toIntExact(LocalDate.parse(json.getText().strip()).toEpochDay());
                case DataType.Simple.TIMESTAMP -> orFault(timestamp(json.getText(), zone, false));
                case DataType.Simple.TIMESTAMP_NTZ ->
                        orFault(timestamp(json.getText(), zone, true));
                case DataType.Time(int precision) ->
                        Values.cut(
                                DateTimeText.parseTime(json.getText())
                                        .orElseThrow(() -> new DateTimeException("no time")),
                                precision);
                case DataType.Simple.BINARY ->
                        Binary.copyOf(Base64.getDecoder().decode(json.getText()));
                default -> fault();
            };
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return fault();
        }
    }

    private static long whole(JsonParser json, long min, long max) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new ArithmeticException(json.getText());
        }
        long value = json.getLongValue();
        if (value < min || value > max) {
            throw new ArithmeticException(json.getText());
        }
        return value;
    }

    private @Nullable Object decimal(JsonParser json, DataType.Decimal type) throws IOException {
        BigDecimal value =
                new BigDecimal(json.getText()).setScale(type.scale(), RoundingMode.HALF_UP);
        return value.precision() > type.precision() ? fault() : value;
    }

    private @Nullable Object orFault(@Nullable Object value) {
        return value == null ? fault() : value;
    }

    private @Nullable Object fault() {
        faulty = true;
        return null;
    }

    /// Microseconds of an ISO timestamp, or null.
    static @Nullable Long timestamp(String text, ZoneId zone, boolean local) {
        try {
            TemporalAccessor parsed =
                    TIMES.parseBest(
                            text.strip(),
                            java.time.OffsetDateTime::from,
                            LocalDateTime::from,
                            LocalDate::from);
            LocalDateTime time =
                    switch (parsed) {
                        case java.time.OffsetDateTime o -> {
                            if (!local) {
                                yield LocalDateTime.ofInstant(o.toInstant(), ZoneOffset.UTC);
                            }
                            yield o.toLocalDateTime();
                        }
                        case LocalDate d -> d.atStartOfDay();
                        default -> LocalDateTime.from(parsed);
                    };
            boolean shifted = !local && !(parsed instanceof java.time.OffsetDateTime);
            Instant instant = time.atZone(shifted ? zone : ZoneOffset.UTC).toInstant();
            return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /// The JSON text of the object or array at the parser's token.
    private static String text(JsonParser json) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = JsonLines.FACTORY.createGenerator(text)) {
            copy.copyCurrentStructure(json);
        }
        return text.toString();
    }

    static void write(
            JsonGenerator json, @Nullable Object value, DataType type, boolean ignoreNulls)
            throws IOException {
        if (value == null) {
            json.writeNull();
            return;
        }
        switch (type) {
            case DataType.Simple.BOOLEAN -> json.writeBoolean((Boolean) value);
            case DataType.Simple.FLOAT ->
                    number(json, (Float) value, Float.isFinite((Float) value));
            case DataType.Simple.DOUBLE ->
                    number(json, (Double) value, Double.isFinite((Double) value));
            case DataType.Decimal d -> json.writeNumber((BigDecimal) value);
            case DataType.Simple.DATE -> json.writeString(TextValues.date((Integer) value));
            case DataType.Simple.TIMESTAMP ->
                    json.writeString(TextValues.timestamp((Long) value, true));
            case DataType.Simple.TIMESTAMP_NTZ ->
                    json.writeString(TextValues.timestamp((Long) value, false));
            case DataType.Simple.BINARY ->
                    json.writeString(
                            Base64.getEncoder().encodeToString(((Binary) value).toBytes()));
            case DataType.Array(var element, var nulls) -> {
                json.writeStartArray();
                for (Object item : (List<?>) value) {
                    write(json, item, element, ignoreNulls);
                }
                json.writeEndArray();
            }
            case DataType.MapOf(var key, var inner, var nulls) -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    json.writeFieldName(Values.toText(entry.getKey(), key, ZoneOffset.UTC));
                    write(json, entry.getValue(), inner, ignoreNulls);
                }
                json.writeEndObject();
            }
            case DataType.Struct(var fields) -> {
                List<?> members = (List<?>) value;
                json.writeStartObject();
                for (int i = 0; i < fields.size(); i++) {
                    member(json, fields.get(i), members.get(i), ignoreNulls);
                }
                json.writeEndObject();
            }
            default -> {
                if (type.isIntegral()) {
                    json.writeNumber(((Number) value).longValue());
                } else {
                    json.writeString(Values.toText(value, type, ZoneOffset.UTC));
                }
            }
        }
    }

    static void member(JsonGenerator json, Field field, @Nullable Object value, boolean ignoreNulls)
            throws IOException {
        if (value != null || !ignoreNulls) {
            json.writeFieldName(field.name());
            write(json, value, field.type(), ignoreNulls);
        }
    }

    /// JSON has no numbers for NaN and the infinities: they are written as text, which is read back
    /// as numbers.
    private static void number(JsonGenerator json, Number value, boolean finite)
            throws IOException {
        if (finite) {
            json.writeNumber(value.toString());
        } else {
            json.writeString(value.toString());
        }
    }
}
