package dev.vitrine.engine.rdd;

import org.jspecify.annotations.Nullable;

/// By the key's `hashCode`; null lies in partition 0. Under Spark's name.
public record HashPartitioner(int numPartitions) implements Partitioner {
    public HashPartitioner {
        if (numPartitions < 1) {
            throw new IllegalArgumentException(
                    "A partitioner has at least one partition, not " + numPartitions);
        }
    }

    /// @throws IllegalArgumentException for an array, whose hash says nothing of what is in it
    @Override
    public int getPartition(@Nullable Object key) {
        if (key == null) {
            return 0;
        }
        if (key.getClass().isArray()) {
            throw new IllegalArgumentException("Arrays are no keys: their hashes differ by object");
        }
        return Math.floorMod(key.hashCode(), numPartitions);
    }

    @Override
    public String toString() {
        return "HashPartitioner(" + numPartitions + ")";
    }
}
