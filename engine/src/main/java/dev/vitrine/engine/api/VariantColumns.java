package dev.vitrine.engine.api;

/// VARIANTs, collations, Java methods. Users see them as [Functions].
abstract sealed class VariantColumns extends SketchColumns permits ClockColumns {
    VariantColumns() {}

    /// JSON text as a VARIANT.
    public static Column parse_json(Column json) {
        return call("parse_json", json);
    }

    /// parse_json with NULL instead of an error.
    public static Column try_parse_json(Column json) {
        return call("try_parse_json", json);
    }

    /// What a path such as $.a[0] leads to, as a type or a VARIANT.
    public static Column variant_get(Column v, Column path) {
        return call("variant_get", v, path);
    }

    public static Column variant_get(Column v, Column path, Column type) {
        return call("variant_get", v, path, type);
    }

    /// variant_get with NULL for what cannot be cast.
    public static Column try_variant_get(Column v, Column path) {
        return call("try_variant_get", v, path);
    }

    public static Column try_variant_get(Column v, Column path, Column type) {
        return call("try_variant_get", v, path, type);
    }

    /// Whether v is the null of JSON.
    public static Column is_variant_null(Column v) {
        return call("is_variant_null", v);
    }

    /// Whether the bytes of v are those of a VARIANT.
    public static Column is_valid_variant(Column v) {
        return call("is_valid_variant", v);
    }

    /// The type that describes v.
    public static Column schema_of_variant(Column v) {
        return call("schema_of_variant", v);
    }

    /// The type that describes all values.
    public static Column schema_of_variant_agg(Column v) {
        return call("schema_of_variant_agg", v);
    }

    /// A struct, map or array as a VARIANT of objects.
    public static Column to_variant_object(Column x) {
        return call("to_variant_object", x);
    }

    /// Text with a collation.
    public static Column collate(Column text, String collation) {
        return call("collate", text, lit(collation));
    }

    /// The name of a text's collation.
    public static Column collation(Column text) {
        return call("collation", text);
    }

    /// What a static Java method gives, as text: its class, its name and its arguments.
    public static Column reflect(Column... args) {
        return call("reflect", args);
    }

    /// The same.
    public static Column java_method(Column... args) {
        return call("java_method", args);
    }

    /// The same, NULL for what the method throws.
    public static Column try_reflect(Column... args) {
        return call("try_reflect", args);
    }
}
