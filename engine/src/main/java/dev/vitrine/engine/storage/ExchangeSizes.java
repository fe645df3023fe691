package dev.vitrine.engine.storage;

import java.util.Arrays;

/// Statistics of a complete exchange.
///
/// @param bytes what it holds, by map task and partition
public record ExchangeSizes(long rows, long[][] bytes) {
    public long totalBytes() {
        return Arrays.stream(bytes).mapToLong(task -> Arrays.stream(task).sum()).sum();
    }

    public int partitions() {
        return bytes.length == 0 ? 0 : bytes[0].length;
    }

    public int tasks() {
        return bytes.length;
    }

    /// Bytes of one partition.
    public long partition(int partition) {
        return Arrays.stream(bytes).mapToLong(task -> task[partition]).sum();
    }
}
