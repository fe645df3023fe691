package dev.vitrine.engine.api;

import static dev.vitrine.engine.api.Functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.rdd.Encoder;
import dev.vitrine.engine.rdd.Encoders;
import dev.vitrine.engine.rdd.Tuple2;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Objects in the place of rows.
@SuppressWarnings("NullAway") // objects with nulls, as programs without its checks have them
final class DatasetTest extends ApiTest {
    public record Item(int id, String k, Long v) {}

    public record Place(String city, int zip) {}

    public record Person(String name, Place home, List<Place> others, Optional<Integer> age) {}

    private static final Encoder<Item> ITEM = Encoders.record(Item.class);
    private static final Encoder<Person> PERSON = Encoders.record(Person.class);

    private static final Person ADA =
            new Person(
                    "Ada",
                    new Place("London", 1),
                    List.of(new Place("Paris", 2), new Place("Rome", 3)),
                    Optional.of(36));
    private static final Person BOB = new Person("Bob", null, List.of(), Optional.empty());

    private Dataset<Item> items;

    @BeforeEach
    void make() {
        items = t.as(ITEM);
    }

    private static EngineException fails(Runnable action) {
        return assertThrows(EngineException.class, action::run);
    }

    private static String optimized(DataFrame frame) {
        String plan = frame.explained("extended");
        return plan.substring(plan.indexOf("Optimized"), plan.indexOf("Physical"));
    }

    private static <T> List<T> sorted(Dataset<T> set) {
        return set.collectAsList().stream()
                .sorted(java.util.Comparator.comparing(Object::toString))
                .toList();
    }

    @Test
    void objectsComeAndGo() {
        Dataset<Person> people = session.createDataset(List.of(ADA, BOB), PERSON);
        assertEquals(List.of(ADA, BOB), people.collectAsList());
        assertEquals(
                "struct<name:string,home:struct<city:string,zip:int>,others:array<struct<city:string,zip:int>>,age:int>",
                people.schema().catalogString());
        assertEquals(
                "[[London,Ada], [null,Bob]]",
                java.util.Arrays.toString(people.toDF().select("home.city", "name").collect()));
        assertEquals(ADA, people.filter((Person p) -> p.age().isPresent()).first());
        assertEquals(2, people.count());
        assertEquals(List.of(ADA), people.take(1));
        assertTrue(session.emptyDataset(PERSON).isEmpty());
        assertThrows(NoSuchElementException.class, () -> session.emptyDataset(PERSON).first());
        assertEquals(
                List.of(1, 2, 3),
                session.createDataset(List.of(1, 2, 3), Encoders.INT()).collectAsList());
        Dataset<Map<String, List<Integer>>> maps =
                session.createDataset(
                        List.of(Map.of("a", List.of(1, 2))),
                        Encoders.map(Encoders.STRING(), Encoders.list(Encoders.INT())));
        assertEquals(List.of(Map.of("a", List.of(1, 2))), maps.collectAsList());
    }

    @Test
    void framesAreReadAsObjects() {
        assertEquals(new Item(1, "a", 10L), items.first());
        assertEquals(new Item(4, "b", null), items.collectAsList().get(3));
        // Widened, by name, in another order, with columns that nobody reads.
        DataFrame narrow =
                session.sql("SELECT tinyint(7) AS v, 'x' AS K, 1 AS other, smallint(3) AS id");
        assertEquals(List.of(new Item(3, "x", 7L)), narrow.as(ITEM).collectAsList());
        DataFrame nested =
                session.sql(
                        "SELECT 'A' AS name, named_struct('zip', smallint(5), 'city', 'Bern') AS home,"
                                + " array(named_struct('zip', tinyint(6), 'city', 'Ulm')) AS others, 1 AS age");
        assertEquals(
                List.of(
                        new Person(
                                "A",
                                new Place("Bern", 5),
                                List.of(new Place("Ulm", 6)),
                                Optional.of(1))),
                nested.as(PERSON).collectAsList());
    }

    @Test
    void whatDoesNotFitIsSaidAtOnce() {
        assertEquals(ErrorCode.UNRESOLVED_COLUMN__WITH_SUGGESTION, fails(() -> u.as(ITEM)).code());
        EngineException type =
                fails(() -> session.sql("SELECT 1L AS id, 'a' AS k, 1L AS v").as(ITEM));
        assertEquals(ErrorCode.CANNOT_UP_CAST_DATATYPE, type.code());
        assertTrue(type.getMessage().contains("id"), type.getMessage());
        assertEquals(
                ErrorCode.AMBIGUOUS_REFERENCE,
                fails(() -> session.sql("SELECT 1 AS id, 2 AS id, 'a' AS k, 1L AS v").as(ITEM))
                        .code());
        assertEquals(
                ErrorCode.UNSUPPORTED_DESERIALIZER__FIELD_NUMBER_MISMATCH,
                fails(() -> t.as(Encoders.INT())).code());
        assertEquals(
                ErrorCode.FIELD_NOT_FOUND,
                fails(() ->
                                session.sql(
                                                "SELECT 'A' AS name, named_struct('city', 'x') AS home, array() AS others, 1 AS age")
                                        .as(PERSON))
                        .code());
    }

    @Test
    void nullsInPrimitivesNameTheirPath() {
        DataFrame none = session.sql("SELECT CAST(NULL AS INT) AS id, 'a' AS k, 1L AS v");
        EngineException id = fails(() -> none.as(ITEM).collectAsList());
        assertEquals(ErrorCode.NOT_NULL_ASSERT_VIOLATION, id.code());
        assertTrue(id.getMessage().contains("Item.id"), id.getMessage());
        DataFrame deep =
                session.sql(
                        "SELECT 'A' AS name, NULL AS home, array(named_struct('city', 'x', 'zip', CAST(NULL AS INT))) AS others, 1 AS age");
        EngineException zip =
                fails(() -> deep.as(PERSON).map(Person::name, Encoders.STRING()).collectAsList());
        assertEquals(ErrorCode.NOT_NULL_ASSERT_VIOLATION, zip.code());
        assertTrue(zip.getMessage().contains("Person.others.[].zip"), zip.getMessage());
        assertEquals(
                ErrorCode.NOT_NULL_ASSERT_VIOLATION,
                fails(() ->
                                items.map(i -> (Place) null, Encoders.record(Place.class))
                                        .collectAsList())
                        .code());
    }

    @Test
    void lambdas() {
        assertEquals(
                List.of("1a", "2a", "3b", "4b", "5null", "6c"),
                items.map(i -> i.id() + i.k(), Encoders.STRING()).collectAsList());
        assertEquals(
                List.of(3, 3, 3),
                items.flatMap(
                                i -> Collections.nCopies(i.id() == 3 ? 3 : 0, i.id()).iterator(),
                                Encoders.INT())
                        .collectAsList());
        Dataset<Item> some = items.filter((Item i) -> i.id() % 2 == 0);
        assertEquals(3, some.count());
        // Columns that the record lacks are still there.
        assertEquals(
                "[[Banana], [date], [fig]]",
                java.util.Arrays.toString(some.toDF().select("s").collect()));
        assertEquals(
                21,
                items
                        .mapPartitions(
                                (Iterator<Item> all) -> {
                                    int sum = 0;
                                    while (all.hasNext()) {
                                        sum += all.next().id();
                                    }
                                    return List.of(sum).iterator();
                                },
                                Encoders.INT())
                        .collectAsList()
                        .stream()
                        .mapToInt(Integer::intValue)
                        .sum());
        assertEquals(21, items.map(Item::id, Encoders.INT()).reduce(Integer::sum));
        assertThrows(
                UnsupportedOperationException.class,
                () -> session.emptyDataset(Encoders.INT()).reduce(Integer::sum));
        Set<Integer> seen = new ConcurrentSkipListSet<>();
        items.foreach(i -> seen.add(i.id()));
        assertEquals(Set.of(1, 2, 3, 4, 5, 6), seen);
        Dataset<Integer> numbers = session.createDataset(List.of(1, 2, 2, 3), Encoders.INT());
        assertEquals(List.of(1, 2, 3), sorted(numbers.distinct()));
        assertEquals(List.of(1, 1, 2, 2, 2, 2, 3, 3), sorted(numbers.union(numbers)));
        assertEquals(List.of(3, 2), numbers.orderBy(col("value").desc()).take(2));
    }

    @Test
    void failingLambdasSayWhatTheyWereGiven() {
        EngineException failed =
                fails(() -> items.map(i -> 1 / (i.id() - 3), Encoders.INT()).collectAsList());
        assertEquals(ErrorCode.FAILED_EXECUTE_UDF, failed.code());
        assertTrue(
                failed.getMessage()
                        .contains(
                                "`MapElements`: (Item) => Integer failed on (Item[id=3, k=b, v=30])"),
                failed.getMessage());
        assertEquals(
                ErrorCode.FAILED_EXECUTE_UDF,
                fails(() -> items.filter((Item i) -> i.v() > 0).collectAsList()).code());
    }

    @Test
    void groups() {
        KeyValueGroupedDataset<String, Item> byKey = items.groupByKey(Item::k, Encoders.STRING());
        assertEquals(
                List.of("a: [1, 2]", "b: [3, 4]", "c: [6]", "null: [5]"),
                sorted(
                        byKey.mapGroups(
                                (k, all) -> {
                                    List<Integer> ids = new ArrayList<>();
                                    all.forEachRemaining(i -> ids.add(i.id()));
                                    Collections.sort(ids);
                                    return k + ": " + ids;
                                },
                                Encoders.STRING())));
        assertEquals(
                List.of("a", "a", "b", "b"),
                sorted(
                        byKey.flatMapGroups(
                                (k, all) -> {
                                    all.next();
                                    return all.hasNext()
                                            ? List.of(k, k).iterator()
                                            : Collections.emptyIterator();
                                },
                                Encoders.STRING())));
        assertEquals(
                List.of(
                        new Tuple2<>("a", 2L),
                        new Tuple2<>("b", 2L),
                        new Tuple2<>("c", 1L),
                        new Tuple2<>(null, 1L)),
                sorted(byKey.count()));
        assertEquals(4, byKey.keys().count());
        assertEquals(
                "[(a,3), (b,7), (c,6), (null,5)]",
                sorted(byKey.mapValues(Item::id, Encoders.INT()).reduceGroups(Integer::sum))
                        .toString());
        assertEquals(
                "[(a,15.0), (b,30.0), (c,60.0), (null,50.0)]",
                sorted(byKey.mapValues(Item::v, Encoders.LONG()).agg(new UserFunctionsTest.Mean()))
                        .toString());
        assertEquals(
                "[(a,30), (b,30), (c,60), (null,50)]",
                sorted(byKey.agg(Functions.sum(col("v")).as(Encoders.LONG()))).toString());
        assertEquals(
                List.of(new Tuple2<>(new Place("x", 0), 3L), new Tuple2<>(new Place("x", 1), 3L)),
                sorted(
                        items.groupByKey(
                                        i -> new Place("x", i.id() % 2),
                                        Encoders.record(Place.class))
                                .count()));
    }

    @Test
    void groupsOfManyRowsAndPartitions() {
        Dataset<Long> numbers = session.range(20_000).as(Encoders.LONG());
        List<Tuple2<Long, Long>> sums =
                sorted(
                        numbers.groupByKey(n -> n % 7, Encoders.LONG())
                                .mapGroups(
                                        (k, all) -> {
                                            long sum = 0;
                                            while (all.hasNext()) {
                                                sum += all.next();
                                            }
                                            return new Tuple2<>(k, sum);
                                        },
                                        Encoders.tuple(Encoders.LONG(), Encoders.LONG())));
        assertEquals(7, sums.size());
        assertEquals(19_999L * 10_000, sums.stream().mapToLong(Tuple2::_2).sum());
        assertEquals(
                IntStream.range(0, 20_000).filter(i -> i % 1000 == 0).count(),
                numbers.filter((Long n) -> n % 1000 == 0).count());
    }

    @Test
    void joins() {
        record Named(String k, String name) {}
        Dataset<Named> names =
                session.createDataset(
                        List.of(new Named("a", "one"), new Named("z", "two")),
                        Encoders.record(Named.class));
        Dataset<Tuple2<Item, Named>> inner =
                items.joinWith(names, items.col("k").equalTo(names.col("k")));
        assertEquals(
                List.of("one", "one"), sorted(inner.map(p -> p._2().name(), Encoders.STRING())));
        List<Tuple2<Item, Named>> full =
                items.joinWith(names, items.col("k").equalTo(names.col("k")), "full")
                        .collectAsList();
        assertEquals(7, full.size());
        assertEquals(1, full.stream().filter(p -> p._1() == null).count());
        assertEquals(4, full.stream().filter(p -> p._2() == null).count());
        assertEquals(
                ErrorCode.UNSUPPORTED_JOIN_TYPE,
                fails(() -> items.joinWith(names, items.col("k").equalTo(names.col("k")), "semi"))
                        .code());
    }

    @Test
    void typedColumns() {
        assertEquals(
                List.of(2, 3, 4, 5, 6, 7),
                items.select(Functions.expr("id + 1").as(Encoders.INT())).collectAsList());
        assertEquals(
                new Tuple2<>(1, "a"),
                items.select(col("id").as(Encoders.INT()), col("k").as(Encoders.STRING())).first());
        Dataset<Person> people = session.createDataset(List.of(ADA), PERSON);
        assertEquals(
                new Place("London", 1),
                people.select(col("home").as(Encoders.record(Place.class))).first());
    }

    @Test
    void plansShowLambdasAndReadNoMoreThanTheyNeed() {
        Dataset<String> names = items.map(Item::k, Encoders.STRING());
        String plan = optimized(names.toDF().filter("value = 'a'"));
        assertTrue(plan.contains("MapElements Item → String"), plan);
        assertTrue(plan.contains("opaque to the optimizer"), plan);
        // A filter by column stays above, where the lambda's value is known.
        assertTrue(plan.indexOf("Filter") < plan.indexOf("MapElements"), plan);
        // Column s is not read.
        String below = plan.substring(plan.indexOf("MapElements"));
        assertFalse(below.contains("s#"), below);
        assertTrue(
                items.map(Item::k, Encoders.STRING())
                        .toDF()
                        .explained("simple")
                        .contains("MapElements"));
        assertTrue(optimized(items.filter((Item i) -> true).toDF()).contains("TypedFilter Item"));
        assertTrue(
                optimized(
                                items.groupByKey(Item::k, Encoders.STRING())
                                        .mapGroups((k, v) -> k, Encoders.STRING())
                                        .toDF())
                        .contains("MapGroups Item → String"));
        // A filter by column below a lambda goes on to the scan.
        String early = optimized(items.filter("id > 3").map(Item::k, Encoders.STRING()).toDF());
        assertTrue(early.indexOf("MapElements") < early.indexOf("Filter"), early);
    }

    @Test
    void interpretedAndWithoutOptimizer() {
        session.set("vitrine.codegen.enabled", "false");
        assertEquals(6, items.map(Item::id, Encoders.INT()).filter((Integer i) -> i > 0).count());
        items.map(Item::id, Encoders.INT()).toDF().createOrReplaceTempView("ids");
        assertEquals(
                "[[21]]",
                java.util.Arrays.toString(session.sql("SELECT sum(value) FROM ids").collect()));
        assertEquals(
                "[[21,21]]",
                java.util.Arrays.toString(
                        session.sql(
                                        "SELECT sum(a.value), sum(b.value) FROM ids a JOIN ids b ON a.value = b.value")
                                .collect()));
    }
}
