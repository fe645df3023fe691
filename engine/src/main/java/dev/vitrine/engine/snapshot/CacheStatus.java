package dev.vitrine.engine.snapshot;

import dev.vitrine.engine.settings.StorageLevel;
import java.util.List;

/// What is cached of a table or a frame's plan.
///
/// @param partitions how many there are; 0 before the first action that reads it
/// @param blocks the partitions that executors hold, replicas among them
public record CacheStatus(
        long id, String name, StorageLevel level, int partitions, List<BlockStatus> blocks) {
    public CacheStatus {
        blocks = List.copyOf(blocks);
    }

    /// One partition on one executor.
    public record BlockStatus(int partition, String executor, long memoryBytes, long diskBytes) {}

    /// Partitions that at least one executor holds.
    public int heldPartitions() {
        return (int) blocks.stream().mapToInt(BlockStatus::partition).distinct().count();
    }

    public long memoryBytes() {
        return blocks.stream().mapToLong(BlockStatus::memoryBytes).sum();
    }

    public long diskBytes() {
        return blocks.stream().mapToLong(BlockStatus::diskBytes).sum();
    }
}
