package dev.vitrine.engine.rdd;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How objects of class `T` stand in rows, and come from them. Immutable, for many threads. Made by
/// [Encoders].
///
/// A record's or bean's components are the row's columns; any other value stands in one column
/// `value`.
public final class Encoder<T extends @Nullable Object> {
    /// The column of what is no record.
    public static final String VALUE = "value";

    private final ValueCodec codec;
    private final Schema schema;

    Encoder(ValueCodec codec) {
        this.codec = codec;
        this.schema =
                codec instanceof ProductCodec product
                        ? new Schema(product.fields())
                        : Schema.of(new Field(VALUE, codec.type(), codec.nullable()));
    }

    ValueCodec codec() {
        return codec;
    }

    /// The columns of a row.
    public Schema schema() {
        return schema;
    }

    /// Whether the columns are components of a record or bean.
    public boolean isProduct() {
        return codec instanceof ProductCodec;
    }

    /// The type of an object that stands in one column.
    public DataType type() {
        return codec.type();
    }

    /// The class as people call it.
    public String typeName() {
        return codec.typeName();
    }

    /// The object of a row.
    ///
    /// @param columns values of [#schema], boxed as [DataType] says
    /// @throws EngineException NOT_NULL_ASSERT_VIOLATION where a primitive component would be null
    @SuppressWarnings({"unchecked", "NullAway"}) // made for its class, which says of null
    public T read(@Nullable Object[] columns) {
        return (T)
                (codec instanceof ProductCodec product
                        ? product.ofColumns(columns)
                        : codec.toJava(columns[0]));
    }

    /// The row of an object, boxed as [DataType] says.
    ///
    /// @throws EngineException NOT_NULL_ASSERT_VIOLATION for null in place of a record
    public List<@Nullable Object> write(T value) {
        if (codec instanceof ProductCodec product) {
            if (value == null) {
                throw new EngineException(
                        ErrorCode.NOT_NULL_ASSERT_VIOLATION, Map.of("walkedTypePath", typeName()));
            }
            return Collections.unmodifiableList(Arrays.asList(product.columns(value)));
        }
        return Collections.singletonList(writeValue(value));
    }

    /// The object as one value, a record as a struct.
    public @Nullable Object writeValue(T value) {
        return codec.toEngine(value);
    }

    /// The object of one value.
    @SuppressWarnings({"unchecked", "NullAway"}) // made for its class, which says of null
    public T readValue(@Nullable Object value) {
        return (T) codec.toJava(value);
    }

    @Override
    public String toString() {
        return "Encoder[" + typeName() + ": " + codec.type().catalogString() + "]";
    }
}
