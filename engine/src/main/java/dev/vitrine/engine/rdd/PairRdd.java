package dev.vitrine.engine.rdd;

import dev.vitrine.engine.settings.StorageLevel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An [Rdd] of pairs, with what can be done by key. Method names and their meaning are those of
/// Spark's `JavaPairRDD`. Keys are told apart by `equals` and `hashCode`, also after they were
/// written and read.
public final class PairRdd<K extends @Nullable Object, V extends @Nullable Object>
        extends KeyedRdd<K, V> {
    PairRdd(Lineage<Tuple2<K, V>> lineage) {
        super(lineage);
    }

    /// The same pairs with the methods of pairs.
    public static <K extends @Nullable Object, V extends @Nullable Object> PairRdd<K, V> fromRdd(
            Rdd<Tuple2<K, V>> rdd) {
        return new PairRdd<>(rdd.lineage);
    }

    /// The same pairs with the methods of all Rdds.
    public Rdd<Tuple2<K, V>> rdd() {
        return new Rdd<>(lineage);
    }

    // With others

    /// The values of each key in several Rdds, a list for each of these.
    private static <K extends @Nullable Object> PairRdd<K, List<List<@Nullable Object>>> cogrouped(
            Origin origin, Partitioner partitioner, List<PairRdd<K, ?>> rdds) {
        List<Dependency> dependencies = new ArrayList<>();
        List<Side<K>> sides = new ArrayList<>();
        for (PairRdd<K, ?> rdd : rdds) {
            sides.add(side(origin, partitioner, rdd, dependencies));
        }
        return new PairRdd<>(
                new Lineage<>(
                        rdds.getFirst().context(),
                        "CoGroupedRDD",
                        origin,
                        partitioner.numPartitions(),
                        dependencies,
                        Optional.of(partitioner),
                        (partition, inputs) -> {
                            Map<K, List<List<@Nullable Object>>> groups = new LinkedHashMap<>();
                            for (int i = 0; i < sides.size(); i++) {
                                int place = i;
                                sides.get(i)
                                        .pairs(partition, inputs)
                                        .forEachRemaining(pair ->
                                                groups.computeIfAbsent(
                                                                pair._1(),
                                                                key -> lists(sides.size()))
                                                        .get(place)
                                                        .add(pair._2()));
                            }
                            return Items.each(
                                    groups.entrySet().iterator(),
                                    e -> new Tuple2<>(e.getKey(), e.getValue()));
                        }));
    }

    private static List<List<@Nullable Object>> lists(int count) {
        List<List<@Nullable Object>> lists = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lists.add(new ArrayList<>());
        }
        return lists;
    }

    /// Where the pairs of one of several Rdds come from.
    @FunctionalInterface
    private interface Side<K extends @Nullable Object> {
        Iterator<? extends Tuple2<K, ?>> pairs(int partition, TaskInputs inputs);
    }

    /// The partition itself where pairs lie by the partitioner, else what is exchanged.
    private static <K extends @Nullable Object, V extends @Nullable Object> Side<K> side(
            Origin origin, Partitioner partitioner, PairRdd<K, V> rdd, List<Dependency> made) {
        if (rdd.partitioner().equals(Optional.of(partitioner))) {
            made.add(new Dependency.Narrow(rdd.lineage));
            return rdd.lineage::iterator;
        }
        Shuffle<K, V, V> shuffle = Shuffle.plain(origin, rdd.lineage, partitioner);
        made.add(new Dependency.Shuffled(shuffle));
        return (partition, inputs) -> inputs.shuffled(shuffle, partition);
    }

    @SuppressWarnings("unchecked") // a list of values from the Rdd of that place
    private static <A extends @Nullable Object> List<A> values(
            List<List<@Nullable Object>> group, int place) {
        return (List<A>) group.get(place);
    }

    final <W extends @Nullable Object> PairRdd<K, Tuple2<Iterable<V>, Iterable<W>>> grouped(
            Origin origin, PairRdd<K, W> other, Partitioner partitioner) {
        return cogrouped(origin, partitioner, List.of(this, other))
                .mappedValues(origin, group -> new Tuple2<>(values(group, 0), values(group, 1)));
    }

    /// The values of each key of both.
    public <W extends @Nullable Object> PairRdd<K, Tuple2<Iterable<V>, Iterable<W>>> cogroup(
            PairRdd<K, W> other) {
        return cogroup(other, Partitioner.defaultPartitioner(this, other));
    }

    public <W extends @Nullable Object> PairRdd<K, Tuple2<Iterable<V>, Iterable<W>>> cogroup(
            PairRdd<K, W> other, Partitioner partitioner) {
        return grouped(Origin.here("cogroup"), other, partitioner);
    }

    /// The values of each key of three.
    public <W extends @Nullable Object, X extends @Nullable Object>
            PairRdd<K, Tuple3<Iterable<V>, Iterable<W>, Iterable<X>>> cogroup(
                    PairRdd<K, W> other, PairRdd<K, X> third) {
        Origin origin = Origin.here("cogroup");
        return cogrouped(
                        origin,
                        Partitioner.defaultPartitioner(this, other, third),
                        List.of(this, other, third))
                .mappedValues(
                        origin,
                        group ->
                                new Tuple3<>(values(group, 0), values(group, 1), values(group, 2)));
    }

    /// Pairs of what `rows` makes of the values of each key of both.
    private <W extends @Nullable Object, R extends @Nullable Object> PairRdd<K, R> joined(
            Origin origin,
            PairRdd<K, W> other,
            Partitioner partitioner,
            Function2<List<V>, List<W>, Iterator<R>> rows) {
        return cogrouped(origin, partitioner, List.of(this, other))
                .flatMappedValues(origin, group -> rows.call(values(group, 0), values(group, 1)));
    }

    private static <A extends @Nullable Object, B extends @Nullable Object>
            Iterator<Tuple2<A, B>> every(List<A> left, List<B> right) {
        return Items.all(
                left.iterator(),
                one -> Items.each(right.iterator(), other -> new Tuple2<>(one, other)));
    }

    /// As optional values, or an empty one where there are none.
    private static <A> List<Optional<A>> optional(List<A> values) {
        return values.isEmpty()
                ? List.of(Optional.empty())
                : values.stream().map(Optional::ofNullable).toList();
    }

    /// Every value with every value of the same key in another.
    public <W extends @Nullable Object> PairRdd<K, Tuple2<V, W>> join(PairRdd<K, W> other) {
        return join(other, Partitioner.defaultPartitioner(this, other));
    }

    public <W extends @Nullable Object> PairRdd<K, Tuple2<V, W>> join(
            PairRdd<K, W> other, int partitions) {
        return join(other, new HashPartitioner(partitions));
    }

    public <W extends @Nullable Object> PairRdd<K, Tuple2<V, W>> join(
            PairRdd<K, W> other, Partitioner partitioner) {
        return joined(Origin.here("join"), other, partitioner, PairRdd::every);
    }

    /// As [#join], where what has no partner stays.
    public <W> PairRdd<K, Tuple2<V, Optional<W>>> leftOuterJoin(PairRdd<K, W> other) {
        return joined(
                Origin.here("leftOuterJoin"),
                other,
                Partitioner.defaultPartitioner(this, other),
                (left, right) -> every(left, optional(right)));
    }

    public <W extends @Nullable Object> PairRdd<K, Tuple2<Optional<V>, W>> rightOuterJoin(
            PairRdd<K, W> other) {
        return joined(
                Origin.here("rightOuterJoin"),
                other,
                Partitioner.defaultPartitioner(this, other),
                (left, right) -> every(optional(left), right));
    }

    public <W> PairRdd<K, Tuple2<Optional<V>, Optional<W>>> fullOuterJoin(PairRdd<K, W> other) {
        return joined(
                Origin.here("fullOuterJoin"),
                other,
                Partitioner.defaultPartitioner(this, other),
                (left, right) -> every(optional(left), optional(right)));
    }

    final <W extends @Nullable Object> PairRdd<K, V> subtracted(
            Origin origin, PairRdd<K, W> other, Partitioner partitioner) {
        return joined(
                origin,
                other,
                partitioner,
                (left, right) -> right.isEmpty() ? left.iterator() : Items.none());
    }

    /// The pairs whose keys another has not.
    public <W extends @Nullable Object> PairRdd<K, V> subtractByKey(PairRdd<K, W> other) {
        return subtracted(
                Origin.here("subtractByKey"), other, Partitioner.defaultPartitioner(this, other));
    }

    // As of all Rdds, with the methods of pairs

    @Override
    public PairRdd<K, V> filter(FilterFunction<Tuple2<K, V>> function) {
        return fromRdd(super.filter(function));
    }

    /// The pairs of both, this one's first.
    public PairRdd<K, V> union(PairRdd<K, V> other) {
        return fromRdd(super.union(other));
    }

    public PairRdd<K, V> intersection(PairRdd<K, V> other) {
        return fromRdd(super.intersection(other));
    }

    public PairRdd<K, V> subtract(PairRdd<K, V> other) {
        return fromRdd(super.subtract(other));
    }

    @Override
    public PairRdd<K, V> distinct() {
        return fromRdd(super.distinct());
    }

    @Override
    public PairRdd<K, V> distinct(int partitions) {
        return fromRdd(super.distinct(partitions));
    }

    @Override
    public PairRdd<K, V> repartition(int partitions) {
        return fromRdd(super.repartition(partitions));
    }

    @Override
    public PairRdd<K, V> coalesce(int partitions) {
        return fromRdd(super.coalesce(partitions));
    }

    @Override
    public PairRdd<K, V> coalesce(int partitions, boolean shuffle) {
        return fromRdd(super.coalesce(partitions, shuffle));
    }

    @Override
    public PairRdd<K, V> sample(boolean withReplacement, double fraction, long seed) {
        return fromRdd(super.sample(withReplacement, fraction, seed));
    }

    @Override
    public PairRdd<K, V> sample(boolean withReplacement, double fraction) {
        return fromRdd(super.sample(withReplacement, fraction));
    }

    @Override
    public PairRdd<K, V> cache() {
        super.cache();
        return this;
    }

    @Override
    public PairRdd<K, V> persist() {
        super.persist();
        return this;
    }

    @Override
    public PairRdd<K, V> persist(StorageLevel level) {
        super.persist(level);
        return this;
    }

    @Override
    public PairRdd<K, V> unpersist() {
        super.unpersist();
        return this;
    }

    @Override
    public PairRdd<K, V> setName(String name) {
        super.setName(name);
        return this;
    }
}
