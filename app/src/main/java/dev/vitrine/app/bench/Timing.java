package dev.vitrine.app.bench;

import java.util.Arrays;
import java.util.List;

/// One query in one engine, times in milliseconds, sizes in bytes.
///
/// @param firstMillis its first run in its process
/// @param medianMillis of the counted runs
/// @param cpuMillis processor time of all threads, median
/// @param peakBytes most memory of the process while it ran, 0 where the system does not tell
/// @param rows of the result, -1 where the engine does not say
/// @param scannedBytes of files that were read; 0 for peers
/// @param spilledBytes written for want of memory; 0 for peers
/// @param compiledPercent of the rows that went into compiled or interpreted code, the share of
///   compiled; NaN for peers and where there were none
/// @param problems stages that are interpreted for what they hold
/// @param failures stages that are interpreted though they should not be
/// @param error why there is no time, or empty
public record Timing(
        double firstMillis,
        double medianMillis,
        double cpuMillis,
        long peakBytes,
        long rows,
        long scannedBytes,
        long spilledBytes,
        double compiledPercent,
        String problems,
        String failures,
        String error) {

    static Timing failed(String error) {
        return new Timing(
                Double.NaN, Double.NaN, Double.NaN, 0, -1, 0, 0, Double.NaN, "", "", error);
    }

    /// @param first the answer to the first run
    /// @param counted the answers to the counted ones
    static Timing of(EngineProcess.Answer first, List<EngineProcess.Answer> counted) {
        EngineProcess.Answer last = counted.getLast();
        double rows = last.number("compiled") + last.number("interpreted");
        return new Timing(
                first.number("millis"),
                median(counted.stream().mapToDouble(each -> each.number("millis")).toArray()),
                median(counted.stream().mapToDouble(each -> each.number("cpu")).toArray()),
                (long) counted.stream().mapToDouble(each -> each.number("peak")).max().orElse(0),
                (long) last.number("rows"),
                (long) last.number("scanned"),
                (long) last.number("spilled"),
                rows == 0 ? Double.NaN : 100 * last.number("compiled") / rows,
                last.text("problems"),
                last.text("failures"),
                "");
    }

    boolean isThere() {
        return error.isEmpty();
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
