package dev.vitrine.engine.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Variant;
import dev.vitrine.engine.types.VariantBuilder;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON text read as a [Variant]. Numbers are whole where they are written so and fit 64 bits,
/// decimals where they have no exponent and fit 38 digits, else doubles.
final class VariantJson {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private final VariantBuilder builder = new VariantBuilder();
    private final JsonParser json;

    private VariantJson(JsonParser json) {
        this.json = json;
    }

    /// @throws EngineException MALFORMED_RECORD_IN_PARSING, VARIANT_DUPLICATE_KEY
    static Variant parse(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            VariantJson reader = new VariantJson(json);
            VariantBuilder.Encoded value = reader.value();
            if (json.nextToken() != null) {
                throw malformed(text, new JsonParseException(json, "text behind the value"));
            }
            return reader.builder.build(value);
        } catch (JsonProcessingException e) {
            throw malformed(text, e);
        } catch (IOException e) {
            throw EngineException.internal("a string cannot be read", e);
        }
    }

    private static EngineException malformed(String text, JsonProcessingException cause) {
        return new EngineException(
                ErrorCode.MALFORMED_RECORD_IN_PARSING__WITHOUT_SUGGESTION,
                Map.of("badRecord", text, "failFastMode", "FAILFAST"),
                null,
                cause);
    }

    private VariantBuilder.Encoded value() throws IOException {
        JsonToken token = json.currentToken();
        if (token == null) {
            throw new JsonParseException(json, "no value");
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> {
                List<VariantBuilder.Encoded> elements = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value());
                }
                yield builder.ofArray(elements);
            }
            case VALUE_STRING -> builder.of(json.getText());
            case VALUE_NUMBER_INT -> whole(json.getText());
            case VALUE_NUMBER_FLOAT -> fraction(json.getText());
            case VALUE_TRUE -> builder.of(true);
            case VALUE_FALSE -> builder.of(false);
            case VALUE_NULL -> builder.ofNull();
            default -> throw new JsonParseException(json, "no value");
        };
    }

    private VariantBuilder.Encoded object() throws IOException {
        Map<String, VariantBuilder.Encoded> fields = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (fields.put(name, value()) != null) {
                throw new EngineException(
                        ErrorCode.VARIANT_DUPLICATE_KEY, Map.of("key", "`" + name + "`"));
            }
        }
        return builder.ofObject(fields);
    }

    private VariantBuilder.Encoded whole(String digits) {
        try {
            return builder.of(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            return fraction(digits);
        }
    }

    private VariantBuilder.Encoded fraction(String text) {
        boolean exponent = text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
        if (!exponent) {
            BigDecimal number = new BigDecimal(text);
            if (number.precision() <= DataType.Decimal.MAX_PRECISION
                    && number.scale() <= DataType.Decimal.MAX_PRECISION) {
                return builder.of(number);
            }
        }
        return builder.of(Double.parseDouble(text));
    }
}
