package dev.vitrine.engine.schedule;

import dev.vitrine.engine.storage.ExchangeSizes;
import dev.vitrine.engine.storage.PartitionSlice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How tasks share out the partitions of exchanges that they read together. Small neighbours go to
/// one task; a partition far above the others, of a join, goes to several.
///
/// After Spark's rules CoalesceShufflePartitions and OptimizeSkewedJoin.
final class PartitionSlices {
    private PartitionSlices() {}

    /// What a skewed partition is, and what is made of it.
    ///
    /// @param factor times the median that a partition must have
    /// @param thresholdBytes that it must have at least
    /// @param targetBytes of each part that it is split into, about
    record Skew(double factor, long thresholdBytes, long targetBytes) {
        /// The size above which a partition is skewed.
        long limit(long[] partitions) {
            long[] sorted = partitions.clone();
            Arrays.sort(sorted);
            long median = Math.max(1, sorted[sorted.length / 2]);
            return Math.max(thresholdBytes, (long) (factor * median));
        }
    }

    /// Neighbouring partitions together for as long as they have at most `targetBytes`.
    ///
    /// @param exchanges with equally many partitions, which a task reads at the same numbers
    static List<PartitionSlice> coalesced(List<ExchangeSizes> exchanges, long targetBytes) {
        long[] bytes = partitions(exchanges);
        List<PartitionSlice> slices = new ArrayList<>();
        int first = 0;
        long sum = 0;
        for (int partition = 0; partition < bytes.length; partition++) {
            if (partition > first && sum + bytes[partition] > targetBytes) {
                slices.add(PartitionSlice.range(first, partition));
                first = partition;
                sum = 0;
            }
            sum += bytes[partition];
        }
        slices.add(PartitionSlice.range(first, bytes.length));
        return slices;
    }

    /// Bytes of each partition, of all exchanges together.
    static long[] partitions(List<ExchangeSizes> exchanges) {
        long[] bytes = new long[exchanges.getFirst().partitions()];
        for (ExchangeSizes exchange : exchanges) {
            for (int partition = 0; partition < bytes.length; partition++) {
                bytes[partition] += exchange.partition(partition);
            }
        }
        return bytes;
    }

    /// What the tasks of a join read of its sides: one slice of each for every task.
    ///
    /// @param skewed how many partitions were split
    record Sides(List<PartitionSlice> probe, List<PartitionSlice> build, int skewed) {}

    /// `slices` with those of one skewed partition split by the map tasks that wrote it; each part
    /// meets the whole partition of the other side, or each of its parts.
    static Sides split(
            List<PartitionSlice> slices,
            ExchangeSizes probe,
            ExchangeSizes build,
            boolean splitProbe,
            boolean splitBuild,
            Skew skew) {
        long probeLimit = skew.limit(partitions(List.of(probe)));
        long buildLimit = skew.limit(partitions(List.of(build)));
        Sides sides = new Sides(new ArrayList<>(), new ArrayList<>(), 0);
        int skewed = 0;
        for (PartitionSlice slice : slices) {
            List<PartitionSlice> left =
                    splitProbe ? parts(slice, probe, probeLimit, skew) : List.of(slice);
            List<PartitionSlice> right =
                    splitBuild ? parts(slice, build, buildLimit, skew) : List.of(slice);
            skewed += left.size() > 1 || right.size() > 1 ? 1 : 0;
            for (PartitionSlice part : left) {
                for (PartitionSlice other : right) {
                    sides.probe.add(part);
                    sides.build.add(other);
                }
            }
        }
        return new Sides(sides.probe, sides.build, skewed);
    }

    private static List<PartitionSlice> parts(
            PartitionSlice slice, ExchangeSizes sizes, long limit, Skew skew) {
        int partition = slice.first();
        if (slice.end() - partition > 1 || sizes.partition(partition) <= limit) {
            return List.of(slice);
        }
        List<PartitionSlice> parts = new ArrayList<>();
        int first = 0;
        long sum = 0;
        for (int task = 0; task < sizes.tasks(); task++) {
            long bytes = sizes.bytes()[task][partition];
            if (task > first && sum + bytes > skew.targetBytes()) {
                parts.add(PartitionSlice.part(partition, first, task));
                first = task;
                sum = 0;
            }
            sum += bytes;
        }
        parts.add(PartitionSlice.part(partition, first, sizes.tasks()));
        return parts.size() == 1 ? List.of(slice) : parts;
    }
}
