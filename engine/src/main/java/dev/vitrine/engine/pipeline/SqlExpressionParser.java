package dev.vitrine.engine.pipeline;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.sql.SqlParser;
import dev.vitrine.engine.sql.Statement;
import dev.vitrine.engine.types.DataType;
import java.util.Map;

/// The engine's SQL parser for node kinds.
public final class SqlExpressionParser implements ExpressionParser {
    @Override
    public Expr expression(String text, PlanContext context) {
        return SqlParser.parseExpression(text, context);
    }

    @Override
    public DataType dataType(String text) {
        return SqlParser.parseType(text);
    }

    @Override
    public LogicalPlan query(String text, PlanContext context) {
        if (SqlParser.parse(text) instanceof Statement.Query query) {
            return query.plan();
        }
        throw new EngineException(
                ErrorCode.UNSUPPORTED_FEATURE,
                Map.of("feature", "A statement other than a query in a SQL node"),
                new SourceRange(0, text.length()));
    }
}
