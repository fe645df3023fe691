package dev.vitrine.engine.pipeline;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.types.DataType;
import java.util.List;
import java.util.Map;

/// A parser for tests: takes any text as a name, and refuses texts with `!`.
final class NamesOnlyParser implements ExpressionParser {
    @Override
    public Expr expression(String text, PlanContext context) {
        int at = text.indexOf('!');
        if (at >= 0) {
            throw new EngineException(
                    ErrorCode.PARSE_SYNTAX_ERROR,
                    Map.of("error", "'!'"),
                    new SourceRange(at, at + 1));
        }
        return new Expr.UnresolvedAttribute(List.of(text), null);
    }

    @Override
    public DataType dataType(String text) {
        return DataType.STRING;
    }

    @Override
    public List<String> name(String text) {
        return List.of(text.split("\\."));
    }

    @Override
    public LogicalPlan query(String text, PlanContext context) {
        return new LogicalPlan.UnresolvedRelation(List.of(text), null);
    }
}
