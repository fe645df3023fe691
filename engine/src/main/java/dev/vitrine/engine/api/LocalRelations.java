package dev.vitrine.engine.api;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plans of constant rows.
final class LocalRelations {
    private LocalRelations() {}

    /// @param rows boxed as `DataType` says
    static LogicalPlan of(List<Field> fields, List<List<@Nullable Object>> rows) {
        List<Expr.Attribute> columns = new ArrayList<>();
        for (Field field : fields) {
            columns.add(
                    new Expr.Attribute(
                            columns.size() + 1L, field.name(), field.type(), field.nullable()));
        }
        return new LogicalPlan.LocalRelation(columns, rows);
    }
}
