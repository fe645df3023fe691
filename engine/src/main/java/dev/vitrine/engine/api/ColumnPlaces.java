package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import java.util.List;

/// Which columns of a frame an expression is.
final class ColumnPlaces {
    private final DataFrame frame;

    ColumnPlaces(DataFrame frame) {
        this.frame = frame;
    }

    /// None where the column is not there, or is no column but an expression.
    List<Integer> of(Column column) {
        if (column.expr() instanceof Expr.UnresolvedAttribute(var parts, var where)
                && parts.size() == 1) {
            return frame.places(parts.getFirst());
        }
        LogicalPlan both =
                new LogicalPlan.Project(
                        frame.plan(), List.of(Functions.col("*").expr(), column.expr()));
        List<Expr.Attribute> output;
        try {
            output = frame.sparkSession().analyzed(both).output();
        } catch (EngineException e) {
            // Spark drops nothing where a column cannot be found.
            return List.of();
        }
        for (int i = 0; i < frame.schema().size(); i++) {
            if (output.get(i).id() == output.getLast().id()) {
                return List.of(i);
            }
        }
        return List.of();
    }
}
