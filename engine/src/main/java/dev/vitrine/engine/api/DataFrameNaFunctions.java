package dev.vitrine.engine.api;

import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What is done about NULLs, and about NaN where a column is DOUBLE or FLOAT; under Spark's names.
public final class DataFrameNaFunctions {
    private final DataFrame frame;

    DataFrameNaFunctions(DataFrame frame) {
        this.frame = frame;
    }

    // drop

    /// The rows without any NULL.
    public DataFrame drop() {
        return drop("any");
    }

    /// @param how `any` leaves out rows with a NULL, `all` those of NULLs only
    /// @throws IllegalArgumentException for any other word
    public DataFrame drop(String how) {
        return drop(how, frame.columns());
    }

    /// The rows without a NULL in these columns.
    public DataFrame drop(String[] columns) {
        return drop("any", columns);
    }

    /// @param how `any` leaves out rows with a NULL, `all` those of NULLs only
    /// @throws IllegalArgumentException for any other word
    public DataFrame drop(String how, String[] columns) {
        return switch (how.toLowerCase(Locale.ROOT)) {
            case "any" -> drop(columns.length, columns);
            case "all" -> drop(1, columns);
            default ->
                    throw new IllegalArgumentException("how is 'any' or 'all', not '" + how + "'");
        };
    }

    /// The rows with at least so many values.
    public DataFrame drop(int minNonNulls) {
        return drop(minNonNulls, frame.columns());
    }

    public DataFrame drop(int minNonNulls, String[] columns) {
        List<Integer> places = places(columns);
        if (places.isEmpty()) {
            return frame;
        }
        if (minNonNulls == places.size()) {
            return frame.filter(
                    places.stream().map(this::isThere).reduce(Column::and).orElseThrow());
        }
        Column count =
                places.stream()
                        .map(place -> isThere(place).cast(DataType.INT))
                        .reduce(Column::plus)
                        .orElseThrow();
        return frame.filter(count.geq(minNonNulls));
    }

    private Column isThere(int place) {
        Column column = frame.at(place);
        return isFloating(frame.schema().field(place).type())
                ? column.isNotNull().and(Functions.not(column.isNaN()))
                : column.isNotNull();
    }

    private static boolean isFloating(DataType type) {
        return type == DataType.DOUBLE || type == DataType.FLOAT;
    }

    /// @throws dev.vitrine.engine.error.EngineException UNRESOLVED_COLUMN
    private List<Integer> places(String[] columns) {
        List<Integer> places = new ArrayList<>();
        for (String column : columns) {
            List<Integer> found = frame.places(column);
            if (found.isEmpty()) {
                frame.col(column);
            }
            places.addAll(found);
        }
        return places.stream().distinct().toList();
    }

    // fill

    public DataFrame fill(long value) {
        return fill(value, frame.columns());
    }

    public DataFrame fill(double value) {
        return fill(value, frame.columns());
    }

    public DataFrame fill(String value) {
        return fill(value, frame.columns());
    }

    public DataFrame fill(boolean value) {
        return fill(value, frame.columns());
    }

    /// A number for the NULLs of number columns.
    public DataFrame fill(long value, String[] columns) {
        return filled(value, DataType::isNumeric, columns);
    }

    /// A number for the NULLs and NaNs of number columns.
    public DataFrame fill(double value, String[] columns) {
        return filled(value, DataType::isNumeric, columns);
    }

    /// A text for the NULLs of string columns.
    public DataFrame fill(String value, String[] columns) {
        return filled(value, type -> type == DataType.STRING, columns);
    }

    /// A value for the NULLs of boolean columns.
    public DataFrame fill(boolean value, String[] columns) {
        return filled(value, type -> type == DataType.BOOLEAN, columns);
    }

    /// @param values column to the value for its NULLs
    public DataFrame fill(Map<String, ?> values) {
        DataFrame filled = frame;
        for (Map.Entry<String, ?> column : values.entrySet()) {
            filled =
                    new DataFrameNaFunctions(filled)
                            .filled(
                                    column.getValue(),
                                    type -> true,
                                    new String[] {column.getKey()});
        }
        return filled;
    }

    private DataFrame filled(Object value, Predicate<DataType> fits, String[] columns) {
        return changed(
                places(columns),
                fits,
                (column, type) -> {
                    Column known =
                            isFloating(type)
                                    ? Functions.when(Functions.not(column.isNaN()), column)
                                    : column;
                    return Functions.coalesce(known, Functions.lit(value).cast(type));
                });
    }

    private interface Change {
        Column of(Column column, DataType type);
    }

    private DataFrame changed(List<Integer> places, Predicate<DataType> fits, Change change) {
        Column[] columns = frame.all().toArray(Column[]::new);
        for (int place : places) {
            Field field = frame.schema().field(place);
            if (fits.test(field.type())) {
                columns[place] = change.of(columns[place], field.type()).as(field.name());
            }
        }
        return frame.select(columns);
    }

    // replace

    /// Values for others in a column, or with `*` in all columns of their kind.
    ///
    /// @param replacements strings, numbers or booleans, all of one kind
    public <T> DataFrame replace(String column, Map<T, T> replacements) {
        return replace(column.equals("*") ? frame.columns() : new String[] {column}, replacements);
    }

    public <T> DataFrame replace(String[] columns, Map<T, T> replacements) {
        if (replacements.isEmpty()) {
            return frame;
        }
        Predicate<DataType> fits = fitting(replacements);
        return changed(
                places(columns),
                fits,
                (column, type) -> {
                    Optional<Column> choice = Optional.empty();
                    for (Map.Entry<T, T> entry : replacements.entrySet()) {
                        Column is = column.equalTo(constant(entry.getKey(), type));
                        Column then = constant(entry.getValue(), type);
                        choice =
                                Optional.of(
                                        choice.map(c -> c.when(is, then))
                                                .orElseGet(() -> Functions.when(is, then)));
                    }
                    return choice.orElseThrow().otherwise(column);
                });
    }

    private static Column constant(@Nullable Object value, DataType type) {
        return Functions.lit(value).cast(type);
    }

    private static Predicate<DataType> fitting(Map<?, ?> replacements) {
        Object key = replacements.keySet().iterator().next();
        return switch (key) {
            case String s -> type -> type == DataType.STRING;
            case Boolean b -> type -> type == DataType.BOOLEAN;
            case Number n -> DataType::isNumeric;
            case null, default ->
                    throw new IllegalArgumentException(
                            "Strings, numbers and booleans are replaced, not " + key);
        };
    }
}
