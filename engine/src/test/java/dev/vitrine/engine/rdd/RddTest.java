package dev.vitrine.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.api.DataFrame;
import dev.vitrine.engine.api.Functions;
import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Row;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.settings.Settings;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an Rdd is and says beside its answers. Closing the session fails where memory leaked.
@Timeout(60)
final class RddTest {
    private final Session session =
            LocalSession.open(Settings.defaults().with(Settings.MASTER.key(), "local[2]"));
    private final SparkContext sc = session.sparkContext();

    @TempDir private Path folder;

    @AfterEach
    void close() {
        session.close();
    }

    private PairRdd<String, Integer> counts() {
        return sc.parallelize(List.of("a b", "b c", "c"), 3)
                .flatMap(line -> Arrays.asList(line.split(" ")).iterator())
                .mapToPair(word -> new Tuple2<>(word, 1))
                .reduceByKey(Integer::sum, 2);
    }

    /// The stages of a job, in words.
    private List<String> stages(Runnable job) {
        List<String> stages = Collections.synchronizedList(new ArrayList<>());
        Runnable unsubscribe =
                session.events()
                        .subscribe(event -> {
                            if (event instanceof EngineEvent.StagesPlanned planned) {
                                planned.stages().forEach(s -> stages.add(s.label()));
                            }
                        });
        job.run();
        unsubscribe.run();
        return stages;
    }

    // What it tells

    @Test
    void lineageStepsToTheRightAtEachShuffle() {
        PairRdd<String, Integer> counts = counts();
        String text = counts.join(counts.mapValues(n -> -n), 4).setName("both").toDebugString();
        assertEquals(
                """
                (4) both MapPartitionsRDD[6] at join at RddTest.java []
                 |  CoGroupedRDD[5] at join at RddTest.java []
                 +-(2) ShuffledRDD[3] at reduceByKey at RddTest.java []
                 |  +-(3) MapPartitionsRDD[2] at mapToPair at RddTest.java []
                 |     |  MapPartitionsRDD[1] at flatMap at RddTest.java []
                 |     |  ParallelCollectionRDD[0] at parallelize at RddTest.java []
                 +-(2) MapPartitionsRDD[4] at mapValues at RddTest.java []
                    |  ShuffledRDD[3] at reduceByKey at RddTest.java []
                    +-(3) MapPartitionsRDD[2] at mapToPair at RddTest.java []
                       |  MapPartitionsRDD[1] at flatMap at RddTest.java []
                       |  ParallelCollectionRDD[0] at parallelize at RddTest.java []\
                """,
                text.replaceAll("RddTest.java:\\d+", "RddTest.java"));
    }

    @Test
    void stagesTellTheirOperations() {
        List<String> stages = stages(() -> counts().collect());
        assertEquals(
                List.of(
                        "parallelize → flatMap → mapToPair → reduceByKey (write)",
                        "reduceByKey (read) → collect"),
                stages);
    }

    @Test
    void whatIsReadTwiceIsExchangedOnce() {
        PairRdd<String, Integer> counts = counts();
        List<String> stages = stages(() -> counts.union(counts).groupByKey().collect());
        assertEquals(
                1,
                stages.stream().filter(s -> s.startsWith("parallelize")).count(),
                stages.toString());
    }

    @Test
    void factsNeedNoJob() {
        PairRdd<String, Integer> counts = counts();
        List<String> stages =
                stages(() -> {
                    assertEquals(2, counts.getNumPartitions());
                    assertEquals(new HashPartitioner(2), counts.partitioner().orElseThrow());
                    assertEquals(
                            List.of("ShuffleDependency MapPartitionsRDD[2]"),
                            counts.dependencies().stream()
                                    .map(d -> d.replaceAll(" at .*", ""))
                                    .toList());
                    assertEquals("", counts.name());
                    assertTrue(counts.id() > 0);
                });
        assertEquals(List.of(), stages);
    }

    // Errors

    private static String text(EngineException error) {
        return String.valueOf(error.getMessage());
    }

    private static EngineException failure(Runnable job) {
        return assertThrows(EngineException.class, job::run);
    }

    @Test
    void aFailingFunctionIsNamedWithItsPlaceAndTheValue() {
        Rdd<Integer> inverse = sc.parallelize(List.of(1, 0), 1).map(i -> 1 / i);
        EngineException error = failure(inverse::collect);
        assertEquals(ErrorCode.FAILED_EXECUTE_UDF, error.code());
        assertTrue(
                text(error).matches("(?s).*`map at RddTest.java:\\d+`.*\\(0\\).*by zero.*"),
                text(error));
    }

    @Test
    void longValuesAreCutInErrors() {
        Rdd<Integer> rdd = sc.parallelize(List.of("x".repeat(10_000)), 1).map(Integer::parseInt);
        assertTrue(text(failure(rdd::count)).length() < 12_000);
        Rdd<Integer> other =
                sc.parallelize(List.of("x".repeat(10_000)), 1)
                        .map(text -> {
                            throw new IllegalStateException("no");
                        });
        assertTrue(text(failure(other::count)).length() < 500);
    }

    private record Plain(int number) {}

    private record Sealed(int number) implements Serializable {}

    @Test
    void whatIsNotSerializableIsNamed() {
        Rdd<Plain> plain = sc.parallelize(List.of(1, 2), 2).map(Plain::new);
        EngineException error = failure(plain::collect);
        assertEquals(ErrorCode.VALUE_NOT_SERIALIZABLE, error.code());
        assertTrue(text(error).contains(Plain.class.getName()), text(error));
        // Within a task it need not be.
        assertEquals(List.of(1, 2), plain.map(Plain::number).collect());
        assertEquals(
                List.of(new Sealed(3)),
                sc.parallelize(List.of(3), 1).map(Sealed::new).distinct().collect());
    }

    @Test
    void arraysAreNoKeys() {
        EngineException error =
                failure(
                        sc.parallelize(List.of(1), 1)
                                        .mapToPair(i -> new Tuple2<>(new int[] {i}, i))
                                        .groupByKey(2)
                                ::collect);
        assertTrue(text(error).contains("Arrays are no keys"), text(error));
    }

    @Test
    void nothingIsReducedToNothing() {
        Rdd<Integer> empty = sc.emptyRDD();
        assertThrows(UnsupportedOperationException.class, () -> empty.reduce(Integer::sum));
        assertThrows(UnsupportedOperationException.class, empty::first);
        assertThrows(UnsupportedOperationException.class, () -> empty.treeReduce(Integer::sum));
        assertThrows(
                UnsupportedOperationException.class,
                () -> empty.max(java.util.Comparator.naturalOrder()));
    }

    @Test
    void zipWantsAsManyOnBothSides() {
        Rdd<Integer> four = sc.parallelize(List.of(1, 2, 3, 4), 2);
        assertThrows(
                IllegalArgumentException.class,
                () -> four.zip(sc.parallelize(List.of(1, 2, 3, 4), 3)));
        EngineException error = failure(four.zip(sc.parallelize(List.of(1, 2, 3), 2))::collect);
        assertTrue(text(error).contains("same number of elements"), text(error));
    }

    // Shared variables

    /// A maximum; an accumulator of the program's own.
    private static final class Largest extends AccumulatorV2<Integer, Integer> {
        private int value = Integer.MIN_VALUE;

        @Override
        protected Largest copyAndReset() {
            return new Largest();
        }

        @Override
        protected void accumulate(Integer added) {
            value = Math.max(value, added);
        }

        @Override
        protected void merge(AccumulatorV2<Integer, Integer> other) {
            accumulate(((Largest) other).value);
        }

        @Override
        protected Integer result() {
            return value;
        }

        @Override
        public boolean isZero() {
            return value == Integer.MIN_VALUE;
        }

        @Override
        public void reset() {
            value = Integer.MIN_VALUE;
        }
    }

    @Test
    void accumulatorsOfOnesOwnAreRegisteredAndNotReadInTasks() {
        Largest largest = new Largest();
        Rdd<Integer> numbers = sc.parallelize(List.of(3, 9, 4), 2);
        failure(() -> numbers.foreach(largest::add));
        sc.register(largest, "largest");
        numbers.foreach(largest::add);
        assertEquals(9, largest.value());
        assertTrue(
                text(failure(() -> numbers.foreach(i -> largest.value())))
                        .contains("Can't read accumulator"));
        assertThrows(IllegalStateException.class, () -> sc.register(largest, "again"));
        largest.add(12);
        assertEquals(12, largest.value());
        largest.reset();
        assertTrue(largest.isZero());
    }

    @Test
    void accumulatorsAreSeenFromDatasetsToo() {
        LongAccumulator sum = sc.longAccumulator("sum");
        session.createDataset(List.of(1, 2, 3), Encoders.INT()).foreach(i -> sum.add((long) i));
        assertEquals(6, sum.value());
        assertEquals(3, sum.count());
        assertEquals(2.0, sum.avg());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local[2,4]|fail p=0.5 attempt=0; seed=3",
                "local[2]|lose stage=0 after=2; seed=5",
                "local-cluster[3,1,64]|kill after=5; slow delay=5; seed=8"
            })
    void accumulatorsAreExactWhateverRunsAgain(String where) {
        String[] parts = where.split("\\|");
        List<EngineEvent> fired = Collections.synchronizedList(new ArrayList<>());
        try (Session other =
                LocalSession.open(
                        Settings.defaults()
                                .with(Settings.MASTER.key(), parts[0])
                                .with(Settings.FAULTS.key(), parts[1]))) {
            other.events()
                    .subscribe(event -> {
                        if (event instanceof EngineEvent.FaultFired) {
                            fired.add(event);
                        }
                    });
            SparkContext context = other.sparkContext();
            LongAccumulator mapped = context.longAccumulator();
            LongAccumulator reduced = context.longAccumulator();
            Map<Integer, Long> counts =
                    context.range(0, 1000, 1, 8)
                            .mapToPair(i -> {
                                mapped.add(1L);
                                return new Tuple2<>((int) (i % 10), 1L);
                            })
                            .reduceByKey(Long::sum, 4)
                            .mapValues(n -> {
                                reduced.add(n);
                                return n;
                            })
                            .collectAsMap();
            assertEquals(10, counts.size());
            assertEquals(1000, mapped.value());
            assertEquals(1000, reduced.value());
        }
        assertFalse(fired.isEmpty());
    }

    @Test
    void aBroadcastVariableEndsWithDestroy() {
        Broadcast<List<Integer>> numbers = sc.broadcast(List.of(1, 2));
        Rdd<Integer> rdd = sc.parallelize(List.of(0, 1), 2).map(i -> numbers.value().get(i));
        assertEquals(List.of(1, 2), rdd.collect());
        numbers.unpersist();
        assertEquals(List.of(1, 2), rdd.collect());
        numbers.destroy();
        assertTrue(text(failure(rdd::collect)).contains("after it was destroyed"));
    }

    // Kept objects

    @Test
    void keptObjectsAreComputedOnce() {
        LongAccumulator computed = sc.longAccumulator();
        Rdd<Integer> rdd =
                sc.parallelize(List.of(1, 2, 3), 2)
                        .map(i -> {
                            computed.add(1L);
                            return -i;
                        })
                        .cache();
        assertTrue(rdd.toDebugString().contains("[Memory Deserialized 1x Replicated]"));
        assertEquals(List.of(-1, -2, -3), rdd.collect());
        assertEquals(3, rdd.count());
        assertEquals(3, computed.value());
        rdd.unpersist();
        assertEquals(3, rdd.count());
        assertEquals(6, computed.value());
    }

    @Test
    void aCheckpointCutsLineage() {
        PairRdd<String, Integer> counts = counts();
        counts.localCheckpoint();
        assertFalse(counts.isCheckpointed());
        long before = counts.count();
        assertTrue(counts.isCheckpointed());
        assertEquals(1, counts.toDebugString().lines().count());
        assertTrue(counts.toDebugString().contains("CheckpointRDD"));
        assertEquals(before, counts.count());
    }

    // Files

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void everyLineIsReadOnceHoweverFilesAreCut(int parts) throws Exception {
        String text = "one\r\ntwo\n\nfour\rfünf\nsix\r\n" + "x".repeat(40) + "\nlast";
        Path file = Files.writeString(folder.resolve("a.txt"), text);
        Files.writeString(folder.resolve("b.txt"), "b\n");
        Files.writeString(folder.resolve("_hidden"), "no");
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\r\n|\n|\r")));
        assertEquals(lines, sc.textFile(file.toString(), parts).collect());
        lines.add("b");
        assertEquals(lines, sc.textFile(folder.toString(), parts).collect());
        assertEquals(lines, sc.textFile(folder + "/*.txt", parts).collect());
        assertEquals(
                Map.of("file:" + file, text, "file:" + folder.resolve("b.txt"), "b\n"),
                sc.wholeTextFiles(folder.toString(), parts).collectAsMap());
        assertEquals(ErrorCode.PATH_NOT_FOUND, failure(() -> sc.textFile(folder + "/none")).code());
    }

    @Test
    void aFileThatIsNoGzipIsUnreadable() throws Exception {
        Path file = Files.writeString(folder.resolve("a.gz"), "plain");
        EngineException error = failure(sc.textFile(file.toString(), 2)::count);
        assertEquals(ErrorCode.FILE_UNREADABLE, error.code());
        assertTrue(text(error).contains("a.gz"), text(error));
    }

    @Test
    void aPartitionIsAFileAndAFolderIsNotOverwritten() throws Exception {
        Path out = folder.resolve("out");
        counts().sortByKey(true, 1).saveAsTextFile(out.toString());
        try (Stream<Path> files = Files.list(out)) {
            assertEquals(
                    List.of("_SUCCESS", "part-00000"),
                    files.map(f -> f.getFileName().toString()).sorted().toList());
        }
        assertEquals(List.of("(a,1)", "(b,2)", "(c,2)"), sc.textFile(out.toString()).collect());
        assertEquals(
                ErrorCode.PATH_ALREADY_EXISTS,
                failure(() -> counts().saveAsTextFile(out.toString())).code());
        Path broken = folder.resolve("broken");
        failure(() ->
                sc.parallelize(List.of(1, 0), 2).map(i -> 1 / i).saveAsTextFile(broken.toString()));
        assertFalse(Files.exists(broken));
    }

    // Frames

    /// A record as a row.
    public record Person(String name, int age) implements Serializable {}

    @Test
    void framesBecomeRddsInTheirOrder() {
        DataFrame frame = session.sql("SELECT id, id % 3 AS k FROM range(1000) ORDER BY id DESC");
        List<Long> ids = frame.rdd().map(row -> row.getLong(0)).collect();
        assertEquals(IntStream.range(0, 1000).mapToObj(i -> 999L - i).toList(), ids);
        Map<Long, Long> counts =
                frame.rdd()
                        .mapToPair(row -> new Tuple2<>(row.<Long>getAs("k"), 1L))
                        .reduceByKey(Long::sum)
                        .collectAsMap();
        assertEquals(Map.of(0L, 334L, 1L, 333L, 2L, 333L), new TreeMap<>(counts));
        Row first = frame.rdd().sortBy(row -> row.getLong(0)).first();
        assertEquals(0, first.getLong(0));
        assertEquals(frame.schema(), first.schema());
    }

    @Test
    void rddsBecomeFrames() {
        Rdd<Person> people =
                sc.parallelize(List.of(new Person("Ada", 36), new Person("Bob", 17)), 2)
                        .filter(p -> p.age() > 20);
        DataFrame frame = session.createDataFrame(people, Person.class);
        assertEquals(List.of("name", "age"), frame.schema().names());
        assertEquals(
                List.of("[Ada,37]"),
                frame
                        .select(Functions.col("name"), Functions.col("age").plus(1))
                        .collectAsList()
                        .stream()
                        .map(String::valueOf)
                        .toList());
        assertEquals(
                List.of("Ada"),
                session.createDataset(people, Encoders.record(Person.class))
                        .rdd()
                        .map(Person::name)
                        .collect());
        Rdd<Row> rows = sc.parallelize(List.of(1, 2, 3), 3).map(i -> Row.of(i, "n" + i));
        assertEquals(
                2, session.createDataFrame(rows, "id INT, name STRING").filter("id > 1").count());
        DataFrame joined = session.createDataFrame(rows, "id INT, name STRING");
        assertEquals(3, joined.as("a").join(joined.as("b"), "id").count());
    }

    // Jobs

    @Test
    void jobsHaveGroupsAndNames() {
        List<String> names = Collections.synchronizedList(new ArrayList<>());
        session.events()
                .subscribe(event -> {
                    if (event instanceof EngineEvent.QueryStarted started) {
                        names.add(started.text());
                    }
                });
        sc.setJobGroup("mine", "what it is for");
        sc.parallelize(List.of(1), 1).count();
        sc.clearJobGroup();
        assertTrue(names.getFirst().startsWith("count at RddTest.java:"), names.toString());
        assertEquals(2, sc.defaultParallelism());
        session.set("spark.default.parallelism", "5");
        assertEquals(5, sc.range(0, 10).getNumPartitions());
        assertEquals(5, counts().groupByKey().getNumPartitions() + 3);
    }
}
