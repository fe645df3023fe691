package dev.vitrine.app.bench;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What one benchmark found.
///
/// @param title what was measured, and how
/// @param columns what is compared, this product or what it is compared with first
/// @param queries a line each
public record BenchResult(String title, List<String> columns, List<Line> queries) {
    public BenchResult {
        columns = List.copyOf(columns);
        queries = List.copyOf(queries);
    }

    /// One query.
    ///
    /// @param timings by column
    /// @param mismatch how results differ between columns, or empty
    public record Line(String query, Map<String, Timing> timings, String mismatch) {
        public Line {
            timings = Map.copyOf(timings);
        }

        /// The first column's time divided by `other`'s; empty where either is missing.
        OptionalDouble ratio(String first, String other) {
            Timing own = timings.get(first);
            Timing theirs = timings.get(other);
            return own != null && theirs != null && own.isThere() && theirs.isThere()
                    ? OptionalDouble.of(own.medianMillis() / theirs.medianMillis())
                    : OptionalDouble.empty();
        }
    }

    /// The geometric mean of the ratios to `other`; NaN without any.
    double meanRatio(String other) {
        double[] logarithms =
                queries.stream()
                        .map(line -> line.ratio(columns.getFirst(), other))
                        .filter(OptionalDouble::isPresent)
                        .mapToDouble(ratio -> Math.log(ratio.getAsDouble()))
                        .toArray();
        return logarithms.length == 0
                ? Double.NaN
                : Math.exp(java.util.Arrays.stream(logarithms).sum() / logarithms.length);
    }

    /// The largest ratio to `other`; NaN without any.
    double worstRatio(String other) {
        return queries.stream()
                .map(line -> line.ratio(columns.getFirst(), other))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .max()
                .orElse(Double.NaN);
    }

    /// What makes the benchmark fail, a line each: queries without a time in this product, results
    /// that differ, stages that did not compile.
    public List<String> faults() {
        return queries.stream()
                .flatMap(line -> {
                    Timing own = line.timings().get(columns.getFirst());
                    return java.util.stream.Stream.of(
                                    own == null || own.isThere() ? "" : own.error(),
                                    own == null ? "" : own.failures(),
                                    line.mismatch())
                            .filter(text -> !text.isEmpty())
                            .map(text -> line.query() + ": " + text);
                })
                .toList();
    }
}
