package dev.vitrine.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// A benchmark's result as a table for people.
public final class BenchText {
    private BenchText() {}

    /// The table with its title, the means and what is to be said about queries.
    public static String of(BenchResult result) {
        List<List<String>> table = new ArrayList<>();
        table.add(header(result));
        result.queries().forEach(line -> table.add(row(result, line)));
        StringBuilder text = new StringBuilder(result.title()).append('\n');
        int[] widths = new int[table.getFirst().size()];
        for (List<String> row : table) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : table) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String pad = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? "" : "  ");
                line.append(i == 0 ? row.get(i) + pad : pad + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        for (String other : others(result)) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%s / %s: geometric mean %.2f, largest %.2f%n",
                            result.columns().getFirst(),
                            other,
                            result.meanRatio(other),
                            result.worstRatio(other)));
        }
        for (BenchResult.Line line : result.queries()) {
            Timing own = line.timings().get(result.columns().getFirst());
            if (own != null && !own.problems().isEmpty()) {
                text.append("interpreted in ").append(line.query()).append(": ");
                text.append(own.problems().strip()).append('\n');
            }
            line.timings()
                    .forEach((column, timing) -> {
                        if (!timing.isThere() && !column.equals(result.columns().getFirst())) {
                            text.append(column).append(" failed in ").append(line.query());
                            text.append(": ").append(timing.error()).append('\n');
                        }
                    });
        }
        result.faults().forEach(fault -> text.append("FAULT ").append(fault).append('\n'));
        return text.toString();
    }

    private static List<String> others(BenchResult result) {
        return result.columns().subList(1, result.columns().size());
    }

    private static List<String> header(BenchResult result) {
        List<String> header = new ArrayList<>();
        header.add("");
        result.columns().forEach(column -> header.add(column + " ms"));
        others(result).forEach(column -> header.add("/ " + column));
        header.addAll(List.of("first ms", "cpu ms", "peak MiB", "read MB", "spilled MB", "rows"));
        header.add("compiled");
        return header;
    }

    private static List<String> row(BenchResult result, BenchResult.Line line) {
        List<String> row = new ArrayList<>();
        row.add(line.query());
        for (String column : result.columns()) {
            Timing timing = line.timings().get(column);
            row.add(timing == null || !timing.isThere() ? "failed" : number(timing.medianMillis()));
        }
        for (String other : others(result)) {
            OptionalDouble ratio = line.ratio(result.columns().getFirst(), other);
            row.add(
                    ratio.isPresent()
                            ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble())
                            : "");
        }
        Timing own = line.timings().getOrDefault(result.columns().getFirst(), Timing.failed("-"));
        row.add(number(own.firstMillis()));
        row.add(number(own.cpuMillis()));
        row.add(whole(own.peakBytes() >> 20));
        row.add(whole(own.scannedBytes() / 1_000_000));
        row.add(whole(own.spilledBytes() / 1_000_000));
        row.add(own.rows() < 0 ? "" : String.format(Locale.ROOT, "%,d", own.rows()));
        row.add(
                Double.isNaN(own.compiledPercent())
                        ? ""
                        : String.format(Locale.ROOT, "%.1f%%", own.compiledPercent()));
        return row;
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%,.1f", value);
    }

    private static String whole(long value) {
        return value == 0 ? "" : String.format(Locale.ROOT, "%,d", value);
    }
}
