package dev.vitrine.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.storage.ExchangeSizes;
import dev.vitrine.engine.storage.PartitionSlice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class PartitionSlicesTest {
    private static ExchangeSizes sizes(long[]... byTask) {
        return new ExchangeSizes(0, byTask);
    }

    @Test
    void smallNeighboursAreReadTogether() {
        ExchangeSizes sizes = sizes(new long[] {10, 20, 70, 5, 0, 200, 1});
        assertEquals(
                List.of(
                        PartitionSlice.range(0, 3),
                        PartitionSlice.range(3, 5),
                        PartitionSlice.of(5),
                        PartitionSlice.of(6)),
                PartitionSlices.coalesced(List.of(sizes), 100));
    }

    @Test
    void whatIsReadTogetherCountsTogether() {
        ExchangeSizes one = sizes(new long[] {60, 10});
        ExchangeSizes other = sizes(new long[] {30, 10});
        assertEquals(1, PartitionSlices.coalesced(List.of(one), 100).size());
        assertEquals(2, PartitionSlices.coalesced(List.of(one, other), 100).size());
    }

    @Test
    void aSkewedPartitionIsSplitByTheTasksThatWroteIt() {
        ExchangeSizes probe =
                sizes(new long[] {10, 400, 10}, new long[] {10, 500, 10}, new long[] {10, 90, 10});
        ExchangeSizes build = sizes(new long[] {10, 10, 10});
        PartitionSlices.Sides sides =
                PartitionSlices.split(
                        each(3), probe, build, true, true, new PartitionSlices.Skew(5, 100, 600));
        assertEquals(1, sides.skewed());
        assertEquals(
                List.of(
                        PartitionSlice.of(0),
                        PartitionSlice.part(1, 0, 1),
                        PartitionSlice.part(1, 1, 3),
                        PartitionSlice.of(2)),
                sides.probe());
        assertEquals(
                List.of(
                        PartitionSlice.of(0),
                        PartitionSlice.of(1),
                        PartitionSlice.of(1),
                        PartitionSlice.of(2)),
                sides.build());
    }

    private static List<PartitionSlice> each(int partitions) {
        return PartitionSlices.coalesced(List.of(sizes(new long[partitions])), -1);
    }

    /// Whatever the sizes, each pair of map outputs of a partition meets in exactly one task.
    @Property(tries = 300)
    void everyPairMeetsOnce(
            @ForAll @Size(min = 1, max = 6) List<@Size(4) List<@LongRange(max = 1000) Long>> left,
            @ForAll @Size(min = 1, max = 6) List<@Size(4) List<@LongRange(max = 1000) Long>> right,
            @ForAll @IntRange(max = 2000) int target,
            @ForAll boolean splitProbe,
            @ForAll boolean splitBuild) {
        ExchangeSizes probe = sizes(left);
        ExchangeSizes build = sizes(right);
        PartitionSlices.Sides sides =
                PartitionSlices.split(
                        PartitionSlices.coalesced(List.of(probe, build), target),
                        probe,
                        build,
                        splitProbe,
                        splitBuild,
                        new PartitionSlices.Skew(1, 10, 300));
        Map<List<Integer>, Integer> met = new HashMap<>();
        for (int task = 0; task < sides.probe().size(); task++) {
            PartitionSlice a = sides.probe().get(task);
            PartitionSlice b = sides.build().get(task);
            assertEquals(a.first(), b.first());
            assertEquals(a.end(), b.end());
            for (int partition = a.first(); partition < a.end(); partition++) {
                for (int i = a.firstTask(); i < Math.min(a.endTask(), left.size()); i++) {
                    for (int j = b.firstTask(); j < Math.min(b.endTask(), right.size()); j++) {
                        met.merge(List.of(partition, i, j), 1, Integer::sum);
                    }
                }
            }
            assertTrue(splitBuild || b.endTask() == Integer.MAX_VALUE);
            assertTrue(splitProbe || a.endTask() == Integer.MAX_VALUE);
        }
        assertEquals(4 * left.size() * right.size(), met.size());
        assertTrue(met.values().stream().allMatch(times -> times == 1));
    }

    private static ExchangeSizes sizes(List<List<Long>> byTask) {
        return new ExchangeSizes(
                0,
                byTask.stream()
                        .map(task -> task.stream().mapToLong(Long::longValue).toArray())
                        .toArray(long[][]::new));
    }
}
