package dev.vitrine.engine.api;

/// Sketches and bitmaps. Users see them as [Functions].
abstract sealed class SketchColumns extends WindowColumns permits VariantColumns {
    SketchColumns() {}

    /// The bits that are set in all of the bitmaps.
    public static Column bitmap_and_agg(Column bitmap) {
        return call("bitmap_and_agg", bitmap);
    }

    /// A bitmap with the bits of all positions set.
    public static Column bitmap_construct_agg(Column position) {
        return call("bitmap_construct_agg", position);
    }

    /// The bits that are set in any of the bitmaps.
    public static Column bitmap_or_agg(Column bitmap) {
        return call("bitmap_or_agg", bitmap);
    }

    /// A sketch of how often each value occurs.
    ///
    /// @param epsilon how far an estimate may be off, as a part of the number of values
    /// @param confidence how likely it is no further off, between 0 and 1
    public static Column count_min_sketch(
            Column x, Column epsilon, Column confidence, Column seed) {
        return call("count_min_sketch", x, epsilon, confidence, seed);
    }

    /// A HyperLogLog sketch of the values that are not NULL.
    public static Column hll_sketch_agg(Column x) {
        return call("hll_sketch_agg", x);
    }

    public static Column hll_sketch_agg(Column x, Column lgConfigK) {
        return call("hll_sketch_agg", x, lgConfigK);
    }

    /// How many different values a HyperLogLog sketch has counted.
    public static Column hll_sketch_estimate(Column sketch) {
        return call("hll_sketch_estimate", sketch);
    }

    /// The HyperLogLog sketch of all that two have counted.
    public static Column hll_union(Column a, Column b) {
        return call("hll_union", a, b);
    }

    public static Column hll_union(Column a, Column b, Column allowDifferentLgConfigK) {
        return call("hll_union", a, b, allowDifferentLgConfigK);
    }

    /// The HyperLogLog sketch of all that sketches have counted.
    public static Column hll_union_agg(Column sketch) {
        return call("hll_union_agg", sketch);
    }

    public static Column hll_union_agg(Column sketch, Column allowDifferentLgConfigK) {
        return call("hll_union_agg", sketch, allowDifferentLgConfigK);
    }

    /// The KLL sketch of all numbers in sketches.
    public static Column kll_merge_agg_bigint(Column sketch) {
        return call("kll_merge_agg_bigint", sketch);
    }

    public static Column kll_merge_agg_bigint(Column sketch, Column k) {
        return call("kll_merge_agg_bigint", sketch, k);
    }

    /// The KLL sketch of all numbers in sketches.
    public static Column kll_merge_agg_double(Column sketch) {
        return call("kll_merge_agg_double", sketch);
    }

    public static Column kll_merge_agg_double(Column sketch, Column k) {
        return call("kll_merge_agg_double", sketch, k);
    }

    /// The KLL sketch of all numbers in sketches.
    public static Column kll_merge_agg_float(Column sketch) {
        return call("kll_merge_agg_float", sketch);
    }

    public static Column kll_merge_agg_float(Column sketch, Column k) {
        return call("kll_merge_agg_float", sketch, k);
    }

    /// A KLL sketch of the numbers that are not NULL.
    public static Column kll_sketch_agg_bigint(Column x) {
        return call("kll_sketch_agg_bigint", x);
    }

    public static Column kll_sketch_agg_bigint(Column x, Column k) {
        return call("kll_sketch_agg_bigint", x, k);
    }

    /// A KLL sketch of the numbers that are not NULL.
    public static Column kll_sketch_agg_double(Column x) {
        return call("kll_sketch_agg_double", x);
    }

    public static Column kll_sketch_agg_double(Column x, Column k) {
        return call("kll_sketch_agg_double", x, k);
    }

    /// A KLL sketch of the numbers that are not NULL.
    public static Column kll_sketch_agg_float(Column x) {
        return call("kll_sketch_agg_float", x);
    }

    public static Column kll_sketch_agg_float(Column x, Column k) {
        return call("kll_sketch_agg_float", x, k);
    }

    /// How many numbers a KLL sketch has seen.
    public static Column kll_sketch_get_n_bigint(Column sketch) {
        return call("kll_sketch_get_n_bigint", sketch);
    }

    /// How many numbers a KLL sketch has seen.
    public static Column kll_sketch_get_n_double(Column sketch) {
        return call("kll_sketch_get_n_double", sketch);
    }

    /// How many numbers a KLL sketch has seen.
    public static Column kll_sketch_get_n_float(Column sketch) {
        return call("kll_sketch_get_n_float", sketch);
    }

    /// The number below which a share of all lies, or an array of them.
    public static Column kll_sketch_get_quantile_bigint(Column sketch, Column rank) {
        return call("kll_sketch_get_quantile_bigint", sketch, rank);
    }

    /// The number below which a share of all lies, or an array of them.
    public static Column kll_sketch_get_quantile_double(Column sketch, Column rank) {
        return call("kll_sketch_get_quantile_double", sketch, rank);
    }

    /// The number below which a share of all lies, or an array of them.
    public static Column kll_sketch_get_quantile_float(Column sketch, Column rank) {
        return call("kll_sketch_get_quantile_float", sketch, rank);
    }

    /// The share of all numbers up to a number, or an array of them.
    public static Column kll_sketch_get_rank_bigint(Column sketch, Column number) {
        return call("kll_sketch_get_rank_bigint", sketch, number);
    }

    /// The share of all numbers up to a number, or an array of them.
    public static Column kll_sketch_get_rank_double(Column sketch, Column number) {
        return call("kll_sketch_get_rank_double", sketch, number);
    }

    /// The share of all numbers up to a number, or an array of them.
    public static Column kll_sketch_get_rank_float(Column sketch, Column number) {
        return call("kll_sketch_get_rank_float", sketch, number);
    }

    /// The KLL sketch of the numbers in two.
    public static Column kll_sketch_merge_bigint(Column a, Column b) {
        return call("kll_sketch_merge_bigint", a, b);
    }

    /// The KLL sketch of the numbers in two.
    public static Column kll_sketch_merge_double(Column a, Column b) {
        return call("kll_sketch_merge_double", a, b);
    }

    /// The KLL sketch of the numbers in two.
    public static Column kll_sketch_merge_float(Column a, Column b) {
        return call("kll_sketch_merge_float", a, b);
    }

    /// A description of a KLL sketch.
    public static Column kll_sketch_to_string_bigint(Column sketch) {
        return call("kll_sketch_to_string_bigint", sketch);
    }

    /// A description of a KLL sketch.
    public static Column kll_sketch_to_string_double(Column sketch) {
        return call("kll_sketch_to_string_double", sketch);
    }

    /// A description of a KLL sketch.
    public static Column kll_sketch_to_string_float(Column sketch) {
        return call("kll_sketch_to_string_float", sketch);
    }

    /// The Theta sketch of what a has counted and b has not.
    public static Column theta_difference(Column a, Column b) {
        return call("theta_difference", a, b);
    }

    /// The Theta sketch of what both have counted.
    public static Column theta_intersection(Column a, Column b) {
        return call("theta_intersection", a, b);
    }

    /// The Theta sketch of what all of the sketches have counted.
    public static Column theta_intersection_agg(Column sketch) {
        return call("theta_intersection_agg", sketch);
    }

    /// A Theta sketch of the values that are not NULL.
    public static Column theta_sketch_agg(Column x) {
        return call("theta_sketch_agg", x);
    }

    public static Column theta_sketch_agg(Column x, Column lgNomEntries) {
        return call("theta_sketch_agg", x, lgNomEntries);
    }

    /// How many different values a Theta sketch has counted.
    public static Column theta_sketch_estimate(Column sketch) {
        return call("theta_sketch_estimate", sketch);
    }

    /// The Theta sketch of what either of two has counted.
    public static Column theta_union(Column a, Column b) {
        return call("theta_union", a, b);
    }

    public static Column theta_union(Column a, Column b, Column lgNomEntries) {
        return call("theta_union", a, b, lgNomEntries);
    }

    /// The Theta sketch of what any of the sketches has counted.
    public static Column theta_union_agg(Column sketch) {
        return call("theta_union_agg", sketch);
    }

    public static Column theta_union_agg(Column sketch, Column lgNomEntries) {
        return call("theta_union_agg", sketch, lgNomEntries);
    }
}
