package dev.vitrine.engine.rdd;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes Rdds, accumulators and broadcast variables; a session has one. Method names and their
/// meaning are those of Spark's `JavaSparkContext`. Safe for many threads.
public final class SparkContext {
    private static final String PARALLELISM = "spark.default.parallelism";

    private final JobRunner runner;
    private final ObjectBytes bytes = new ObjectBytes();
    private final AtomicInteger nextRddId = new AtomicInteger();
    private final AtomicInteger nextBroadcastId = new AtomicInteger();
    private final AtomicInteger nextAccumulatorId = new AtomicInteger();

    public SparkContext(JobRunner runner) {
        this.runner = runner;
    }

    JobRunner runner() {
        return runner;
    }

    ObjectBytes bytes() {
        return bytes;
    }

    int nextRddId() {
        return nextRddId.getAndIncrement();
    }

    // Rdds

    /// A list's objects in so many partitions, about equally many in each. The list is copied when
    /// a job first needs it; every task attempt has objects of its own.
    ///
    /// @throws IllegalArgumentException where `slices` is below 1
    public <T extends @Nullable Object> Rdd<T> parallelize(List<T> list, int slices) {
        if (slices < 1) {
            throw new IllegalArgumentException("A list has at least one slice, not " + slices);
        }
        Slices<T> parts = new Slices<>(bytes, list, slices);
        return source(Origin.here("parallelize"), "ParallelCollectionRDD", slices, parts::read);
    }

    public <T extends @Nullable Object> Rdd<T> parallelize(List<T> list) {
        return parallelize(list, defaultParallelism());
    }

    public <K extends @Nullable Object, V extends @Nullable Object> PairRdd<K, V> parallelizePairs(
            List<Tuple2<K, V>> list, int slices) {
        return PairRdd.fromRdd(parallelize(list, slices));
    }

    public <K extends @Nullable Object, V extends @Nullable Object> PairRdd<K, V> parallelizePairs(
            List<Tuple2<K, V>> list) {
        return PairRdd.fromRdd(parallelize(list));
    }

    public DoubleRdd parallelizeDoubles(List<Double> list, int slices) {
        return new DoubleRdd(parallelize(list, slices).lineage);
    }

    /// A list's objects as bytes, by slice, written when they are first needed.
    private static final class Slices<T extends @Nullable Object> {
        private final ObjectBytes bytes;
        private final int count;
        private @Nullable List<T> list;
        private List<List<Binary>> written = List.of();

        Slices(ObjectBytes bytes, List<T> list, int count) {
            this.bytes = bytes;
            this.list = list;
            this.count = count;
        }

        private synchronized List<Binary> slice(int number) {
            List<T> objects = list;
            if (objects != null) {
                ObjectBytes.Writer writer = bytes.new Writer();
                List<List<Binary>> slices = new ArrayList<>();
                for (long i = 0; i < count; i++) {
                    int from = (int) (i * objects.size() / count);
                    int to = (int) ((i + 1) * objects.size() / count);
                    slices.add(objects.subList(from, to).stream().map(writer::write).toList());
                }
                written = slices;
                list = null;
            }
            return written.get(number);
        }

        @SuppressWarnings({"unchecked", "NullAway"}) // what was written, which may be null
        Iterator<T> read(int partition, TaskInputs inputs) {
            List<Binary> slice = slice(partition);
            inputs.read(slice.size(), slice.stream().mapToLong(Binary::length).sum());
            ObjectBytes.Reader reader = bytes.new Reader();
            return Items.each(slice.iterator(), binary -> (T) reader.read(binary));
        }
    }

    /// Whole numbers from `start` to before `end`.
    public Rdd<Long> range(long start, long end, long step, int slices) {
        if (step == 0 || slices < 1) {
            throw new IllegalArgumentException("A range has a step and at least one slice");
        }
        long span = Math.subtractExact(end, start);
        long count = span == 0 || span > 0 != step > 0 ? 0 : (span - Long.signum(step)) / step + 1;
        return source(
                Origin.here("range"),
                "MapPartitionsRDD",
                slices,
                (partition, inputs) -> {
                    long from = count / slices * partition + count % slices * partition / slices;
                    long next = partition + 1L;
                    long to = count / slices * next + count % slices * next / slices;
                    inputs.read(to - from, 0);
                    return java.util.stream.LongStream.range(from, to)
                            .mapToObj(i -> start + i * step)
                            .iterator();
                });
    }

    public Rdd<Long> range(long start, long end) {
        return range(start, end, 1, defaultParallelism());
    }

    /// No objects, in no partitions.
    public <T extends @Nullable Object> Rdd<T> emptyRDD() {
        return source(Origin.here("emptyRDD"), "EmptyRDD", 0, (partition, inputs) -> Items.none());
    }

    /// The lines of text files in UTF-8, without their ends.
    ///
    /// @param path a file, a folder whose files are read, a name with `*` and `?`, or several with
    ///   commas between; what ends in `.gz` is unpacked
    /// @param minPartitions at least so many, where the files are large enough
    /// @throws dev.vitrine.engine.error.EngineException PATH_NOT_FOUND
    public Rdd<String> textFile(String path, int minPartitions) {
        Origin origin = Origin.here("textFile");
        List<TextFiles.Part> parts = TextFiles.parts(path, minPartitions);
        Rdd<String> lines =
                source(
                        origin,
                        "HadoopRDD",
                        parts.size(),
                        (partition, inputs) -> TextFiles.lines(parts.get(partition), inputs));
        return lines.setName(path);
    }

    public Rdd<String> textFile(String path) {
        return textFile(path, Math.min(2, defaultParallelism()));
    }

    /// The names and texts of files, for files that are small.
    ///
    /// @param path as for [#textFile]
    public PairRdd<String, String> wholeTextFiles(String path, int minPartitions) {
        Origin origin = Origin.here("wholeTextFiles");
        List<List<java.nio.file.Path>> groups = TextFiles.groups(path, minPartitions);
        Rdd<Tuple2<String, String>> files =
                source(
                        origin,
                        "WholeTextFileRDD",
                        groups.size(),
                        (partition, inputs) ->
                                Items.each(
                                        groups.get(partition).iterator(),
                                        file -> TextFiles.whole(file, inputs)));
        return PairRdd.fromRdd(files.setName(path));
    }

    public PairRdd<String, String> wholeTextFiles(String path) {
        return wholeTextFiles(path, Math.min(2, defaultParallelism()));
    }

    /// The objects of all, one Rdd after another.
    public <T extends @Nullable Object> Rdd<T> union(List<Rdd<T>> rdds) {
        return rdds.isEmpty() ? emptyRDD() : Narrow.union(Origin.here("union"), rdds);
    }

    private <T extends @Nullable Object> Rdd<T> source(
            Origin origin, String kind, int partitions, Lineage.Body<T> body) {
        return new Rdd<>(
                new Lineage<>(this, kind, origin, partitions, List.of(), Optional.empty(), body));
    }

    // Frames

    /// The rows of a plan, each read as an object; for the session's frames. They are exchanged
    /// once, in their order.
    public <T extends @Nullable Object> Rdd<T> ofRows(
            LogicalPlan plan, Function<@Nullable Object[], T> read) {
        int partitions = defaultParallelism();
        Dependency.Frame frame = new Dependency.Frame(plan, partitions);
        return new Rdd<>(
                new Lineage<>(
                        this,
                        "MapPartitionsRDD",
                        Origin.here("rdd"),
                        partitions,
                        List.of(frame),
                        Optional.empty(),
                        (partition, inputs) -> Items.each(inputs.frame(frame, partition), read)));
    }

    /// A plan that gives the objects of an Rdd as rows; for the session's frames.
    ///
    /// @param write the columns of an object, boxed as [dev.vitrine.engine.types.DataType] says
    public <T extends @Nullable Object> LogicalPlan rows(
            Rdd<T> rdd, Schema columns, Function<T, List<@Nullable Object>> write) {
        return new JobPlan(this)
                .of(
                        rdd.lineage,
                        JobPlan.all(rdd.lineage),
                        new StageRows<>(
                                "rows",
                                columns,
                                (partition, objects) -> Items.each(objects, write)));
    }

    // Shared variables

    /// A value that tasks read.
    public <T> Broadcast<T> broadcast(T value) {
        return new Broadcast<>(nextBroadcastId.getAndIncrement(), value);
    }

    public LongAccumulator longAccumulator() {
        return longAccumulator("");
    }

    public LongAccumulator longAccumulator(String name) {
        LongAccumulator made = new LongAccumulator();
        register(made, name);
        return made;
    }

    public DoubleAccumulator doubleAccumulator() {
        return doubleAccumulator("");
    }

    public DoubleAccumulator doubleAccumulator(String name) {
        DoubleAccumulator made = new DoubleAccumulator();
        register(made, name);
        return made;
    }

    public <T extends @Nullable Object> CollectionAccumulator<T> collectionAccumulator() {
        return collectionAccumulator("");
    }

    public <T extends @Nullable Object> CollectionAccumulator<T> collectionAccumulator(
            String name) {
        CollectionAccumulator<T> made = new CollectionAccumulator<>();
        register(made, name);
        return made;
    }

    /// Has tasks add to an accumulator of the program's own.
    ///
    /// @throws IllegalStateException where it is registered already
    public void register(AccumulatorV2<?, ?> accumulator, String name) {
        accumulator.register(nextAccumulatorId.getAndIncrement(), name);
    }

    public void register(AccumulatorV2<?, ?> accumulator) {
        register(accumulator, "");
    }

    // Jobs

    /// Partitions of what says nothing of them: the setting `spark.default.parallelism`, or as many
    /// as there are slots, two at least on a cluster.
    public int defaultParallelism() {
        int slots = Math.max(1, runner.executors().slots());
        boolean local = !runner.settings().get(Settings.MASTER).startsWith("local-cluster");
        return setParallelism().orElse(local ? slots : Math.max(2, slots));
    }

    OptionalInt setParallelism() {
        String set = runner.settings().get(PARALLELISM, "");
        return set.matches("[1-9]\\d{0,5}")
                ? OptionalInt.of(Integer.parseInt(set))
                : OptionalInt.empty();
    }

    public String master() {
        return runner.settings().get(Settings.MASTER);
    }

    /// Sets the folder for the files of [Rdd#checkpoint].
    public void setCheckpointDir(String folder) {
        runner.setCheckpointDir(folder);
    }

    /// Gives jobs made from now on a group, under which they can be cancelled together, and a
    /// description for people.
    public void setJobGroup(String id, String description) {
        runner.setJobGroup(id, description);
    }

    public void clearJobGroup() {
        runner.setJobGroup("", "");
    }

    public void setJobDescription(String description) {
        runner.setJobDescription(description);
    }

    public void cancelJobGroup(String id) {
        runner.cancelJobGroup(id);
    }

    /// Runs a job over some partitions of an Rdd: what `body` makes of each, in that order.
    <T extends @Nullable Object, R extends @Nullable Object> List<R> run(
            Origin origin, Lineage<T> lineage, List<Integer> partitions, PartitionBody<T, R> body) {
        LogicalPlan plan =
                new JobPlan(this)
                        .of(lineage, partitions, StageRows.result(origin.operation(), bytes, body));
        return runner.run(
                plan,
                origin.text(),
                rows -> {
                    ObjectBytes.Reader reader = bytes.new Reader();
                    List<R> results = new ArrayList<>();
                    while (rows.hasNext()) {
                        results.add(object(reader, rows.next()));
                    }
                    return results;
                });
    }

    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"}) // as the body gave
    private static <R extends @Nullable Object> R object(
            ObjectBytes.Reader reader, List<@Nullable Object> row) {
        return (R) reader.read((Binary) java.util.Objects.requireNonNull(row.getFirst()));
    }

    @Override
    public String toString() {
        return "SparkContext[" + master() + "]";
    }
}
