package dev.vitrine.engine.api;

import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of a frame as the columns of another.
final class FrameTransposition {
    private final DataFrame frame;

    FrameTransposition(DataFrame frame) {
        this.frame = frame;
    }

    /// Rows in the order of `index`, whose values name the new columns; those without one are left
    /// out. An array brings the other columns to one type.
    DataFrame by(Column index) {
        List<Integer> indexPlaces = new ColumnPlaces(frame).of(index);
        List<Column> others = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < frame.schema().size(); i++) {
            if (!indexPlaces.contains(i)) {
                others.add(frame.at(i));
                names.add(frame.schema().field(i).name());
            }
        }
        Column values = Functions.array(others.toArray(Column[]::new));
        DataFrame rows =
                frame.filter(index.isNotNull())
                        .orderBy(index)
                        .select(index.cast(DataType.STRING).as("name"), values.as("values"));
        DataType type =
                rows.schema().field(1).type() instanceof DataType.Array(var element, var nulls)
                                && element != DataType.NULL
                        ? element
                        : DataType.STRING;
        List<Field> fields = new ArrayList<>(List.of(new Field("key", DataType.STRING, false)));
        List<List<?>> columns = new ArrayList<>();
        try (Query query = rows.query()) {
            for (List<@Nullable Object> row : query.await().rows()) {
                fields.add(Field.of(String.valueOf(row.get(0)), type));
                if (row.get(1) instanceof List<?> list) {
                    columns.add(list);
                }
            }
        }
        List<List<@Nullable Object>> transposed = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(names.get(i));
            for (List<?> column : columns) {
                row.add(column.get(i));
            }
            transposed.add(row);
        }
        return frame.with(LocalRelations.of(fields, transposed));
    }
}
