package dev.vitrine.engine.rdd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Every operation of an Rdd next to the same in plain Java.
@SuppressWarnings("NullAway") // null is a value of programs, too
final class RddCases {
    /// @param run the answer of Rdds of so many slices
    /// @param expected the answer of plain Java, for so many slices
    record Case(
            String name,
            BiFunction<SparkContext, Integer, Object> run,
            Function<Integer, Object> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Integer> NUMBERS =
            IntStream.range(0, 43).map(i -> i * i * 7 % 31 - 5).boxed().toList();
    static final List<Integer> OTHERS =
            IntStream.range(0, 29).map(i -> i * 5 % 17).boxed().toList();
    static final List<String> WORDS =
            Arrays.asList("b", "a", "ü", null, "c", "a", "b", "a", "", "dd", null, "zz", "a");

    private static final List<Case> CASES = new ArrayList<>();

    private RddCases() {}

    static List<Case> all() {
        return List.copyOf(CASES);
    }

    private static void add(
            String name, BiFunction<SparkContext, Integer, Object> run, Supplier<Object> expected) {
        CASES.add(new Case(name, run, slices -> expected.get()));
    }

    private static void slicewise(
            String name,
            BiFunction<SparkContext, Integer, Object> run,
            Function<Integer, Object> expected) {
        CASES.add(new Case(name, run, expected));
    }

    /// As a bag: in an order that has nothing to do with where objects were.
    static <T> List<String> bag(Iterable<T> objects) {
        List<String> texts = new ArrayList<>();
        objects.forEach(o -> texts.add(String.valueOf(o)));
        Collections.sort(texts);
        return texts;
    }

    private static <K, V> List<String> bagOf(Map<K, V> map) {
        return bag(map.entrySet().stream().map(e -> pair(e.getKey(), e.getValue())).toList());
    }

    private static <A, B> Tuple2<A, B> pair(A a, B b) {
        return new Tuple2<>(a, b);
    }

    private static Rdd<Integer> numbers(SparkContext sc, int slices) {
        return sc.parallelize(NUMBERS, slices);
    }

    private static PairRdd<Integer, Integer> pairs(SparkContext sc, int slices) {
        return numbers(sc, slices).mapToPair(n -> pair(Math.floorMod(n, 7), n));
    }

    private static PairRdd<Integer, Integer> others(SparkContext sc, int slices) {
        return sc.parallelize(OTHERS, Math.max(1, slices / 2))
                .mapToPair(n -> pair(n % 11, n * 100));
    }

    private static List<Tuple2<Integer, Integer>> pairs() {
        return NUMBERS.stream().map(n -> pair(Math.floorMod(n, 7), n)).toList();
    }

    private static List<Tuple2<Integer, Integer>> others() {
        return OTHERS.stream().map(n -> pair(n % 11, n * 100)).toList();
    }

    private static Map<Integer, List<Integer>> grouped(List<Tuple2<Integer, Integer>> pairs) {
        Map<Integer, List<Integer>> groups = new TreeMap<>();
        pairs.forEach(p -> groups.computeIfAbsent(p._1(), k -> new ArrayList<>()).add(p._2()));
        return groups;
    }

    /// The slices as Spark cuts a list.
    static <T> List<List<T>> slices(List<T> list, int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        list.subList(
                                (int) ((long) i * list.size() / count),
                                (int) ((i + 1L) * list.size() / count)))
                .toList();
    }

    private static <A, B> List<Tuple2<A, B>> joined(
            List<A> left, List<B> right, BiFunction<A, B, Boolean> on) {
        return left.stream()
                .flatMap(a -> right.stream().filter(b -> on.apply(a, b)).map(b -> pair(a, b)))
                .toList();
    }

    private static Set<Integer> keys(List<Tuple2<Integer, Integer>> pairs) {
        return pairs.stream().map(Tuple2::_1).collect(Collectors.toSet());
    }

    static {
        narrow();
        keyed();
        together();
        ordered();
        actions();
    }

    private static void narrow() {
        add("collect", (sc, n) -> numbers(sc, n).collect(), () -> NUMBERS);
        add(
                "nulls and text",
                (sc, n) -> sc.parallelize(WORDS, n).map(w -> w == null ? null : w + "ß").collect(),
                () -> WORDS.stream().map(w -> w == null ? null : w + "ß").toList());
        add(
                "map, filter, flatMap",
                (sc, n) ->
                        numbers(sc, n)
                                .map(i -> i * 3)
                                .filter(i -> i % 2 == 0)
                                .flatMap(i -> List.of(i, -i).iterator())
                                .collect(),
                () ->
                        NUMBERS.stream()
                                .map(i -> i * 3)
                                .filter(i -> i % 2 == 0)
                                .flatMap(i -> Stream.of(i, -i))
                                .toList());
        slicewise(
                "mapPartitionsWithIndex",
                (sc, n) ->
                        numbers(sc, n)
                                .mapPartitionsWithIndex((i, items) -> {
                                    int sum = 0;
                                    while (items.hasNext()) {
                                        sum += items.next();
                                    }
                                    return List.of(i + ":" + sum).iterator();
                                })
                                .collect(),
                n -> {
                    List<String> sums = new ArrayList<>();
                    for (List<Integer> slice : slices(NUMBERS, n)) {
                        sums.add(sums.size() + ":" + slice.stream().mapToInt(i -> i).sum());
                    }
                    return sums;
                });
        slicewise("glom", (sc, n) -> numbers(sc, n).glom().collect(), n -> slices(NUMBERS, n));
        add(
                "range",
                (sc, n) -> sc.range(10, -20, -3, n).collect(),
                () -> Stream.iterate(10L, i -> i > -20, i -> i - 3).toList());
        add("emptyRDD", (sc, n) -> sc.<Integer>emptyRDD().map(i -> i + 1).collect(), List::of);
        add(
                "emptyRDD by key",
                (sc, n) ->
                        sc.<Integer>emptyRDD()
                                .mapToPair(i -> pair(i, i))
                                .reduceByKey(Integer::sum)
                                .collect(),
                List::of);
        add(
                "union",
                (sc, n) -> numbers(sc, n).union(sc.parallelize(OTHERS, 2)).collect(),
                () -> Stream.concat(NUMBERS.stream(), OTHERS.stream()).toList());
        add(
                "union with itself behind a shuffle",
                (sc, n) -> {
                    PairRdd<Integer, Integer> sums = pairs(sc, n).reduceByKey(Integer::sum);
                    return bag(sums.union(sums).collect());
                },
                () -> {
                    List<Object> twice = new ArrayList<>();
                    grouped(pairs())
                            .forEach((k, vs) -> {
                                int sum = vs.stream().mapToInt(v -> v).sum();
                                twice.add(pair(k, sum));
                                twice.add(pair(k, sum));
                            });
                    return bag(twice);
                });
        add(
                "cartesian",
                (sc, n) -> bag(numbers(sc, n).cartesian(sc.parallelize(OTHERS, 2)).collect()),
                () -> bag(joined(NUMBERS, OTHERS, (a, b) -> true)));
        add(
                "zip",
                (sc, n) -> numbers(sc, n).zip(numbers(sc, n).map(i -> -i)).collect(),
                () -> NUMBERS.stream().map(i -> pair(i, -i)).toList());
        slicewise(
                "zipPartitions",
                (sc, n) ->
                        numbers(sc, n)
                                .zipPartitions(
                                        sc.parallelize(OTHERS, n),
                                        (a, b) -> List.of(size(a) * 100 + size(b)).iterator())
                                .collect(),
                n ->
                        IntStream.range(0, n)
                                .mapToObj(i ->
                                        slices(NUMBERS, n).get(i).size() * 100
                                                + slices(OTHERS, n).get(i).size())
                                .toList());
        add(
                "zipWithIndex",
                (sc, n) -> numbers(sc, n).zipWithIndex().collect(),
                () ->
                        IntStream.range(0, NUMBERS.size())
                                .mapToObj(i -> pair(NUMBERS.get(i), (long) i))
                                .toList());
        slicewise(
                "zipWithUniqueId",
                (sc, n) -> numbers(sc, n).zipWithUniqueId().collect(),
                n -> {
                    List<Object> all = new ArrayList<>();
                    for (int i = 0; i < n; i++) {
                        long id = i;
                        for (Integer number : slices(NUMBERS, n).get(i)) {
                            all.add(pair(number, id));
                            id += n;
                        }
                    }
                    return all;
                });
        slicewise(
                "coalesce",
                (sc, n) -> {
                    Rdd<Integer> fewer = numbers(sc, n).coalesce(3);
                    return pair(fewer.getNumPartitions(), fewer.collect());
                },
                n -> pair(Math.min(3, n), NUMBERS));
        add(
                "repartition",
                (sc, n) -> {
                    Rdd<Integer> spread = numbers(sc, n).repartition(4);
                    long full = spread.glom().collect().stream().filter(p -> p.size() > 3).count();
                    return pair(full, bag(spread.collect()));
                },
                () -> pair(4L, bag(NUMBERS)));
        add(
                "sample of all and of none",
                (sc, n) ->
                        pair(
                                numbers(sc, n).sample(false, 1, 3).collect(),
                                numbers(sc, n).sample(true, 0, 3).count()),
                () -> pair(NUMBERS, 0L));
        add(
                "randomSplit",
                (sc, n) ->
                        bag(
                                numbers(sc, n).randomSplit(new double[] {1, 2, 0.5}, 11).stream()
                                        .flatMap(part -> part.collect().stream())
                                        .toList()),
                () -> bag(NUMBERS));
    }

    private static int size(Iterator<?> items) {
        int size = 0;
        for (; items.hasNext(); items.next()) {
            size++;
        }
        return size;
    }

    private static void keyed() {
        add(
                "keys, values, mapValues, flatMapValues",
                (sc, n) ->
                        List.of(
                                pairs(sc, n).keys().collect(),
                                pairs(sc, n).values().collect(),
                                pairs(sc, n).mapValues(v -> v + 1).collect(),
                                pairs(sc, n)
                                        .flatMapValues(v -> List.of(v, v + 1).iterator())
                                        .collect()),
                () ->
                        List.of(
                                pairs().stream().map(Tuple2::_1).toList(),
                                pairs().stream().map(Tuple2::_2).toList(),
                                pairs().stream().map(p -> pair(p._1(), p._2() + 1)).toList(),
                                pairs().stream()
                                        .flatMap(p ->
                                                Stream.of(
                                                        pair(p._1(), p._2()),
                                                        pair(p._1(), p._2() + 1)))
                                        .toList()));
        add(
                "groupByKey keeps the order of the input",
                (sc, n) -> bag(pairs(sc, n).groupByKey().collect()),
                () -> bagOf(grouped(pairs())));
        add(
                "groupBy",
                (sc, n) -> bag(numbers(sc, n).groupBy(i -> Math.floorMod(i, 7), 3).collect()),
                () -> bagOf(grouped(pairs())));
        add(
                "keyBy",
                (sc, n) -> numbers(sc, n).keyBy(i -> "k" + i).collect(),
                () -> NUMBERS.stream().map(i -> pair("k" + i, i)).toList());
        add(
                "reduceByKey",
                (sc, n) -> bag(pairs(sc, n).reduceByKey(Integer::sum).collect()),
                () -> bagOf(sums()));
        add(
                "reduceByKey of null keys",
                (sc, n) ->
                        bag(
                                sc.parallelize(WORDS, n)
                                        .mapToPair(w -> pair(w, 1))
                                        .reduceByKey(Integer::sum, 3)
                                        .collect()),
                () -> {
                    Map<String, Integer> counts = new HashMap<>();
                    WORDS.forEach(w -> counts.merge(w, 1, Integer::sum));
                    return bagOf(counts);
                });
        add(
                "foldByKey, aggregateByKey, combineByKey",
                (sc, n) ->
                        List.of(
                                bag(pairs(sc, n).foldByKey(0, Integer::sum).collect()),
                                bag(
                                        pairs(sc, n)
                                                .aggregateByKey(
                                                        none(), RddCases::with, RddCases::withAll)
                                                .mapValues(RddCases::sorted)
                                                .collect()),
                                bag(
                                        pairs(sc, n)
                                                .combineByKey(
                                                        v -> with(new ArrayList<>(), v),
                                                        RddCases::with,
                                                        RddCases::withAll)
                                                .mapValues(RddCases::sorted)
                                                .collect())),
                () -> {
                    Map<Integer, List<Integer>> groups = new TreeMap<>();
                    grouped(pairs()).forEach((k, vs) -> groups.put(k, sorted(vs)));
                    return List.of(bagOf(sums()), bagOf(groups), bagOf(groups));
                });
        add(
                "partitionBy, own partitioner",
                (sc, n) ->
                        pairs(sc, n).partitionBy(new OddEven()).glom().collect().stream()
                                .map(part -> bag(keys(part)))
                                .toList(),
                () -> List.of(bag(List.of(0, 2, 4, 6)), bag(List.of(1, 3, 5))));
        add(
                "by key twice without a second exchange",
                (sc, n) -> {
                    PairRdd<Integer, Integer> once =
                            pairs(sc, n).partitionBy(new HashPartitioner(3));
                    PairRdd<Integer, Integer> twice = once.reduceByKey(Integer::sum);
                    return pair(
                            twice.dependencies().getFirst().split(" ")[0], bag(twice.collect()));
                },
                () -> pair("NarrowDependency", bagOf(sums())));
        add(
                "countByKey, collectAsMap, lookup",
                (sc, n) ->
                        List.of(
                                new TreeMap<>(pairs(sc, n).countByKey()),
                                new TreeMap<>(pairs(sc, n).collectAsMap()),
                                pairs(sc, n).lookup(3),
                                pairs(sc, n).partitionBy(new HashPartitioner(4)).lookup(3)),
                () -> {
                    Map<Integer, Long> counts = new TreeMap<>();
                    Map<Integer, Integer> last = new TreeMap<>();
                    pairs().forEach(p -> {
                        counts.merge(p._1(), 1L, Long::sum);
                        last.put(p._1(), p._2());
                    });
                    List<Integer> three = grouped(pairs()).get(3);
                    return List.of(counts, last, three, three);
                });
    }

    private record OddEven() implements Partitioner {
        @Override
        public int numPartitions() {
            return 2;
        }

        @Override
        public int getPartition(Object key) {
            return Math.floorMod((Integer) key, 2);
        }
    }

    private static List<Integer> none() {
        return new ArrayList<>();
    }

    private static List<Integer> with(List<Integer> list, Integer value) {
        list.add(value);
        return list;
    }

    private static List<Integer> withAll(List<Integer> list, List<Integer> more) {
        list.addAll(more);
        return list;
    }

    private static List<Integer> sorted(List<Integer> list) {
        return list.stream().sorted().toList();
    }

    private static Map<Integer, Integer> sums() {
        Map<Integer, Integer> sums = new TreeMap<>();
        pairs().forEach(p -> sums.merge(p._1(), p._2(), Integer::sum));
        return sums;
    }

    private static void together() {
        add(
                "join",
                (sc, n) -> bag(pairs(sc, n).join(others(sc, n)).collect()),
                () ->
                        bag(
                                joined(pairs(), others(), (a, b) -> a._1().equals(b._1())).stream()
                                        .map(p -> pair(p._1()._1(), pair(p._1()._2(), p._2()._2())))
                                        .toList()));
        add(
                "outer joins",
                (sc, n) ->
                        List.of(
                                bag(pairs(sc, n).leftOuterJoin(others(sc, n)).collect()),
                                bag(others(sc, n).rightOuterJoin(pairs(sc, n)).collect()),
                                bag(pairs(sc, n).fullOuterJoin(others(sc, n)).collect())),
                () -> {
                    List<Object> left = new ArrayList<>();
                    List<Object> right = new ArrayList<>();
                    List<Object> full = new ArrayList<>();
                    Map<Integer, List<Integer>> a = grouped(pairs());
                    Map<Integer, List<Integer>> b = grouped(others());
                    Set<Integer> keys = new LinkedHashSet<>(a.keySet());
                    keys.addAll(b.keySet());
                    for (Integer key : keys) {
                        for (Optional<Integer> one : optional(a.get(key))) {
                            for (Optional<Integer> other : optional(b.get(key))) {
                                full.add(pair(key, pair(one, other)));
                                if (one.isPresent()) {
                                    left.add(pair(key, pair(one.get(), other)));
                                    right.add(pair(key, pair(other, one.get())));
                                }
                            }
                        }
                    }
                    return List.of(bag(left), bag(right), bag(full));
                });
        add(
                "join of what lies by one partitioner",
                (sc, n) -> {
                    Partitioner by = new HashPartitioner(3);
                    PairRdd<Integer, Integer> left = pairs(sc, n).partitionBy(by);
                    PairRdd<Integer, Integer> right = others(sc, n).reduceByKey(by, Integer::sum);
                    return bag(left.join(right).collect());
                },
                () -> {
                    Map<Integer, Integer> right = new HashMap<>();
                    others().forEach(p -> right.merge(p._1(), p._2(), Integer::sum));
                    return bag(
                            pairs().stream()
                                    .filter(p -> right.containsKey(p._1()))
                                    .map(p -> pair(p._1(), pair(p._2(), right.get(p._1()))))
                                    .toList());
                });
        add(
                "cogroup of three",
                (sc, n) -> bag(pairs(sc, n).cogroup(others(sc, n), pairs(sc, 1)).collect()),
                () -> {
                    Map<Integer, List<Integer>> a = grouped(pairs());
                    Map<Integer, List<Integer>> b = grouped(others());
                    Set<Integer> keys = new HashSet<>(a.keySet());
                    keys.addAll(b.keySet());
                    return bag(
                            keys.stream()
                                    .map(k -> {
                                        List<Integer> one = a.getOrDefault(k, List.of());
                                        return pair(
                                                k,
                                                new Tuple3<>(
                                                        one, b.getOrDefault(k, List.of()), one));
                                    })
                                    .toList());
                });
        add(
                "intersection, subtract, subtractByKey, distinct",
                (sc, n) -> {
                    Rdd<Integer> right = sc.parallelize(OTHERS, 2);
                    return List.of(
                            bag(numbers(sc, n).intersection(right).collect()),
                            bag(numbers(sc, n).subtract(right).collect()),
                            bag(
                                    pairs(sc, n)
                                            .subtractByKey(others(sc, n).filter(p -> p._1() < 4))
                                            .collect()),
                            bag(numbers(sc, n).distinct().collect()),
                            bag(sc.parallelize(WORDS, n).distinct(2).collect()));
                },
                () -> {
                    Set<Integer> both = new HashSet<>(NUMBERS);
                    both.retainAll(OTHERS);
                    return List.of(
                            bag(both),
                            bag(NUMBERS.stream().filter(i -> !OTHERS.contains(i)).toList()),
                            bag(pairs().stream().filter(p -> p._1() >= 4).toList()),
                            bag(new HashSet<>(NUMBERS)),
                            bag(new HashSet<>(WORDS)));
                });
    }

    private static List<Optional<Integer>> optional(List<Integer> values) {
        return values == null
                ? List.of(Optional.empty())
                : values.stream().map(Optional::of).toList();
    }

    private static void ordered() {
        add(
                "sortBy",
                (sc, n) ->
                        List.of(
                                numbers(sc, n).sortBy(i -> i, true, 4).collect(),
                                numbers(sc, n).sortBy(i -> i, false, 2).collect()),
                () ->
                        List.of(
                                NUMBERS.stream().sorted().toList(),
                                NUMBERS.stream().sorted(Comparator.reverseOrder()).toList()));
        add(
                "sortByKey keeps the order of equal keys",
                (sc, n) -> pairs(sc, n).sortByKey(true, 3).collect(),
                () -> pairs().stream().sorted(Comparator.comparing(Tuple2::_1)).toList());
        add(
                "sortByKey by an order of one's own",
                (sc, n) ->
                        pairs(sc, n)
                                .sortByKey(Comparator.comparingInt(k -> k % 3 * 10 + k), false, 3)
                                .keys()
                                .collect(),
                () ->
                        pairs().stream()
                                .map(Tuple2::_1)
                                .sorted(
                                        Comparator.<Integer>comparingInt(k -> k % 3 * 10 + k)
                                                .reversed())
                                .toList());
        add(
                "repartitionAndSortWithinPartitions",
                (sc, n) ->
                        pairs(sc, n)
                                .repartitionAndSortWithinPartitions(new OddEven())
                                .keys()
                                .glom()
                                .collect(),
                () -> {
                    List<Integer> keys = pairs().stream().map(Tuple2::_1).sorted().toList();
                    return List.of(
                            keys.stream().filter(k -> k % 2 == 0).toList(),
                            keys.stream().filter(k -> k % 2 == 1).toList());
                });
    }

    private static void actions() {
        add(
                "count, reduce, fold, aggregate",
                (sc, n) ->
                        List.of(
                                numbers(sc, n).count(),
                                numbers(sc, n).reduce(Integer::sum),
                                numbers(sc, n).fold(0, Integer::sum),
                                numbers(sc, n).aggregate("", (s, i) -> s + i, String::concat)),
                () -> {
                    int sum = NUMBERS.stream().mapToInt(i -> i).sum();
                    return List.of(
                            (long) NUMBERS.size(),
                            sum,
                            sum,
                            NUMBERS.stream().map(String::valueOf).collect(Collectors.joining()));
                });
        add(
                "treeReduce, treeAggregate",
                (sc, n) ->
                        List.of(
                                numbers(sc, n).treeReduce(Math::max, 3),
                                numbers(sc, n).treeAggregate(0, Integer::sum, Integer::sum, 3)),
                () -> List.of(Collections.max(NUMBERS), NUMBERS.stream().mapToInt(i -> i).sum()));
        add(
                "take, first, isEmpty",
                (sc, n) ->
                        List.of(
                                numbers(sc, n).take(5),
                                numbers(sc, n).take(1000),
                                numbers(sc, n).filter(i -> i.equals(NUMBERS.getLast())).take(1),
                                numbers(sc, n).first(),
                                numbers(sc, n).isEmpty(),
                                numbers(sc, n).filter(i -> i > 1000).isEmpty()),
                () ->
                        List.of(
                                NUMBERS.subList(0, 5),
                                NUMBERS,
                                List.of(NUMBERS.getLast()),
                                NUMBERS.getFirst(),
                                false,
                                true));
        add(
                "take of what was exchanged",
                (sc, n) -> numbers(sc, n).sortBy(i -> i).take(12),
                () -> NUMBERS.stream().sorted().limit(12).toList());
        add(
                "takeOrdered, top, min, max",
                (sc, n) ->
                        List.of(
                                numbers(sc, n).takeOrdered(4),
                                numbers(sc, n).top(4),
                                numbers(sc, n).min(Comparator.naturalOrder()),
                                numbers(sc, n).max(Comparator.naturalOrder())),
                () ->
                        List.of(
                                NUMBERS.stream().sorted().limit(4).toList(),
                                NUMBERS.stream()
                                        .sorted(Comparator.reverseOrder())
                                        .limit(4)
                                        .toList(),
                                Collections.min(NUMBERS),
                                Collections.max(NUMBERS)));
        add(
                "takeSample of all",
                (sc, n) ->
                        List.of(
                                bag(numbers(sc, n).takeSample(false, 100, 1)),
                                numbers(sc, n).takeSample(false, 9, 1).size(),
                                numbers(sc, n).takeSample(true, 60, 1).size()),
                () -> List.of(bag(NUMBERS), 9, 60));
        add(
                "countByValue, toLocalIterator",
                (sc, n) -> {
                    List<Integer> local = new ArrayList<>();
                    numbers(sc, n).toLocalIterator().forEachRemaining(local::add);
                    return List.of(new TreeMap<>(numbers(sc, n).countByValue()), local);
                },
                () -> {
                    Map<Integer, Long> counts = new TreeMap<>();
                    NUMBERS.forEach(i -> counts.merge(i, 1L, Long::sum));
                    return List.of(counts, NUMBERS);
                });
        add(
                "sum, mean, extremes, variance",
                (sc, n) -> {
                    DoubleRdd doubles = numbers(sc, n).mapToDouble(i -> (double) i);
                    return List.of(
                            Math.round(doubles.sum()),
                            Math.round(doubles.mean() * 1e6),
                            doubles.min(),
                            doubles.max(),
                            Math.round(doubles.variance() * 1e6),
                            doubles.stats().count());
                },
                () -> {
                    double mean = NUMBERS.stream().mapToInt(i -> i).average().orElseThrow();
                    double squares =
                            NUMBERS.stream().mapToDouble(i -> (i - mean) * (i - mean)).sum();
                    return List.of(
                            NUMBERS.stream().mapToLong(i -> i).sum(),
                            Math.round(mean * 1e6),
                            (double) Collections.min(NUMBERS),
                            (double) Collections.max(NUMBERS),
                            Math.round(squares / NUMBERS.size() * 1e6),
                            (long) NUMBERS.size());
                });
        add(
                "kept and checkpointed",
                (sc, n) -> {
                    PairRdd<Integer, Integer> kept = pairs(sc, n).reduceByKey(Integer::sum).cache();
                    List<String> twice = bag(kept.union(kept.mapValues(v -> v)).collect());
                    Rdd<Integer> cut = numbers(sc, n).map(i -> i + 1);
                    cut.localCheckpoint();
                    Object answer =
                            List.of(
                                    twice,
                                    bag(kept.collect()),
                                    cut.collect(),
                                    cut.map(i -> i - 1).collect(),
                                    cut.isCheckpointed());
                    kept.unpersist();
                    return answer;
                },
                () -> {
                    List<String> twice = new ArrayList<>(bagOf(sums()));
                    twice.addAll(bagOf(sums()));
                    Collections.sort(twice);
                    return List.of(
                            twice,
                            bagOf(sums()),
                            NUMBERS.stream().map(i -> i + 1).toList(),
                            NUMBERS,
                            true);
                });
        add(
                "accumulators count each object once",
                (sc, n) -> {
                    LongAccumulator before = sc.longAccumulator("before");
                    LongAccumulator after = sc.longAccumulator();
                    CollectionAccumulator<Integer> all = sc.collectionAccumulator("all");
                    numbers(sc, n)
                            .map(i -> {
                                before.add(1L);
                                return i;
                            })
                            .mapToPair(i -> pair(Math.floorMod(i, 7), i))
                            .reduceByKey(Integer::sum)
                            .foreach(p -> {
                                after.add((long) p._2());
                                all.add(p._1());
                            });
                    return List.of(before.value(), after.value(), bag(all.value()));
                },
                () ->
                        List.of(
                                (long) NUMBERS.size(),
                                NUMBERS.stream().mapToLong(i -> i).sum(),
                                bag(sums().keySet())));
        add(
                "broadcast",
                (sc, n) -> {
                    Broadcast<Map<Integer, String>> names =
                            sc.broadcast(Map.of(0, "even", 1, "odd"));
                    return numbers(sc, n)
                            .map(i -> names.value().get(Math.floorMod(i, 2)))
                            .collect();
                },
                () ->
                        NUMBERS.stream()
                                .map(i -> Math.floorMod(i, 2) == 0 ? "even" : "odd")
                                .toList());
        add(
                "a reader's changes are its own",
                (sc, n) -> {
                    PairRdd<Integer, List<Integer>> lists =
                            pairs(sc, n)
                                    .mapValues(v -> with(new ArrayList<>(), v))
                                    .partitionBy(new HashPartitioner(3));
                    PairRdd<Integer, List<Integer>> changed =
                            lists.mapValues(list -> with(list, 1000));
                    return bag(changed.join(lists).values().map(t -> t._2().size()).collect());
                },
                () ->
                        bag(
                                joined(pairs(), pairs(), (a, b) -> a._1().equals(b._1())).stream()
                                        .map(p -> 1)
                                        .toList()));
        add(
                "an attempt's changes are its own",
                (sc, n) -> {
                    // Both read the same slices; neither sees what the other did to them.
                    Rdd<List<Integer>> lists =
                            sc.parallelize(List.of(with(new ArrayList<>(), 1)), n);
                    Rdd<Integer> sizes = lists.map(list -> with(list, 2).size());
                    return List.of(sizes.collect(), sizes.collect(), lists.collect());
                },
                () -> List.of(List.of(2), List.of(2), List.of(List.of(1))));
    }
}
