package dev.vitrine.engine.analysis;

import dev.vitrine.engine.catalog.TableColumn;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.CommonTypes;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.sql.SqlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The values that stand in for DEFAULT and for what an INSERT leaves out.
final class ColumnDefaults {
    private final Analyzer analyzer;

    ColumnDefaults(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    /// The default of a column; NULL where it declares none.
    ///
    /// @throws EngineException INVALID_DEFAULT_VALUE for what cannot be one
    Expr of(TableColumn column) {
        if (column.defaultSql().isEmpty()) {
            return Expr.Literal.nullOf(column.type());
        }
        String sql = column.defaultSql().get();
        Expr written;
        Expr resolved;
        try {
            written = SqlParser.parseExpression(sql, new PlanContext());
            if (written.any(ColumnDefaults::isQuery)) {
                throw invalid(
                        ErrorCode.INVALID_DEFAULT_VALUE__SUBQUERY_EXPRESSION, column, sql, "");
            }
            resolved = analyzer.constantExpr(written);
        } catch (EngineException e) {
            boolean said =
                    e.code() == ErrorCode.INVALID_DEFAULT_VALUE__SUBQUERY_EXPRESSION
                            || e.code() == ErrorCode.UNRESOLVED_ROUTINE;
            throw said
                    ? e
                    : new EngineException(
                            ErrorCode.INVALID_DEFAULT_VALUE__UNRESOLVED_EXPRESSION,
                            Map.of("defaultValue", sql, "colName", "`" + column.name() + "`"),
                            null,
                            e);
        }
        if (SelectBlock.hasAggregate(resolved) || !resolved.deterministic()) {
            throw invalid(ErrorCode.INVALID_DEFAULT_VALUE__NOT_CONSTANT, column, sql, "");
        }
        if (!new StoreAssignment(analyzer.settings()).allows(resolved.type(), column.type())) {
            throw invalid(
                    ErrorCode.INVALID_DEFAULT_VALUE__DATA_TYPE, column, sql, resolved.type().sql());
        }
        return CommonTypes.cast(resolved, column.type(), analyzer.mode());
    }

    private static boolean isQuery(Expr expr) {
        return expr instanceof Expr.Subquery;
    }

    private static EngineException invalid(
            ErrorCode code, TableColumn column, String sql, String actual) {
        return new EngineException(
                code,
                Map.of(
                        "defaultValue",
                        sql,
                        "colName",
                        "`" + column.name() + "`",
                        "actualType",
                        actual,
                        "expectedType",
                        column.type().sql()));
    }

    /// A query of an INSERT with the defaults of `columns` in place of DEFAULT, where that stands
    /// alone in VALUES or in a select list.
    LogicalPlan filledIn(LogicalPlan query, List<TableColumn> columns) {
        return switch (query) {
            case LogicalPlan.UnresolvedInlineTable(var names, var rows, var where) -> {
                List<List<Expr>> changed =
                        rows.stream().map(row -> filledIn(row, columns)).toList();
                yield changed.equals(rows)
                        ? query
                        : moved(
                                new LogicalPlan.UnresolvedInlineTable(names, changed, where),
                                query);
            }
            case LogicalPlan.Project(var input, var exprs) -> {
                List<Expr> changed = filledIn(exprs, columns);
                yield changed.equals(exprs)
                        ? query
                        : moved(new LogicalPlan.Project(input, changed), query);
            }
            case LogicalPlan.SubqueryAlias alias -> within(alias, columns);
            case LogicalPlan.Limit limit -> within(limit, columns);
            case LogicalPlan.Sort sort -> within(sort, columns);
            case LogicalPlan.Union union -> within(union, columns);
            case LogicalPlan.With with -> within(with, columns);
            default -> query;
        };
    }

    private LogicalPlan within(LogicalPlan plan, List<TableColumn> columns) {
        return moved(plan.mapChildren(child -> filledIn(child, columns)), plan);
    }

    private LogicalPlan moved(LogicalPlan made, LogicalPlan written) {
        return made == written ? made : analyzer.made(made, written);
    }

    private List<Expr> filledIn(List<Expr> row, List<TableColumn> columns) {
        List<Expr> changed = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            Expr expr = row.get(i);
            if (isDefault(expr) && i < columns.size()) {
                changed.add(written(columns.get(i)));
                continue;
            }
            if (expr.any(ColumnDefaults::isDefault)) {
                throw new EngineException(
                        ErrorCode.DEFAULT_PLACEMENT_INVALID,
                        Map.of(),
                        analyzer.range(expr).orElse(null));
            }
            changed.add(expr);
        }
        return changed;
    }

    /// The default as written, to be resolved where DEFAULT stood.
    private Expr written(TableColumn column) {
        of(column);
        return column.defaultSql()
                .map(sql -> SqlParser.parseExpression(sql, new PlanContext()))
                .orElse(Expr.Literal.nullOf(column.type()));
    }

    static boolean isDefault(Expr expr) {
        return expr instanceof Expr.UnresolvedAttribute(var parts, var where)
                && parts.size() == 1
                && parts.getFirst().equalsIgnoreCase("DEFAULT");
    }

    /// What stands in for a column that an INSERT leaves out; empty where it must have a value.
    Optional<Expr> missing(TableColumn column) {
        return column.defaultSql().isPresent() || column.nullable()
                ? Optional.of(of(column))
                : Optional.empty();
    }
}
