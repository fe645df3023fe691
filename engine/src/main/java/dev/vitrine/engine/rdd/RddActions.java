package dev.vitrine.engine.rdd;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What runs an [Rdd]: each call is a job of its own. Users see it as [Rdd].
public abstract sealed class RddActions<T extends @Nullable Object> extends RddFacts<T>
        permits Rdd {
    RddActions(Lineage<T> lineage) {
        super(lineage);
    }

    /// Runs a job over all partitions.
    <R extends @Nullable Object> List<R> run(Origin origin, PartitionBody<T, R> body) {
        return context().run(origin, lineage, JobPlan.all(lineage), body);
    }

    private static UnsupportedOperationException empty() {
        return new UnsupportedOperationException("empty collection");
    }

    // All objects

    /// All objects, in the order of partitions.
    ///
    /// @throws dev.vitrine.engine.error.EngineException for whatever fails while they are computed:
    ///   FAILED_EXECUTE_UDF where a function of the program's does, VALUE_NOT_SERIALIZABLE where an
    ///   object has to go from one task to another or to the program and cannot
    public List<T> collect() {
        return run(Origin.here("collect"), (partition, objects) -> objects);
    }

    /// The objects of some partitions.
    public List<List<T>> collectPartitions(int... partitions) {
        Origin origin = Origin.here("collectPartitions");
        List<List<T>> all = new ArrayList<>();
        for (int partition : partitions) {
            all.add(context().run(origin, lineage, List.of(partition), (p, objects) -> objects));
        }
        return all;
    }

    /// All objects, a job for each partition when its first object is asked for.
    public Iterator<T> toLocalIterator() {
        Origin origin = Origin.here("toLocalIterator");
        return Items.all(
                JobPlan.all(lineage).iterator(),
                partition ->
                        context()
                                .run(origin, lineage, List.of(partition), (p, objects) -> objects)
                                .iterator());
    }

    public long count() {
        List<Long> counts =
                run(
                        Origin.here("count"),
                        (partition, objects) -> {
                            long count = 0;
                            while (objects.hasNext()) {
                                objects.next();
                                count++;
                            }
                            return Items.one(count);
                        });
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /// Whether there are no objects; as many partitions are computed as it takes.
    public boolean isEmpty() {
        return taken(Origin.here("isEmpty"), 1).isEmpty();
    }

    // Some objects

    /// The first objects. Computes the first partition, then the next ones four times as many a
    /// job, until there are enough; all the rest at once where there is a shuffle to be done again.
    public List<T> take(int count) {
        return taken(Origin.here("take"), count);
    }

    private List<T> taken(Origin origin, int count) {
        List<T> taken = new ArrayList<>();
        int tried = 0;
        int next = 1;
        while (taken.size() < count && tried < lineage.partitions()) {
            List<Integer> some =
                    JobPlan.all(lineage)
                            .subList(tried, Math.min(tried + next, lineage.partitions()));
            int missing = count - taken.size();
            taken.addAll(
                    context()
                            .run(
                                    origin,
                                    lineage,
                                    some,
                                    (partition, objects) -> Items.first(objects, missing)));
            tried += some.size();
            next = shuffles(lineage) ? lineage.partitions() : 4 * tried;
        }
        return new ArrayList<>(taken.subList(0, Math.min(count, taken.size())));
    }

    private static boolean shuffles(Lineage<?> lineage) {
        return lineage.stored().isEmpty()
                && lineage.dependencies().stream()
                        .anyMatch(d ->
                                !(d instanceof Dependency.Narrow(var parent)) || shuffles(parent));
    }

    /// @throws UnsupportedOperationException where there are no objects
    public T first() {
        List<T> found = taken(Origin.here("first"), 1);
        if (found.isEmpty()) {
            throw empty();
        }
        return found.getFirst();
    }

    /// The smallest objects in their order.
    public List<T> takeOrdered(int count, Comparator<? super T> order) {
        return smallest(Origin.here("takeOrdered"), count, order);
    }

    public List<T> takeOrdered(int count) {
        return smallest(Origin.here("takeOrdered"), count, natural());
    }

    /// The largest objects, the largest first.
    public List<T> top(int count, Comparator<? super T> order) {
        return smallest(Origin.here("top"), count, order.reversed());
    }

    public List<T> top(int count) {
        return smallest(Origin.here("top"), count, RddActions.<T>natural().reversed());
    }

    @SuppressWarnings("unchecked") // or the cast in compareTo fails, and says so
    static <A extends @Nullable Object> Comparator<A> natural() {
        return (Comparator<A>) Comparator.naturalOrder();
    }

    private List<T> smallest(Origin origin, int count, Comparator<? super T> order) {
        UserCode code = origin.code("T, T", "int");
        List<T> parts =
                run(
                        origin,
                        (partition, objects) ->
                                code.run("a partition", () -> smallest(objects, count, order))
                                        .iterator());
        return smallest(parts.iterator(), count, order);
    }

    private static <A extends @Nullable Object> List<A> smallest(
            Iterator<A> objects, int count, Comparator<? super A> order) {
        List<A> kept = new ArrayList<>();
        if (count > 0) {
            PriorityQueue<A> largestFirst = new PriorityQueue<>(order.reversed());
            while (objects.hasNext()) {
                largestFirst.add(objects.next());
                if (largestFirst.size() > count) {
                    largestFirst.poll();
                }
            }
            kept.addAll(largestFirst);
        }
        kept.sort(order);
        return kept;
    }

    public T min(Comparator<? super T> order) {
        return extreme(Origin.here("min"), order);
    }

    public T max(Comparator<? super T> order) {
        return extreme(Origin.here("max"), order.reversed());
    }

    private T extreme(Origin origin, Comparator<? super T> order) {
        List<T> found = smallest(origin, 1, order);
        if (found.isEmpty()) {
            throw empty();
        }
        return found.getFirst();
    }

    private record Drawn<A extends @Nullable Object>(double at, A object) implements Serializable {
        @SuppressWarnings("serial")
        Drawn {}
    }

    /// Objects drawn at random, in no order: `count` of them, or all where there are fewer and none
    /// may come twice.
    public List<T> takeSample(boolean withReplacement, int count, long seed) {
        Origin origin = Origin.here("takeSample");
        Random random = new Random(seed);
        if (withReplacement) {
            List<T> all = context().run(origin, lineage, JobPlan.all(lineage), (p, o) -> o);
            List<T> drawn = new ArrayList<>();
            for (int i = 0; i < count && !all.isEmpty(); i++) {
                drawn.add(all.get(random.nextInt(all.size())));
            }
            return drawn;
        }
        Comparator<Drawn<T>> order = Comparator.comparingDouble(Drawn::at);
        List<Drawn<T>> parts =
                run(
                        origin,
                        (partition, objects) -> {
                            Random own = Sampling.random(seed, partition);
                            return smallest(
                                            Items.each(
                                                    objects, o -> new Drawn<>(own.nextDouble(), o)),
                                            count,
                                            order)
                                    .iterator();
                        });
        List<T> drawn = new ArrayList<>();
        smallest(parts.iterator(), count, order).forEach(d -> drawn.add(d.object));
        Collections.shuffle(drawn, random);
        return drawn;
    }

    // One value of all

    /// One object of all, two by two: in each partition, then of what these give, in their order.
    ///
    /// @throws UnsupportedOperationException where there are no objects
    public T reduce(ReduceFunction<T> function) {
        return reduced(Origin.here("reduce"), function).orElseThrow(RddActions::empty)._1();
    }

    /// In a tuple, since it may be null.
    Optional<Tuple2<T, T>> reduced(Origin origin, ReduceFunction<T> function) {
        UserCode code = origin.code("T, T", "T");
        Iterator<T> result =
                reduced(
                        code,
                        run(origin, (partition, objects) -> reduced(code, objects, function))
                                .iterator(),
                        function);
        if (!result.hasNext()) {
            return Optional.empty();
        }
        T value = result.next();
        return Optional.of(new Tuple2<>(value, value));
    }

    private static <A extends @Nullable Object> Iterator<A> reduced(
            UserCode code, Iterator<A> objects, ReduceFunction<A> function) {
        if (!objects.hasNext()) {
            return Items.none();
        }
        A result = objects.next();
        while (objects.hasNext()) {
            A before = result;
            A next = objects.next();
            result = code.run(next, () -> function.call(before, next));
        }
        return Items.one(result);
    }

    /// As [#reduce], beginning with `zero` in each partition and once more at the end.
    public T fold(T zero, ReduceFunction<T> function) {
        return aggregated(Origin.here("fold"), zero, function::call, function);
    }

    /// One value of another class: of each partition, beginning with a copy of `zero`, then of what
    /// these give.
    public <U extends @Nullable Object> U aggregate(
            U zero, Function2<U, T, U> add, ReduceFunction<U> merge) {
        return aggregated(Origin.here("aggregate"), zero, add, merge);
    }

    private <U extends @Nullable Object> U aggregated(
            Origin origin, U zero, Function2<U, T, U> add, ReduceFunction<U> merge) {
        U result = context().bytes().copy(zero);
        UserCode code = origin.code("U, U", "U");
        for (U part : run(origin, added(origin, zero, add))) {
            U before = result;
            result = code.run(part, () -> merge.call(before, part));
        }
        return result;
    }

    <U extends @Nullable Object> PartitionBody<T, U> added(
            Origin origin, U zero, Function2<U, T, U> add) {
        UserCode code = origin.code("U, T", "U");
        return (partition, objects) -> {
            U result = context().bytes().copy(zero);
            while (objects.hasNext()) {
                U before = result;
                T next = objects.next();
                result = code.run(next, () -> add.call(before, next));
            }
            return Items.one(result);
        };
    }

    /// How often each object comes.
    public Map<T, Long> countByValue() {
        return counted(Origin.here("countByValue"), (partition, objects) -> objects);
    }

    <K extends @Nullable Object> Map<K, Long> counted(Origin origin, PartitionBody<T, K> keys) {
        Map<K, Long> counts = new LinkedHashMap<>();
        for (Tuple2<K, Long> part :
                run(
                        origin,
                        (partition, objects) -> {
                            Map<K, Long> own = new LinkedHashMap<>();
                            keys.of(partition, objects)
                                    .forEachRemaining(key -> own.merge(key, 1L, Long::sum));
                            return Items.each(
                                    own.entrySet().iterator(),
                                    e -> new Tuple2<>(e.getKey(), e.getValue()));
                        })) {
            counts.merge(part._1(), part._2(), Long::sum);
        }
        return counts;
    }

    // Effects

    /// Does something with each object, in the tasks that compute them.
    public void foreach(ForeachFunction<T> function) {
        Origin origin = Origin.here("foreach");
        UserCode code = origin.code("T", "");
        effect(
                origin,
                objects ->
                        objects.forEachRemaining(object ->
                                code.<Boolean>run(
                                        object,
                                        () -> {
                                            function.call(object);
                                            return true;
                                        })));
    }

    /// Does something with the objects of each partition, in the tasks that compute them.
    public void foreachPartition(ForeachPartitionFunction<T> function) {
        Origin origin = Origin.here("foreachPartition");
        UserCode code = origin.code("Iterator<T>", "");
        effect(
                origin,
                objects ->
                        code.<Boolean>run(
                                "a partition",
                                () -> {
                                    function.call(objects);
                                    return true;
                                }));
    }

    private void effect(Origin origin, java.util.function.Consumer<Iterator<T>> effect) {
        run(
                origin,
                (partition, objects) -> {
                    effect.accept(objects);
                    return Items.<Boolean>none();
                });
    }

    /// Writes a folder with a text file for each partition, an object a line.
    ///
    /// @throws dev.vitrine.engine.error.EngineException PATH_ALREADY_EXISTS
    public void saveAsTextFile(String path) {
        Origin origin = Origin.here("saveAsTextFile");
        TextOutput output = new TextOutput(path);
        boolean done = false;
        try {
            output.commit(run(origin, output::write));
            done = true;
        } finally {
            if (!done) {
                output.abort();
            }
        }
    }
}
