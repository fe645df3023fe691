package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Variant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Functions of VARIANTs.
final class VariantFunctions {
    private static final String G = "variant";
    private static final ArgType VARIANT = new ArgType.Exact(DataType.VARIANT);

    private VariantFunctions() {}

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>();
        all.add(parsing("parse_json", "JSON text as a VARIANT.", false));
        all.add(parsing("try_parse_json", "parse_json with NULL instead of an error.", true));
        all.add(
                getting(
                        "variant_get",
                        "What a path such as $.a[0] leads to, as a type or a VARIANT.",
                        false));
        all.add(getting("try_variant_get", "variant_get with NULL for what cannot be cast.", true));
        all.add(
                define(
                                G,
                                "is_variant_null(v)",
                                "Whether v is the null of JSON.",
                                "is_variant_null(parse_json('null'))",
                                "true")
                        .takes(VARIANT)
                        .returns(DataType.BOOLEAN)
                        .seesNulls(ScalarDefinition.Nullability.NEVER)
                        .computedBy((a, s) ->
                                a[0] instanceof Variant v && v.kind() == Variant.Kind.NULL));
        all.add(
                define(
                                G,
                                "is_valid_variant(v)",
                                "Whether the bytes of v are those of a VARIANT.",
                                "is_valid_variant(parse_json('[1]'))",
                                "true")
                        .takes(VARIANT)
                        .returns(DataType.BOOLEAN)
                        .computedBy((a, s) -> isValid(variant(a[0]))));
        all.add(
                define(
                                G,
                                "schema_of_variant(v)",
                                "The type that describes v.",
                                "schema_of_variant(parse_json('{\"a\":[1]}'))",
                                "OBJECT<a: ARRAY<BIGINT>>")
                        .takes(VARIANT)
                        .returns(DataType.STRING)
                        .computedBy((a, s) -> VariantSchema.text(VariantSchema.of(variant(a[0])))));
        all.add(
                define(
                                G,
                                "to_variant_object(x)",
                                "A struct, map or array as a VARIANT of objects.",
                                "to_variant_object(named_struct('a', 1))",
                                "{\"a\":1}")
                        .takes(ArgType.ANY)
                        .prepared(VariantFunctions::nested)
                        .returns(DataType.VARIANT)
                        .computedBy((a, s) ->
                                VariantCasts.write(
                                        Objects.requireNonNull(a[0]), s.argTypes().getFirst())));
        all.add(
                AggregateFunctions.entry(
                        "schema_of_variant_agg(v)",
                        "The type that describes all values.",
                        VariantFunctions::schemaOfAll));
        for (boolean outer : new boolean[] {false, true}) {
            all.add(
                    GeneratorFunctions.entry(
                                    "variant_explode" + (outer ? "_outer" : "") + "(v)",
                                    "A row for each element of an array or field of an object"
                                            + (outer ? "; one of NULLs where there is none." : "."),
                                    outer,
                                    VariantFunctions::exploded,
                                    (args, columns) -> members(args[0]))
                            .withParameters(GeneratorFunctions.parameter("input")));
        }
        return all;
    }

    private static boolean isValid(Variant variant) {
        try {
            VariantSchema.of(variant);
            return true;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    private static Variant variant(@Nullable Object value) {
        return (Variant) Objects.requireNonNull(value);
    }

    private static FunctionEntry parsing(String name, String doc, boolean tries) {
        return define(G, name + "(json)", doc, name + "('{\"a\":[1, 2.50]}')", "{\"a\":[1,2.5]}")
                .takes(ArgType.STRING)
                .returns(DataType.VARIANT)
                .nullable()
                .failsWhere(site -> !tries)
                .computedBy((a, s) -> {
                    try {
                        return VariantJson.parse((String) a[0]);
                    } catch (EngineException e) {
                        if (tries) {
                            return null;
                        }
                        throw e;
                    }
                });
    }

    private static FunctionEntry getting(String name, String doc, boolean tries) {
        FunctionEntry finding =
                define(
                                G,
                                name + "(v, path[, type])",
                                doc,
                                name + "(parse_json('{\"a\":[1]}'), '$.a[0]', 'int')",
                                "1")
                        .takes(VARIANT, ArgType.STRING)
                        .returns(DataType.VARIANT)
                        .nullable()
                        .fails()
                        .computedBy((a, s) -> find(a, name));
        return new FunctionEntry(
                finding.name(),
                List.of(),
                FunctionKind.SCALAR,
                G,
                finding.signature(),
                doc,
                finding.example(),
                finding.result(),
                call -> got(finding, call, tries));
    }

    private static Expr got(FunctionEntry finding, FunctionCall call, boolean tries) {
        call.arity(2, 3);
        Expr path = call.as(1, ArgType.STRING);
        if (path instanceof Expr.Literal(String text, var t) && VariantPath.of(text).isEmpty()) {
            throw invalidPath(text, finding.name());
        }
        Expr found = finding.resolver().resolve(call.withArgs(call.args().subList(0, 2)));
        if (call.size() < 3) {
            return found;
        }
        Expr given = call.constant(call.as(2, ArgType.STRING), "type");
        Object name = ExprEvaluator.constant(given, call.zone());
        if (name == null) {
            throw call.invalidParameter("type", "NULL", "the name of a type");
        }
        DataType type = call.lambdas().parseType(name.toString());
        if (!VariantCasts.canRead(type)) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__CAST_WITHOUT_SUGGESTION,
                    Map.of(
                            "sqlExpr",
                            call.sql(),
                            "srcType",
                            "\"VARIANT\"",
                            "targetType",
                            "\"" + type.sql() + "\""),
                    call.where());
        }
        return new Expr.Cast(found, type, tries ? EvalMode.TRY : EvalMode.ANSI);
    }

    private static @Nullable Object find(@Nullable Object[] args, String name) {
        String text = (String) Objects.requireNonNull(args[1]);
        return VariantPath.of(text)
                .orElseThrow(() -> invalidPath(text, name))
                .find(variant(args[0]))
                .orElse(null);
    }

    private static EngineException invalidPath(String path, String function) {
        return new EngineException(
                ErrorCode.INVALID_VARIANT_GET_PATH,
                Map.of("path", "'" + path + "'", "functionName", "`" + function + "`"));
    }

    private static FunctionCall nested(FunctionCall call) {
        if (!call.type(0).isNested()) {
            throw call.unexpected(0, "STRUCT\" or \"MAP\" or \"ARRAY");
        }
        return call;
    }

    private static Expr schemaOfAll(FunctionCall call) {
        Expr value = call.arity(1, 1).as(0, VARIANT);
        return AggregateFunctions.call(
                new BoxedAggregate(
                        "schema_of_variant_agg",
                        site -> List.of(new DataType.Array(DataType.VARIANT, true)),
                        site -> new ValueList(1, columns -> schema(columns.getFirst()))),
                List.of(value),
                DataType.STRING,
                call);
    }

    private static String schema(List<@Nullable Object> values) {
        DataType type = DataType.NULL;
        for (Object value : values) {
            if (value instanceof Variant v) {
                type = VariantSchema.merged(type, VariantSchema.of(v));
            }
        }
        return VariantSchema.text(type);
    }

    private static Expr.GeneratorCall exploded(FunctionCall call) {
        call.arity(1, 1);
        return new Expr.GeneratorCall(
                GeneratorFunctions.UNNAMED,
                List.of(call.as(0, VARIANT)),
                List.of(
                        new Field("pos", DataType.INT, false),
                        new Field("key", DataType.STRING, true),
                        new Field("value", DataType.VARIANT, false)));
    }

    private static List<List<@Nullable Object>> members(@Nullable Object value) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        if (value instanceof Variant v
                && (v.kind() == Variant.Kind.ARRAY || v.kind() == Variant.Kind.OBJECT)) {
            for (int i = 0; i < v.size(); i++) {
                @Nullable Object key = v.kind() == Variant.Kind.OBJECT ? v.key(i) : null;
                rows.add(Arrays.asList(i, key, v.element(i)));
            }
        }
        return rows;
    }
}
