package dev.vitrine.engine.rdd;

import dev.vitrine.engine.settings.StorageLevel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Objects to be computed, in partitions. Immutable and lazy: a method that gives an Rdd only
/// describes; an action runs a job. Method names and their meaning are those of Spark's `JavaRDD`.
///
/// Steps that need no other partition run one after the other for each object in one task, without
/// writing anything. What goes from one task to another, or to the program, is written and read:
/// Java's serialization for all but the commonest classes. Functions run in tasks on many threads,
/// possibly more than once. What an operation by key or a sort brings together in one partition is
/// held on the heap, not spilled.
public sealed class Rdd<T extends @Nullable Object> extends RddActions<T>
        permits KeyedRdd, DoubleRdd {
    Rdd(Lineage<T> lineage) {
        super(lineage);
    }

    // One partition at a time

    public <U extends @Nullable Object> Rdd<U> map(MapFunction<T, U> function) {
        Origin origin = Origin.here("map");
        return mapped(origin, function);
    }

    final <U extends @Nullable Object> Rdd<U> mapped(Origin origin, MapFunction<T, U> function) {
        return mapped(origin, origin.code("T", "U"), Optional.empty(), function);
    }

    final <U extends @Nullable Object> Rdd<U> mapped(
            Origin origin,
            UserCode code,
            Optional<Partitioner> partitioner,
            MapFunction<T, U> function) {
        return Narrow.mapped(
                origin,
                this,
                partitioner,
                (partition, objects) ->
                        Items.each(
                                objects, object -> code.run(object, () -> function.call(object))));
    }

    public <U extends @Nullable Object> Rdd<U> flatMap(FlatMapFunction<T, U> function) {
        return flatMapped(Origin.here("flatMap"), Optional.empty(), function);
    }

    final <U extends @Nullable Object> Rdd<U> flatMapped(
            Origin origin, Optional<Partitioner> partitioner, FlatMapFunction<T, U> function) {
        UserCode code = origin.code("T", "Iterator<U>");
        return Narrow.mapped(
                origin,
                this,
                partitioner,
                (partition, objects) ->
                        Items.all(
                                objects,
                                object ->
                                        code.guarded(
                                                code.run(object, () -> function.call(object)))));
    }

    public Rdd<T> filter(FilterFunction<T> function) {
        return filtered(Origin.here("filter"), function);
    }

    final Rdd<T> filtered(Origin origin, FilterFunction<T> function) {
        UserCode code = origin.code("T", "boolean");
        return Narrow.mapped(
                origin,
                this,
                lineage.partitioner(),
                (partition, objects) ->
                        Items.filtered(
                                objects,
                                object -> code.<Boolean>run(object, () -> function.call(object))));
    }

    /// Objects of a partition's, which the function may read one by one.
    public <U extends @Nullable Object> Rdd<U> mapPartitions(MapPartitionsFunction<T, U> function) {
        return mapPartitions(function, false);
    }

    /// @param preservesPartitioning whether pairs keep their keys
    public <U extends @Nullable Object> Rdd<U> mapPartitions(
            MapPartitionsFunction<T, U> function, boolean preservesPartitioning) {
        return withIndex(
                Origin.here("mapPartitions"),
                (partition, objects) -> function.call(objects),
                preservesPartitioning);
    }

    /// As [#mapPartitions], where the function is given the partition's number too.
    public <U extends @Nullable Object> Rdd<U> mapPartitionsWithIndex(
            Function2<Integer, Iterator<T>, Iterator<U>> function, boolean preservesPartitioning) {
        return withIndex(Origin.here("mapPartitionsWithIndex"), function, preservesPartitioning);
    }

    public <U extends @Nullable Object> Rdd<U> mapPartitionsWithIndex(
            Function2<Integer, Iterator<T>, Iterator<U>> function) {
        return withIndex(Origin.here("mapPartitionsWithIndex"), function, false);
    }

    private <U extends @Nullable Object> Rdd<U> withIndex(
            Origin origin, Function2<Integer, Iterator<T>, Iterator<U>> function, boolean keeps) {
        UserCode code = origin.code("Iterator<T>", "Iterator<U>");
        return Narrow.mapped(
                origin,
                this,
                keeps ? lineage.partitioner() : Optional.empty(),
                (partition, objects) ->
                        code.guarded(
                                code.run(
                                        "partition " + partition,
                                        () -> function.call(partition, objects))));
    }

    /// Each partition as a list.
    public Rdd<List<T>> glom() {
        return Narrow.mapped(
                Origin.here("glom"),
                this,
                Optional.empty(),
                (partition, objects) -> {
                    List<T> all = new ArrayList<>();
                    objects.forEachRemaining(all::add);
                    return Items.one(all);
                });
    }

    // Pairs and numbers

    public <K extends @Nullable Object, V extends @Nullable Object> PairRdd<K, V> mapToPair(
            MapFunction<T, Tuple2<K, V>> function) {
        Origin origin = Origin.here("mapToPair");
        return PairRdd.fromRdd(
                mapped(origin, origin.code("T", "Tuple2<K, V>"), Optional.empty(), function));
    }

    public <K extends @Nullable Object, V extends @Nullable Object> PairRdd<K, V> flatMapToPair(
            FlatMapFunction<T, Tuple2<K, V>> function) {
        return PairRdd.fromRdd(
                flatMapped(Origin.here("flatMapToPair"), Optional.empty(), function));
    }

    public DoubleRdd mapToDouble(MapFunction<T, Double> function) {
        return new DoubleRdd(mapped(Origin.here("mapToDouble"), function).lineage);
    }

    public DoubleRdd flatMapToDouble(FlatMapFunction<T, Double> function) {
        return new DoubleRdd(
                flatMapped(Origin.here("flatMapToDouble"), Optional.empty(), function).lineage);
    }

    /// Each object with a key.
    public <K extends @Nullable Object> PairRdd<K, T> keyBy(MapFunction<T, K> function) {
        return keyed(Origin.here("keyBy"), function);
    }

    final <K extends @Nullable Object> PairRdd<K, T> keyed(
            Origin origin, MapFunction<T, K> function) {
        return PairRdd.fromRdd(
                mapped(
                        origin,
                        origin.code("T", "K"),
                        Optional.empty(),
                        object -> new Tuple2<>(function.call(object), object)));
    }

    /// The objects by key, each group in memory.
    public <K extends @Nullable Object> PairRdd<K, Iterable<T>> groupBy(
            MapFunction<T, K> function, int partitions) {
        Origin origin = Origin.here("groupBy");
        return keyed(origin, function).grouped(origin, new HashPartitioner(partitions));
    }

    public <K extends @Nullable Object> PairRdd<K, Iterable<T>> groupBy(
            MapFunction<T, K> function) {
        Origin origin = Origin.here("groupBy");
        return keyed(origin, function).grouped(origin, Partitioner.defaultPartitioner(this));
    }

    // With others

    /// The objects of both, this one's first; equal ones stay.
    public Rdd<T> union(Rdd<T> other) {
        return Narrow.union(Origin.here("union"), List.of(this, other));
    }

    /// The objects that are in both, once each.
    public Rdd<T> intersection(Rdd<T> other) {
        Origin origin = Origin.here("intersection");
        Partitioner partitioner = Partitioner.defaultPartitioner(this, other);
        return withoutValue(origin)
                .grouped(origin, other.withoutValue(origin), partitioner)
                .filtered(
                        origin,
                        group ->
                                group._2()._1().iterator().hasNext()
                                        && group._2()._2().iterator().hasNext())
                .mapped(origin, Tuple2::_1);
    }

    /// The objects that are not in another.
    public Rdd<T> subtract(Rdd<T> other) {
        return subtracted(other, Partitioner.defaultPartitioner(this, other));
    }

    public Rdd<T> subtract(Rdd<T> other, int partitions) {
        return subtracted(other, new HashPartitioner(partitions));
    }

    private Rdd<T> subtracted(Rdd<T> other, Partitioner partitioner) {
        Origin origin = Origin.here("subtract");
        return withoutValue(origin)
                .subtracted(origin, other.withoutValue(origin), partitioner)
                .mapped(origin, Tuple2::_1);
    }

    private PairRdd<T, Boolean> withoutValue(Origin origin) {
        return PairRdd.fromRdd(mapped(origin, object -> new Tuple2<>(object, true)));
    }

    /// Equal objects once.
    public Rdd<T> distinct() {
        return distinct(Origin.here("distinct"), Partitioner.defaultPartitioner(this));
    }

    public Rdd<T> distinct(int partitions) {
        return distinct(Origin.here("distinct"), new HashPartitioner(partitions));
    }

    private Rdd<T> distinct(Origin origin, Partitioner partitioner) {
        Combine<T, Boolean, Boolean> once =
                new Combine<>(origin.code("T", "T"), value -> value, (a, b) -> a, (a, b) -> a);
        return withoutValue(origin)
                .combined(origin, once, partitioner, true)
                .mapped(origin, Tuple2::_1);
    }

    /// Every object with every object of another.
    public <U extends @Nullable Object> PairRdd<T, U> cartesian(Rdd<U> other) {
        return Narrow.cartesian(Origin.here("cartesian"), this, other);
    }

    /// Objects with those of the same place in another.
    ///
    /// @throws IllegalArgumentException where the numbers of partitions differ; where those of
    ///   objects do, the job fails
    public <U extends @Nullable Object> PairRdd<T, U> zip(Rdd<U> other) {
        Origin origin = Origin.here("zip");
        UserCode code = origin.code("T, U", "Tuple2<T, U>");
        return new PairRdd<>(
                Narrow.zipped(origin, this, other, (a, b) -> code.guarded(Narrow.pairs(a, b))));
    }

    /// @throws IllegalArgumentException where the numbers of partitions differ
    public <U extends @Nullable Object, R extends @Nullable Object> Rdd<R> zipPartitions(
            Rdd<U> other, FlatMapFunction2<Iterator<T>, Iterator<U>, R> function) {
        Origin origin = Origin.here("zipPartitions");
        UserCode code = origin.code("Iterator<T>, Iterator<U>", "Iterator<R>");
        return new Rdd<>(
                Narrow.zipped(
                        origin,
                        this,
                        other,
                        (a, b) ->
                                code.guarded(
                                        code.run("two partitions", () -> function.call(a, b)))));
    }

    /// Each object with its place. Runs a job that counts, where there are several partitions.
    public PairRdd<T, Long> zipWithIndex() {
        Origin origin = Origin.here("zipWithIndex");
        List<Long> counts =
                getNumPartitions() < 2
                        ? List.of()
                        : run(
                                new Origin("zipWithIndex (count)", origin.place()),
                                (partition, objects) -> {
                                    long count = 0;
                                    while (objects.hasNext()) {
                                        objects.next();
                                        count++;
                                    }
                                    return Items.one(count);
                                });
        long[] starts = new long[counts.size() + 1];
        for (int i = 0; i < counts.size(); i++) {
            starts[i + 1] = starts[i] + counts.get(i);
        }
        return numbered(origin, partition -> starts[partition], 1);
    }

    /// Each object with a number that no other has: of partition k of n they are k, n + k, 2n + k.
    public PairRdd<T, Long> zipWithUniqueId() {
        return numbered(Origin.here("zipWithUniqueId"), partition -> partition, getNumPartitions());
    }

    private PairRdd<T, Long> numbered(
            Origin origin, java.util.function.IntToLongFunction first, long step) {
        return PairRdd.fromRdd(
                Narrow.mapped(
                        origin,
                        this,
                        Optional.empty(),
                        (partition, objects) -> {
                            long[] next = {first.applyAsLong(partition)};
                            return Items.each(
                                    objects,
                                    object -> {
                                        long number = next[0];
                                        next[0] += step;
                                        return new Tuple2<>(object, number);
                                    });
                        }));
    }

    // Order and partitions

    /// In the order of what a function gives. Runs a job that samples it.
    public <K extends @Nullable Object> Rdd<T> sortBy(
            MapFunction<T, K> function, boolean ascending, int partitions) {
        Origin origin = Origin.here("sortBy");
        Comparator<K> order = natural();
        return keyed(origin, function)
                .sorted(origin, ascending ? order : order.reversed(), partitions)
                .mapped(origin, Tuple2::_2);
    }

    public <K extends @Nullable Object> Rdd<T> sortBy(MapFunction<T, K> function) {
        return sortBy(function, true, getNumPartitions());
    }

    /// The objects evenly over so many partitions.
    public Rdd<T> repartition(int partitions) {
        return spread(Origin.here("repartition"), partitions);
    }

    private Rdd<T> spread(Origin origin, int partitions) {
        Rdd<Tuple2<Integer, T>> numbered =
                Narrow.mapped(
                        origin,
                        this,
                        Optional.empty(),
                        (partition, objects) -> {
                            int[] next = {Sampling.random(0, partition).nextInt(partitions)};
                            return Items.each(
                                    objects,
                                    object -> {
                                        next[0] = (next[0] + 1) % partitions;
                                        return new Tuple2<>(next[0], object);
                                    });
                        });
        return PairRdd.fromRdd(numbered)
                .spread(origin, new HashPartitioner(partitions))
                .mapped(origin, Tuple2::_2);
    }

    /// Fewer partitions, each of several that lie side by side, without an exchange.
    public Rdd<T> coalesce(int partitions) {
        return coalesce(partitions, false);
    }

    /// @param shuffle whether objects are exchanged, so that all partitions are computed by as many
    ///   tasks as now and there may be more afterwards
    public Rdd<T> coalesce(int partitions, boolean shuffle) {
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "Number of partitions (" + partitions + ") must be positive.");
        }
        Origin origin = Origin.here("coalesce");
        return shuffle ? spread(origin, partitions) : Narrow.coalesced(origin, this, partitions);
    }

    /// A random part.
    ///
    /// @param fraction how likely an object is taken, or how often with replacement
    public Rdd<T> sample(boolean withReplacement, double fraction, long seed) {
        if (fraction < 0 || !withReplacement && fraction > 1) {
            throw new IllegalArgumentException(fraction + " is no fraction to sample");
        }
        return Narrow.mapped(
                Origin.here("sample"),
                this,
                lineage.partitioner(),
                (partition, objects) -> {
                    Random random = Sampling.random(seed, partition);
                    return withReplacement
                            ? Sampling.replaced(objects, fraction, random)
                            : Sampling.range(objects, 0, fraction, random);
                });
    }

    public Rdd<T> sample(boolean withReplacement, double fraction) {
        return sample(withReplacement, fraction, new Random().nextLong());
    }

    /// Parts that together are all, about as large as their weights say.
    public List<Rdd<T>> randomSplit(double[] weights, long seed) {
        Origin origin = Origin.here("randomSplit");
        double sum = Arrays.stream(weights).sum();
        if (!(sum > 0) || Arrays.stream(weights).anyMatch(w -> w < 0)) {
            throw new IllegalArgumentException("Weights are not below 0, and not all are 0");
        }
        List<Rdd<T>> parts = new ArrayList<>();
        double from = 0;
        for (int i = 0; i < weights.length; i++) {
            double low = from;
            double high = i == weights.length - 1 ? 1 : low + weights[i] / sum;
            parts.add(
                    Narrow.mapped(
                            origin,
                            this,
                            lineage.partitioner(),
                            (partition, objects) ->
                                    Sampling.range(
                                            objects, low, high, Sampling.random(seed, partition))));
            from = high;
        }
        return parts;
    }

    // In several rounds

    /// As [#reduce], where partitions' results are brought together in rounds of tasks first.
    ///
    /// @throws UnsupportedOperationException where there are no objects
    public T treeReduce(ReduceFunction<T> function, int depth) {
        return TreeAggregation.reduced(this, Origin.here("treeReduce"), function, depth);
    }

    public T treeReduce(ReduceFunction<T> function) {
        return treeReduce(function, 2);
    }

    /// As [#aggregate], where partitions' results are brought together in rounds of tasks first.
    public <U extends @Nullable Object> U treeAggregate(
            U zero, Function2<U, T, U> add, ReduceFunction<U> merge, int depth) {
        return TreeAggregation.of(this, Origin.here("treeAggregate"), zero, add, merge, depth);
    }

    public <U extends @Nullable Object> U treeAggregate(
            U zero, Function2<U, T, U> add, ReduceFunction<U> merge) {
        return treeAggregate(zero, add, merge, 2);
    }

    // Kept objects

    /// Has the objects kept in memory once a job has computed them.
    public Rdd<T> cache() {
        return persist();
    }

    /// The same as [#cache].
    public Rdd<T> persist() {
        return persist(StorageLevel.MEMORY_ONLY);
    }

    /// Has the objects kept at a level once a job has computed them.
    public Rdd<T> persist(StorageLevel level) {
        lineage.keep(level);
        return this;
    }

    /// NONE where the objects are not to be kept.
    public StorageLevel getStorageLevel() {
        return lineage.level();
    }

    /// Lets go of what is kept.
    public Rdd<T> unpersist() {
        lineage.release();
        return this;
    }

    /// Has the next job that needs the objects compute them in a job of its own and write them to
    /// the folder for checkpoints ([SparkContext#setCheckpointDir]); what they were made of is
    /// forgotten.
    public void checkpoint() {
        lineage.askForCheckpoint(true);
    }

    /// The same, but they are kept with the session, for as long as it is open.
    public void localCheckpoint() {
        lineage.askForCheckpoint(false);
    }

    public Rdd<T> setName(String name) {
        lineage.setName(name);
        return this;
    }
}
