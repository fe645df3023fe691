package dev.vitrine.engine.rdd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// By ranges of keys, whose bounds come from a sample: what lies in one partition comes before all
/// that lies in the next. Under Spark's name; made by [PairRdd#rangePartitioner] and the sorts.
public final class RangePartitioner implements Partitioner {
    /// Keys sampled for each partition that is made.
    private static final int SAMPLE = 20;

    private static final int MOST_SAMPLED = 1_000_000;

    /// So that an uneven input still has enough sampled of its larger partitions.
    private static final int MORE = 3;

    private final List<@Nullable Object> bounds;
    private final Comparator<@Nullable Object> order;

    /// @param bounds the last key of each partition but the last one, in order
    private RangePartitioner(List<@Nullable Object> bounds, Comparator<@Nullable Object> order) {
        this.bounds = bounds;
        this.order = order;
    }

    /// A key, and how many of its partition's it stands for.
    private record Sampled(@Nullable Object key, double weight) {}

    /// Runs a job that samples the keys of `rdd`.
    ///
    /// @param partitions how many are wanted; there are fewer where there are fewer keys
    @SuppressWarnings("unchecked") // the order is asked for keys of the rdd only
    static <K extends @Nullable Object> RangePartitioner sampled(
            Origin origin, Rdd<K> keys, int partitions, Comparator<? super K> order) {
        Comparator<@Nullable Object> anyOrder = (Comparator<@Nullable Object>) order;
        if (partitions <= 1) {
            return new RangePartitioner(List.of(), anyOrder);
        }
        int wanted = Math.min(SAMPLE * partitions, MOST_SAMPLED);
        int each = Math.ceilDiv(MORE * wanted, Math.max(1, keys.getNumPartitions()));
        List<Sampled> candidates = new ArrayList<>();
        for (Tuple2<Long, List<K>> part :
                keys.run(
                        new Origin(origin.operation() + " (sample)", origin.place()),
                        (partition, items) -> Items.one(reservoir(partition, items, each)))) {
            double weight = (double) part._1() / Math.max(1, part._2().size());
            part._2().forEach(key -> candidates.add(new Sampled(key, weight)));
        }
        candidates.sort(Comparator.comparing(Sampled::key, anyOrder));
        return new RangePartitioner(bounds(candidates, partitions, anyOrder), anyOrder);
    }

    /// Some of the items, each as likely as any other (Vitter's algorithm R), and how many there
    /// were.
    private static <K extends @Nullable Object> Tuple2<Long, List<K>> reservoir(
            int partition, java.util.Iterator<K> items, int size) {
        Random random = new Random(0x9E3779B97F4A7C15L * (partition + 1));
        List<K> kept = new ArrayList<>();
        long count = 0;
        while (items.hasNext()) {
            K item = items.next();
            count++;
            if (kept.size() < size) {
                kept.add(item);
            } else {
                long at = random.nextLong(count);
                if (at < size) {
                    kept.set((int) at, item);
                }
            }
        }
        return new Tuple2<>(count, kept);
    }

    private static List<@Nullable Object> bounds(
            List<Sampled> sorted, int partitions, Comparator<@Nullable Object> order) {
        double step = sorted.stream().mapToDouble(Sampled::weight).sum() / partitions;
        List<@Nullable Object> bounds = new ArrayList<>();
        double passed = 0;
        for (Sampled candidate : sorted) {
            passed += candidate.weight;
            boolean full = passed >= step * (bounds.size() + 1);
            boolean later = bounds.isEmpty() || order.compare(bounds.getLast(), candidate.key) < 0;
            if (full && later && bounds.size() < partitions - 1) {
                bounds.add(candidate.key);
            }
        }
        return bounds;
    }

    @Override
    public int numPartitions() {
        return bounds.size() + 1;
    }

    @Override
    public int getPartition(@Nullable Object key) {
        int from = 0;
        int to = bounds.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (order.compare(key, bounds.get(middle)) > 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    @Override
    public String toString() {
        return "RangePartitioner(" + numPartitions() + ")";
    }
}
