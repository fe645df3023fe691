package dev.vitrine.engine.rdd;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Values of one Java type as the engine boxes them, and back.
sealed interface ValueCodec
        permits ValueCodec.Plain,
                ValueCodec.Primitive,
                ValueCodec.Maybe,
                ValueCodec.Sequence,
                ValueCodec.Mapping,
                ProductCodec {
    /// The type of the column.
    DataType type();

    boolean nullable();

    /// The Java type as people call it.
    String typeName();

    @Nullable Object toJava(@Nullable Object value);

    @Nullable Object toEngine(@Nullable Object value);

    /// A value of one class; null stands for NULL.
    ///
    /// @param java the class that [#toJava] gives
    record Plain(
            DataType type, Class<?> java, Function<Object, Object> in, Function<Object, Object> out)
            implements ValueCodec {
        @Override
        public boolean nullable() {
            return true;
        }

        @Override
        public String typeName() {
            return java.getSimpleName();
        }

        @Override
        public @Nullable Object toJava(@Nullable Object value) {
            return value == null ? null : in.apply(value);
        }

        @Override
        public @Nullable Object toEngine(@Nullable Object value) {
            return value == null ? null : out.apply(value);
        }
    }

    /// A primitive, which has no null.
    ///
    /// @param path the component that it is, `Person.address.zip`
    record Primitive(Plain boxed, String path, String typeName) implements ValueCodec {
        @Override
        public DataType type() {
            return boxed.type();
        }

        @Override
        public boolean nullable() {
            return false;
        }

        @Override
        public Object toJava(@Nullable Object value) {
            if (value == null) {
                throw new EngineException(
                        ErrorCode.NOT_NULL_ASSERT_VIOLATION, Map.of("walkedTypePath", path));
            }
            return boxed.in.apply(value);
        }

        @Override
        public @Nullable Object toEngine(@Nullable Object value) {
            return boxed.toEngine(value);
        }
    }

    /// `Optional`: empty stands for NULL.
    record Maybe(ValueCodec inner) implements ValueCodec {
        @Override
        public DataType type() {
            return inner.type();
        }

        @Override
        public boolean nullable() {
            return true;
        }

        @Override
        public String typeName() {
            return "Optional<" + inner.typeName() + ">";
        }

        @Override
        public Object toJava(@Nullable Object value) {
            return value == null ? Optional.empty() : Optional.ofNullable(inner.toJava(value));
        }

        @Override
        public @Nullable Object toEngine(@Nullable Object value) {
            // A component may be null although it should be an empty Optional: the same.
            return value == null ? null : ((Optional<?>) value).map(inner::toEngine).orElse(null);
        }
    }

    /// A `List` or `Set` as an array.
    record Sequence(ValueCodec element, boolean set) implements ValueCodec {
        @Override
        public DataType type() {
            return new DataType.Array(element.type(), element.nullable());
        }

        @Override
        public boolean nullable() {
            return true;
        }

        @Override
        public String typeName() {
            return (set ? "Set<" : "List<") + element.typeName() + ">";
        }

        @Override
        public @Nullable Object toJava(@Nullable Object value) {
            if (value == null) {
                return null;
            }
            Collection<@Nullable Object> items = set ? new LinkedHashSet<>() : new ArrayList<>();
            for (Object item : (List<?>) value) {
                items.add(element.toJava(item));
            }
            return items;
        }

        @Override
        public @Nullable Object toEngine(@Nullable Object value) {
            if (value == null) {
                return null;
            }
            List<@Nullable Object> items = new ArrayList<>();
            for (Object item : (Collection<?>) value) {
                items.add(element.toEngine(item));
            }
            return items;
        }
    }

    record Mapping(ValueCodec key, ValueCodec value) implements ValueCodec {
        @Override
        public DataType type() {
            return new DataType.MapOf(key.type(), value.type(), value.nullable());
        }

        @Override
        public boolean nullable() {
            return true;
        }

        @Override
        public String typeName() {
            return "Map<" + key.typeName() + ", " + value.typeName() + ">";
        }

        @Override
        public @Nullable Object toJava(@Nullable Object map) {
            if (map == null) {
                return null;
            }
            Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
            ((Map<?, ?>) map).forEach((k, v) -> entries.put(key.toJava(k), value.toJava(v)));
            return entries;
        }

        @Override
        public @Nullable Object toEngine(@Nullable Object map) {
            if (map == null) {
                return null;
            }
            Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
                if (entry.getKey() == null) {
                    throw new EngineException(ErrorCode.NULL_MAP_KEY, Map.of());
                }
                entries.put(key.toEngine(entry.getKey()), value.toEngine(entry.getValue()));
            }
            return entries;
        }
    }
}
