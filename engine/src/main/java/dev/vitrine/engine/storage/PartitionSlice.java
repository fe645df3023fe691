package dev.vitrine.engine.storage;

/// What one task reads of an exchange: partitions `first` to before `end`, and of those what map
/// tasks `firstTask` to before `endTask` wrote.
public record PartitionSlice(int first, int end, int firstTask, int endTask) {
    /// One partition whole.
    public static PartitionSlice of(int partition) {
        return range(partition, partition + 1);
    }

    /// Partitions `first` to before `end`, whole.
    public static PartitionSlice range(int first, int end) {
        return new PartitionSlice(first, end, 0, Integer.MAX_VALUE);
    }

    /// A part of one partition: what some of the map tasks wrote.
    public static PartitionSlice part(int partition, int firstTask, int endTask) {
        return new PartitionSlice(partition, partition + 1, firstTask, endTask);
    }

    /// For people.
    public String text() {
        String partitions =
                end - first == 1
                        ? "partition " + first
                        : "partitions " + first + " to " + (end - 1);
        return endTask == Integer.MAX_VALUE
                ? partitions
                : partitions + ", map tasks " + firstTask + " to " + (endTask - 1);
    }
}
