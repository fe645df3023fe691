package dev.vitrine.engine.rdd;

import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How the objects that a stage computes stand in its rows.
///
/// @param name the last thing that the stage does, as its label tells
/// @param rows of the objects of a partition, given its number
record StageRows<T extends @Nullable Object>(String name, Schema columns, Writing<T> rows) {
    private static final Field NUMBER = new Field("partition", DataType.INT, false);
    private static final Field VALUE = new Field(Encoder.VALUE, DataType.BINARY, false);

    @FunctionalInterface
    interface Writing<T extends @Nullable Object> {
        Iterator<List<@Nullable Object>> of(int partition, Iterator<T> objects);
    }

    /// Partition numbers and bytes.
    static <T extends @Nullable Object> StageRows<T> numbered(
            String name, Function<Iterator<T>, Iterator<List<@Nullable Object>>> rows) {
        return new StageRows<>(
                name, Schema.of(NUMBER, VALUE), (partition, objects) -> rows.apply(objects));
    }

    /// Each object's bytes, under the number of its partition.
    static <T extends @Nullable Object> StageRows<T> kept(String name, ObjectBytes bytes) {
        return new StageRows<>(
                name,
                Schema.of(NUMBER, VALUE),
                (partition, objects) -> {
                    ObjectBytes.Writer writer = bytes.new Writer();
                    return Items.each(objects, o -> List.of(partition, writer.write(o)));
                });
    }

    /// The bytes of what `body` makes of a partition.
    static <T extends @Nullable Object, R extends @Nullable Object> StageRows<T> result(
            String name, ObjectBytes bytes, PartitionBody<T, R> body) {
        return new StageRows<>(
                name,
                Schema.of(VALUE),
                (partition, objects) -> {
                    ObjectBytes.Writer writer = bytes.new Writer();
                    return Items.each(body.of(partition, objects), o -> List.of(writer.write(o)));
                });
    }
}
