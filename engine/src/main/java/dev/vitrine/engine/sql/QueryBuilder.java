package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.SortDirection;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.Origin;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Reads queries into unresolved plans.
final class QueryBuilder {
    /// What Spark calls a subquery whose columns alone have names.
    private static final String UNNAMED = "__auto_generated_subquery_name";

    private final SourceText source;
    private final PlanContext context;
    private final ExprBuilder exprs;
    private final PivotBuilder turned;
    private final PipeBuilder pipes;

    QueryBuilder(SourceText source, PlanContext context) {
        this.source = source;
        this.context = context;
        this.exprs = new ExprBuilder(source, context, this::query);
        this.turned = new PivotBuilder(source, context, exprs);
        this.pipes = new PipeBuilder(source, context, this, turned);
    }

    ExprBuilder exprs() {
        return exprs;
    }

    private <P extends LogicalPlan> P mark(ParserRuleContext node, P plan) {
        return context.mark(plan, Origin.ofSql(source.range(node)));
    }

    LogicalPlan query(SqlGrammar.QueryContext node) {
        LogicalPlan input = setExpression(node.setExpression());
        for (SqlGrammar.PipeStepContext step : node.pipeStep()) {
            input = pipes.step(input, step);
        }
        LogicalPlan plan = organized(input, node.organization());
        return node.with() == null ? plan : with(node.with(), plan);
    }

    /// A query in the scope of common tables.
    LogicalPlan with(SqlGrammar.WithContext node, LogicalPlan plan) {
        List<LogicalPlan.With.Cte> ctes = new ArrayList<>();
        for (SqlGrammar.NamedQueryContext named : node.namedQuery()) {
            String name = Quoting.identifier(named.identifier().getText());
            LogicalPlan definition = query(named.query());
            if (named.identifierList() != null) {
                List<String> columns = PrimaryBuilder.names(named.identifierList().anyName());
                definition = mark(named, new LogicalPlan.SubqueryAlias(definition, name, columns));
            }
            Optional<Integer> maxLevel =
                    Optional.ofNullable(named.level).map(level -> maxLevel(level, named));
            if (maxLevel.isPresent() && node.RECURSIVE() == null) {
                throw new EngineException(
                        ErrorCode.INVALID_SQL_SYNTAX__MAX_RECURSION_LEVEL_WITHOUT_RECURSIVE,
                        Map.of(),
                        source.range(named));
            }
            ctes.add(new LogicalPlan.With.Cte(name, definition, maxLevel));
        }
        return mark(node, new LogicalPlan.With(plan, ctes, node.RECURSIVE() != null));
    }

    private int maxLevel(Token level, ParserRuleContext node) {
        try {
            return Integer.parseInt(level.getText());
        } catch (NumberFormatException e) {
            throw new EngineException(
                    ErrorCode.INVALID_NUMERIC_LITERAL_RANGE,
                    Map.of("rawStrippedQualifier", level.getText(), "typeName", "INT"),
                    source.range(node),
                    e);
        }
    }

    LogicalPlan organized(LogicalPlan input, SqlGrammar.OrganizationContext node) {
        LogicalPlan plan = input;
        if (node.ORDER() != null) {
            List<Expr.SortKey> keys = new ArrayList<>();
            if (node.ALL() != null) {
                Expr all = new Expr.UnresolvedStar(List.of(), source.range(node.ALL().getSymbol()));
                keys.add(ExprBuilder.sortKey(all, node.direction(), node.nullsOrder()));
            }
            node.sortItem().stream()
                    .filter(item -> !node.sortBy.contains(item))
                    .forEach(item -> keys.add(exprs.sortKey(item)));
            plan = mark(node, new LogicalPlan.Sort(plan, keys, true));
        }
        if (!node.sortBy.isEmpty()) {
            List<Expr.SortKey> keys = node.sortBy.stream().map(exprs::sortKey).toList();
            plan = mark(node, new LogicalPlan.Sort(plan, keys, false));
        }
        if (!node.distribute.isEmpty() || !node.cluster.isEmpty()) {
            // Before the sort that was put on top for SORT BY.
            plan = distributed(input, plan, node);
        }
        Optional<Expr> limit = Optional.empty();
        Expr offset = Expr.Literal.of(0L);
        boolean limited = false;
        for (SqlGrammar.LimitClauseContext clause : node.limitClause()) {
            limited = true;
            if (clause.OFFSET() != null) {
                offset = exprs.expression(clause.expression());
            } else if (clause.ALL() == null) {
                limit = Optional.of(exprs.expression(clause.expression()));
            }
        }
        return limited ? mark(node, new LogicalPlan.Limit(plan, limit, offset)) : plan;
    }

    private LogicalPlan distributed(
            LogicalPlan input, LogicalPlan plan, SqlGrammar.OrganizationContext node) {
        boolean clustered = !node.cluster.isEmpty();
        List<Expr> keys = exprs.expressions(clustered ? node.cluster : node.distribute);
        LogicalPlan spread = mark(node, new LogicalPlan.Repartition(input, keys, 0));
        if (clustered) {
            List<Expr.SortKey> order =
                    keys.stream()
                            .map(k -> new Expr.SortKey(k, SortDirection.ASCENDING, true))
                            .toList();
            return mark(node, new LogicalPlan.Sort(spread, order, false));
        }
        return plan instanceof LogicalPlan.Sort(var below, var order, boolean global)
                        && below == input
                ? mark(node, new LogicalPlan.Sort(spread, order, global))
                : spread;
    }

    private LogicalPlan setExpression(SqlGrammar.SetExpressionContext node) {
        if (source.oneSetLevel()) {
            return leftToRight(node);
        }
        LogicalPlan plan = intersection(node.intersection(0));
        for (int i = 0; i < node.setOperator().size(); i++) {
            SqlGrammar.SetOperatorContext operator = node.setOperator(i);
            plan = combined(plan, operator, intersection(node.intersection(i + 1)), node);
        }
        return plan;
    }

    private LogicalPlan combined(
            LogicalPlan left,
            SqlGrammar.SetOperatorContext operator,
            LogicalPlan right,
            SqlGrammar.SetExpressionContext node) {
        boolean all = operator.setQuantifier() != null && operator.setQuantifier().ALL() != null;
        return operator.UNION() != null
                ? union(left, right, all, node)
                : mark(
                        node,
                        new LogicalPlan.SetOperation(
                                left, right, LogicalPlan.SetOperation.Kind.EXCEPT, all));
    }

    /// Set operators in the order they are written in, none before another.
    private LogicalPlan leftToRight(SqlGrammar.SetExpressionContext node) {
        SqlGrammar.IntersectionContext first = node.intersection(0);
        LogicalPlan plan = intersected(primary(first.queryPrimary(0)), first);
        for (int i = 0; i < node.setOperator().size(); i++) {
            SqlGrammar.IntersectionContext next = node.intersection(i + 1);
            LogicalPlan right = primary(next.queryPrimary(0));
            plan = intersected(combined(plan, node.setOperator(i), right, node), next);
        }
        return plan;
    }

    private LogicalPlan union(
            LogicalPlan left,
            LogicalPlan right,
            boolean all,
            SqlGrammar.SetExpressionContext node) {
        List<LogicalPlan> inputs = new ArrayList<>();
        // `a UNION ALL b UNION ALL c` is one union, however long; parentheses keep theirs.
        boolean extendsLeft =
                all
                        && left instanceof LogicalPlan.Union
                        && context.origin(left).sql().equals(Optional.of(source.range(node)));
        if (extendsLeft
                && left instanceof LogicalPlan.Union(var before, var byName, var attributes)) {
            inputs.addAll(before);
        } else {
            inputs.add(left);
        }
        inputs.add(right);
        LogicalPlan union = mark(node, new LogicalPlan.Union(inputs, false, List.of()));
        return all ? union : mark(node, new LogicalPlan.Distinct(union));
    }

    private LogicalPlan intersection(SqlGrammar.IntersectionContext node) {
        return intersected(primary(node.queryPrimary(0)), node);
    }

    /// `left` with the further queries of `node`.
    private LogicalPlan intersected(LogicalPlan left, SqlGrammar.IntersectionContext node) {
        LogicalPlan plan = left;
        for (int i = 0; i < node.intersectOperator().size(); i++) {
            SqlGrammar.SetQuantifierContext quantifier = node.intersectOperator(i).setQuantifier();
            boolean all = quantifier != null && quantifier.ALL() != null;
            LogicalPlan right = primary(node.queryPrimary(i + 1));
            plan =
                    mark(
                            node,
                            new LogicalPlan.SetOperation(
                                    plan, right, LogicalPlan.SetOperation.Kind.INTERSECT, all));
        }
        return plan;
    }

    LogicalPlan primary(SqlGrammar.QueryPrimaryContext node) {
        return switch (node) {
            case SqlGrammar.SelectQueryContext select ->
                    select(select.select(), select.select().fromClause());
            case SqlGrammar.FromQueryContext query -> fromFirst(query);
            case SqlGrammar.ValuesQueryContext values ->
                    aliased(values(values.inlineTable(), List.of()), values.tableAlias());
            case SqlGrammar.TableQueryContext table -> relation(table.multipart());
            case SqlGrammar.NestedQueryContext nested -> query(nested.query());
            default -> throw EngineException.internal("the query " + node.getText());
        };
    }

    private LogicalPlan values(SqlGrammar.InlineTableContext node, List<String> names) {
        List<List<Expr>> rows =
                node.expression().stream()
                        .map(row -> exprs.rowElements(exprs.expression(row)))
                        .toList();
        return mark(node, new LogicalPlan.UnresolvedInlineTable(names, rows, source.range(node)));
    }

    private LogicalPlan relation(SqlGrammar.MultipartContext node) {
        List<String> names = PrimaryBuilder.names(node.identifier());
        return mark(node, new LogicalPlan.UnresolvedRelation(names, source.range(node)));
    }

    private LogicalPlan fromFirst(SqlGrammar.FromQueryContext node) {
        if (node.select() == null) {
            return from(node.fromClause());
        }
        if (node.select().fromClause() != null) {
            throw new EngineException(
                    ErrorCode.PARSE_SYNTAX_ERROR,
                    Map.of("error", "'FROM'"),
                    source.range(node.select().fromClause()));
        }
        return select(node.select(), node.fromClause());
    }

    private LogicalPlan select(
            SqlGrammar.SelectContext node, SqlGrammar.@Nullable FromClauseContext from) {
        return exprs.windows().within(node.namedWindow(), () -> selectList(node, from));
    }

    private LogicalPlan selectList(
            SqlGrammar.SelectContext node, SqlGrammar.@Nullable FromClauseContext from) {
        LogicalPlan plan = from == null ? oneRow(node) : from(from);
        if (node.where != null) {
            plan = mark(node.where, new LogicalPlan.Filter(plan, exprs.expression(node.where)));
        }
        List<Expr> outputs = node.namedExpression().stream().map(exprs::named).toList();
        if (node.groupBy() != null) {
            plan =
                    mark(
                            node.groupBy(),
                            new LogicalPlan.Aggregate(plan, groupings(node.groupBy()), outputs));
        } else if (node.having != null) {
            plan = mark(node, new LogicalPlan.Aggregate(plan, List.of(), outputs));
        } else {
            plan = mark(node, new LogicalPlan.Project(plan, outputs));
        }
        if (node.having != null) {
            plan = mark(node.having, new LogicalPlan.Filter(plan, exprs.expression(node.having)));
        }
        boolean distinct = node.setQuantifier() != null && node.setQuantifier().DISTINCT() != null;
        if (distinct) {
            plan = mark(node, new LogicalPlan.Distinct(plan));
        }
        Token first =
                node.setQuantifier() != null
                        ? node.setQuantifier().getStart()
                        : node.namedExpression(0).getStart();
        return mark(node, SelectHints.apply(node.SELECT().getSymbol(), first, plan));
    }

    private List<Expr> groupings(SqlGrammar.GroupByContext node) {
        if (!(node instanceof SqlGrammar.GroupByItemsContext items)) {
            return List.of(new Expr.UnresolvedStar(List.of(), source.range(node)));
        }
        List<Expr> groupings = new ArrayList<>();
        for (SqlGrammar.GroupItemContext item : items.groupItem()) {
            if (item.groupAnalytics() != null) {
                groupings.add(analytics(item.groupAnalytics()));
            } else {
                groupings.addAll(exprs.rowElements(exprs.expression(item.expression())));
            }
        }
        if (items.WITH() != null) {
            String name = items.ROLLUP() != null ? "rollup" : "cube";
            return List.of(
                    exprs.function(name, source.range(node), groupings.toArray(Expr[]::new)));
        }
        if (items.GROUPING() == null) {
            return groupings;
        }
        SourceRange where = source.range(node);
        List<Expr> sets = new ArrayList<>();
        // What stands before GROUPING SETS is grouped by, even if no set holds it.
        sets.add(exprs.function("grouped by", where, groupings.toArray(Expr[]::new)));
        items.groupElement().forEach(item -> sets.add(element(item)));
        return List.of(exprs.function("grouping sets", where, sets.toArray(Expr[]::new)));
    }

    /// ROLLUP, CUBE and GROUPING SETS as calls; a set of several expressions as the call `()`.
    Expr analytics(SqlGrammar.GroupAnalyticsContext node) {
        SourceRange where = source.range(node);
        if (node.GROUPING() != null) {
            Expr[] elements = node.groupElement().stream().map(this::element).toArray(Expr[]::new);
            return exprs.function("grouping sets", where, elements);
        }
        Expr[] sets = node.groupSet().stream().map(this::groupSet).toArray(Expr[]::new);
        return exprs.function(node.ROLLUP() != null ? "rollup" : "cube", where, sets);
    }

    private Expr element(SqlGrammar.GroupElementContext node) {
        return node.groupAnalytics() != null
                ? analytics(node.groupAnalytics())
                : groupSet(node.groupSet());
    }

    private Expr groupSet(SqlGrammar.GroupSetContext node) {
        boolean row = node.LPAREN() != null;
        List<Expr> elements = exprs.expressions(node.expression());
        if (!row) {
            elements = exprs.rowElements(elements.getFirst());
            if (elements.size() == 1) {
                return elements.getFirst();
            }
        }
        return exprs.function("()", source.range(node), elements.toArray(Expr[]::new));
    }

    private LogicalPlan from(SqlGrammar.FromClauseContext node) {
        LogicalPlan plan = relation(Optional.empty(), node.relation(0));
        for (SqlGrammar.RelationContext next : node.relation().subList(1, node.relation().size())) {
            plan = relation(Optional.of(plan), next);
        }
        for (SqlGrammar.LateralViewContext view : node.lateralView()) {
            plan = mark(view, lateralView(plan, view));
        }
        return turned.clauses(plan, node);
    }

    private LogicalPlan lateralView(LogicalPlan input, SqlGrammar.LateralViewContext node) {
        String name = PrimaryBuilder.called(node.calledName());
        Expr call =
                exprs.function(
                        name,
                        source.range(node),
                        exprs.expressions(node.expression()).toArray(Expr[]::new));
        return new LogicalPlan.UnresolvedGenerate(
                input,
                call,
                node.OUTER() != null,
                Optional.of(node.table == null ? name : Quoting.identifier(node.table.getText())),
                PrimaryBuilder.names(node.columns));
    }

    /// @param before the relations before a comma
    private LogicalPlan relation(Optional<LogicalPlan> before, SqlGrammar.RelationContext node) {
        boolean lateral = node.LATERAL() != null;
        LogicalPlan plan =
                lateral
                        ? lateral(
                                node,
                                before.orElseGet(() -> oneRow(node)),
                                node.relationPrimary(),
                                JoinType.INNER,
                                Optional.empty())
                        : relationPrimary(node.relationPrimary());
        for (SqlGrammar.RelationExtensionContext extension : node.relationExtension()) {
            plan =
                    extension.joinClause() != null
                            ? joined(plan, extension.joinClause())
                            : turned.extension(plan, extension);
        }
        return before.isEmpty() || lateral
                ? plan
                : mark(
                        node,
                        new LogicalPlan.Join(before.get(), plan, JoinType.INNER, Optional.empty()));
    }

    private LogicalPlan oneRow(ParserRuleContext node) {
        return mark(node, new LogicalPlan.LocalRelation(List.of(), List.of(List.of())));
    }

    private LogicalPlan lateral(
            ParserRuleContext node,
            LogicalPlan left,
            SqlGrammar.RelationPrimaryContext right,
            JoinType type,
            Optional<Expr> condition) {
        boolean generates =
                right instanceof SqlGrammar.FunctionRelationContext call
                        && !PrimaryBuilder.called(call.calledName()).equals("range")
                        && (type.isInner() || condition.isEmpty());
        if (!generates) {
            return mark(
                    node,
                    new LogicalPlan.LateralJoin(left, relationPrimary(right), type, condition));
        }
        LogicalPlan plan =
                tableFunction(
                        left,
                        (SqlGrammar.FunctionRelationContext) right,
                        type == JoinType.LEFT_OUTER);
        return condition.isEmpty()
                ? plan
                : mark(node, new LogicalPlan.Filter(plan, condition.get()));
    }

    /// `left` joined with what `node` names.
    LogicalPlan joined(LogicalPlan left, SqlGrammar.JoinClauseContext node) {
        return mark(node, join(left, node));
    }

    private LogicalPlan join(LogicalPlan left, SqlGrammar.JoinClauseContext node) {
        JoinType type = joinType(node.joinType());
        SqlGrammar.JoinCriteriaContext criteria = node.joinCriteria();
        if (node.LATERAL() != null) {
            Optional<Expr> on =
                    criteria == null || criteria.expression() == null
                            ? Optional.empty()
                            : Optional.of(exprs.expression(criteria.expression()));
            return lateral(node, left, node.relationPrimary(), type, on);
        }
        LogicalPlan right = relationPrimary(node.relationPrimary());
        if (node.NATURAL() != null) {
            return new LogicalPlan.UsingJoin(left, right, type, List.of());
        }
        if (criteria != null && criteria.identifierList() != null) {
            List<String> columns = PrimaryBuilder.names(criteria.identifierList().anyName());
            return new LogicalPlan.UsingJoin(left, right, type, columns);
        }
        Optional<Expr> condition =
                criteria == null
                        ? Optional.empty()
                        : Optional.of(exprs.expression(criteria.expression()));
        return new LogicalPlan.Join(left, right, type, condition);
    }

    private static JoinType joinType(SqlGrammar.JoinTypeContext node) {
        if (node.CROSS() != null) {
            return JoinType.CROSS;
        }
        if (node.SEMI() != null) {
            return JoinType.LEFT_SEMI;
        }
        if (node.ANTI() != null) {
            return JoinType.LEFT_ANTI;
        }
        if (node.LEFT() != null) {
            return JoinType.LEFT_OUTER;
        }
        if (node.RIGHT() != null) {
            return JoinType.RIGHT_OUTER;
        }
        return node.FULL() != null ? JoinType.FULL_OUTER : JoinType.INNER;
    }

    private LogicalPlan relationPrimary(SqlGrammar.RelationPrimaryContext node) {
        return switch (node) {
            case SqlGrammar.QueryRelationContext query ->
                    aliased(sampled(query(query.query()), query.sample()), query.tableAlias());
            case SqlGrammar.NestedRelationContext nested ->
                    aliased(
                            sampled(relation(Optional.empty(), nested.relation()), nested.sample()),
                            nested.tableAlias());
            case SqlGrammar.ValuesRelationContext values ->
                    aliased(values(values.inlineTable(), List.of()), values.tableAlias());
            case SqlGrammar.FunctionRelationContext call -> tableFunction(call);
            case SqlGrammar.NamedRelationContext named ->
                    aliased(
                            sampled(relation(named.multipart()), named.sample()),
                            named.tableAlias());
            default -> throw EngineException.internal("the relation " + node.getText());
        };
    }

    LogicalPlan sampled(LogicalPlan plan, SqlGrammar.@Nullable SampleContext node) {
        return node == null ? plan : new Samples(source, context, exprs).of(plan, node);
    }

    private LogicalPlan aliased(LogicalPlan plan, SqlGrammar.TableAliasContext alias) {
        if (alias.identifier() == null && alias.identifierList() == null) {
            return plan;
        }
        List<String> columns =
                alias.identifierList() == null
                        ? List.of()
                        : PrimaryBuilder.names(alias.identifierList().anyName());
        String name =
                alias.identifier() == null
                        ? UNNAMED
                        : Quoting.identifier(alias.identifier().getText());
        return mark(alias, new LogicalPlan.SubqueryAlias(plan, name, columns));
    }

    private LogicalPlan tableFunction(SqlGrammar.FunctionRelationContext node) {
        String name = PrimaryBuilder.called(node.calledName());
        List<Long> args = new ArrayList<>();
        boolean plain = name.equals("range");
        for (Expr arg : exprs.arguments(node.arguments())) {
            if (arg instanceof Expr.Literal(Object value, var type)
                    && type.isIntegral()
                    && value instanceof Number n) {
                args.add(n.longValue());
            } else {
                plain = false;
            }
        }
        boolean steps = args.size() < 3 || args.get(2) != 0;
        // What is to be computed or refused first goes the way of all table functions.
        if (!plain || args.isEmpty() || args.size() > 4 || !steps) {
            return tableFunction(oneRow(node), node, false);
        }
        long start = args.size() == 1 ? 0 : args.get(0);
        long end = args.size() == 1 ? args.get(0) : args.get(1);
        long step = args.size() >= 3 ? args.get(2) : 1;
        Expr.Attribute id =
                new Expr.Attribute(context.newAttributeId(), "id", DataType.BIGINT, false);
        LogicalPlan range = mark(node, new LogicalPlan.Range(id, start, end, step));
        return aliased(range, node.tableAlias());
    }

    private LogicalPlan tableFunction(
            LogicalPlan input, SqlGrammar.FunctionRelationContext node, boolean outer) {
        String name = PrimaryBuilder.called(node.calledName());
        SqlGrammar.TableAliasContext alias = node.tableAlias();
        Expr call =
                exprs.function(
                        name,
                        source.range(node),
                        exprs.arguments(node.arguments()).toArray(Expr[]::new));
        return mark(
                node,
                new LogicalPlan.UnresolvedGenerate(
                        input,
                        call,
                        outer,
                        Optional.ofNullable(alias.identifier())
                                .map(i -> Quoting.identifier(i.getText())),
                        alias.identifierList() == null
                                ? List.of()
                                : PrimaryBuilder.names(alias.identifierList().anyName())));
    }

    SourceRange range(ParserRuleContext node) {
        return source.range(node);
    }
}
