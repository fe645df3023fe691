package dev.vitrine.engine.rdd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Brings the results of partitions together in rounds of tasks, so that few are left for the
/// program.
final class TreeAggregation {
    private TreeAggregation() {}

    /// @throws UnsupportedOperationException where there are no objects
    static <T extends @Nullable Object> T reduced(
            Rdd<T> rdd, Origin origin, ReduceFunction<T> function, int depth) {
        // A list of none or one: a partition may be empty, and an object null.
        ReduceFunction<List<T>> merge =
                (a, b) -> {
                    if (a.isEmpty() || b.isEmpty()) {
                        return a.isEmpty() ? b : a;
                    }
                    return one(function.call(a.getFirst(), b.getFirst()));
                };
        List<T> result =
                of(
                        rdd,
                        origin,
                        new ArrayList<T>(),
                        (held, object) -> merge.call(held, one(object)),
                        merge,
                        depth);
        if (result.isEmpty()) {
            throw new UnsupportedOperationException("empty collection");
        }
        return result.getFirst();
    }

    private static <T extends @Nullable Object> List<T> one(T object) {
        List<T> list = new ArrayList<>(1);
        list.add(object);
        return list;
    }

    static <T extends @Nullable Object, U extends @Nullable Object> U of(
            Rdd<T> rdd,
            Origin origin,
            U zero,
            Function2<U, T, U> add,
            ReduceFunction<U> merge,
            int depth) {
        if (depth < 1) {
            throw new IllegalArgumentException("A tree has a depth of 1 or more, not " + depth);
        }
        Rdd<U> parts = Narrow.mapped(origin, rdd, Optional.empty(), rdd.added(origin, zero, add));
        int scale = Math.max(2, (int) Math.ceil(Math.pow(parts.getNumPartitions(), 1.0 / depth)));
        Combine<Integer, U, U> combine =
                new Combine<>(origin.code("U, U", "U"), part -> part, merge::call, merge);
        while (parts.getNumPartitions() > scale + Math.ceilDiv(parts.getNumPartitions(), scale)) {
            int fewer = parts.getNumPartitions() / scale;
            Rdd<Tuple2<Integer, U>> numbered =
                    Narrow.mapped(
                            origin,
                            parts,
                            Optional.empty(),
                            (partition, objects) ->
                                    Items.each(
                                            objects,
                                            part -> new Tuple2<>(partition % fewer, part)));
            parts =
                    PairRdd.fromRdd(numbered)
                            .combined(origin, combine, new HashPartitioner(fewer), true)
                            .mapped(origin, Tuple2::_2);
        }
        return parts.reduced(origin, merge).map(Tuple2::_1).orElse(zero);
    }
}
