package dev.vitrine.engine.api;

import static dev.vitrine.engine.rdd.Items.all;
import static dev.vitrine.engine.rdd.Items.each;

import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.RowFunction;
import dev.vitrine.engine.expr.ScalarFunction;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.rdd.Encoder;
import dev.vitrine.engine.rdd.Encoders;
import dev.vitrine.engine.rdd.FilterFunction;
import dev.vitrine.engine.rdd.FlatMapFunction;
import dev.vitrine.engine.rdd.ForeachFunction;
import dev.vitrine.engine.rdd.ForeachPartitionFunction;
import dev.vitrine.engine.rdd.MapFunction;
import dev.vitrine.engine.rdd.MapPartitionsFunction;
import dev.vitrine.engine.rdd.Rdd;
import dev.vitrine.engine.rdd.ReduceFunction;
import dev.vitrine.engine.rdd.Tuple2;
import dev.vitrine.engine.rdd.UserCode;
import dev.vitrine.engine.settings.StorageLevel;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Objects to be computed: a [DataFrame] whose rows are read as objects of a class. Immutable and
/// lazy as that is; method names and their meaning are those of Spark's `Dataset`.
///
/// A lambda is a wall for the optimizer: nothing above it moves below, and of the columns below it
/// only those that the class has are read. What is said by a [Column] (`filter`, `orderBy`,
/// `select`) stays open to it: give it before the lambdas. Lambdas run in tasks on many threads.
public final class Dataset<T extends @Nullable Object> {
    private final DataFrame frame;
    private final Encoder<T> encoder;
    private final List<Column> reads;

    Dataset(DataFrame frame, Encoder<T> encoder) {
        this.frame = frame;
        this.encoder = encoder;
        this.reads = TypedReads.of(frame, encoder);
    }

    static <T extends @Nullable Object> Dataset<T> of(
            Session session, List<T> objects, Encoder<T> encoder) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        objects.forEach(object -> rows.add(encoder.write(object)));
        return new Dataset<>(
                new DataFrame(session, LocalRelations.of(encoder.schema().fields(), rows)),
                encoder);
    }

    Encoder<T> encoder() {
        return encoder;
    }

    /// The columns that objects are read of, and no others.
    DataFrame columns() {
        return frame.select(reads.toArray(Column[]::new));
    }

    private Dataset<T> with(DataFrame changed) {
        return new Dataset<>(changed, encoder);
    }

    /// What a function makes of the rows of a frame.
    static <U extends @Nullable Object> Dataset<U> mapped(
            DataFrame input, RowFunction function, int keys, Encoder<U> encoder) {
        return new Dataset<>(mappedRows(input, function, keys, encoder.schema()), encoder);
    }

    static DataFrame mappedRows(DataFrame input, RowFunction function, int keys, Schema made) {
        List<Expr.Attribute> columns = new ArrayList<>();
        for (Field field : made.fields()) {
            columns.add(
                    new Expr.Attribute(
                            columns.size() + 1L, field.name(), field.type(), field.nullable()));
        }
        return input.with(
                new LogicalPlan.MapRows(input.plan(), function, List.of(), keys, columns));
    }

    private <U extends @Nullable Object> Dataset<U> mapped(
            UserCode code,
            RowFunction.Scope scope,
            Encoder<U> result,
            Function<Iterator<@Nullable Object[]>, Iterator<U>> body) {
        return mapped(
                columns(),
                new TypedFunction(code, scope, rows -> each(body.apply(rows), result::write)),
                0,
                result);
    }

    /// What a lambda gives for the object that a row is read as.
    private <U extends @Nullable Object> Function<@Nullable Object[], U> called(
            UserCode code, MapFunction<T, U> function) {
        return row -> {
            T object = encoder.read(row);
            return code.run(object, () -> function.call(object));
        };
    }

    // With lambdas

    public <U extends @Nullable Object> Dataset<U> map(
            MapFunction<T, U> function, Encoder<U> result) {
        UserCode code = UserCode.of("MapElements", encoder, result);
        return mapped(
                code, RowFunction.Scope.ROWS, result, rows -> each(rows, called(code, function)));
    }

    public <U extends @Nullable Object> Dataset<U> flatMap(
            FlatMapFunction<T, U> function, Encoder<U> result) {
        UserCode code = UserCode.of("FlatMapElements", encoder, result);
        return mapped(
                code,
                RowFunction.Scope.ROWS,
                result,
                rows -> all(rows, called(code, object -> code.guarded(function.call(object)))));
    }

    /// Objects of a whole partition at once. Its rows are held in memory until the last is there.
    public <U extends @Nullable Object> Dataset<U> mapPartitions(
            MapPartitionsFunction<T, U> function, Encoder<U> result) {
        UserCode code = UserCode.of("MapPartitions", encoder, result);
        return mapped(
                code,
                RowFunction.Scope.PARTITION,
                result,
                rows ->
                        code.guarded(
                                code.run(
                                        "a partition",
                                        () -> function.call(each(rows, encoder::read)))));
    }

    /// The objects for which a lambda holds; of the columns none is lost.
    public Dataset<T> filter(FilterFunction<T> function) {
        Expr holds =
                new Expr.Call(
                        new TypedPredicate<>(encoder, function),
                        reads.stream()
                                .map(column ->
                                        column.expr() instanceof Expr.Alias a
                                                ? a.input()
                                                : column.expr())
                                .toList(),
                        DataType.BOOLEAN,
                        EvalMode.ANSI);
        return with(frame.filter(new Column(holds)));
    }

    private record TypedPredicate<T extends @Nullable Object>(
            Encoder<T> encoder, FilterFunction<T> function) implements ScalarFunction {
        @Override
        public String name() {
            return "TypedFilter " + encoder.typeName();
        }

        @Override
        public boolean nullPropagating() {
            return false;
        }

        @Override
        public boolean nullable(List<Expr> args) {
            return false;
        }

        @Override
        public boolean canFail(CallSite site) {
            return true;
        }

        @Override
        public Object evaluate(@Nullable Object[] args, CallSite site) {
            T object = encoder.read(args);
            return new UserCode("TypedFilter", encoder.typeName(), "boolean")
                    .<Boolean>run(object, () -> function.call(object));
        }
    }

    /// The objects in groups of equal keys.
    public <K extends @Nullable Object> KeyValueGroupedDataset<K, T> groupByKey(
            MapFunction<T, K> function, Encoder<K> key) {
        UserCode code = UserCode.of("AppendKey", encoder, key);
        List<Field> columns = new ArrayList<>();
        key.schema().fields().forEach(columns::add);
        columns.addAll(encoder.schema().fields());
        Function<@Nullable Object[], K> keyOf = called(code, function);
        Function<@Nullable Object[], List<@Nullable Object>> withKey =
                row -> {
                    List<@Nullable Object> all = new ArrayList<>(key.write(keyOf.apply(row)));
                    Collections.addAll(all, row);
                    return all;
                };
        DataFrame keyed =
                mappedRows(
                        columns(),
                        new TypedFunction(
                                code, RowFunction.Scope.ROWS, rows -> each(rows, withKey)),
                        0,
                        new Schema(columns));
        return new KeyValueGroupedDataset<>(keyed, key, encoder);
    }

    // Of both worlds

    /// Pairs of objects for which a condition over both sides' columns holds; where one side has no
    /// partner, as outer joins keep it, the pair has null there.
    ///
    /// @param how `inner`, `left`, `right`, `full`
    /// @throws dev.vitrine.engine.error.EngineException UNSUPPORTED_JOIN_TYPE for semi and anti
    ///   joins, and for what is none
    public <U extends @Nullable Object> Dataset<Tuple2<T, U>> joinWith(
            Dataset<U> other, Column condition, String how) {
        return TypedJoin.of(this, other, condition, how);
    }

    public <U extends @Nullable Object> Dataset<Tuple2<T, U>> joinWith(
            Dataset<U> other, Column condition) {
        return joinWith(other, condition, "inner");
    }

    public <U extends @Nullable Object> Dataset<U> select(TypedColumn<U> column) {
        DataFrame selected = frame.select(column.column());
        if (column.encoder().isProduct()
                && selected.schema().field(0).type() instanceof DataType.Struct(var fields)) {
            Column struct = selected.at(0);
            return selected.select(
                            fields.stream()
                                    .map(f -> struct.getField(f.name()).as(f.name()))
                                    .toArray(Column[]::new))
                    .as(column.encoder());
        }
        return selected.as(column.encoder());
    }

    public <U1 extends @Nullable Object, U2 extends @Nullable Object>
            Dataset<Tuple2<U1, U2>> select(TypedColumn<U1> first, TypedColumn<U2> second) {
        return frame.select(first.column(), second.column())
                .as(Encoders.tuple(first.encoder(), second.encoder()));
    }

    public DataFrame select(Column... columns) {
        return frame.select(columns);
    }

    public Column col(String name) {
        return frame.col(name);
    }

    public Dataset<T> filter(Column condition) {
        return with(frame.filter(condition));
    }

    public Dataset<T> filter(String condition) {
        return with(frame.filter(condition));
    }

    public Dataset<T> where(Column condition) {
        return filter(condition);
    }

    public Dataset<T> where(String condition) {
        return filter(condition);
    }

    public Dataset<T> orderBy(Column... columns) {
        return with(frame.orderBy(columns));
    }

    public Dataset<T> sort(Column... columns) {
        return orderBy(columns);
    }

    public Dataset<T> limit(int rows) {
        return with(frame.limit(rows));
    }

    public Dataset<T> offset(int rows) {
        return with(frame.offset(rows));
    }

    /// Objects whose columns are equal once.
    public Dataset<T> distinct() {
        return with(columns().distinct());
    }

    public Dataset<T> dropDuplicates(String... names) {
        return with(names.length == 0 ? frame.distinct() : frame.dropDuplicates(names));
    }

    public Dataset<T> union(Dataset<T> other) {
        return with(columns().union(other.columns()));
    }

    public Dataset<T> intersect(Dataset<T> other) {
        return with(columns().intersect(other.columns()));
    }

    public Dataset<T> except(Dataset<T> other) {
        return with(columns().except(other.columns()));
    }

    public Dataset<T> repartition(int partitions, Column... columns) {
        return with(frame.repartition(partitions, columns));
    }

    public Dataset<T> coalesce(int partitions) {
        return with(frame.coalesce(partitions));
    }

    public Dataset<T> sample(double fraction, long seed) {
        return with(frame.sample(fraction, seed));
    }

    public Dataset<T> alias(String name) {
        return with(frame.alias(name));
    }

    public <U extends @Nullable Object> Dataset<U> as(Encoder<U> other) {
        return frame.as(other);
    }

    public <R> R transform(Function<Dataset<T>, R> change) {
        return change.apply(this);
    }

    /// The rows.
    public DataFrame toDF() {
        return frame;
    }

    public DataFrame toDF(String... names) {
        return frame.toDF(names);
    }

    // Known without running

    public Schema schema() {
        return frame.schema();
    }

    public void printSchema() {
        frame.printSchema();
    }

    public void explain() {
        frame.explain();
    }

    public void explain(String mode) {
        frame.explain(mode);
    }

    public Session sparkSession() {
        return frame.sparkSession();
    }

    public void createOrReplaceTempView(String name) {
        frame.createOrReplaceTempView(name);
    }

    public Dataset<T> cache() {
        frame.cache();
        return this;
    }

    public Dataset<T> persist() {
        return cache();
    }

    public Dataset<T> persist(StorageLevel level) {
        frame.persist(level);
        return this;
    }

    public StorageLevel storageLevel() {
        return frame.storageLevel();
    }

    public Dataset<T> unpersist() {
        frame.unpersist();
        return this;
    }

    // Actions

    private List<T> objects(DataFrame rows) {
        try (Query query = rows.query()) {
            List<T> objects = new ArrayList<>();
            query.await().rows().forEach(row -> objects.add(encoder.read(row.toArray())));
            return objects;
        }
    }

    /// All objects.
    ///
    /// @throws dev.vitrine.engine.error.EngineException for whatever fails while they are computed;
    ///   NOT_NULL_ASSERT_VIOLATION for NULL in a primitive component
    public List<T> collectAsList() {
        return objects(columns());
    }

    public List<T> takeAsList(int rows) {
        return objects(columns().limit(rows));
    }

    /// The same as [#takeAsList]: an array would need the class.
    public List<T> take(int rows) {
        return takeAsList(rows);
    }

    /// The first object.
    ///
    /// @throws NoSuchElementException where there is none
    public T first() {
        List<T> found = takeAsList(1);
        if (found.isEmpty()) {
            throw new NoSuchElementException("The data set has no objects");
        }
        return found.getFirst();
    }

    /// The same as [#first].
    public T head() {
        return first();
    }

    public Iterator<T> toLocalIterator() {
        return collectAsList().iterator();
    }

    /// The objects as an Rdd, in their order in as many partitions as there are slots.
    public Rdd<T> rdd() {
        return sparkSession().sparkContext().ofRows(columns().plan(), encoder::read);
    }

    /// The same as [#rdd].
    public Rdd<T> javaRDD() {
        return rdd();
    }

    public long count() {
        return frame.count();
    }

    public boolean isEmpty() {
        return frame.isEmpty();
    }

    public void show() {
        frame.show();
    }

    public void show(int rows) {
        frame.show(rows);
    }

    /// One object of all, two by two: in each partition, then of what these give.
    ///
    /// @throws UnsupportedOperationException where there are no objects
    public T reduce(ReduceFunction<T> function) {
        UserCode code = UserCode.of("Reduce", encoder, encoder);
        UnaryOperator<Iterator<T>> reduced =
                objects -> {
                    if (!objects.hasNext()) {
                        return Collections.emptyIterator();
                    }
                    T result = objects.next();
                    while (objects.hasNext()) {
                        T before = result;
                        T next = objects.next();
                        result = code.run(next, () -> function.call(before, next));
                    }
                    return Collections.singletonList(result).iterator();
                };
        Dataset<T> parts =
                mapped(
                        code,
                        RowFunction.Scope.PARTITION,
                        encoder,
                        rows -> reduced.apply(each(rows, encoder::read)));
        Iterator<T> result = reduced.apply(parts.collectAsList().iterator());
        if (!result.hasNext()) {
            throw new UnsupportedOperationException("A data set without objects is not reduced");
        }
        return result.next();
    }

    /// Does something with each object, in the tasks that compute them.
    public void foreach(ForeachFunction<T> function) {
        UserCode code = new UserCode("Foreach", encoder.typeName(), "");
        foreachPartition(objects -> {
            while (objects.hasNext()) {
                T object = objects.next();
                code.run(
                        object,
                        () -> {
                            function.call(object);
                            return true;
                        });
            }
        });
    }

    /// Does something with the objects of each partition, in the tasks that compute them.
    public void foreachPartition(ForeachPartitionFunction<T> function) {
        UserCode code = new UserCode("ForeachPartition", encoder.typeName(), "");
        mapPartitions(
                        objects ->
                                code.run(
                                        "a partition",
                                        () -> {
                                            function.call(objects);
                                            return Collections.<@Nullable Boolean>emptyIterator();
                                        }),
                        Encoders.BOOLEAN())
                .collectAsList();
    }

    @Override
    public String toString() {
        return "Dataset[" + encoder.typeName() + "]";
    }
}
