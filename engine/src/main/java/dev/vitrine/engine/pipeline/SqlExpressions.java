package dev.vitrine.engine.pipeline;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.sql.SqlParser;
import dev.vitrine.engine.sql.Statement;
import dev.vitrine.engine.types.DataType;
import java.util.List;
import java.util.Map;

/// The engine's own SQL parser behind the expressions and queries of pipeline nodes.
public final class SqlExpressions implements ExpressionParser {

    @Override
    public Expr expression(String text, PlanContext context) {
        return SqlParser.parseExpression(text, context);
    }

    @Override
    public DataType dataType(String text) {
        return SqlParser.parseType(text);
    }

    @Override
    public List<String> name(String text) {
        return SqlParser.parseName(text);
    }

    @Override
    public LogicalPlan query(String text, PlanContext context) {
        if (SqlParser.parse(text) instanceof Statement.Query query) {
            return query.plan();
        }
        throw new EngineException(
                ErrorCode.PARSE_SYNTAX_ERROR,
                Map.of("error", "the first word: a query is expected here"));
    }
}
