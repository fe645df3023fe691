package dev.vitrine.engine.pipeline;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import java.util.List;

/// The SQL parser as node kinds need it. All methods give unresolved trees and throw
/// `EngineException` with a place in `text`.
public interface ExpressionParser {
    Expr expression(String text, PlanContext context);

    /// A data type as SQL writes it.
    dev.vitrine.engine.types.DataType dataType(String text);

    /// The parts of a table's or view's name.
    List<String> name(String text);

    /// A whole query.
    LogicalPlan query(String text, PlanContext context);
}
