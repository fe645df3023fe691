package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.ExprEvaluator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// LIMIT and OFFSET: constants that are whole numbers and not negative.
final class LimitValues {
    private final Analyzer analyzer;
    private final Scope scope;

    LimitValues(Analyzer analyzer, Scope scope) {
        this.analyzer = analyzer;
        this.scope = scope;
    }

    Expr resolve(String name, Expr written) {
        SourceRange where = analyzer.range(written).orElse(null);
        if (written.any(e -> e instanceof Expr.UnresolvedAttribute || e instanceof Expr.Subquery)) {
            throw unfoldable(name, written, where);
        }
        Expr expr = new ExprResolver(analyzer, scope.over(List.of())).resolve(written);
        if (!expr.type().isIntegral()) {
            throw new EngineException(
                    ErrorCode.INVALID_LIMIT_LIKE_EXPRESSION__DATA_TYPE,
                    Map.of("name", name, "dataType", "\"" + expr.type().sql() + "\""),
                    where);
        }
        if (SelectBlock.hasAggregate(expr) || !expr.deterministic()) {
            throw unfoldable(name, written, where);
        }
        Object value = ExprEvaluator.constant(expr, analyzer.zone());
        if (!(value instanceof Number number)) {
            throw unfoldable(name, written, where);
        }
        if (number.longValue() < 0) {
            throw new EngineException(
                    ErrorCode.INVALID_LIMIT_LIKE_EXPRESSION__IS_NEGATIVE,
                    Map.of("name", name, "v", number),
                    where);
        }
        return Expr.Literal.of(number.longValue());
    }

    private static EngineException unfoldable(
            String name, Expr written, @Nullable SourceRange where) {
        return new EngineException(
                ErrorCode.INVALID_LIMIT_LIKE_EXPRESSION__IS_UNFOLDABLE,
                Map.of("name", name, "expr", "\"" + OutputNames.of(written) + "\""),
                where);
    }
}
