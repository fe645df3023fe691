package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Functions of JSON text.
final class JsonFunctions {
    private static final String G = "json";
    private static final ArgType S = ArgType.STRING;

    private JsonFunctions() {}

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>(looking());
        all.addAll(converting());
        return all;
    }

    private static List<FunctionEntry> looking() {
        return List.of(
                define(
                                G,
                                "get_json_object(json, path)",
                                "What a path such as $.a[0] leads to, as text.",
                                "get_json_object('{\"a\":\"b\"}', '$.a')",
                                "b")
                        .takes(S, S)
                        .returns(DataType.STRING)
                        .nullable()
                        .computedBy((a, s) ->
                                JsonPath.of((String) a[1])
                                        .flatMap(path ->
                                                JsonText.parse((String) a[0]).flatMap(path::find))
                                        .orElse(null)),
                define(
                                G,
                                "json_array_length(json)",
                                "Number of elements of a JSON array; NULL for what is none.",
                                "json_array_length('[1,2,3,4]')",
                                "4")
                        .takes(S)
                        .prepared(JsonFunctions::text)
                        .returns(DataType.INT)
                        .nullable()
                        .computedBy((a, s) ->
                                JsonText.parse((String) a[0])
                                        .filter(JsonNode::isArray)
                                        .map(JsonNode::size)
                                        .orElse(null)),
                define(
                                G,
                                "json_object_keys(json)",
                                "The names in a JSON object; NULL for what is none.",
                                "json_object_keys('{\"a\":1,\"b\":2}')",
                                "[\"a\",\"b\"]")
                        .takes(S)
                        .prepared(JsonFunctions::text)
                        .returns(new DataType.Array(DataType.STRING, true))
                        .nullable()
                        .computedBy((a, s) ->
                                JsonText.parse((String) a[0])
                                        .filter(JsonNode::isObject)
                                        .map(node -> {
                                            List<Object> names = new ArrayList<>();
                                            node.fieldNames().forEachRemaining(names::add);
                                            return names;
                                        })
                                        .orElse(null)),
                define(
                                G,
                                "schema_of_json(json[, options])",
                                "The schema that fits a constant JSON text.",
                                "schema_of_json('[{\"col\":0}]')",
                                "ARRAY<STRUCT<col: BIGINT>>")
                        .takes(S)
                        .maybe(ArgType.ANY)
                        .prepared(call -> FormatOptions.checked(constant(call), 1))
                        .returns(DataType.STRING)
                        .fails()
                        .computedBy((a, s) ->
                                JsonText.parse((String) a[0])
                                        .map(node -> known(inferred(node)).sql())
                                        .orElse("STRING")));
    }

    /// Checks that the first argument is a string: nothing is cast to JSON.
    private static FunctionCall text(FunctionCall call) {
        if (call.type(0) != DataType.STRING && call.type(0) != DataType.NULL) {
            throw call.unexpected(0, "STRING");
        }
        return call;
    }

    /// Checks that the first argument is a constant string.
    static FunctionCall constant(FunctionCall call) {
        Expr arg = call.constant(call.arg(0), "input");
        if (arg instanceof Expr.Literal literal && literal.isNull()) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__UNEXPECTED_NULL,
                    Map.of("exprName", "input", "sqlExpr", call.sql()),
                    call.where());
        }
        return call;
    }

    private static DataType inferred(JsonNode node) {
        if (node.isObject()) {
            Map<String, DataType> fields = new TreeMap<>();
            node.properties().forEach(e -> fields.put(e.getKey(), inferred(e.getValue())));
            return struct(fields);
        }
        if (node.isArray()) {
            DataType element = DataType.NULL;
            for (JsonNode item : node) {
                element = common(element, inferred(item));
            }
            return new DataType.Array(element, true);
        }
        if (node.isIntegralNumber()) {
            int digits = node.bigIntegerValue().abs().toString().length();
            boolean fits = node.bigIntegerValue().bitLength() < 64;
            return fits
                    ? DataType.BIGINT
                    : digits <= DataType.Decimal.MAX_PRECISION
                            ? new DataType.Decimal(digits, 0)
                            : DataType.DOUBLE;
        }
        return node.isNumber()
                ? DataType.DOUBLE
                : node.isBoolean()
                        ? DataType.BOOLEAN
                        : node.isNull() ? DataType.NULL : DataType.STRING;
    }

    private static DataType struct(Map<String, DataType> fields) {
        return new DataType.Struct(
                fields.entrySet().stream().map(e -> Field.of(e.getKey(), e.getValue())).toList());
    }

    /// The type of elements of two types: structs are merged, what does not agree is text.
    private static DataType common(DataType a, DataType b) {
        if (a == DataType.NULL || a.equals(b)) {
            return b;
        }
        if (b == DataType.NULL) {
            return a;
        }
        if (a instanceof DataType.Struct(var left) && b instanceof DataType.Struct(var right)) {
            Map<String, DataType> fields = new TreeMap<>();
            left.forEach(f -> fields.put(f.name(), f.type()));
            right.forEach(f -> fields.merge(f.name(), f.type(), JsonFunctions::common));
            return struct(fields);
        }
        if (a instanceof DataType.Array(var left, var n)
                && b instanceof DataType.Array(var right, var m)) {
            return new DataType.Array(common(left, right), true);
        }
        boolean numbers = a.isNumeric() && b.isNumeric();
        return numbers ? CommonTypes.of(a, b).orElse(DataType.DOUBLE) : DataType.STRING;
    }

    /// A type without NULLs: they become text.
    private static DataType known(DataType type) {
        return switch (type) {
            case DataType.Simple.NULL -> DataType.STRING;
            case DataType.Array(var element, var nulls) ->
                    new DataType.Array(known(element), nulls);
            case DataType.Struct(var fields) ->
                    new DataType.Struct(
                            fields.stream().map(f -> Field.of(f.name(), known(f.type()))).toList());
            default -> type;
        };
    }

    private static List<FunctionEntry> converting() {
        return List.of(
                define(
                                G,
                                "from_json(json, schema[, options])",
                                "JSON text as a value of a schema such as a INT, b STRING.",
                                "from_json('{\"a\":1, \"b\":0.8}', 'a INT, b DOUBLE')",
                                "{\"a\":1,\"b\":0.8}")
                        .takes(S, ArgType.ANY)
                        .maybe(ArgType.ANY)
                        .prepared(call -> FormatOptions.checked(call, 2))
                        .returns(JsonFunctions::readType)
                        .nullable()
                        .fails()
                        .computedBy(JsonFunctions::read),
                define(
                                G,
                                "to_json(value[, options])",
                                "A struct, an array or a map as JSON text.",
                                "to_json(named_struct('a', 1, 'b', 2))",
                                "{\"a\":1,\"b\":2}")
                        .takes(ArgType.ANY)
                        .maybe(ArgType.ANY)
                        .prepared(call -> {
                            if (!call.type(0).isNested()) {
                                throw call.unexpected(0, "STRUCT\", \"ARRAY\" or \"MAP");
                            }
                            return FormatOptions.checked(call, 1);
                        })
                        .returns(DataType.STRING)
                        .fails()
                        .computedBy((a, s) ->
                                JsonText.of(
                                        a[0],
                                        s.argTypes().getFirst(),
                                        FormatOptions.of(a, 1),
                                        s.zone())));
    }

    private static DataType readType(FunctionCall call) {
        DataType type = FormatOptions.schema(call, 1);
        if (!type.isNested()) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__INVALID_JSON_SCHEMA,
                    Map.of("schema", "\"" + type.sql() + "\""),
                    call.where());
        }
        return type;
    }

    private static @Nullable Object read(@Nullable Object[] a, CallSite site) {
        String text = (String) a[0];
        if (text.isBlank()) {
            return null;
        }
        FormatOptions options = FormatOptions.of(a, 2);
        JsonReading reading = new JsonReading(options, site.zone());
        Optional<JsonNode> node = JsonText.parse(text);
        Object value = node.isPresent() ? reading.root(node.get(), site.type()) : null;
        boolean sound = node.isPresent() && reading.isSound();
        if (!sound
                && options.get("mode", "PERMISSIVE").toUpperCase(Locale.ROOT).equals("FAILFAST")) {
            throw new EngineException(
                    ErrorCode.MALFORMED_RECORD_IN_PARSING__WITHOUT_SUGGESTION,
                    Map.of("badRecord", text));
        }
        if (!(site.type() instanceof DataType.Struct(var fields))) {
            return value;
        }
        if (value == null && node.map(JsonNode::isNull).orElse(false)) {
            return null;
        }
        return withRecord(value, fields, options, sound ? null : text);
    }

    /// The struct, all NULL where nothing could be read, with the text that was not sound in the
    /// column for it, where the schema has one.
    static Object withRecord(
            @Nullable Object value,
            List<Field> fields,
            FormatOptions options,
            @Nullable String corrupt) {
        String column = options.get("columnNameOfCorruptRecord", "_corrupt_record");
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            boolean record = fields.get(i).name().equals(column);
            row.add(record ? corrupt : value instanceof List<?> list ? list.get(i) : null);
        }
        return row;
    }
}
