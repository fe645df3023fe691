package dev.vitrine.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.settings.Settings;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// What holds of any objects, slices and partitions.
@SuppressWarnings("NullAway") // null is a value of programs, too
final class RddPropertiesTest {
    private record Item(String name, int[] numbers, Optional<Item> next) implements Serializable {
        @SuppressWarnings("serial")
        Item {}
    }

    @Provide
    Arbitrary<Object> objects() {
        Arbitrary<Object> plain =
                Arbitraries.oneOf(
                        Arbitraries.strings().map(s -> (Object) s),
                        Arbitraries.integers().map(i -> (Object) i),
                        Arbitraries.longs().map(l -> (Object) l),
                        Arbitraries.doubles().map(d -> (Object) d),
                        Arbitraries.of(true, false).map(b -> (Object) b),
                        Arbitraries.bigDecimals().map(d -> (Object) d),
                        Arbitraries.of(Thread.State.class).map(e -> (Object) e),
                        Arbitraries.just((Object) Optional.of("there")));
        Arbitrary<Object> deeper =
                Arbitraries.lazyOf(
                        () -> plain,
                        () -> plain.list().map(list -> (Object) new ArrayList<>(list)),
                        () -> plain.tuple2().map(t -> (Object) new Tuple2<>(t.get1(), t.get2())));
        return deeper.injectNull(0.1);
    }

    @Property(tries = 200, seed = "7")
    void writtenObjectsAreReadBack(
            @ForAll("objects") Object first, @ForAll("objects") Object next) {
        ObjectBytes bytes = new ObjectBytes();
        ObjectBytes.Writer writer = bytes.new Writer();
        ObjectBytes.Reader reader = bytes.new Reader();
        var one = writer.write(first);
        var other = writer.write(next);
        // In any order, and more than once.
        assertEquals(next, reader.read(other));
        assertEquals(first, reader.read(one));
        assertEquals(first, bytes.new Reader().read(one));
    }

    @Property(tries = 20, seed = "7")
    void copiesShareNothingThatChanges(@ForAll @Size(min = 1, max = 5) int[] numbers) {
        ObjectBytes bytes = new ObjectBytes();
        Item item = new Item("a", numbers, Optional.of(new Item("b", numbers, Optional.empty())));
        Item copy = bytes.copy(item);
        assertNotSame(item.numbers, copy.numbers);
        assertTrue(Arrays.equals(item.numbers, copy.numbers));
        assertTrue(Arrays.equals(item.numbers, copy.next.orElseThrow().numbers));
    }

    @Property(tries = 100, seed = "7")
    void combiningInPartsIsCombining(
            @ForAll List<@IntRange(min = 0, max = 9) Integer> keys,
            @ForAll @IntRange(min = 1, max = 4) int held) {
        Combine<Integer, Integer, Integer> sum =
                new Combine<>(new UserCode("sum", "", ""), v -> v, Integer::sum, Integer::sum);
        Map<Integer, Integer> expected = new HashMap<>();
        keys.forEach(key -> expected.merge(key, key + 1, Integer::sum));
        List<Tuple2<Integer, Integer>> pairs =
                keys.stream().map(key -> new Tuple2<>(key, key + 1)).toList();
        Map<Integer, Integer> found = new HashMap<>();
        Iterator<Tuple2<Integer, Integer>> merged = sum.merged(sum.inParts(pairs.iterator(), held));
        merged.forEachRemaining(pair -> assertEquals(null, found.put(pair._1(), pair._2())));
        assertEquals(expected, found);
    }

    @Property(tries = 40, seed = "7")
    void sortsAndSumsAreThoseOfPlainJava(
            @ForAll @Size(max = 200) List<@IntRange(min = -50, max = 50) Integer> numbers,
            @ForAll @IntRange(min = 1, max = 9) int slices,
            @ForAll @IntRange(min = 1, max = 5) int partitions) {
        try (Session session =
                LocalSession.open(Settings.defaults().with(Settings.MASTER.key(), "local[2]"))) {
            Rdd<Integer> rdd = session.sparkContext().parallelize(numbers, slices);
            List<List<Integer>> parts = rdd.sortBy(i -> i, true, partitions).glom().collect();
            assertTrue(parts.size() <= partitions);
            List<Integer> sorted = new ArrayList<>(numbers);
            Collections.sort(sorted);
            assertEquals(sorted, parts.stream().flatMap(List::stream).toList());
            for (int i = 1; i < parts.size(); i++) {
                // No key lies in two partitions.
                assertTrue(Collections.disjoint(parts.get(i - 1), parts.get(i)));
            }
            Map<Integer, Integer> sums = new HashMap<>();
            numbers.forEach(i -> sums.merge(Math.floorMod(i, 5), i, Integer::sum));
            assertEquals(
                    sums,
                    rdd.mapToPair(i -> new Tuple2<>(Math.floorMod(i, 5), i))
                            .reduceByKey(Integer::sum, partitions)
                            .collectAsMap());
        }
    }

    @Property(tries = 10, seed = "7")
    void samplesAreAboutAsLargeAsAsked(@ForAll long seed) {
        try (Session session =
                LocalSession.open(Settings.defaults().with(Settings.MASTER.key(), "local[2]"))) {
            Rdd<Long> numbers = session.sparkContext().range(0, 20_000, 1, 4);
            // Six standard deviations off is no accident.
            assertEquals(5_000.0, (double) numbers.sample(false, 0.25, seed).count(), 6 * 62.0);
            assertEquals(30_000.0, (double) numbers.sample(true, 1.5, seed).count(), 6 * 174.0);
            List<Long> once = numbers.sample(false, 0.1, seed).collect();
            assertEquals(once, numbers.sample(false, 0.1, seed).collect());
        }
    }

    @Property(tries = 30, seed = "7")
    void countersMergeAsIfThereWereOne(
            @ForAll List<@IntRange(min = -1000, max = 1000) Integer> numbers,
            @ForAll @IntRange(min = 0, max = 20) int cut) {
        StatCounter one = new StatCounter();
        StatCounter left = new StatCounter();
        StatCounter right = new StatCounter();
        for (int i = 0; i < numbers.size(); i++) {
            one.merge(numbers.get(i));
            (i < cut ? left : right).merge(numbers.get(i));
        }
        left.merge(right);
        assertEquals(one.count(), left.count());
        assertEquals(one.mean(), left.mean(), 1e-6);
        assertEquals(one.variance(), left.variance(), 1e-3);
        assertEquals(
                numbers.stream()
                        .map(BigDecimal::valueOf)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .doubleValue(),
                left.sum(),
                1e-6);
    }
}
