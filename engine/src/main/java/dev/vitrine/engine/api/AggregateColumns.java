package dev.vitrine.engine.api;

/// Aggregates. Users see them as [Functions].
abstract sealed class AggregateColumns extends NestedColumns permits WindowColumns {
    AggregateColumns() {}

    /// Whether the condition holds for some row.
    public static Column any(Column condition) {
        return call("any", condition);
    }

    /// The value of some row.
    public static Column any_value(Column x) {
        return call("any_value", x);
    }

    public static Column any_value(Column x, Column ignoreNulls) {
        return call("any_value", x, ignoreNulls);
    }

    /// Number of different values, estimated within a few percent.
    public static Column approxCountDistinct(Column x) {
        return call("approx_count_distinct", x);
    }

    public static Column approxCountDistinct(String x) {
        return call("approx_count_distinct", col(x));
    }

    public static Column approxCountDistinct(Column x, double relativeSD) {
        return call("approx_count_distinct", x, lit(relativeSD));
    }

    public static Column approxCountDistinct(String x, double relativeSD) {
        return call("approx_count_distinct", col(x), lit(relativeSD));
    }

    /// Number of different values, estimated within a few percent.
    public static Column approx_count_distinct(Column x) {
        return call("approx_count_distinct", x);
    }

    public static Column approx_count_distinct(String x) {
        return call("approx_count_distinct", col(x));
    }

    public static Column approx_count_distinct(Column x, double relativeSD) {
        return call("approx_count_distinct", x, lit(relativeSD));
    }

    public static Column approx_count_distinct(String x, double relativeSD) {
        return call("approx_count_distinct", col(x), lit(relativeSD));
    }

    /// The smallest value that is not below the given share of the values. Always exact here.
    public static Column approx_percentile(Column x, Column percentage, Column accuracy) {
        return call("approx_percentile", x, percentage, accuracy);
    }

    /// An array of the values that are not NULL.
    public static Column array_agg(Column x) {
        return call("array_agg", x);
    }

    /// Mean of the values that are not NULL.
    public static Column avg(Column x) {
        return call("avg", x);
    }

    public static Column avg(String x) {
        return call("avg", col(x));
    }

    /// Bits that are set in all values.
    public static Column bit_and(Column x) {
        return call("bit_and", x);
    }

    /// Bits that are set in some value.
    public static Column bit_or(Column x) {
        return call("bit_or", x);
    }

    /// Bits that are set in an odd number of values.
    public static Column bit_xor(Column x) {
        return call("bit_xor", x);
    }

    /// Whether the condition holds for all rows.
    public static Column bool_and(Column condition) {
        return call("bool_and", condition);
    }

    /// Whether the condition holds for some row.
    public static Column bool_or(Column condition) {
        return call("bool_or", condition);
    }

    /// An array of the values that are not NULL.
    public static Column collect_list(Column x) {
        return call("collect_list", x);
    }

    public static Column collect_list(String x) {
        return call("collect_list", col(x));
    }

    /// An array of the different values that are not NULL.
    public static Column collect_set(Column x) {
        return call("collect_set", x);
    }

    public static Column collect_set(String x) {
        return call("collect_set", col(x));
    }

    /// Pearson's correlation; NULL for one pair.
    public static Column corr(Column x, Column y) {
        return call("corr", x, y);
    }

    public static Column corr(String x, String y) {
        return call("corr", col(x), col(y));
    }

    /// Number of rows, or of rows whose arguments are not NULL.
    public static Column count(Column value) {
        return call("count", value);
    }

    public static Column count(String value) {
        return call("count", col(value));
    }

    /// Number of rows, or of rows whose arguments are not NULL.
    public static Column countDistinct(Column value, Column... more) {
        return distinct("count", with(value, more));
    }

    public static Column countDistinct(String value, String... more) {
        return distinct("count", with(col(value), names(more)));
    }

    /// Number of rows, or of rows whose arguments are not NULL.
    public static Column count_distinct(Column value, Column... more) {
        return distinct("count", with(value, more));
    }

    /// Number of rows for which the condition holds.
    public static Column count_if(Column condition) {
        return call("count_if", condition);
    }

    /// Population covariance.
    public static Column covar_pop(Column x, Column y) {
        return call("covar_pop", x, y);
    }

    public static Column covar_pop(String x, String y) {
        return call("covar_pop", col(x), col(y));
    }

    /// Sample covariance; NULL for one pair.
    public static Column covar_samp(Column x, Column y) {
        return call("covar_samp", x, y);
    }

    public static Column covar_samp(String x, String y) {
        return call("covar_samp", col(x), col(y));
    }

    /// Whether the condition holds for all rows.
    public static Column every(Column condition) {
        return call("every", condition);
    }

    /// The value of the first row, or the first that is not NULL.
    public static Column first(Column x) {
        return call("first", x);
    }

    public static Column first(String x) {
        return call("first", col(x));
    }

    public static Column first(Column x, boolean ignoreNulls) {
        return call("first", x, lit(ignoreNulls));
    }

    public static Column first(String x, boolean ignoreNulls) {
        return call("first", col(x), lit(ignoreNulls));
    }

    /// The value of the first row, or the first that is not NULL.
    public static Column first_value(Column x) {
        return call("first_value", x);
    }

    public static Column first_value(Column x, Column ignoreNulls) {
        return call("first_value", x, ignoreNulls);
    }

    /// 1 where x is not grouped by in the row's grouping set, else 0.
    public static Column grouping(Column x) {
        return call("grouping", x);
    }

    public static Column grouping(String x) {
        return call("grouping", col(x));
    }

    /// The bits of grouping for all that is grouped by, the first the highest.
    public static Column grouping_id(Column... columns) {
        return call("grouping_id", columns);
    }

    public static Column grouping_id(String x, String... more) {
        return call("grouping_id", with(col(x), names(more)));
    }

    /// At most so many centres and counts that stand for all values.
    public static Column histogram_numeric(Column x, Column bins) {
        return call("histogram_numeric", x, bins);
    }

    /// Excess kurtosis; NULL where all values are equal.
    public static Column kurtosis(Column x) {
        return call("kurtosis", x);
    }

    public static Column kurtosis(String x) {
        return call("kurtosis", col(x));
    }

    /// The value of the last row, or the last that is not NULL.
    public static Column last(Column x) {
        return call("last", x);
    }

    public static Column last(String x) {
        return call("last", col(x));
    }

    public static Column last(Column x, boolean ignoreNulls) {
        return call("last", x, lit(ignoreNulls));
    }

    public static Column last(String x, boolean ignoreNulls) {
        return call("last", col(x), lit(ignoreNulls));
    }

    /// The value of the last row, or the last that is not NULL.
    public static Column last_value(Column x) {
        return call("last_value", x);
    }

    public static Column last_value(Column x, Column ignoreNulls) {
        return call("last_value", x, ignoreNulls);
    }

    /// The values that are not NULL, one after another, as one text.
    public static Column listagg(Column value) {
        return call("listagg", value);
    }

    public static Column listagg(Column value, Column value2) {
        return call("listagg", value, value2);
    }

    /// The values that are not NULL, one after another, as one text.
    public static Column listagg_distinct(Column value) {
        return distinct("listagg", value);
    }

    public static Column listagg_distinct(Column value, Column value2) {
        return distinct("listagg", value, value2);
    }

    /// Largest value.
    public static Column max(Column x) {
        return call("max", x);
    }

    public static Column max(String x) {
        return call("max", col(x));
    }

    /// The x of the row with the largest y.
    public static Column max_by(Column x, Column y) {
        return call("max_by", x, y);
    }

    /// Mean of the values that are not NULL.
    public static Column mean(Column x) {
        return call("mean", x);
    }

    public static Column mean(String x) {
        return call("mean", col(x));
    }

    /// The middle value, or the mean of the two in the middle.
    public static Column median(Column x) {
        return call("median", x);
    }

    /// Smallest value.
    public static Column min(Column x) {
        return call("min", x);
    }

    public static Column min(String x) {
        return call("min", col(x));
    }

    /// The x of the row with the smallest y.
    public static Column min_by(Column x, Column y) {
        return call("min_by", x, y);
    }

    /// The most frequent value; the smallest of several, or with mode() WITHIN GROUP (ORDER BY x)
    /// the first of them.
    public static Column mode(Column x) {
        return call("mode", x);
    }

    public static Column mode(Column x, boolean deterministic) {
        return call("mode", x, lit(deterministic));
    }

    /// The value at a share of the order, interpolated; for an array of shares an array.
    public static Column percentile(Column x, Column percentage) {
        return call("percentile", x, percentage);
    }

    public static Column percentile(Column x, Column percentage, Column frequency) {
        return call("percentile", x, percentage, frequency);
    }

    /// The smallest value that is not below the given share of the values. Always exact here.
    public static Column percentile_approx(Column x, Column percentage, Column accuracy) {
        return call("percentile_approx", x, percentage, accuracy);
    }

    /// Mean of x where y is not NULL.
    public static Column regr_avgx(Column y, Column x) {
        return call("regr_avgx", y, x);
    }

    /// Mean of y where x is not NULL.
    public static Column regr_avgy(Column y, Column x) {
        return call("regr_avgy", y, x);
    }

    /// Number of pairs of which neither is NULL.
    public static Column regr_count(Column y, Column x) {
        return call("regr_count", y, x);
    }

    /// Where the line through the points meets the y axis.
    public static Column regr_intercept(Column y, Column x) {
        return call("regr_intercept", y, x);
    }

    /// Coefficient of determination of the line through the points.
    public static Column regr_r2(Column y, Column x) {
        return call("regr_r2", y, x);
    }

    /// Slope of the line through the points; NULL where all x are equal.
    public static Column regr_slope(Column y, Column x) {
        return call("regr_slope", y, x);
    }

    /// Sum of squares of x around its mean.
    public static Column regr_sxx(Column y, Column x) {
        return call("regr_sxx", y, x);
    }

    /// Sum of products around the means.
    public static Column regr_sxy(Column y, Column x) {
        return call("regr_sxy", y, x);
    }

    /// Sum of squares of y around its mean.
    public static Column regr_syy(Column y, Column x) {
        return call("regr_syy", y, x);
    }

    /// Skewness; NULL where all values are equal.
    public static Column skewness(Column x) {
        return call("skewness", x);
    }

    public static Column skewness(String x) {
        return call("skewness", col(x));
    }

    /// Whether the condition holds for some row.
    public static Column some(Column condition) {
        return call("some", condition);
    }

    /// Sample standard deviation; NULL for one value.
    public static Column std(Column x) {
        return call("std", x);
    }

    /// Sample standard deviation; NULL for one value.
    public static Column stddev(Column x) {
        return call("stddev", x);
    }

    public static Column stddev(String x) {
        return call("stddev", col(x));
    }

    /// Population standard deviation.
    public static Column stddev_pop(Column x) {
        return call("stddev_pop", x);
    }

    public static Column stddev_pop(String x) {
        return call("stddev_pop", col(x));
    }

    /// Sample standard deviation; NULL for one value.
    public static Column stddev_samp(Column x) {
        return call("stddev_samp", x);
    }

    public static Column stddev_samp(String x) {
        return call("stddev_samp", col(x));
    }

    /// The values that are not NULL, one after another, as one text.
    public static Column string_agg(Column value) {
        return call("string_agg", value);
    }

    public static Column string_agg(Column value, Column value2) {
        return call("string_agg", value, value2);
    }

    /// The values that are not NULL, one after another, as one text.
    public static Column string_agg_distinct(Column value) {
        return distinct("string_agg", value);
    }

    public static Column string_agg_distinct(Column value, Column value2) {
        return distinct("string_agg", value, value2);
    }

    /// Sum of the values that are not NULL.
    public static Column sum(Column x) {
        return call("sum", x);
    }

    public static Column sum(String x) {
        return call("sum", col(x));
    }

    /// Sum of the values that are not NULL.
    public static Column sumDistinct(Column x) {
        return distinct("sum", x);
    }

    public static Column sumDistinct(String x) {
        return distinct("sum", col(x));
    }

    /// Sum of the values that are not NULL.
    public static Column sum_distinct(Column x) {
        return distinct("sum", x);
    }

    /// avg with NULL instead of an overflow error.
    public static Column try_avg(Column x) {
        return call("try_avg", x);
    }

    /// sum with NULL instead of an overflow error.
    public static Column try_sum(Column x) {
        return call("try_sum", x);
    }

    /// Population variance.
    public static Column var_pop(Column x) {
        return call("var_pop", x);
    }

    public static Column var_pop(String x) {
        return call("var_pop", col(x));
    }

    /// Sample variance; NULL for one value.
    public static Column var_samp(Column x) {
        return call("var_samp", x);
    }

    public static Column var_samp(String x) {
        return call("var_samp", col(x));
    }

    /// Sample variance; NULL for one value.
    public static Column variance(Column x) {
        return call("variance", x);
    }

    public static Column variance(String x) {
        return call("variance", col(x));
    }
}
