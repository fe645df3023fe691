package dev.vitrine.app.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The engines that can be timed. This product comes first; the others are its peers.
public enum BenchEngine {
    VITRINE,
    DUCKDB,
    SPARK;

    /// The name in tables and options.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The peer of this name.
    ///
    /// @throws BenchException if there is none
    public static BenchEngine peer(String label) {
        return Arrays.stream(values())
                .filter(engine -> engine != VITRINE && engine.label().equals(label))
                .findFirst()
                .orElseThrow(() ->
                        new BenchException(
                                "There is no peer "
                                        + label
                                        + "; there are: "
                                        + Arrays.stream(values())
                                                .skip(1)
                                                .map(BenchEngine::label)
                                                .collect(Collectors.joining(", "))));
    }
}
