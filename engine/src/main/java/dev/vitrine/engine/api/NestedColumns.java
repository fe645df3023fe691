package dev.vitrine.engine.api;

import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Schema;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Functions of maps, JSON, CSV and XML, functions that take functions, and those that make rows of
/// one. Users see them as [Functions].
abstract sealed class NestedColumns extends ArrayColumns permits AggregateColumns {
    NestedColumns() {}

    /// start merged with each element in turn; finish makes the result of it.
    public static Column aggregate(
            Column array, Column start, BiFunction<Column, Column, Column> merge) {
        return call("aggregate", array, start, lambda(merge));
    }

    public static Column aggregate(
            Column array,
            Column start,
            BiFunction<Column, Column, Column> merge,
            Function<Column, Column> finish) {
        return call("aggregate", array, start, lambda(merge), lambda(finish));
    }

    /// The elements in ascending order, NULLs last, or as the function compares them.
    public static Column array_sort(Column array) {
        return call("array_sort", array);
    }

    public static Column array_sort(Column array, BiFunction<Column, Column, Column> comparator) {
        return call("array_sort", array, lambda(comparator));
    }

    /// Whether the function holds for an element.
    public static Column exists(Column array, Function<Column, Column> function) {
        return call("exists", array, lambda(function));
    }

    /// A row for each element of an array or entry of a map.
    public static Column explode(Column collection) {
        return call("explode", collection);
    }

    /// A row for each element of an array or entry of a map. Where there is none, a row of NULLs.
    public static Column explode_outer(Column collection) {
        return call("explode_outer", collection);
    }

    /// The elements for which the function holds.
    public static Column filter(Column array, BiFunction<Column, Column, Column> function) {
        return call("filter", array, lambda(function));
    }

    public static Column filter(Column array, Function<Column, Column> function) {
        return call("filter", array, lambda(function));
    }

    /// Whether the function holds for all elements.
    public static Column forall(Column array, Function<Column, Column> function) {
        return call("forall", array, lambda(function));
    }

    /// A line of CSV as a struct of a schema such as a INT, b STRING.
    public static Column from_csv(Column csv, Column schema, Map<String, String> options) {
        return call("from_csv", csv, schema, options(options));
    }

    /// JSON text as a value of a schema such as a INT, b STRING.
    public static Column from_json(Column json, Column schema) {
        return call("from_json", json, schema);
    }

    public static Column from_json(Column json, DataType schema) {
        return call("from_json", json, lit(ddl(schema)));
    }

    public static Column from_json(Column json, Schema schema) {
        return call("from_json", json, lit(ddl(schema.toStruct())));
    }

    public static Column from_json(Column json, Column schema, Map<String, String> options) {
        return call("from_json", json, schema, options(options));
    }

    public static Column from_json(Column json, String schema, Map<String, String> options) {
        return call("from_json", json, lit(schema), options(options));
    }

    public static Column from_json(Column json, DataType schema, Map<String, String> options) {
        return call("from_json", json, lit(ddl(schema)), options(options));
    }

    public static Column from_json(Column json, Schema schema, Map<String, String> options) {
        return call("from_json", json, lit(ddl(schema.toStruct())), options(options));
    }

    /// What a path such as $.a[0] leads to, as text.
    public static Column get_json_object(Column json, String path) {
        return call("get_json_object", json, lit(path));
    }

    /// A row for each struct of an array, a column for each field.
    public static Column inline(Column structs) {
        return call("inline", structs);
    }

    /// A row for each struct of an array, a column for each field. Where there is none, a row of
    /// NULLs.
    public static Column inline_outer(Column structs) {
        return call("inline_outer", structs);
    }

    /// Number of elements of a JSON array; NULL for what is none.
    public static Column json_array_length(Column json) {
        return call("json_array_length", json);
    }

    /// The names in a JSON object; NULL for what is none.
    public static Column json_object_keys(Column json) {
        return call("json_object_keys", json);
    }

    /// The values of names in a JSON object, as text, each in a column.
    public static Column json_tuple(Column json, String... fields) {
        return call("json_tuple", with(json, literals(fields)));
    }

    /// The entries of all maps; no key may be in two of them.
    public static Column map_concat(Column... columns) {
        return call("map_concat", columns);
    }

    /// Whether the map has the key.
    public static Column map_contains_key(Column map, Object key) {
        return call("map_contains_key", map, lit(key));
    }

    /// The map's entries as structs of key and value.
    public static Column map_entries(Column map) {
        return call("map_entries", map);
    }

    /// The entries for which the function of key and value holds.
    public static Column map_filter(Column map, BiFunction<Column, Column, Column> function) {
        return call("map_filter", map, lambda(function));
    }

    /// A map of an array of keys and one of values.
    public static Column map_from_arrays(Column keys, Column values) {
        return call("map_from_arrays", keys, values);
    }

    /// A map of an array of structs of key and value.
    public static Column map_from_entries(Column entries) {
        return call("map_from_entries", entries);
    }

    /// The map's keys.
    public static Column map_keys(Column map) {
        return call("map_keys", map);
    }

    /// The map's values.
    public static Column map_values(Column map) {
        return call("map_values", map);
    }

    /// For each key of two maps, what the function gives for it and the values of both.
    public static Column map_zip_with(Column a, Column b, TernaryOperator function) {
        return call("map_zip_with", a, b, lambda(function));
    }

    /// As explode, with the element's position from 0.
    public static Column posexplode(Column collection) {
        return call("posexplode", collection);
    }

    /// As explode, with the element's position from 0. Where there is none, a row of NULLs.
    public static Column posexplode_outer(Column collection) {
        return call("posexplode_outer", collection);
    }

    /// start merged with each element in turn; finish makes the result of it.
    public static Column reduce(
            Column array, Column start, BiFunction<Column, Column, Column> merge) {
        return call("reduce", array, start, lambda(merge));
    }

    public static Column reduce(
            Column array,
            Column start,
            BiFunction<Column, Column, Column> merge,
            Function<Column, Column> finish) {
        return call("reduce", array, start, lambda(merge), lambda(finish));
    }

    /// The schema that fits a constant line of CSV.
    public static Column schema_of_csv(Column csv) {
        return call("schema_of_csv", csv);
    }

    public static Column schema_of_csv(String csv) {
        return call("schema_of_csv", lit(csv));
    }

    public static Column schema_of_csv(Column csv, Map<String, String> options) {
        return call("schema_of_csv", csv, options(options));
    }

    /// The schema that fits a constant JSON text.
    public static Column schema_of_json(Column json) {
        return call("schema_of_json", json);
    }

    public static Column schema_of_json(String json) {
        return call("schema_of_json", lit(json));
    }

    public static Column schema_of_json(Column json, Map<String, String> options) {
        return call("schema_of_json", json, options(options));
    }

    /// The arguments in n rows.
    public static Column stack(Column... columns) {
        return call("stack", columns);
    }

    /// A map of text such as a:1,b:2; separators are regular expressions.
    public static Column str_to_map(Column text) {
        return call("str_to_map", text);
    }

    public static Column str_to_map(Column text, Column pairSeparator) {
        return call("str_to_map", text, pairSeparator);
    }

    public static Column str_to_map(Column text, Column pairSeparator, Column keySeparator) {
        return call("str_to_map", text, pairSeparator, keySeparator);
    }

    /// A struct as a line of CSV.
    public static Column to_csv(Column struct) {
        return call("to_csv", struct);
    }

    public static Column to_csv(Column struct, Map<String, String> options) {
        return call("to_csv", struct, options(options));
    }

    /// A struct, an array or a map as JSON text.
    public static Column to_json(Column value) {
        return call("to_json", value);
    }

    public static Column to_json(Column value, Map<String, String> options) {
        return call("to_json", value, options(options));
    }

    /// What the function gives for each element, or for each element and its index from 0.
    public static Column transform(Column array, BiFunction<Column, Column, Column> function) {
        return call("transform", array, lambda(function));
    }

    public static Column transform(Column array, Function<Column, Column> function) {
        return call("transform", array, lambda(function));
    }

    /// The map with the keys that the function gives for key and value.
    public static Column transform_keys(Column map, BiFunction<Column, Column, Column> function) {
        return call("transform_keys", map, lambda(function));
    }

    /// The map with the values that the function gives for key and value.
    public static Column transform_values(Column map, BiFunction<Column, Column, Column> function) {
        return call("transform_values", map, lambda(function));
    }

    /// The texts that a path leads to.
    public static Column xpath(Column xml, Column path) {
        return call("xpath", xml, path);
    }

    /// Whether a path leads to something, or holds.
    public static Column xpath_boolean(Column xml, Column path) {
        return call("xpath_boolean", xml, path);
    }

    /// The number that a path computes; of a number type's zero where it is none.
    public static Column xpath_double(Column xml, Column path) {
        return call("xpath_double", xml, path);
    }

    /// The number that a path computes; of a number type's zero where it is none.
    public static Column xpath_float(Column xml, Column path) {
        return call("xpath_float", xml, path);
    }

    /// The number that a path computes; of a number type's zero where it is none.
    public static Column xpath_int(Column xml, Column path) {
        return call("xpath_int", xml, path);
    }

    /// The number that a path computes; of a number type's zero where it is none.
    public static Column xpath_long(Column xml, Column path) {
        return call("xpath_long", xml, path);
    }

    /// The number that a path computes; of a number type's zero where it is none.
    public static Column xpath_number(Column xml, Column path) {
        return call("xpath_number", xml, path);
    }

    /// The number that a path computes; of a number type's zero where it is none.
    public static Column xpath_short(Column xml, Column path) {
        return call("xpath_short", xml, path);
    }

    /// The text that a path leads to first.
    public static Column xpath_string(Column xml, Column path) {
        return call("xpath_string", xml, path);
    }

    /// What the function gives for the elements of two arrays at each index.
    public static Column zip_with(Column a, Column b, BiFunction<Column, Column, Column> function) {
        return call("zip_with", a, b, lambda(function));
    }
}
