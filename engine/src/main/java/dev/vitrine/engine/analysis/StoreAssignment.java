package dev.vitrine.engine.analysis;

import dev.vitrine.engine.catalog.Table;
import dev.vitrine.engine.catalog.TableColumn;
import dev.vitrine.engine.catalog.TextLength;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Casts;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.Casting;
import dev.vitrine.engine.function.Collations;
import dev.vitrine.engine.function.CommonTypes;
import dev.vitrine.engine.function.StoredValues;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What may be stored in a column of which type, by the rules of Spark's store assignment.
final class StoreAssignment {
    private final String policy;

    StoreAssignment(Settings settings) {
        this.policy = settings.get(Settings.STORE_ASSIGNMENT).toUpperCase(Locale.ROOT);
    }

    /// `value` as a value of the column.
    ///
    /// @throws EngineException INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST
    Expr assign(Expr value, Table table, TableColumn column, @Nullable SourceRange where) {
        if (!allows(value.type(), column.type())) {
            throw new EngineException(
                    ErrorCode.INCOMPATIBLE_DATA_FOR_TABLE__CANNOT_SAFELY_CAST,
                    Map.of(
                            "tableName", table.name().quoted(),
                            "colName", "`" + column.name() + "`",
                            "srcType", "\"" + value.type().sql() + "\"",
                            "targetType", "\"" + column.type().sql() + "\""),
                    where);
        }
        EvalMode mode = policy.equals("LEGACY") ? EvalMode.LEGACY : EvalMode.ANSI;
        Expr stored = CommonTypes.cast(value, column.type(), mode);
        if (column.length().isPresent()) {
            TextLength length = column.length().get();
            Expr plain = Collations.plain(stored);
            stored =
                    CommonTypes.cast(
                            length.fixed()
                                    ? StoredValues.fixedText(plain, length.characters())
                                    : StoredValues.limitedText(plain, length.characters()),
                            column.type(),
                            mode);
        }
        return column.nullable() || !stored.nullable()
                ? stored
                : StoredValues.notNull(stored, column.name());
    }

    /// Whether values of one type may be stored as another.
    boolean allows(DataType given, DataType wanted) {
        DataType from = given.withoutCollations();
        DataType to = wanted.withoutCollations();
        return switch (policy) {
            case "LEGACY" -> Casting.canCast(from, to, EvalMode.LEGACY);
            case "STRICT" -> Casts.neverFails(from, to) || from == DataType.NULL;
            default -> safely(from, to);
        };
    }

    private static boolean safely(DataType from, DataType to) {
        if (from.equals(to) || from == DataType.NULL || (from.isNumeric() && to.isNumeric())) {
            return true;
        }
        return switch (to) {
            case DataType.Simple.STRING -> !from.isNested();
            case DataType.Simple.DATE, DataType.Simple.TIMESTAMP, DataType.Simple.TIMESTAMP_NTZ ->
                    from == DataType.DATE || from.isTimestamp();
            case DataType.Time t -> from instanceof DataType.Time;
            case DataType.YearMonthInterval i -> from instanceof DataType.YearMonthInterval;
            case DataType.DayTimeInterval i -> from instanceof DataType.DayTimeInterval;
            case DataType.Array(var element, var nulls) ->
                    from instanceof DataType.Array(var e, var n) && safely(e, element);
            case DataType.MapOf(var key, var value, var nulls) ->
                    from instanceof DataType.MapOf(var k, var v, var n)
                            && safely(k, key)
                            && safely(v, value);
            case DataType.Struct(var fields) ->
                    from instanceof DataType.Struct(var others) && safely(others, fields);
            default -> false;
        };
    }

    private static boolean safely(List<Field> from, List<Field> to) {
        if (from.size() != to.size()) {
            return false;
        }
        for (int i = 0; i < from.size(); i++) {
            if (!safely(from.get(i).type(), to.get(i).type())) {
                return false;
            }
        }
        return true;
    }
}
