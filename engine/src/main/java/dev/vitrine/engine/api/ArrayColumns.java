package dev.vitrine.engine.api;

/// Functions of arrays, and structs made of columns. Users see them as [Functions].
abstract sealed class ArrayColumns extends IntervalColumns permits NestedColumns {
    ArrayColumns() {}

    /// An array of the arguments.
    public static Column array(Column... columns) {
        return call("array", columns);
    }

    public static Column array(String a, String... more) {
        return call("array", with(col(a), names(more)));
    }

    /// The array with the value behind it.
    public static Column array_append(Column array, Object value) {
        return call("array_append", array, lit(value));
    }

    /// The array without its NULLs.
    public static Column array_compact(Column array) {
        return call("array_compact", array);
    }

    /// Whether the array holds the value.
    public static Column array_contains(Column array, Object value) {
        return call("array_contains", array, lit(value));
    }

    /// The elements without repetitions.
    public static Column array_distinct(Column array) {
        return call("array_distinct", array);
    }

    /// The elements of the first array that the second does not hold, without repetitions.
    public static Column array_except(Column a, Column b) {
        return call("array_except", a, b);
    }

    /// The array with the value put in at a position from 1, or from -1 at the end.
    public static Column array_insert(Column array, Column pos, Column value) {
        return call("array_insert", array, pos, value);
    }

    /// The elements that both arrays hold, without repetitions.
    public static Column array_intersect(Column a, Column b) {
        return call("array_intersect", a, b);
    }

    /// The elements as text with a separator between them.
    public static Column array_join(Column array, String separator) {
        return call("array_join", array, lit(separator));
    }

    public static Column array_join(Column array, String separator, String forNull) {
        return call("array_join", array, lit(separator), lit(forNull));
    }

    /// Largest element that is not NULL.
    public static Column array_max(Column array) {
        return call("array_max", array);
    }

    /// Smallest element that is not NULL.
    public static Column array_min(Column array) {
        return call("array_min", array);
    }

    /// Index from 1 of the value's first occurrence, or 0.
    public static Column array_position(Column array, Object value) {
        return call("array_position", array, lit(value));
    }

    /// The array with the value before it.
    public static Column array_prepend(Column array, Object value) {
        return call("array_prepend", array, lit(value));
    }

    /// The array without the elements that equal the value.
    public static Column array_remove(Column array, Object value) {
        return call("array_remove", array, lit(value));
    }

    /// An array of the value count times over.
    public static Column array_repeat(Column value, Column count) {
        return call("array_repeat", value, count);
    }

    public static Column array_repeat(Column value, int count) {
        return call("array_repeat", value, lit(count));
    }

    /// Number of elements of an array.
    public static Column array_size(Column array) {
        return call("array_size", array);
    }

    /// The elements of both arrays without repetitions.
    public static Column array_union(Column a, Column b) {
        return call("array_union", a, b);
    }

    /// Whether the arrays share an element that is not NULL.
    public static Column arrays_overlap(Column a, Column b) {
        return call("arrays_overlap", a, b);
    }

    /// An array of structs: the n-th holds the n-th elements of all arrays.
    public static Column arrays_zip(Column... columns) {
        return call("arrays_zip", columns);
    }

    /// Number of elements of an array or map.
    public static Column cardinality(Column x) {
        return call("cardinality", x);
    }

    /// The element of an array at an index from 1, or the value of a map's key.
    public static Column element_at(Column x, Object index) {
        return call("element_at", x, lit(index));
    }

    /// An array of arrays as one array.
    public static Column flatten(Column arrays) {
        return call("flatten", arrays);
    }

    /// The element of an array at an index from 0; NULL outside.
    public static Column get(Column array, Column index) {
        return call("get", array, index);
    }

    /// A map of keys and values in turn.
    public static Column map(Column... columns) {
        return call("map", columns);
    }

    /// A struct of names and values in turn.
    public static Column named_struct(Column... columns) {
        return call("named_struct", columns);
    }

    /// Numbers, dates or times from start to stop, both included.
    public static Column sequence(Column start, Column stop) {
        return call("sequence", start, stop);
    }

    public static Column sequence(Column start, Column stop, Column step) {
        return call("sequence", start, stop, step);
    }

    /// The elements in a random order.
    public static Column shuffle(Column array) {
        return call("shuffle", array);
    }

    public static Column shuffle(Column array, Column seed) {
        return call("shuffle", array, seed);
    }

    /// Number of elements of an array or map.
    public static Column size(Column x) {
        return call("size", x);
    }

    /// A part of an array; a negative start counts from the end.
    public static Column slice(Column array, Column start, Column length) {
        return call("slice", array, start, length);
    }

    public static Column slice(Column array, int start, int length) {
        return call("slice", array, lit(start), lit(length));
    }

    /// The elements in order, NULLs first where ascending.
    public static Column sort_array(Column array) {
        return call("sort_array", array);
    }

    public static Column sort_array(Column array, boolean ascending) {
        return call("sort_array", array, lit(ascending));
    }

    /// A struct of the arguments, whose names become the fields'.
    public static Column struct(Column... columns) {
        return call("struct", columns);
    }

    public static Column struct(String a, String... more) {
        return call("struct", with(col(a), names(more)));
    }

    /// As element_at, with NULL for an index outside.
    public static Column try_element_at(Column x, Column index) {
        return call("try_element_at", x, index);
    }
}
