package dev.vitrine.engine.rdd;

import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A record or bean: its components as the fields of a struct, or as the columns of a row.
final class ProductCodec implements ValueCodec {
    private final ProductShape shape;
    private final List<ValueCodec> components;
    private final List<Field> fields;
    private final ProductCode code;

    ProductCodec(ProductShape shape, List<ValueCodec> components) {
        this.shape = shape;
        this.components = List.copyOf(components);
        this.fields =
                java.util.stream.IntStream.range(0, components.size())
                        .mapToObj(i ->
                                new Field(
                                        shape.components().get(i).name(),
                                        components.get(i).type(),
                                        components.get(i).nullable()))
                        .toList();
        this.code = ProductCompiler.code(shape, this.components);
    }

    List<Field> fields() {
        return fields;
    }

    /// Whether the class is read and made by generated code.
    boolean compiled() {
        return code.compiled();
    }

    @Override
    public DataType type() {
        return new DataType.Struct(fields);
    }

    @Override
    public boolean nullable() {
        return true;
    }

    @Override
    public String typeName() {
        return shape.product().getSimpleName();
    }

    /// The object whose components have these values.
    Object ofColumns(@Nullable Object[] columns) {
        return code.read(columns);
    }

    @Nullable Object[] columns(Object object) {
        return code.write(object);
    }

    @Override
    public @Nullable Object toJava(@Nullable Object value) {
        return value == null ? null : code.read(((List<?>) value).toArray());
    }

    @Override
    public @Nullable Object toEngine(@Nullable Object value) {
        return value == null ? null : Arrays.asList(code.write(value));
    }
}
