package dev.vitrine.engine.rdd;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says in which partition a key lies; under Spark's name. Called by many threads. Two that are
/// equal put every key in the same partition, so that what they partitioned need not be exchanged
/// again.
public interface Partitioner {
    int numPartitions();

    /// From 0 to before [#numPartitions], always the same for equal keys.
    int getPartition(@Nullable Object key);

    /// The partitioner of an operation that was given none: the one with most partitions that the
    /// inputs have, unless it has far too few; else by hash into as many as the largest input.
    static Partitioner defaultPartitioner(Rdd<?> rdd, Rdd<?>... others) {
        List<Rdd<?>> all = new java.util.ArrayList<>(List.of(others));
        all.addFirst(rdd);
        int most = Math.max(1, all.stream().mapToInt(Rdd::getNumPartitions).max().orElse(1));
        Optional<Partitioner> best =
                all.stream()
                        .flatMap(r -> r.partitioner().stream())
                        .max(java.util.Comparator.comparingInt(Partitioner::numPartitions));
        int wanted = rdd.context().setParallelism().orElse(most);
        return best.filter(p -> p.numPartitions() * 10L >= most || p.numPartitions() >= wanted)
                .orElseGet(() -> new HashPartitioner(wanted));
    }
}
