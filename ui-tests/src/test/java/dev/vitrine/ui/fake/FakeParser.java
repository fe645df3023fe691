package dev.vitrine.ui.fake;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.pipeline.ExpressionParser;
import dev.vitrine.engine.types.DataType;
import java.util.List;

/// Takes any text as a name.
public final class FakeParser implements ExpressionParser {
    @Override
    public Expr expression(String text, PlanContext context) {
        return new Expr.UnresolvedAttribute(List.of(text), null);
    }

    @Override
    public DataType dataType(String text) {
        return DataType.STRING;
    }

    @Override
    public LogicalPlan query(String text, PlanContext context) {
        return new LogicalPlan.UnresolvedRelation(List.of("input1"), null);
    }
}
