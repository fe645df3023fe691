package dev.vitrine.engine.rdd;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rdds whose partitions are made of partitions of others, without an exchange.
final class Narrow {
    private Narrow() {}

    /// What `body` makes of each partition by itself.
    ///
    /// @param partitioner where pairs still lie as it says
    static <T extends @Nullable Object, U extends @Nullable Object> Rdd<U> mapped(
            Origin origin,
            Rdd<T> parent,
            Optional<Partitioner> partitioner,
            PartitionBody<T, U> body) {
        Lineage<T> from = parent.lineage;
        return new Rdd<>(
                new Lineage<>(
                        from.context(),
                        "MapPartitionsRDD",
                        origin,
                        from.partitions(),
                        List.of(new Dependency.Narrow(from)),
                        partitioner,
                        (partition, inputs) ->
                                body.of(partition, from.iterator(partition, inputs))));
    }

    static <T extends @Nullable Object> Rdd<T> union(Origin origin, List<Rdd<T>> rdds) {
        List<Dependency> parents = new ArrayList<>();
        rdds.forEach(rdd -> parents.add(new Dependency.Narrow(rdd.lineage)));
        return new Rdd<>(
                new Lineage<>(
                        rdds.getFirst().context(),
                        "UnionRDD",
                        origin,
                        rdds.stream().mapToInt(Rdd::getNumPartitions).sum(),
                        parents,
                        Optional.empty(),
                        (partition, inputs) -> {
                            int left = partition;
                            for (Rdd<T> rdd : rdds) {
                                if (left < rdd.getNumPartitions()) {
                                    return rdd.lineage.iterator(left, inputs);
                                }
                                left -= rdd.getNumPartitions();
                            }
                            return Items.none();
                        }));
    }

    /// Fewer partitions, each of several that lie side by side.
    static <T extends @Nullable Object> Rdd<T> coalesced(
            Origin origin, Rdd<T> parent, int partitions) {
        Lineage<T> from = parent.lineage;
        int before = from.partitions();
        int made = Math.min(before, partitions);
        return new Rdd<>(
                new Lineage<>(
                        from.context(),
                        "CoalescedRDD",
                        origin,
                        made,
                        List.of(new Dependency.Narrow(from)),
                        Optional.empty(),
                        (partition, inputs) -> {
                            int first = (int) ((long) partition * before / made);
                            int end = (int) ((partition + 1L) * before / made);
                            List<Integer> parts =
                                    java.util.stream.IntStream.range(first, end).boxed().toList();
                            return Items.all(parts.iterator(), part -> from.iterator(part, inputs));
                        }));
    }

    /// Every object with every object of another; those of the other's partition are held.
    static <T extends @Nullable Object, U extends @Nullable Object> PairRdd<T, U> cartesian(
            Origin origin, Rdd<T> left, Rdd<U> right) {
        int columns = right.getNumPartitions();
        return new PairRdd<>(
                new Lineage<>(
                        left.context(),
                        "CartesianRDD",
                        origin,
                        Math.multiplyExact(left.getNumPartitions(), columns),
                        List.of(
                                new Dependency.Narrow(left.lineage),
                                new Dependency.Narrow(right.lineage)),
                        Optional.empty(),
                        (partition, inputs) -> {
                            List<U> others = new ArrayList<>();
                            right.lineage
                                    .iterator(partition % columns, inputs)
                                    .forEachRemaining(others::add);
                            return Items.all(
                                    left.lineage.iterator(partition / columns, inputs),
                                    one ->
                                            Items.each(
                                                    others.iterator(),
                                                    other -> new Tuple2<>(one, other)));
                        }));
    }

    /// What `body` makes of two partitions of the same number.
    ///
    /// @throws IllegalArgumentException where there are more of one
    static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            Lineage<R> zipped(
                    Origin origin,
                    Rdd<A> left,
                    Rdd<B> right,
                    java.util.function.BiFunction<Iterator<A>, Iterator<B>, Iterator<R>> body) {
        if (left.getNumPartitions() != right.getNumPartitions()) {
            throw new IllegalArgumentException(
                    "Can't zip RDDs with unequal numbers of partitions: "
                            + left.getNumPartitions()
                            + " and "
                            + right.getNumPartitions());
        }
        return new Lineage<>(
                left.context(),
                "ZippedPartitionsRDD2",
                origin,
                left.getNumPartitions(),
                List.of(new Dependency.Narrow(left.lineage), new Dependency.Narrow(right.lineage)),
                Optional.empty(),
                (partition, inputs) ->
                        body.apply(
                                left.lineage.iterator(partition, inputs),
                                right.lineage.iterator(partition, inputs)));
    }

    /// Pairs of two iterators that end together.
    static <A extends @Nullable Object, B extends @Nullable Object> Iterator<Tuple2<A, B>> pairs(
            Iterator<A> left, Iterator<B> right) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                boolean more = left.hasNext();
                if (more != right.hasNext()) {
                    throw new IllegalStateException(
                            "Can only zip RDDs with same number of elements in each partition");
                }
                return more;
            }

            @Override
            public Tuple2<A, B> next() {
                return new Tuple2<>(left.next(), right.next());
            }
        };
    }
}
