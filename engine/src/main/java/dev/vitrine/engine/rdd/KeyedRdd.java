package dev.vitrine.engine.rdd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What brings the values of equal keys together. Users see it as [PairRdd].
public abstract sealed class KeyedRdd<K extends @Nullable Object, V extends @Nullable Object>
        extends Rdd<Tuple2<K, V>> permits PairRdd {
    KeyedRdd(Lineage<Tuple2<K, V>> lineage) {
        super(lineage);
    }

    private Partitioner by() {
        return Partitioner.defaultPartitioner(this);
    }

    // One pair at a time

    public Rdd<K> keys() {
        return mapped(Origin.here("keys"), Tuple2::_1);
    }

    public Rdd<V> values() {
        return mapped(Origin.here("values"), Tuple2::_2);
    }

    /// Each pair with another value. The pairs stay in the partitions of their keys.
    public <W extends @Nullable Object> PairRdd<K, W> mapValues(MapFunction<V, W> function) {
        return mappedValues(Origin.here("mapValues"), function);
    }

    final <W extends @Nullable Object> PairRdd<K, W> mappedValues(
            Origin origin, MapFunction<V, W> function) {
        return PairRdd.fromRdd(
                mapped(
                        origin,
                        origin.code("V", "W"),
                        lineage.partitioner(),
                        pair -> new Tuple2<>(pair._1(), function.call(pair._2()))));
    }

    /// Each pair as any number of pairs of its key.
    public <W extends @Nullable Object> PairRdd<K, W> flatMapValues(
            FlatMapFunction<V, W> function) {
        return flatMappedValues(Origin.here("flatMapValues"), function);
    }

    final <W extends @Nullable Object> PairRdd<K, W> flatMappedValues(
            Origin origin, FlatMapFunction<V, W> function) {
        return PairRdd.fromRdd(
                flatMapped(
                        origin,
                        lineage.partitioner(),
                        pair ->
                                Items.each(
                                        function.call(pair._2()),
                                        value -> new Tuple2<>(pair._1(), value))));
    }

    // Values of equal keys as one

    /// Values combined: in the tasks that write, if `mapSide`, and in those that read. No exchange
    /// where pairs lie by the partitioner already.
    final <C extends @Nullable Object> PairRdd<K, C> combined(
            Origin origin, Combine<K, V, C> combine, Partitioner partitioner, boolean mapSide) {
        if (lineage.partitioner().equals(Optional.of(partitioner))) {
            return PairRdd.fromRdd(
                    Narrow.mapped(
                            origin,
                            this,
                            lineage.partitioner(),
                            (partition, pairs) -> combine.whole(pairs)));
        }
        if (mapSide) {
            Shuffle<K, V, C> shuffle = Shuffle.combining(origin, lineage, partitioner, combine);
            return reading(
                    origin,
                    partitioner,
                    shuffle,
                    (partition, inputs) -> combine.merged(inputs.shuffled(shuffle, partition)));
        }
        Shuffle<K, V, V> shuffle = Shuffle.plain(origin, lineage, partitioner);
        return reading(
                origin,
                partitioner,
                shuffle,
                (partition, inputs) -> combine.whole(inputs.shuffled(shuffle, partition)));
    }

    private <C extends @Nullable Object> PairRdd<K, C> reading(
            Origin origin,
            Partitioner partitioner,
            Shuffle<K, V, ?> shuffle,
            Lineage.Body<Tuple2<K, C>> body) {
        return new PairRdd<>(
                new Lineage<>(
                        context(),
                        "ShuffledRDD",
                        origin,
                        partitioner.numPartitions(),
                        List.of(new Dependency.Shuffled(shuffle)),
                        Optional.of(partitioner),
                        body));
    }

    /// The pairs, exchanged.
    final PairRdd<K, V> spread(Origin origin, Partitioner partitioner) {
        Shuffle<K, V, V> shuffle = Shuffle.plain(origin, lineage, partitioner);
        return reading(
                origin,
                partitioner,
                shuffle,
                (partition, inputs) -> inputs.shuffled(shuffle, partition));
    }

    final PairRdd<K, Iterable<V>> grouped(Origin origin, Partitioner partitioner) {
        Combine<K, V, ArrayList<V>> lists =
                new Combine<>(
                        origin.code("V", "Iterable<V>"),
                        value -> {
                            ArrayList<V> list = new ArrayList<>();
                            list.add(value);
                            return list;
                        },
                        (list, value) -> {
                            list.add(value);
                            return list;
                        },
                        (list, more) -> {
                            list.addAll(more);
                            return list;
                        });
        return combined(origin, lists, partitioner, false).mappedValues(origin, list -> list);
    }

    /// All values of each key. What is brought together is better done by [#reduceByKey], which
    /// exchanges less.
    public PairRdd<K, Iterable<V>> groupByKey() {
        return grouped(Origin.here("groupByKey"), by());
    }

    public PairRdd<K, Iterable<V>> groupByKey(int partitions) {
        return grouped(Origin.here("groupByKey"), new HashPartitioner(partitions));
    }

    public PairRdd<K, Iterable<V>> groupByKey(Partitioner partitioner) {
        return grouped(Origin.here("groupByKey"), partitioner);
    }

    /// One value of each key, two by two: in the tasks that write, then in those that read.
    public PairRdd<K, V> reduceByKey(ReduceFunction<V> function) {
        return reducedByKey(by(), function);
    }

    public PairRdd<K, V> reduceByKey(ReduceFunction<V> function, int partitions) {
        return reducedByKey(new HashPartitioner(partitions), function);
    }

    public PairRdd<K, V> reduceByKey(Partitioner partitioner, ReduceFunction<V> function) {
        return reducedByKey(partitioner, function);
    }

    private PairRdd<K, V> reducedByKey(Partitioner partitioner, ReduceFunction<V> function) {
        Origin origin = Origin.here("reduceByKey");
        return combined(
                origin,
                new Combine<>(origin.code("V, V", "V"), value -> value, function::call, function),
                partitioner,
                true);
    }

    /// As [#reduceByKey], beginning with a copy of `zero` for each key of each task that writes.
    public PairRdd<K, V> foldByKey(V zero, ReduceFunction<V> function) {
        return aggregated(Origin.here("foldByKey"), zero, by(), function::call, function);
    }

    public PairRdd<K, V> foldByKey(V zero, int partitions, ReduceFunction<V> function) {
        return aggregated(
                Origin.here("foldByKey"),
                zero,
                new HashPartitioner(partitions),
                function::call,
                function);
    }

    /// One value of another class of each key.
    public <U extends @Nullable Object> PairRdd<K, U> aggregateByKey(
            U zero, Function2<U, V, U> add, ReduceFunction<U> merge) {
        return aggregated(Origin.here("aggregateByKey"), zero, by(), add, merge);
    }

    public <U extends @Nullable Object> PairRdd<K, U> aggregateByKey(
            U zero, int partitions, Function2<U, V, U> add, ReduceFunction<U> merge) {
        return aggregated(
                Origin.here("aggregateByKey"), zero, new HashPartitioner(partitions), add, merge);
    }

    private <U extends @Nullable Object> PairRdd<K, U> aggregated(
            Origin origin,
            U zero,
            Partitioner partitioner,
            Function2<U, V, U> add,
            ReduceFunction<U> merge) {
        ObjectBytes bytes = context().bytes();
        return combined(
                origin,
                new Combine<>(
                        origin.code("U, V", "U"),
                        value -> add.call(bytes.copy(zero), value),
                        add,
                        merge),
                partitioner,
                true);
    }

    /// One value of another class of each key, where the first value makes it.
    public <C extends @Nullable Object> PairRdd<K, C> combineByKey(
            MapFunction<V, C> create, Function2<C, V, C> add, ReduceFunction<C> merge) {
        return combineByKey(create, add, merge, by());
    }

    public <C extends @Nullable Object> PairRdd<K, C> combineByKey(
            MapFunction<V, C> create,
            Function2<C, V, C> add,
            ReduceFunction<C> merge,
            int partitions) {
        return combineByKey(create, add, merge, new HashPartitioner(partitions));
    }

    public <C extends @Nullable Object> PairRdd<K, C> combineByKey(
            MapFunction<V, C> create,
            Function2<C, V, C> add,
            ReduceFunction<C> merge,
            Partitioner partitioner) {
        Origin origin = Origin.here("combineByKey");
        return combined(
                origin,
                new Combine<>(origin.code("V", "C"), create, add, merge),
                partitioner,
                true);
    }

    // Partitions and order

    /// The pairs in the partitions that a partitioner says; as they are, where they lie so already.
    public PairRdd<K, V> partitionBy(Partitioner partitioner) {
        return lineage.partitioner().equals(Optional.of(partitioner))
                ? new PairRdd<>(lineage)
                : spread(Origin.here("partitionBy"), partitioner);
    }

    /// A partitioner by ranges of this Rdd's keys. Runs a job that samples them.
    public RangePartitioner rangePartitioner(int partitions) {
        Origin origin = Origin.here("rangePartitioner");
        return RangePartitioner.sampled(origin, mapped(origin, Tuple2::_1), partitions, natural());
    }

    final PairRdd<K, V> sorted(Origin origin, Comparator<? super K> order, int partitions) {
        return within(
                origin,
                RangePartitioner.sampled(origin, mapped(origin, Tuple2::_1), partitions, order),
                order);
    }

    private PairRdd<K, V> within(
            Origin origin, Partitioner partitioner, Comparator<? super K> order) {
        Shuffle<K, V, V> shuffle = Shuffle.plain(origin, lineage, partitioner);
        UserCode code = origin.code("K, K", "int");
        return reading(
                origin,
                partitioner,
                shuffle,
                (partition, inputs) -> {
                    List<Tuple2<K, V>> pairs = new ArrayList<>();
                    inputs.shuffled(shuffle, partition).forEachRemaining(pairs::add);
                    return code.run(
                            "a partition",
                            () -> {
                                pairs.sort((a, b) -> order.compare(a._1(), b._1()));
                                return pairs.iterator();
                            });
                });
    }

    /// In the order of the keys, over all partitions. Runs a job that samples them.
    public PairRdd<K, V> sortByKey() {
        return sortByKey(true);
    }

    public PairRdd<K, V> sortByKey(boolean ascending) {
        return sortByKey(ascending, getNumPartitions());
    }

    public PairRdd<K, V> sortByKey(boolean ascending, int partitions) {
        return sortByKey(RddActions.<K>natural(), ascending, partitions);
    }

    public PairRdd<K, V> sortByKey(Comparator<K> order, boolean ascending, int partitions) {
        return sorted(Origin.here("sortByKey"), ascending ? order : order.reversed(), partitions);
    }

    /// Exchanged by a partitioner, and each partition in the order of the keys.
    public PairRdd<K, V> repartitionAndSortWithinPartitions(Partitioner partitioner) {
        return repartitionAndSortWithinPartitions(partitioner, RddActions.<K>natural());
    }

    public PairRdd<K, V> repartitionAndSortWithinPartitions(
            Partitioner partitioner, Comparator<K> order) {
        return within(Origin.here("repartitionAndSortWithinPartitions"), partitioner, order);
    }

    /// A random part, as likely for each key as its fraction says; 0 for keys that have none.
    public PairRdd<K, V> sampleByKey(boolean withReplacement, Map<K, Double> fractions, long seed) {
        return PairRdd.fromRdd(
                Narrow.mapped(
                        Origin.here("sampleByKey"),
                        this,
                        lineage.partitioner(),
                        (partition, pairs) -> {
                            Random random = Sampling.random(seed, partition);
                            return Items.all(
                                    pairs,
                                    pair -> {
                                        double part = fractions.getOrDefault(pair._1(), 0.0);
                                        Iterator<Tuple2<K, V>> one = Items.one(pair);
                                        return withReplacement
                                                ? Sampling.replaced(one, part, random)
                                                : Sampling.range(one, 0, part, random);
                                    });
                        }));
    }

    // Actions

    /// The pairs as a map; of several values of a key, the last.
    public Map<K, V> collectAsMap() {
        Map<K, V> map = new LinkedHashMap<>();
        run(Origin.here("collectAsMap"), (partition, pairs) -> pairs)
                .forEach(pair -> map.put(pair._1(), pair._2()));
        return map;
    }

    public Map<K, Long> countByKey() {
        return counted(
                Origin.here("countByKey"), (partition, pairs) -> Items.each(pairs, Tuple2::_1));
    }

    /// As [#reduceByKey], to the program at once.
    public Map<K, V> reduceByKeyLocally(ReduceFunction<V> function) {
        return reduceByKey(function).collectAsMap();
    }

    /// The values of a key; of one partition only, where the partitioner is known.
    public List<V> lookup(K key) {
        Origin origin = Origin.here("lookup");
        List<Integer> partitions =
                lineage.partitioner()
                        .map(p -> List.of(p.getPartition(key)))
                        .orElseGet(() -> JobPlan.all(lineage));
        return context()
                .run(
                        origin,
                        lineage,
                        partitions,
                        (partition, pairs) ->
                                Items.each(
                                        Items.filtered(
                                                pairs,
                                                pair -> java.util.Objects.equals(pair._1(), key)),
                                        Tuple2::_2));
    }
}
