package dev.vitrine.app.bench;

import java.nio.file.Path;
import java.util.List;

/// How benchmarks are run.
///
/// @param data folder for data and for what is known of peers
/// @param slots threads of every engine that run queries
/// @param runs counted runs of each query
/// @param warmUps runs before them
/// @param peers engines beside this product
/// @param memoryBytes what an engine may use for data, 0 for its default
public record BenchOptions(
        Path data, int slots, int runs, int warmUps, List<BenchEngine> peers, long memoryBytes) {
    public BenchOptions {
        peers = List.copyOf(peers);
    }

    EngineCommand command() {
        return new EngineCommand(slots, memoryBytes, new PeerLibraries(data.resolve("peers")));
    }

    BenchOptions withSlots(int changed) {
        return new BenchOptions(data, changed, runs, warmUps, peers, memoryBytes);
    }

    BenchOptions withPeers(List<BenchEngine> changed) {
        return new BenchOptions(data, slots, runs, warmUps, changed, memoryBytes);
    }

    BenchOptions withMemory(long bytes) {
        return new BenchOptions(data, slots, runs, warmUps, peers, bytes);
    }
}
