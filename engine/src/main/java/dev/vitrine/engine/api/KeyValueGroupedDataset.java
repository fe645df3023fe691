package dev.vitrine.engine.api;

import static dev.vitrine.engine.rdd.Items.each;

import dev.vitrine.engine.expr.RowFunction;
import dev.vitrine.engine.rdd.Encoder;
import dev.vitrine.engine.rdd.Encoders;
import dev.vitrine.engine.rdd.Items;
import dev.vitrine.engine.rdd.MapFunction;
import dev.vitrine.engine.rdd.ReduceFunction;
import dev.vitrine.engine.rdd.Tuple2;
import dev.vitrine.engine.rdd.UserCode;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Objects in groups of equal keys; under Spark's name. Keys are equal where their columns are. The
/// groups' rows are brought together by an exchange and a sort; a group's rows are held in memory
/// while its function runs.
public final class KeyValueGroupedDataset<K extends @Nullable Object, V extends @Nullable Object> {
    /// Rows with the key's columns before the object's.
    private final DataFrame keyed;

    private final Encoder<K> key;
    private final Encoder<V> value;

    KeyValueGroupedDataset(DataFrame keyed, Encoder<K> key, Encoder<V> value) {
        this.keyed = keyed;
        this.key = key;
        this.value = value;
    }

    private int keyCount() {
        return key.schema().size();
    }

    private Column[] keyColumns(DataFrame frame) {
        return frame.all().subList(0, keyCount()).toArray(Column[]::new);
    }

    private K key(@Nullable Object[] row) {
        return key.read(Arrays.copyOf(row, keyCount()));
    }

    private V value(@Nullable Object[] row) {
        return value.read(Arrays.copyOfRange(row, keyCount(), row.length));
    }

    /// Each key once, in no order.
    public Dataset<K> keys() {
        return keyed.select(keyColumns(keyed)).distinct().as(key);
    }

    /// One object of each group.
    public <U extends @Nullable Object> Dataset<U> mapGroups(
            MapGroupsFunction<K, V, U> function, Encoder<U> result) {
        UserCode code = UserCode.of("MapGroups", value, result);
        return groups(
                code,
                (k, values) ->
                        Collections.singletonList(code.run(k, () -> function.call(k, values)))
                                .iterator(),
                result);
    }

    /// Any number of objects of each group.
    public <U extends @Nullable Object> Dataset<U> flatMapGroups(
            FlatMapGroupsFunction<K, V, U> function, Encoder<U> result) {
        UserCode code = UserCode.of("FlatMapGroups", value, result);
        return groups(
                code,
                (k, values) -> code.guarded(code.run(k, () -> function.call(k, values))),
                result);
    }

    @FunctionalInterface
    private interface Body<K extends @Nullable Object, V extends @Nullable Object, U> {
        Iterator<U> of(K key, Iterator<V> values);
    }

    private <U extends @Nullable Object> Dataset<U> groups(
            UserCode code, Body<K, V, U> body, Encoder<U> result) {
        return Dataset.mapped(
                keyed,
                new TypedFunction(
                        code,
                        RowFunction.Scope.GROUP,
                        rows -> {
                            @Nullable Object[] first = rows.next();
                            Iterator<V> values =
                                    Items.all(
                                            List.<Iterator<@Nullable Object[]>>of(
                                                            Collections.singletonList(first)
                                                                    .iterator(),
                                                            rows)
                                                    .iterator(),
                                            part -> each(part, this::value));
                            return each(body.of(key(first), values), result::write);
                        }),
                keyCount(),
                result);
    }

    /// One object of each group's, two by two, with its key.
    public Dataset<Tuple2<K, V>> reduceGroups(ReduceFunction<V> function) {
        return mapGroups(
                (k, values) -> {
                    V result = values.next();
                    while (values.hasNext()) {
                        result = function.call(result, values.next());
                    }
                    return new Tuple2<>(k, result);
                },
                Encoders.tuple(key, value));
    }

    /// The number of each group's objects, with its key; an aggregate that the optimizer knows.
    public Dataset<Tuple2<K, @Nullable Long>> count() {
        return aggregated(Functions.count(Functions.lit(1)).as("count(1)"), Encoders.LONG());
    }

    /// What an aggregate gives for each group, with its key; computed in parts before the exchange.
    public <B, U> Dataset<Tuple2<K, U>> agg(Aggregator<V, B, U> aggregator) {
        Column[] values =
                keyed.all().subList(keyCount(), keyed.schema().size()).toArray(Column[]::new);
        Column result = new UserDefinedAggregate(aggregator, value).apply(values);
        return aggregated(result, aggregator.outputEncoder());
    }

    /// What an aggregate of columns gives for each group, with its key.
    public <U extends @Nullable Object> Dataset<Tuple2<K, U>> agg(TypedColumn<U> column) {
        return aggregated(column.column(), column.encoder());
    }

    private <U extends @Nullable Object> Dataset<Tuple2<K, U>> aggregated(
            Column result, Encoder<U> encoder) {
        DataFrame groups = keyed.groupBy(keyColumns(keyed)).agg(result);
        Column keyColumn =
                key.isProduct()
                        ? Functions.struct(keyColumns(groups)).as("key")
                        : groups.at(0).as("key");
        return groups.select(keyColumn, groups.at(keyCount())).as(Encoders.tuple(key, encoder));
    }

    /// The groups with other objects in them.
    public <W extends @Nullable Object> KeyValueGroupedDataset<K, W> mapValues(
            MapFunction<V, W> function, Encoder<W> result) {
        UserCode code = UserCode.of("MapValues", value, result);
        List<Field> columns = new ArrayList<>(key.schema().fields());
        columns.addAll(result.schema().fields());
        Function<@Nullable Object[], List<@Nullable Object>> withValue =
                row -> {
                    V object = value(row);
                    List<@Nullable Object> made =
                            new ArrayList<>(Arrays.asList(row).subList(0, keyCount()));
                    made.addAll(result.write(code.run(object, () -> function.call(object))));
                    return made;
                };
        DataFrame changed =
                Dataset.mappedRows(
                        keyed,
                        new TypedFunction(
                                code, RowFunction.Scope.ROWS, rows -> each(rows, withValue)),
                        0,
                        new Schema(columns));
        return new KeyValueGroupedDataset<>(changed, key, result);
    }
}
