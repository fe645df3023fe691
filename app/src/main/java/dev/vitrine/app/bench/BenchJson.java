package dev.vitrine.app.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/// A benchmark's result as JSON, for programs that follow it over time.
public final class BenchJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private BenchJson() {}

    /// The result as an object: title, the machine, and a list of queries.
    public static String of(BenchResult result) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("title", result.title());
        root.put("java", Runtime.version().toString());
        root.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        root.put("cores", Runtime.getRuntime().availableProcessors());
        for (String other : result.columns().subList(1, result.columns().size())) {
            put(root.withObject("/geometricMeans"), other, result.meanRatio(other));
        }
        for (BenchResult.Line line : result.queries()) {
            ObjectNode query = root.withArray("queries").addObject();
            query.put("name", line.query());
            query.put("mismatch", line.mismatch());
            for (String column : result.columns()) {
                Timing timing = line.timings().get(column);
                if (timing != null) {
                    write(query.withObject("/engines").putObject(column), timing);
                }
            }
        }
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(ObjectNode target, Timing timing) {
        put(target, "firstMillis", timing.firstMillis());
        put(target, "medianMillis", timing.medianMillis());
        put(target, "cpuMillis", timing.cpuMillis());
        put(target, "compiledPercent", timing.compiledPercent());
        target.put("peakBytes", timing.peakBytes());
        target.put("rows", timing.rows());
        target.put("scannedBytes", timing.scannedBytes());
        target.put("spilledBytes", timing.spilledBytes());
        for (Map.Entry<String, String> text :
                Map.of(
                                "problems", timing.problems(),
                                "failures", timing.failures(),
                                "error", timing.error())
                        .entrySet()) {
            if (!text.getValue().isEmpty()) {
                target.put(text.getKey(), text.getValue());
            }
        }
    }

    /// JSON has no NaN: what is not known is left out.
    private static void put(ObjectNode target, String name, double value) {
        if (!Double.isNaN(value)) {
            target.put(name, Math.round(value * 1000) / 1000.0);
        }
    }
}
