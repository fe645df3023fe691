package dev.vitrine.engine.analysis;

import dev.vitrine.engine.catalog.QualifiedName;
import dev.vitrine.engine.catalog.SqlFunction;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.CommonTypes;
import dev.vitrine.engine.function.FunctionCall;
import dev.vitrine.engine.function.FunctionEntry;
import dev.vitrine.engine.function.FunctionKind;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Resolves the names and types of one place's expressions.
final class ExprResolver {
    private final Analyzer analyzer;
    private final Scope scope;

    /// Looked into where the scope knows nothing; inside an aggregate's arguments before it.
    private final @Nullable Scope second;

    /// Says what a name means that columns do not know, for example an alias of the same select
    /// list.
    private final Names lastResort;

    /// Further names.
    @FunctionalInterface
    interface Names {
        Optional<Expr> find(List<String> parts);
    }

    /// Aggregates that take IGNORE NULLS.
    private static final Set<String> PICKING =
            Set.of("first", "first_value", "last", "last_value", "any_value");

    /// Aggregates that take WITHIN GROUP.
    private static final Set<String> ORDERED =
            Set.of("mode", "percentile_cont", "percentile_disc", "listagg", "string_agg");

    private static final Set<String> BARE =
            Set.of(
                    "current_date",
                    "current_timestamp",
                    "current_time",
                    "localtimestamp",
                    "current_user",
                    "user",
                    "session_user");

    /// What names the current database, which the catalog knows and no function does.
    private static final Set<String> DATABASE_NAMES = Set.of("current_database", "current_schema");

    /// What the API's `outer()` stands for: its column, looked up around this query.
    private static final String OUTER_COLUMN = "outer column";

    private static final String PATH = "current_path";

    /// Hive's name for grouping_id() over all that is grouped by.
    private static final String HIVE_ID = "grouping__id";

    private final LambdaScope lambdas = new LambdaScope(this);
    private final TypedForms forms = new TypedForms(this);

    private boolean insideAggregate;

    ExprResolver(Analyzer analyzer, Scope scope, @Nullable Scope second, Names lastResort) {
        this.analyzer = analyzer;
        this.scope = scope;
        this.second = second;
        this.lastResort = lastResort;
    }

    ExprResolver(Analyzer analyzer, Scope scope) {
        this(analyzer, scope, null, parts -> Optional.empty());
    }

    Analyzer analyzer() {
        return analyzer;
    }

    Scope scope() {
        return scope;
    }

    Expr resolve(Expr expr) {
        Optional<SourceRange> range = analyzer.range(expr);
        try {
            Expr resolved = resolved(expr);
            return range.isPresent() && resolved != expr && !(resolved instanceof Expr.Literal)
                    ? analyzer.place(resolved, range.get())
                    : resolved;
        } catch (EngineException e) {
            throw e.at(range.orElse(null));
        }
    }

    List<Expr> resolveAll(List<Expr> exprs) {
        return exprs.stream().map(this::resolve).toList();
    }

    /// A condition: BOOLEAN, or NULL.
    Expr condition(Expr expr) {
        return condition(expr, ErrorCode.DATATYPE_MISMATCH__FILTER_NOT_BOOLEAN);
    }

    /// The condition of a join.
    Expr joinCondition(Expr expr) {
        Expr resolved = condition(expr, ErrorCode.JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE);
        SelectBlock.refuseWindow(analyzer, resolved, "a join condition");
        return resolved;
    }

    private Expr condition(Expr expr, ErrorCode otherwise) {
        Expr resolved = resolve(expr);
        if (resolved.type() == DataType.NULL) {
            return CommonTypes.cast(resolved, DataType.BOOLEAN, analyzer.mode());
        }
        if (resolved.type() != DataType.BOOLEAN) {
            String type = "\"" + resolved.type().sql() + "\"";
            String sql = "\"" + OutputNames.of(expr) + "\"";
            throw new EngineException(
                    otherwise,
                    Map.of(
                            "filter", sql,
                            "type", type,
                            "joinCondition", sql,
                            "conditionType", type),
                    analyzer.range(expr).orElse(null));
        }
        return resolved;
    }

    private Expr resolved(Expr expr) {
        return switch (expr) {
            case Expr.Literal l -> l;
            case Expr.Attribute a -> a;
            case Expr.OuterReference o -> o;
            case Expr.UnresolvedAttribute(var parts, var where) -> column(parts, where);
            case Expr.InputColumn column -> inputColumn(column);
            case Expr.UnresolvedStar(var qualifier, var where) ->
                    throw new EngineException(ErrorCode.INVALID_USAGE_OF_STAR, Map.of(), where);
            case Expr.UnresolvedFunction call -> function(call);
            case Expr.UnresolvedLambda lambda -> lambda;
            case Expr.Lambda lambda -> lambda.mapChildren(this::resolve);
            case Expr.LambdaVariable variable -> variable;
            case Expr.NamedArgument named -> named.mapChildren(this::resolve);
            case Expr.UnresolvedOperator(var symbol, var args, var where) ->
                    operator(symbol, analyzer.chars().aligned(symbol, resolveAll(args)), where);
            case Expr.Alias(var input, var name, var id) ->
                    new Expr.Alias(resolve(input), name, analyzer.context().newAttributeId());
            case Expr.Cast(var input, var type, var mode) ->
                    forms.cast(expr, resolve(input), type, mode);
            case Expr.And(var terms) -> new Expr.And(forms.booleans(expr, terms));
            case Expr.Or(var terms) -> new Expr.Or(forms.booleans(expr, terms));
            case Expr.Not(var input) ->
                    new Expr.Not(forms.booleans(expr, List.of(input)).getFirst());
            case Expr.IsNull(var input) -> new Expr.IsNull(resolve(input));
            case Expr.In(var value, var options) -> forms.in(expr, value, options);
            case Expr.Like like -> forms.like(like);
            case Expr.Case choice -> forms.choice(choice);
            case Expr.Coalesce(var args, var type) -> {
                List<Expr> common = forms.common(expr, resolveAll(args));
                yield new Expr.Coalesce(common, common.getFirst().type());
            }
            case Expr.Arithmetic a -> a.mapChildren(this::resolve);
            case Expr.Comparison c -> c.mapChildren(this::resolve);
            case Expr.GetField g -> g.mapChildren(this::resolve);
            case Expr.Call c -> c.mapChildren(this::resolve);
            case Expr.AggregateCall a -> aggregateCall(a);
            case Expr.WindowCall w -> new WindowCalls(analyzer, this).resolve(w);
            case Expr.PositionCall p -> p.mapChildren(this::resolve);
            case Expr.GeneratorCall g -> g.mapChildren(this::resolve);
            case Expr.MultiAlias m -> throw nestedGenerator(m.input());
            case Expr.SortKey(var input, var direction, var nullsFirst) ->
                    new Expr.SortKey(
                            ordered(resolve(input), expr, "sort order"), direction, nullsFirst);
            case Expr.ScalarSubquery(var plan) -> scalar((LogicalPlan) plan);
            case Expr.Exists(var plan) -> new Expr.Exists(subquery((LogicalPlan) plan).plan());
            case Expr.InSubquery(var values, var plan) ->
                    inSubquery(expr, resolveAll(values), (LogicalPlan) plan);
        };
    }

    /// `key`, of a type that can be sorted by and compared.
    ///
    /// @param user what wants to
    Expr ordered(Expr key, Expr written, String user) {
        if (key.type().isOrderable()) {
            return key;
        }
        throw new EngineException(
                ErrorCode.DATATYPE_MISMATCH__INVALID_ORDERING_TYPE,
                Map.of(
                        "functionName", user,
                        "dataType", "\"" + key.type().sql() + "\"",
                        "sqlExpr", "\"" + OutputNames.of(written) + "\""),
                analyzer.range(written).orElse(null));
    }

    private Expr column(List<String> parts, @Nullable SourceRange where) {
        Optional<Expr> parameter = lambdas.find(parts.getFirst());
        if (parameter.isPresent()) {
            return scope.fields(parameter.get(), parts.subList(1, parts.size()), where);
        }
        Optional<Expr> found =
                insideAggregate ? secondThenFirst(parts, where) : firstThenSecond(parts, where);
        if (found.isEmpty()) {
            found = lastResort.find(parts);
        }
        if (found.isEmpty()) {
            found = outer(parts, where);
        }
        if (found.isEmpty() && parts.size() == 1) {
            found = bare(parts.getFirst().toLowerCase(Locale.ROOT), where);
        }
        if (found.isEmpty() && parts.size() == 1 && parts.getFirst().equalsIgnoreCase(HIVE_ID)) {
            found =
                    Optional.of(
                            resolve(
                                    new Expr.UnresolvedFunction(
                                            "grouping_id",
                                            List.of(),
                                            false,
                                            Optional.empty(),
                                            where)));
        }
        if (found.isEmpty()) {
            found = variable(parts, where);
        }
        return found.orElseThrow(() -> (second != null ? second : scope).unresolved(parts, where));
    }

    /// A column of a plan below, here or around; its nullability is that of this place.
    private Expr inputColumn(Expr.InputColumn column) {
        Set<Long> ids = analyzer.inputs().ids(column);
        List<Expr.Attribute> here = scope.columns();
        if (ids.size() == 1
                && column.ordinal() < here.size()
                && ids.contains(here.get(column.ordinal()).id())) {
            // Nearly always: the plan is the input itself.
            return here.get(column.ordinal()).withQualifier(List.of());
        }
        for (Scope at = scope; at != null; at = at.outer()) {
            List<Expr.Attribute> found = new ArrayList<>(at.withIds(ids));
            if (at == scope && second != null) {
                for (Expr.Attribute also : second.withIds(ids)) {
                    if (found.stream().noneMatch(f -> f.id() == also.id())) {
                        found.add(also);
                    }
                }
            }
            if (found.size() > 1) {
                throw new EngineException(
                        ErrorCode.AMBIGUOUS_COLUMN_REFERENCE,
                        Map.of("name", Scope.quoted(List.of(column.name()))));
            }
            if (found.size() == 1) {
                Expr.Attribute known = found.getFirst().withQualifier(List.of());
                return at == scope ? known : new Expr.OuterReference(known);
            }
        }
        throw new EngineException(
                ErrorCode.CANNOT_RESOLVE_DATAFRAME_COLUMN,
                Map.of("name", Scope.quoted(List.of(column.name()))));
    }

    /// A column that was said to be one of the query around.
    private Expr outerColumn(Expr column) {
        Scope around = scope.outer();
        if (around == null) {
            return resolve(column);
        }
        return new ExprResolver(analyzer, around)
                .resolve(column)
                .transformUp(node ->
                        node instanceof Expr.Attribute a ? new Expr.OuterReference(a) : node);
    }

    /// Functions that may be written without parentheses, where no column is called so.
    private Optional<Expr> bare(String name, @Nullable SourceRange where) {
        if (name.equals(PATH)) {
            return Optional.of(path());
        }
        return BARE.contains(name)
                ? Optional.of(
                        analyzer.functions()
                                .resolve(
                                        name,
                                        call(name, List.of(), false, Optional.empty(), where)))
                : Optional.empty();
    }

    private Optional<Expr> firstThenSecond(List<String> parts, @Nullable SourceRange where) {
        Optional<Expr> found = scope.find(parts, where);
        return found.isPresent() || second == null ? found : second.find(parts, where);
    }

    private Optional<Expr> secondThenFirst(List<String> parts, @Nullable SourceRange where) {
        Optional<Expr> found = second == null ? Optional.empty() : second.find(parts, where);
        return found.isPresent() ? found : scope.find(parts, where);
    }

    /// A column of the query around: one level up only.
    private Optional<Expr> outer(List<String> parts, @Nullable SourceRange where) {
        Scope around = scope.outer();
        if (around == null) {
            return Optional.empty();
        }
        Optional<Expr> found = around.find(parts, where);
        if (found.isPresent()) {
            return found.map(expr ->
                    expr.transformUp(node ->
                            node instanceof Expr.Attribute a ? new Expr.OuterReference(a) : node));
        }
        for (Scope further = around.outer(); further != null; further = further.outer()) {
            if (further.find(parts, where).isPresent()) {
                throw new EngineException(
                        ErrorCode.UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY__UNSUPPORTED_CORRELATED,
                        Map.of("treeNode", Scope.quoted(parts)),
                        where);
            }
        }
        return Optional.empty();
    }

    /// A session variable, or a field of one.
    private Optional<Expr> variable(List<String> parts, @Nullable SourceRange where) {
        List<String> rest = parts;
        for (String prefix : List.of("system", "session")) {
            if (rest.size() > 1 && rest.getFirst().equalsIgnoreCase(prefix)) {
                rest = rest.subList(1, rest.size());
            }
        }
        if (analyzer.isStored()) {
            return Optional.empty();
        }
        List<String> fields = rest.subList(1, rest.size());
        return analyzer.catalog()
                .temporary()
                .variable(rest.getFirst())
                .map(variable ->
                        scope.fields(
                                new Expr.Literal(variable.value(), variable.type()),
                                fields,
                                where));
    }

    /// Where names of functions are looked for, in order.
    private Expr path() {
        return Expr.Literal.of(
                "system.builtin,system.session,"
                        + QualifiedName.CATALOG
                        + "."
                        + analyzer.catalog().temporary().currentDatabase());
    }

    private FunctionCall call(
            String name,
            List<Expr> args,
            boolean distinct,
            Optional<Expr> filter,
            @Nullable SourceRange where) {
        return new FunctionCall(
                name,
                args,
                distinct,
                filter,
                analyzer.mode(),
                analyzer.zone(),
                analyzer.now(),
                analyzer.settings(),
                lambdas,
                where);
    }

    Expr operator(String symbol, List<Expr> args, @Nullable SourceRange where) {
        return analyzer.functions()
                .operator(symbol, call(symbol, args, false, Optional.empty(), where));
    }

    /// Values that are compared with each other, as CHAR columns among them ask for.
    List<Expr> aligned(List<Expr> values) {
        return analyzer.chars().aligned(values);
    }

    private Expr function(Expr.UnresolvedFunction f) {
        if (f.name().equals(".")) {
            Expr name = f.args().get(1);
            return scope.fields(resolve(f.args().get(0)), List.of(name.sql()), f.where());
        }
        if (f.name().equals(OUTER_COLUMN)) {
            return outerColumn(f.args().getFirst());
        }
        if (StructChanges.isOne(f)) {
            return new StructChanges(analyzer, scope).resolve(f, resolveAll(f.args()));
        }
        if (f.name().equals(PATH) && f.args().isEmpty()) {
            return path();
        }
        if (DATABASE_NAMES.contains(f.name()) && f.args().isEmpty()) {
            return Expr.Literal.of(analyzer.catalog().temporary().currentDatabase());
        }
        Optional<SqlFunction> own = analyzer.ownFunction(f.name());
        if (own.isPresent()) {
            return new SqlFunctions(analyzer).value(own.get(), arguments(f), f.where());
        }
        Optional<FunctionKind> kind = analyzer.functions().find(f.name()).map(FunctionEntry::kind);
        if (kind.equals(Optional.of(FunctionKind.WINDOW))) {
            throw new EngineException(
                    ErrorCode.WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE,
                    Map.of("funcName", "\"" + f.name() + "\""),
                    f.where());
        }
        if (kind.equals(Optional.of(FunctionKind.GENERATOR))) {
            throw nestedGenerator(f);
        }
        boolean aggregate = kind.equals(Optional.of(FunctionKind.AGGREGATE));
        if (aggregate && insideAggregate) {
            throw new EngineException(ErrorCode.NESTED_AGGREGATE_FUNCTION, Map.of(), f.where());
        }
        return function(f, aggregate, aggregate);
    }

    /// A call of an aggregate that is no function by name, with arguments as written.
    private Expr aggregateCall(Expr.AggregateCall call) {
        if (insideAggregate) {
            throw new EngineException(ErrorCode.NESTED_AGGREGATE_FUNCTION, Map.of());
        }
        insideAggregate = true;
        try {
            return call.mapChildren(this::resolve);
        } finally {
            insideAggregate = false;
        }
    }

    /// A generator's call, where one may stand.
    Expr generator(Expr.UnresolvedFunction f) {
        return function(f, false, false);
    }

    /// @param inside whether no further aggregate may stand in the arguments
    private Expr function(Expr.UnresolvedFunction f, boolean aggregate, boolean inside) {
        boolean before = insideAggregate;
        insideAggregate = before || inside;
        try {
            List<Expr> args = new ArrayList<>(analyzer.chars().aligned(f.name(), arguments(f)));
            if (f.ignoreNulls() && PICKING.contains(f.name()) && args.size() == 1) {
                args.add(Expr.Literal.TRUE);
            } else if (f.ignoreNulls() && aggregate) {
                throw unsupportedSyntax(f, "IGNORE NULLS");
            }
            if (!ORDERED.contains(f.name())
                    && args.stream().anyMatch(Expr.SortKey.class::isInstance)) {
                throw unsupportedSyntax(f, "WITHIN GROUP (ORDER BY ...)");
            }
            if (!aggregate && f.distinct()) {
                throw unsupportedSyntax(f, "DISTINCT");
            }
            if (!aggregate && f.filter().isPresent()) {
                throw unsupportedSyntax(f, "FILTER");
            }
            Optional<Expr> filter = f.filter().map(this::aggregateFilter);
            List<Expr> placed = NamedArguments.placed(f, args, analyzer.functions());
            Expr resolved =
                    analyzer.functions()
                            .resolve(
                                    f.name(),
                                    call(f.name(), placed, f.distinct(), filter, f.where()));
            return withoutAliases(resolved);
        } finally {
            insideAggregate = before;
        }
    }

    /// The condition of `FILTER (WHERE …)`.
    private Expr aggregateFilter(Expr written) {
        boolean aggregate =
                written.any(node ->
                        node instanceof Expr.UnresolvedFunction f
                                && analyzer.functions()
                                        .find(f.name())
                                        .map(FunctionEntry::kind)
                                        .equals(Optional.of(FunctionKind.AGGREGATE)));
        if (aggregate) {
            throw filterError(ErrorCode.INVALID_AGGREGATE_FILTER__CONTAINS_AGGREGATE, written);
        }
        Expr filter = condition(written, ErrorCode.INVALID_AGGREGATE_FILTER__NOT_BOOLEAN);
        if (!filter.deterministic()) {
            throw filterError(ErrorCode.INVALID_AGGREGATE_FILTER__NON_DETERMINISTIC, written);
        }
        return filter;
    }

    private EngineException filterError(ErrorCode code, Expr filter) {
        return new EngineException(
                code,
                Map.of("filter", "\"" + OutputNames.of(filter) + "\""),
                analyzer.range(filter).orElse(null));
    }

    /// The function of a call with OVER: its arguments may hold aggregates of a query with groups.
    Expr windowFunction(Expr.UnresolvedFunction f, boolean aggregate) {
        if (insideAggregate) {
            throw new EngineException(
                    ErrorCode._LEGACY_ERROR_TEMP_1034,
                    Map.of("clauseName", "an aggregate"),
                    f.where());
        }
        return function(f, aggregate, false);
    }

    private static EngineException unsupportedSyntax(Expr.UnresolvedFunction f, String syntax) {
        return new EngineException(
                ErrorCode.INVALID_SQL_SYNTAX__FUNCTION_WITH_UNSUPPORTED_SYNTAX,
                Map.of("prettyName", "`" + f.name() + "`", "syntax", "\"" + syntax + "\""),
                f.where());
    }

    private static EngineException nestedGenerator(Expr written) {
        return new EngineException(
                ErrorCode.UNSUPPORTED_GENERATOR__NESTED_IN_EXPRESSIONS,
                Map.of("expression", "\"" + OutputNames.of(written) + "\""),
                written instanceof Expr.UnresolvedFunction f ? f.where() : null);
    }

    private static Expr withoutAliases(Expr expr) {
        return expr instanceof Expr.Call call
                ? call.mapChildren(arg -> arg instanceof Expr.Alias alias ? alias.input() : arg)
                : expr;
    }

    private List<Expr> arguments(Expr.UnresolvedFunction f) {
        List<Expr> args = new ArrayList<>();
        for (Expr arg : f.args()) {
            if (arg instanceof Expr.UnresolvedStar(var qualifier, var where)) {
                boolean rows = f.name().equals("count") && qualifier.isEmpty() && !f.distinct();
                if (!rows) {
                    Scope columns = second != null ? second : scope;
                    columns.star(qualifier, where)
                            .forEach(column -> args.add(column.withQualifier(List.of())));
                }
            } else {
                args.add(resolve(arg));
            }
        }
        return args;
    }

    private Resolved subquery(LogicalPlan plan) {
        // A subquery in HAVING or ORDER BY sees what the query itself groups and selects.
        Scope around = second != null ? second : scope;
        Resolved resolved = analyzer.exact(analyzer.resolve(plan, around.inner()));
        Correlation.check(resolved.plan());
        return resolved;
    }

    private Expr scalar(LogicalPlan plan) {
        LogicalPlan resolved = subquery(plan).plan();
        if (resolved.output().size() != 1) {
            throw new EngineException(
                    ErrorCode
                            .INVALID_SUBQUERY_EXPRESSION__SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN,
                    Map.of("number", resolved.output().size()));
        }
        return new Expr.ScalarSubquery(resolved);
    }

    private Expr inSubquery(Expr written, List<Expr> values, LogicalPlan plan) {
        LogicalPlan resolved = subquery(plan).plan();
        List<Expr.Attribute> output = resolved.output();
        if (output.size() != values.size()) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__IN_SUBQUERY_LENGTH_MISMATCH,
                    Map.of("leftLength", values.size(), "rightLength", output.size()));
        }
        List<Expr> left = new ArrayList<>();
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            List<Expr> common = forms.common(written, List.of(values.get(i), output.get(i)));
            left.add(ordered(common.getFirst(), written, "insubquery"));
            types.add(common.getFirst().type());
        }
        return new Expr.InSubquery(left, analyzer.castColumns(resolved, types));
    }
}
