package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.types.Schema;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One row as programs see it: values by place or by name. Immutable; method names are Spark's. The
/// Java classes of values are listed in docs/api.md.
public final class Row implements Serializable {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // serializable where what is in it is
    private final List<@Nullable Object> values;

    @SuppressWarnings("serial") // handed over as it is by the one that writes rows
    private final @Nullable Schema schema;

    Row(List<@Nullable Object> values, @Nullable Schema schema) {
        this.values = Collections.unmodifiableList(values);
        this.schema = schema;
    }

    /// A row without names, as [Session#createDataFrame] takes it.
    public static Row of(@Nullable Object... values) {
        return new Row(new ArrayList<>(Arrays.asList(values)), null);
    }

    public int size() {
        return values.size();
    }

    public int length() {
        return values.size();
    }

    /// Names and types, or null for a row that a program made.
    public @Nullable Schema schema() {
        return schema;
    }

    public @Nullable Object get(int index) {
        return values.get(index);
    }

    public boolean isNullAt(int index) {
        return values.get(index) == null;
    }

    public boolean anyNull() {
        return values.contains(null);
    }

    /// Place of the first field of a name, letter case counting first.
    ///
    /// @throws IllegalArgumentException where there is none
    public int fieldIndex(String name) {
        if (schema != null) {
            int exact = schema.names().indexOf(name);
            int found = exact >= 0 ? exact : schema.indexOf(name).orElse(-1);
            if (found >= 0) {
                return found;
            }
        }
        throw new IllegalArgumentException(
                "No field " + name + " in " + (schema == null ? "a row without names" : schema));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Spark's signature
    public <T extends @Nullable Object> T getAs(int index) {
        return (T) values.get(index);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // Spark's signature
    public <T extends @Nullable Object> T getAs(String name) {
        return getAs(fieldIndex(name));
    }

    private <T> T primitive(int index, Class<T> type) {
        Object value = values.get(index);
        if (value == null) {
            throw new EngineException(ErrorCode.ROW_VALUE_IS_NULL, Map.of("index", index));
        }
        return type.cast(value);
    }

    /// @throws EngineException ROW_VALUE_IS_NULL
    public boolean getBoolean(int index) {
        return primitive(index, Boolean.class);
    }

    public byte getByte(int index) {
        return primitive(index, Byte.class);
    }

    public short getShort(int index) {
        return primitive(index, Short.class);
    }

    public int getInt(int index) {
        return primitive(index, Integer.class);
    }

    public long getLong(int index) {
        return primitive(index, Long.class);
    }

    public float getFloat(int index) {
        return primitive(index, Float.class);
    }

    public double getDouble(int index) {
        return primitive(index, Double.class);
    }

    public @Nullable String getString(int index) {
        return getAs(index);
    }

    public @Nullable BigDecimal getDecimal(int index) {
        return getAs(index);
    }

    public @Nullable LocalDate getLocalDate(int index) {
        return getAs(index);
    }

    public @Nullable Instant getInstant(int index) {
        return getAs(index);
    }

    public java.sql.@Nullable Date getDate(int index) {
        LocalDate date = getLocalDate(index);
        return date == null ? null : java.sql.Date.valueOf(date);
    }

    public java.sql.@Nullable Timestamp getTimestamp(int index) {
        Instant instant = getInstant(index);
        return instant == null ? null : java.sql.Timestamp.from(instant);
    }

    public <T extends @Nullable Object> @Nullable List<T> getList(int index) {
        return getAs(index);
    }

    public <K, V extends @Nullable Object> @Nullable Map<K, V> getJavaMap(int index) {
        return getAs(index);
    }

    public @Nullable Row getStruct(int index) {
        return getAs(index);
    }

    /// This row: there is nothing in it that could change.
    public Row copy() {
        return this;
    }

    public String mkString() {
        return mkString("");
    }

    public String mkString(String separator) {
        return mkString("", separator, "");
    }

    public String mkString(String start, String separator, String end) {
        return values.stream()
                .map(String::valueOf)
                .collect(Collectors.joining(separator, start, end));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row row && same(values, row.values);
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return switch (one) {
            case byte[] bytes -> other instanceof byte[] others && Arrays.equals(bytes, others);
            case BigDecimal number ->
                    other instanceof BigDecimal others && number.compareTo(others) == 0;
            case List<?> list -> {
                if (!(other instanceof List<?> others) || list.size() != others.size()) {
                    yield false;
                }
                boolean all = true;
                for (int i = 0; all && i < list.size(); i++) {
                    all = same(list.get(i), others.get(i));
                }
                yield all;
            }
            case null, default -> Objects.equals(one, other);
        };
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (Object value : values) {
            int part =
                    switch (value) {
                        case byte[] bytes -> Arrays.hashCode(bytes);
                        case BigDecimal number -> number.stripTrailingZeros().hashCode();
                        // Numbers in lists are equal at any scale.
                        case List<?> list -> list.size();
                        case null, default -> Objects.hashCode(value);
                    };
            hash = 31 * hash + part;
        }
        return hash;
    }

    /// The values with commas between, in brackets.
    @Override
    public String toString() {
        return mkString("[", ",", "]");
    }
}
