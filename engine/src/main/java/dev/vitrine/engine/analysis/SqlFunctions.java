package dev.vitrine.engine.analysis;

import dev.vitrine.engine.catalog.SqlFunction;
import dev.vitrine.engine.catalog.TableColumn;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.function.CommonTypes;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.Origin;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.sql.SqlParser;
import dev.vitrine.engine.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Calls of functions written in SQL become their bodies, with the arguments in place of the
/// parameters.
final class SqlFunctions {
    private final Analyzer analyzer;

    SqlFunctions(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    /// @param parameters what stands for them in the body
    /// @param scope in which the body is resolved
    private record Opened(Analyzer inner, List<Attribute> parameters, Scope scope) {}

    private Opened open(SqlFunction function, @Nullable SourceRange where) {
        String key = function.name().quoted() + "()";
        if (analyzer.openViews().contains(key)) {
            throw new EngineException(
                    ErrorCode.CYCLIC_FUNCTION_REFERENCE,
                    Map.of("path", String.join(" -> ", analyzer.openViews()) + " -> " + key),
                    where);
        }
        Analyzer inner =
                analyzer.inside(
                        key,
                        new Analyzer.Names(function.database(), !function.temporary()),
                        analyzer.settings(),
                        Origin.NONE);
        List<Attribute> parameters =
                function.parameters().stream()
                        .map(p ->
                                new Attribute(
                                        analyzer.context().newAttributeId(),
                                        p.name(),
                                        p.type(),
                                        true,
                                        List.of(function.name().name())))
                        .toList();
        Scope scope =
                new Scope(
                        parameters,
                        List.of(),
                        null,
                        Map.of(),
                        analyzer.settings()
                                .getBoolean(dev.vitrine.engine.settings.Settings.CASE_SENSITIVE));
        return new Opened(inner, parameters, scope);
    }

    /// The value of a call of a scalar function.
    ///
    /// @param args resolved
    Expr value(SqlFunction function, List<Expr> args, @Nullable SourceRange where) {
        if (function.returnsTable()) {
            throw new EngineException(
                    ErrorCode.NOT_A_SCALAR_FUNCTION,
                    Map.of("functionName", function.name().quoted()),
                    where);
        }
        Opened opened = open(function, where);
        List<Expr> given = arguments(function, args, where);
        try {
            Expr body = body(function, opened);
            Expr value =
                    function.returns()
                            .map(type ->
                                    body.type().equals(type)
                                            ? body
                                            : CommonTypes.cast(body, type, analyzer.mode()))
                            .orElse(body);
            return new Substitution(opened.parameters(), given).in(value);
        } catch (EngineException e) {
            // Its place is in the function's text, not in this one.
            throw new EngineException(e.code(), e.args(), where, e);
        }
    }

    private static Expr body(SqlFunction function, Opened opened) {
        Expr written;
        if (function.query()) {
            Statement.Query query = (Statement.Query) SqlParser.parse(function.body());
            written =
                    onlyExpression(query.plan())
                            .orElseGet(() -> new Expr.ScalarSubquery(query.plan()));
        } else {
            written = SqlParser.parseExpression(function.body(), new PlanContext());
        }
        Expr body = new ExprResolver(opened.inner(), opened.scope()).resolve(written);
        return body instanceof Expr.Alias(var input, var name, var id) ? input : body;
    }

    /// `SELECT x + 1` without FROM is the expression alone.
    private static Optional<Expr> onlyExpression(LogicalPlan plan) {
        boolean alone =
                plan instanceof LogicalPlan.Project(LogicalPlan.LocalRelation row, var exprs)
                        && row.output().isEmpty()
                        && exprs.size() == 1;
        if (!alone) {
            return Optional.empty();
        }
        Expr expr = ((LogicalPlan.Project) plan).exprs().getFirst();
        Expr value = expr instanceof Expr.Alias(var input, var name, var id) ? input : expr;
        boolean plain =
                !(value instanceof Expr.UnresolvedStar)
                        && !value.any(e -> e instanceof Expr.UnresolvedFunction f && f.distinct());
        return plain ? Optional.of(value) : Optional.empty();
    }

    /// The arguments as values of the parameters, with defaults for those left out.
    private List<Expr> arguments(
            SqlFunction function, List<Expr> args, @Nullable SourceRange where) {
        List<TableColumn> parameters = function.parameters();
        long required = parameters.stream().filter(p -> p.defaultSql().isEmpty()).count();
        if (args.size() > parameters.size() || args.size() < required) {
            throw new EngineException(
                    ErrorCode.WRONG_NUM_ARGS__WITHOUT_SUGGESTION,
                    Map.of(
                            "functionName", function.name().quoted(),
                            "expectedNum", parameters.size(),
                            "actualNum", args.size()),
                    where);
        }
        List<Expr> given = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            TableColumn parameter = parameters.get(i);
            Expr arg =
                    i < args.size()
                            ? args.get(i)
                            : analyzer.constantExpr(
                                    SqlParser.parseExpression(
                                            parameter.defaultSql().orElseThrow(),
                                            new PlanContext()));
            if (arg instanceof Expr.Alias alias) {
                arg = alias.input();
            }
            if (!new StoreAssignment(analyzer.settings()).allows(arg.type(), parameter.type())
                    && arg.type() != dev.vitrine.engine.types.DataType.STRING) {
                throw new EngineException(
                        ErrorCode.DATATYPE_MISMATCH__UNEXPECTED_INPUT_TYPE,
                        Map.of(
                                "sqlExpr", function.name().quoted(),
                                "paramIndex", i + 1,
                                "requiredType", "\"" + parameter.type().sql() + "\"",
                                "inputSql", "\"" + arg.sql() + "\"",
                                "inputType", "\"" + arg.type().sql() + "\""),
                        where);
            }
            given.add(CommonTypes.cast(arg, parameter.type(), analyzer.mode()));
        }
        return given;
    }

    /// The rows of a call of a table function.
    ///
    /// @param args resolved; columns of the row to the left are outer references
    Resolved rows(SqlFunction function, List<Expr> args, @Nullable SourceRange where) {
        Opened opened = open(function, where);
        List<Expr> given = arguments(function, args, where);
        Statement.Query query = (Statement.Query) SqlParser.parse(function.body());
        try {
            LogicalPlan rows =
                    opened.inner()
                            .exact(opened.inner().resolve(query.plan(), opened.scope().inner()))
                            .plan();
            rows = new Substitution(opened.parameters(), given).in(rows);
            return Resolved.of(named(function, rows, where)).qualified(function.name().name());
        } catch (EngineException e) {
            throw new EngineException(e.code(), e.args(), where, e);
        }
    }

    private LogicalPlan named(SqlFunction function, LogicalPlan rows, @Nullable SourceRange where) {
        if (function.table().isEmpty()) {
            return rows;
        }
        List<Attribute> output = rows.output();
        if (output.size() != function.table().size()) {
            throw new EngineException(
                    ErrorCode.USER_DEFINED_FUNCTIONS__RETURN_COLUMN_COUNT_MISMATCH,
                    Map.of(
                            "name", function.name().quoted(),
                            "actual", output.size(),
                            "expected", function.table().size()),
                    where);
        }
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < output.size(); i++) {
            TableColumn column = function.table().get(i);
            Expr value = CommonTypes.cast(output.get(i), column.type(), analyzer.mode());
            columns.add(new Expr.Alias(value, column.name(), analyzer.context().newAttributeId()));
        }
        return analyzer.made(new LogicalPlan.Project(rows, columns), rows);
    }

    /// Resolves a function's body as far as that goes without arguments: what it gives.
    ///
    /// @return one column for a scalar function, those of a table function
    List<Attribute> output(SqlFunction function) {
        if (function.returnsTable()) {
            Opened opened = open(function, null);
            Statement.Query query = (Statement.Query) SqlParser.parse(function.body());
            LogicalPlan rows =
                    opened.inner()
                            .exact(opened.inner().resolve(query.plan(), opened.scope().inner()))
                            .plan();
            return named(function, rows, null).output();
        }
        Expr body = body(function, open(function, null));
        boolean complex =
                SelectBlock.hasAggregate(body)
                        || WindowExtraction.isIn(body)
                        || body.any(e -> e instanceof Expr.GeneratorCall);
        if (complex) {
            throw new EngineException(
                    ErrorCode.USER_DEFINED_FUNCTIONS__CANNOT_CONTAIN_COMPLEX_FUNCTIONS,
                    Map.of("queryText", function.body()));
        }
        Expr value =
                function.returns()
                        .map(type -> CommonTypes.cast(body, type, analyzer.mode()))
                        .orElse(body);
        return List.of(new Attribute(0, function.name().name(), value.type(), true));
    }

    /// Puts arguments in place of parameters, in subqueries too.
    private static final class Substitution {
        private final Map<Long, Expr> values = new LinkedHashMap<>();

        Substitution(List<Attribute> parameters, List<Expr> args) {
            for (int i = 0; i < parameters.size(); i++) {
                values.put(parameters.get(i).id(), args.get(i));
            }
        }

        Expr in(Expr body) {
            return body.transformUp(node ->
                    switch (node) {
                        case Attribute a -> values.getOrDefault(a.id(), a);
                        default -> below(node, true);
                    });
        }

        private Expr below(Expr node, boolean outermost) {
            return node instanceof Expr.Subquery subquery
                    ? subquery.withPlan(inner((LogicalPlan) subquery.plan(), outermost))
                    : node;
        }

        /// A plan whose outer references are to parameters: of a table function, the argument
        /// itself belongs there.
        LogicalPlan in(LogicalPlan plan) {
            return inner(plan, false);
        }

        /// @param wraps whether columns of the argument are outer ones here
        private LogicalPlan inner(LogicalPlan plan, boolean wraps) {
            return plan.mapChildren(child -> inner(child, wraps))
                    .mapExprs(expr ->
                            expr.transformUp(node ->
                                    node instanceof Expr.OuterReference(var parameter)
                                                    && values.containsKey(parameter.id())
                                            ? argument(parameter, wraps)
                                            : below(node, wraps)));
        }

        private Expr argument(Attribute parameter, boolean wraps) {
            Expr value = values.getOrDefault(parameter.id(), parameter);
            return wraps
                    ? value.transformUp(
                            node -> node instanceof Attribute a ? new Expr.OuterReference(a) : node)
                    : value;
        }
    }
}
