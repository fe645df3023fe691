package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.function.CommonTypes;
import dev.vitrine.engine.rdd.Encoder;
import dev.vitrine.engine.rdd.Tuple2;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the columns of a frame that an encoder reads, and widens them to the types it reads.
final class TypedReads {
    private TypedReads() {}

    /// One column for each of the encoder's, under its names.
    ///
    /// @throws EngineException see [DataFrame#as(Encoder)]
    static List<Column> of(DataFrame frame, Encoder<?> encoder) {
        List<Field> wanted = encoder.schema().fields();
        boolean byPlace =
                !encoder.isProduct() || encoder.typeName().equals(Tuple2.class.getSimpleName());
        if (byPlace && wanted.size() != frame.schema().size()) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_DESERIALIZER__FIELD_NUMBER_MISMATCH,
                    Map.of(
                            "schema",
                            "\"" + frame.schema().toStruct().sql() + "\"",
                            "ordinal",
                            wanted.size()));
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Field field = wanted.get(i);
            Column column;
            DataType from;
            if (byPlace) {
                column = frame.at(i);
                from = frame.schema().field(i).type();
            } else {
                column = frame.col("`" + field.name().replace("`", "``") + "`");
                from = frame.schema().field(frame.places(field.name()).getFirst()).type();
            }
            columns.add(
                    widened(column, from, field.type(), field.name())
                            .orElse(column)
                            .as(field.name()));
        }
        return columns;
    }

    /// The column as values of another type, or empty where they are the same.
    private static Optional<Column> widened(
            Column column, DataType from, DataType to, String path) {
        if (from.equals(to)
                || from instanceof DataType.Decimal && to instanceof DataType.Decimal
                || from.isText() && to.isText()) {
            return Optional.empty();
        }
        if (from instanceof DataType.Struct(var have) && to instanceof DataType.Struct(var want)) {
            return struct(column, have, want, path);
        }
        if (from instanceof DataType.Array(var have, var nulls)
                && to instanceof DataType.Array(var want, var wantNulls)) {
            return widened(column, have, want, path + "[]").isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            Functions.transform(
                                    column,
                                    item -> widened(item, have, want, path + "[]").orElse(item)));
        }
        if (from instanceof DataType.MapOf(var key, var have, var nulls)
                && to instanceof DataType.MapOf(var wantKey, var want, var wantNulls)
                && widened(column, key, wantKey, path + ".key").isEmpty()) {
            return widened(column, have, want, path + ".value").isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            Functions.transform_values(
                                    column,
                                    (k, v) -> widened(v, have, want, path + ".value").orElse(v)));
        }
        if (!isSafe(from, to)) {
            throw new EngineException(
                    ErrorCode.CANNOT_UP_CAST_DATATYPE,
                    Map.of(
                            "expression",
                            "The column " + path + " of type \"" + from.sql() + "\"",
                            "targetType",
                            "\"" + to.sql() + "\""));
        }
        return Optional.of(column.cast(to));
    }

    private static Optional<Column> struct(
            Column column, List<Field> have, List<Field> want, String path) {
        boolean same = have.size() == want.size();
        List<Column> members = new ArrayList<>();
        for (int i = 0; i < want.size(); i++) {
            Field wanted = want.get(i);
            int place = -1;
            for (int j = 0; j < have.size(); j++) {
                if (have.get(j).name().equalsIgnoreCase(wanted.name())) {
                    place = j;
                    break;
                }
            }
            if (place < 0) {
                throw new EngineException(
                        ErrorCode.FIELD_NOT_FOUND,
                        Map.of(
                                "fieldName",
                                "`" + wanted.name() + "`",
                                "fields",
                                String.join(
                                        ", ",
                                        have.stream().map(f -> "`" + f.name() + "`").toList())));
            }
            Column member = column.getField(have.get(place).name());
            Optional<Column> changed =
                    widened(
                            member,
                            have.get(place).type(),
                            wanted.type(),
                            path + "." + wanted.name());
            same &= place == i && changed.isEmpty();
            members.add(changed.orElse(member).as(wanted.name()));
        }
        return same
                ? Optional.empty()
                : Optional.of(
                        Functions.when(
                                column.isNotNull(),
                                Functions.struct(members.toArray(Column[]::new))));
    }

    /// Whether every value of one type is one of the other.
    private static boolean isSafe(DataType from, DataType to) {
        if (from == DataType.NULL) {
            return true;
        }
        if (to == DataType.STRING) {
            return !from.isNested() && from != DataType.BINARY && from != DataType.INTERVAL;
        }
        if (from == DataType.DATE || from.isTimestamp()) {
            return to.isTimestamp();
        }
        if (from instanceof DataType.YearMonthInterval
                || from instanceof DataType.DayTimeInterval
                || from instanceof DataType.Time) {
            return from.getClass() == to.getClass();
        }
        return CommonTypes.widens(from, to);
    }
}
