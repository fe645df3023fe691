package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.Origin;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.logical.QueryForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/// Reads PIVOT and UNPIVOT.
final class PivotBuilder {
    private final SourceText source;
    private final PlanContext context;
    private final ExprBuilder exprs;

    PivotBuilder(SourceText source, PlanContext context, ExprBuilder exprs) {
        this.source = source;
        this.context = context;
        this.exprs = exprs;
    }

    private <P extends LogicalPlan> P mark(ParserRuleContext node, P plan) {
        return context.mark(plan, Origin.ofSql(source.range(node)));
    }

    /// `input` turned as the clauses after FROM's relations say.
    LogicalPlan clauses(LogicalPlan input, SqlGrammar.FromClauseContext node) {
        if (!node.pivot().isEmpty() && !node.unpivot().isEmpty()) {
            throw notAllowed(ErrorCode.NOT_ALLOWED_IN_FROM__UNPIVOT_WITH_PIVOT, node);
        }
        boolean lateral = !node.lateralView().isEmpty();
        if (lateral && !node.pivot().isEmpty()) {
            throw notAllowed(ErrorCode.NOT_ALLOWED_IN_FROM__LATERAL_WITH_PIVOT, node);
        }
        if (lateral && !node.unpivot().isEmpty()) {
            throw notAllowed(ErrorCode.NOT_ALLOWED_IN_FROM__LATERAL_WITH_UNPIVOT, node);
        }
        return each(input, node.children);
    }

    /// `input` turned as what follows a relation says.
    LogicalPlan extension(LogicalPlan input, SqlGrammar.RelationExtensionContext node) {
        return each(input, node.children);
    }

    /// `input` turned as a pipe operator says.
    LogicalPlan piped(LogicalPlan input, SqlGrammar.PipePivotContext node) {
        if (node.pivot() != null && node.unpivot() != null) {
            throw notAllowed(ErrorCode.NOT_ALLOWED_IN_FROM__UNPIVOT_WITH_PIVOT, node);
        }
        return each(input, node.children);
    }

    private EngineException notAllowed(ErrorCode code, ParserRuleContext node) {
        return new EngineException(code, Map.of(), source.range(node));
    }

    private LogicalPlan each(LogicalPlan input, List<ParseTree> nodes) {
        LogicalPlan plan = input;
        for (ParseTree node : nodes) {
            plan =
                    switch (node) {
                        case SqlGrammar.PivotContext pivot -> mark(pivot, pivot(plan, pivot));
                        case SqlGrammar.UnpivotContext unpivot -> unpivot(plan, unpivot);
                        default -> plan;
                    };
        }
        return plan;
    }

    private LogicalPlan pivot(LogicalPlan input, SqlGrammar.PivotContext node) {
        SqlGrammar.PivotColumnsContext columns = node.pivotColumns();
        List<? extends ParserRuleContext> names =
                columns.identifier() != null
                        ? List.of(columns.identifier())
                        : columns.identifierList().anyName();
        return new QueryForm.Pivot(
                input,
                Optional.empty(),
                node.namedExpression().stream().map(exprs::named).toList(),
                names.stream().map(name -> column(List.of(name), name)).toList(),
                node.pivotValue().stream().map(this::value).toList(),
                source.range(node));
    }

    private Expr column(List<? extends ParserRuleContext> parts, ParserRuleContext node) {
        return context.place(
                new Expr.UnresolvedAttribute(PrimaryBuilder.names(parts), source.range(node)),
                source.range(node));
    }

    private Expr value(SqlGrammar.PivotValueContext node) {
        Expr value = exprs.expression(node.expression());
        return node.identifier() == null
                ? value
                : context.place(
                        new Expr.Alias(value, Quoting.identifier(node.identifier().getText()), 0),
                        source.range(node));
    }

    private LogicalPlan unpivot(LogicalPlan input, SqlGrammar.UnpivotContext node) {
        List<String> valueNames =
                PrimaryBuilder.names(
                        node.valueColumn != null
                                ? List.of(node.valueColumn)
                                : node.identifierList().anyName());
        List<QueryForm.Unpivot.ColumnSet> sets = new ArrayList<>();
        node.unpivotColumn().forEach(c -> sets.add(set(List.of(c.multipart()), c.identifier())));
        node.unpivotRow().forEach(row -> sets.add(set(row.multipart(), row.identifier())));
        LogicalPlan plan =
                mark(
                        node,
                        new QueryForm.Unpivot(
                                input,
                                Optional.empty(),
                                sets,
                                Quoting.identifier(node.nameColumn.getText()),
                                valueNames,
                                node.INCLUDE() != null,
                                source.range(node)));
        return node.alias == null
                ? plan
                : mark(
                        node,
                        new LogicalPlan.SubqueryAlias(
                                plan, Quoting.identifier(node.alias.getText()), List.of()));
    }

    private QueryForm.Unpivot.ColumnSet set(
            List<SqlGrammar.MultipartContext> columns,
            SqlGrammar.@Nullable IdentifierContext name) {
        return new QueryForm.Unpivot.ColumnSet(
                columns.stream().map(c -> column(c.identifier(), c)).toList(),
                Optional.ofNullable(name).map(n -> Quoting.identifier(n.getText())));
    }
}
