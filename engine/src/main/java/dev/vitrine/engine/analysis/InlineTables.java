package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.CommonTypes;
import dev.vitrine.engine.function.ExprEvaluator;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// VALUES: rows of constants, which are computed right here.
final class InlineTables {
    private final Analyzer analyzer;

    InlineTables(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    LogicalPlan resolve(LogicalPlan.UnresolvedInlineTable table, Scope scope) {
        int width = table.rows().isEmpty() ? table.names().size() : table.rows().getFirst().size();
        if (!table.names().isEmpty() && table.names().size() != width) {
            throw new EngineException(
                    ErrorCode.ASSIGNMENT_ARITY_MISMATCH,
                    Map.of("numTarget", table.names().size(), "numExpr", width),
                    table.where());
        }
        List<List<Expr>> rows = new ArrayList<>();
        for (List<Expr> row : table.rows()) {
            if (row.size() != width) {
                throw new EngineException(
                        ErrorCode.INVALID_INLINE_TABLE__NUM_COLUMNS_MISMATCH,
                        Map.of(
                                "rowIndex", rows.size(),
                                "actualNumCols", row.size(),
                                "expectedNumCols", width),
                        table.where());
            }
            rows.add(row.stream().map(expr -> constant(expr, scope)).toList());
        }
        List<Expr.Attribute> output = new ArrayList<>();
        List<List<@Nullable Object>> values = new ArrayList<>();
        rows.forEach(row -> values.add(new ArrayList<>()));
        for (int column = 0; column < width; column++) {
            output.add(addColumn(table, rows, column, values));
        }
        return new LogicalPlan.LocalRelation(output, values);
    }

    private Expr constant(Expr written, Scope scope) {
        boolean names =
                written.any(
                        e -> e instanceof Expr.UnresolvedAttribute || e instanceof Expr.Subquery);
        Expr expr =
                names
                        ? written
                        : new ExprResolver(analyzer, scope.over(List.of())).resolve(written);
        if (names || SelectBlock.hasAggregate(expr)) {
            throw new EngineException(
                    ErrorCode.INVALID_INLINE_TABLE__CANNOT_EVALUATE_EXPRESSION_IN_INLINE_TABLE,
                    Map.of("expr", "\"" + OutputNames.of(written) + "\""),
                    analyzer.range(written).orElse(null));
        }
        return expr;
    }

    private @Nullable Object value(Expr expr, LogicalPlan.UnresolvedInlineTable table) {
        try {
            return ExprEvaluator.constant(expr, analyzer.zone());
        } catch (EngineException e) {
            throw new EngineException(
                    ErrorCode.INVALID_INLINE_TABLE__FAILED_SQL_EXPRESSION_EVALUATION,
                    Map.of("sqlExpr", "\"" + expr.sql() + "\"", "reason", e.getMessage()),
                    table.where(),
                    e);
        }
    }

    private Expr.Attribute addColumn(
            LogicalPlan.UnresolvedInlineTable table,
            List<List<Expr>> rows,
            int column,
            List<List<@Nullable Object>> values) {
        List<Expr> exprs = rows.stream().map(row -> row.get(column)).toList();
        DataType type =
                CommonTypes.of(exprs)
                        .orElseThrow(() ->
                                new EngineException(
                                        ErrorCode
                                                .INVALID_INLINE_TABLE__INCOMPATIBLE_TYPES_IN_INLINE_TABLE,
                                        Map.of("colName", "`col" + (column + 1) + "`"),
                                        table.where()));
        boolean nullable = false;
        for (int row = 0; row < exprs.size(); row++) {
            Expr cast = CommonTypes.cast(exprs.get(row), type, analyzer.mode());
            Object value = value(cast, table);
            nullable |= value == null;
            values.get(row).add(value);
        }
        String name = table.names().isEmpty() ? "col" + (column + 1) : table.names().get(column);
        return new Expr.Attribute(analyzer.context().newAttributeId(), name, type, nullable);
    }
}
