package dev.vitrine.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Expressions of growing width over a range of numbers. A method of more than 8,000 bytes of
/// bytecode is never compiled by the JVM: time a row and term must not jump where the generated
/// code would reach that.
public final class MicroWorkloads {
    private static final List<Integer> COLUMNS = List.of(10, 50, 100, 250, 500);
    private static final List<Integer> BRANCHES = List.of(10, 30, 100, 300);

    private MicroWorkloads() {}

    /// @param rows of the range
    public static Workload wide(long rows) {
        List<Workload.Named> queries = new ArrayList<>();
        String range = " FROM range(" + rows + ") AS t(id)";
        for (int columns : COLUMNS) {
            String terms =
                    IntStream.rangeClosed(1, columns)
                            .mapToObj(i -> "(id + " + i + ") % " + (i + 2) + " AS c" + i)
                            .collect(Collectors.joining(", "));
            String sum =
                    IntStream.rangeClosed(1, columns)
                            .mapToObj(i -> "c" + i)
                            .collect(Collectors.joining(" + "));
            queries.add(
                    new Workload.Named(
                            "columns-" + columns,
                            "SELECT sum(" + sum + ") AS s FROM (SELECT " + terms + range + ") c"));
        }
        for (int columns : COLUMNS) {
            String sums =
                    IntStream.rangeClosed(1, columns)
                            .mapToObj(i -> "sum((id + " + i + ") % " + (i + 2) + ") AS s" + i)
                            .collect(Collectors.joining(", "));
            queries.add(new Workload.Named("sums-" + columns, "SELECT " + sums + range));
        }
        for (int branches : BRANCHES) {
            String whens =
                    IntStream.range(0, branches)
                            .mapToObj(i -> " WHEN id % " + branches + " = " + i + " THEN " + i * 7)
                            .collect(Collectors.joining());
            queries.add(
                    new Workload.Named(
                            "case-" + branches,
                            "SELECT sum(CASE" + whens + " ELSE -1 END) AS s" + range));
        }
        return new Workload("Wide expressions over " + rows + " rows", List.of(), queries, false);
    }

    /// Nanoseconds a row, and a row and term, from a result of [#wide].
    public static String perRow(BenchResult result, long rows) {
        StringBuilder text = new StringBuilder();
        for (BenchResult.Line line : result.queries()) {
            double terms = Double.parseDouble(line.query().replaceAll("\\D", ""));
            for (String column : result.columns()) {
                Timing timing = line.timings().get(column);
                if (timing != null && timing.isThere()) {
                    double nanos = timing.medianMillis() * 1e6 / rows;
                    text.append(
                            String.format(
                                    Locale.ROOT,
                                    "%-12s %-8s %10.1f ns a row %8.2f ns a row and term%n",
                                    line.query(),
                                    column,
                                    nanos,
                                    nanos / terms));
                }
            }
        }
        return text.toString();
    }
}
