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
import org.antlr.v4.runtime.ParserRuleContext;

/// Reads what stands after `|>`.
final class PipeBuilder {
    private final SourceText source;
    private final PlanContext context;
    private final QueryBuilder queries;
    private final PivotBuilder turned;

    PipeBuilder(SourceText source, PlanContext context, QueryBuilder queries, PivotBuilder turned) {
        this.source = source;
        this.context = context;
        this.queries = queries;
        this.turned = turned;
    }

    private <P extends LogicalPlan> P mark(ParserRuleContext node, P plan) {
        return context.mark(plan, Origin.ofSql(source.range(node)));
    }

    private LogicalPlan piped(LogicalPlan input, ParserRuleContext node) {
        return mark(node, new QueryForm.PipeInput(input));
    }

    private ExprBuilder exprs() {
        return queries.exprs();
    }

    private List<Expr> list(List<SqlGrammar.NamedExpressionContext> nodes) {
        return nodes.stream().map(exprs()::named).toList();
    }

    LogicalPlan step(LogicalPlan input, SqlGrammar.PipeStepContext node) {
        return switch (node) {
            case SqlGrammar.PipeSelectContext select -> select(input, select);
            case SqlGrammar.PipeExtendContext extend ->
                    mark(
                            node,
                            new QueryForm.PipeSelect(input, list(extend.namedExpression()), true));
            case SqlGrammar.PipeSetContext set ->
                    mark(
                            node,
                            new QueryForm.PipeSet(
                                    input,
                                    set.pipeAssignment().stream()
                                            .map(a ->
                                                    new QueryForm.PipeSet.Assignment(
                                                            column(a.identifier()),
                                                            exprs().expression(a.expression())))
                                            .toList()));
            case SqlGrammar.PipeDropContext drop ->
                    mark(
                            node,
                            new QueryForm.PipeDrop(
                                    input, drop.identifier().stream().map(this::column).toList()));
            case SqlGrammar.PipeAsContext as ->
                    mark(
                            node,
                            new LogicalPlan.SubqueryAlias(
                                    input,
                                    Quoting.identifier(as.identifier().getText()),
                                    List.of()));
            case SqlGrammar.PipeWhereContext where ->
                    mark(
                            node,
                            new LogicalPlan.Filter(
                                    piped(input, node), exprs().expression(where.expression())));
            case SqlGrammar.PipePivotContext pivot -> turned.piped(input, pivot);
            case SqlGrammar.PipeSampleContext sample ->
                    queries.sampled(piped(input, node), sample.sample());
            case SqlGrammar.PipeJoinContext join -> queries.joined(input, join.joinClause());
            case SqlGrammar.PipeSetOperationContext operation -> setOperation(input, operation);
            case SqlGrammar.PipeAggregateContext aggregate ->
                    mark(node, aggregate(input, aggregate));
            case SqlGrammar.PipeOrganizationContext order -> {
                checkOne(order.organization());
                yield queries.organized(piped(input, node), order.organization());
            }
            default -> throw EngineException.internal("the pipe operator " + node.getText());
        };
    }

    private Expr column(SqlGrammar.IdentifierContext node) {
        return context.place(
                new Expr.UnresolvedAttribute(
                        PrimaryBuilder.names(List.of(node)), source.range(node)),
                source.range(node));
    }

    private LogicalPlan select(LogicalPlan input, SqlGrammar.PipeSelectContext node) {
        LogicalPlan plan =
                exprs().windows()
                        .within(
                                node.namedWindow(),
                                () ->
                                        mark(
                                                node,
                                                new QueryForm.PipeSelect(
                                                        input,
                                                        list(node.namedExpression()),
                                                        false)));
        boolean distinct = node.setQuantifier() != null && node.setQuantifier().DISTINCT() != null;
        return distinct ? mark(node, new LogicalPlan.Distinct(plan)) : plan;
    }

    private LogicalPlan setOperation(LogicalPlan input, SqlGrammar.PipeSetOperationContext node) {
        boolean all = node.setQuantifier() != null && node.setQuantifier().ALL() != null;
        LogicalPlan right = queries.primary(node.queryPrimary());
        if (node.UNION() == null) {
            return mark(
                    node,
                    new LogicalPlan.SetOperation(
                            input,
                            right,
                            node.INTERSECT() != null
                                    ? LogicalPlan.SetOperation.Kind.INTERSECT
                                    : LogicalPlan.SetOperation.Kind.EXCEPT,
                            all));
        }
        LogicalPlan union =
                mark(node, new LogicalPlan.Union(List.of(input, right), false, List.of()));
        return all ? union : mark(node, new LogicalPlan.Distinct(union));
    }

    private LogicalPlan aggregate(LogicalPlan input, SqlGrammar.PipeAggregateContext node) {
        SqlGrammar.PipeGroupByContext groupBy = node.pipeGroupBy();
        if (groupBy == null && node.namedExpression().isEmpty()) {
            throw new EngineException(
                    ErrorCode._LEGACY_ERROR_TEMP_0035,
                    Map.of("message", "AGGREGATE without aggregates and without GROUP BY"),
                    source.range(node));
        }
        List<Expr> groupings = new ArrayList<>();
        if (groupBy != null) {
            if (groupBy.ALL() != null) {
                throw unsupported("GROUP BY ALL", groupBy);
            }
            if (groupBy.WITH() != null) {
                throw unsupported("WITH ROLLUP and WITH CUBE", groupBy);
            }
            for (SqlGrammar.PipeGroupItemContext item : groupBy.pipeGroupItem()) {
                if (item.groupAnalytics() != null) {
                    throw unsupported("GROUPING SETS, ROLLUP and CUBE", item);
                }
                groupings.add(exprs().named(item.namedExpression()));
            }
        }
        return new QueryForm.PipeAggregate(input, groupings, list(node.namedExpression()));
    }

    private EngineException unsupported(String what, ParserRuleContext node) {
        return new EngineException(
                ErrorCode.UNSUPPORTED_FEATURE__PIPE_OPERATOR_AGGREGATE_UNSUPPORTED_CASE,
                Map.of("case", what),
                source.range(node));
    }

    /// One clause only, but for those that belong together: LIMIT with OFFSET, DISTRIBUTE BY with
    /// SORT BY.
    private void checkOne(SqlGrammar.OrganizationContext node) {
        List<String> clauses = new ArrayList<>();
        if (node.ORDER() != null) {
            clauses.add("ORDER BY");
        }
        if (!node.cluster.isEmpty()) {
            clauses.add("CLUSTER BY");
        }
        if (!node.distribute.isEmpty() || !node.sortBy.isEmpty()) {
            clauses.add(node.sortBy.isEmpty() ? "DISTRIBUTE BY" : "SORT BY");
        }
        if (!node.limitClause().isEmpty()) {
            clauses.add("LIMIT");
        }
        if (clauses.size() > 1) {
            throw new EngineException(
                    ErrorCode.MULTIPLE_QUERY_RESULT_CLAUSES_WITH_PIPE_OPERATORS,
                    Map.of("clause1", clauses.get(0), "clause2", clauses.get(1)),
                    source.range(node));
        }
    }
}
