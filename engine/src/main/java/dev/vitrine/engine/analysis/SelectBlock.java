package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.function.GroupingFunctions;
import dev.vitrine.engine.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A select list with its grouping while it is resolved: HAVING and ORDER BY may still ask for
/// values that it computes but does not show.
final class SelectBlock {
    private final Analyzer analyzer;
    private final LogicalPlan written;
    private final Scope scope;
    private Scope inputScope;
    private LogicalPlan input;
    private List<Expr> outputs;
    private final List<Expr> hidden = new ArrayList<>();
    private final List<Expr> havings = new ArrayList<>();
    private final boolean aggregate;

    /// Qualifiers of columns that were chosen by no text: those of a [LogicalPlan] made by calls
    /// can still be named by their table further up.
    private final Map<Long, List<String>> qualifiers = new HashMap<>();

    /// Grouping expressions as written (resolved), and the attributes they are computed as.
    private final List<Expr> groupingExprs = new ArrayList<>();

    private final List<Attribute> groupings = new ArrayList<>();

    /// Where there are several grouping sets.
    private Optional<GroupingSets.Expanded> expanded = Optional.empty();

    /// @param groupBy null where there is none
    static SelectBlock of(
            Analyzer analyzer,
            LogicalPlan written,
            Resolved input,
            List<Expr> list,
            @Nullable List<Expr> groupBy,
            Scope scope) {
        TimeWindows.Written parts =
                new TimeWindows(analyzer).replaced(input, list, groupBy, written, scope);
        return new SelectBlock(analyzer, written, parts, scope);
    }

    private SelectBlock(
            Analyzer analyzer, LogicalPlan written, TimeWindows.Written parts, Scope scope) {
        this.analyzer = analyzer;
        this.written = written;
        this.scope = scope;
        this.input = parts.input().plan();
        this.inputScope = scope.over(parts.input());
        this.outputs = resolveList(parts.list());
        List<Expr> groupBy = parts.groupBy();
        this.aggregate = groupBy != null || outputs.stream().anyMatch(SelectBlock::hasAggregate);
        if (aggregate) {
            group(groupBy == null ? List.of() : groupBy);
            parts.session().ifPresent(this::mergeSessions);
            outputs.forEach(output -> checkGrouped(output, groupBy != null));
        } else {
            outputs.forEach(this::checkNoGrouping);
        }
    }

    /// Whether an aggregate over groups stands in `expr`; one with OVER is none, but its arguments
    /// may hold some.
    static boolean hasAggregate(Expr expr) {
        return switch (expr) {
            case Expr.AggregateCall a -> true;
            case Expr.WindowCall w -> insideWindow(w).stream().anyMatch(SelectBlock::hasAggregate);
            default -> expr.children().stream().anyMatch(SelectBlock::hasAggregate);
        };
    }

    /// What a call with OVER computes from.
    private static List<Expr> insideWindow(Expr.WindowCall call) {
        List<Expr> inside = new ArrayList<>(call.function().children());
        inside.addAll(call.children().subList(1, call.children().size()));
        return inside;
    }

    private List<Expr> resolveList(List<Expr> list) {
        List<Expr> resolved = new ArrayList<>();
        Set<Long> keptQualifiers = new HashSet<>();
        Generators generators = new Generators(analyzer);
        ExprResolver resolver =
                new ExprResolver(analyzer, inputScope, null, parts -> aliased(resolved, parts));
        for (Expr expr : list) {
            if (generators.isGenerator(expr)) {
                Generators.Made made = generators.take(input, expr, resolver, written);
                input = made.plan();
                resolved.addAll(made.columns());
            } else if (expr instanceof Expr.UnresolvedStar(var qualifier, var where)) {
                for (Attribute column : inputScope.star(qualifier, where)) {
                    if (where == null) {
                        keptQualifiers.add(column.id());
                    }
                    resolved.add(analyzer.place(column.withQualifier(List.of()), where));
                }
            } else {
                Expr output = named(expr, resolver.resolve(expr));
                if (output instanceof Attribute column && isCalled(expr)) {
                    keptQualifiers.add(column.id());
                }
                resolved.add(output);
            }
        }
        for (Attribute column : inputScope.columns()) {
            if (keptQualifiers.contains(column.id()) && !column.qualifier().isEmpty()) {
                qualifiers.put(column.id(), column.qualifier());
            }
        }
        return resolved;
    }

    private static boolean isCalled(Expr expr) {
        return expr instanceof Expr.InputColumn
                || expr instanceof Expr.UnresolvedAttribute(var parts, var where) && where == null;
    }

    private Expr named(Expr written, Expr resolved) {
        return switch (resolved) {
            case Attribute attribute -> attribute;
            case Expr.Alias alias -> noted(alias);
            case Expr.GetField field -> alias(field, field.name());
            default -> alias(resolved, OutputNames.of(written));
        };
    }

    private Expr.Alias alias(Expr expr, String name) {
        return noted(new Expr.Alias(expr, name, analyzer.context().newAttributeId()));
    }

    private Expr.Alias noted(Expr.Alias alias) {
        analyzer.chars().renamed(alias);
        return alias;
    }

    /// What an alias of the list stands for.
    private Optional<Expr> aliased(List<Expr> list, List<String> parts) {
        if (parts.size() != 1) {
            return Optional.empty();
        }
        return list.stream()
                .filter(e ->
                        e instanceof Expr.Alias a && scope.sameName(a.name(), parts.getFirst()))
                .map(e -> ((Expr.Alias) e).input())
                .findFirst();
    }

    private void group(List<Expr> groupBy) {
        ExprResolver resolver =
                new ExprResolver(analyzer, inputScope, null, parts -> aliased(outputs, parts));
        if (GroupingSets.isIn(groupBy)) {
            groupBySets(
                    GroupingSets.of(
                            groupBy,
                            written ->
                                    written instanceof Expr.Literal(Integer position, var type)
                                            ? ordinal(written, position)
                                            : resolver.resolve(written)));
            return;
        }
        for (Expr written : groupBy) {
            switch (written) {
                case Expr.UnresolvedStar all -> {
                    // A column called so comes first.
                    Optional<Expr> column = inputScope.find(List.of("all"), all.where());
                    if (column.isPresent()) {
                        groupBy(column.get());
                    } else {
                        outputs.stream()
                                .filter(output -> !hasAggregate(output))
                                .forEach(output -> groupBy(unaliased(output)));
                    }
                }
                case Expr.Literal(Integer position, var type) ->
                        groupBy(ordinal(written, position));
                default -> groupBy(resolver.resolve(written));
            }
        }
        List<Expr> computed = new ArrayList<>(input.output());
        int columns = computed.size();
        for (Expr expr : groupingExprs) {
            if (expr instanceof Attribute attribute) {
                groupings.add(attribute);
            } else {
                Expr.Alias alias = alias(expr, expr.sql());
                computed.add(alias);
                groupings.add(alias.toAttribute());
            }
        }
        if (computed.size() > columns) {
            input = analyzer.made(new LogicalPlan.Project(input, computed), written);
            outputs = outputs.stream().map(this::overGroupings).toList();
        }
    }

    /// Takes the sessions that rows belong to for each row's own span, where that is grouped by.
    private void mergeSessions(Attribute span) {
        if (groupingExprs.stream()
                .noneMatch(g -> g instanceof Attribute a && a.id() == span.id())) {
            return;
        }
        if (expanded.isPresent()) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_FEATURE,
                    Map.of("feature", "session_window in grouping sets"),
                    analyzer.context().origin(written).sql().orElse(null));
        }
        List<Attribute> keys = groupings.stream().filter(g -> g.id() != span.id()).toList();
        input = new SessionWindows(analyzer, written).merged(input, span, keys);
        Attribute session = input.output().getLast();
        UnaryOperator<Expr> change =
                e -> e instanceof Attribute a && a.id() == span.id() ? session : e;
        outputs = outputs.stream().map(e -> e.transformUp(change)).toList();
        groupingExprs.replaceAll(e -> e.transformUp(change));
        groupings.replaceAll(g -> (Attribute) change.apply(g));
        List<Attribute> columns =
                inputScope.columns().stream().map(c -> (Attribute) change.apply(c)).toList();
        inputScope = scope.over(new Resolved(input, columns, inputScope.hidden()));
    }

    private void groupBySets(GroupingSets sets) {
        sets.exprs().forEach(this::groupBy);
        GroupingSets.Expanded made = sets.expand(analyzer, input, written);
        expanded = Optional.of(made);
        input = made.plan();
        groupings.addAll(made.groupings());
        outputs = outputs.stream().map(this::overGroupings).toList();
    }

    private Expr ordinal(Expr written, int position) {
        if (position < 1 || position > outputs.size()) {
            throw new EngineException(
                    ErrorCode.GROUP_BY_POS_OUT_OF_RANGE,
                    Map.of("index", position, "size", outputs.size()),
                    analyzer.range(written).orElse(null));
        }
        return unaliased(outputs.get(position - 1));
    }

    private void groupBy(Expr expr) {
        if (hasAggregate(expr)) {
            throw new EngineException(
                    ErrorCode.GROUP_BY_AGGREGATE,
                    Map.of("sqlExpr", "\"" + expr.sql() + "\""),
                    analyzer.range(expr).orElse(null));
        }
        if (expr.type().hasVariant()) {
            throw new EngineException(
                    ErrorCode.GROUP_EXPRESSION_TYPE_IS_NOT_ORDERABLE,
                    Map.of(
                            "sqlExpr", "\"" + expr.sql() + "\"",
                            "dataType", "\"" + expr.type().sql() + "\""),
                    analyzer.range(expr).orElse(null));
        }
        refuseWindow(analyzer, expr, "GROUP BY");
        if (expr.any(Expr.OuterReference.class::isInstance)) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY__CORRELATED_REFERENCE,
                    Map.of("sqlExprs", "\"" + expr.sql() + "\""),
                    analyzer.range(expr).orElse(null));
        }
        if (groupingExprs.stream().noneMatch(known -> SameExpr.same(known, expr))) {
            groupingExprs.add(expr);
        }
    }

    /// @param place where no window can be computed
    static void refuseWindow(Analyzer analyzer, Expr expr, String place) {
        if (WindowExtraction.isIn(expr)) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_EXPR_FOR_OPERATOR,
                    Map.of("invalidExprSqls", "\"" + expr.sql() + "\"", "operator", place),
                    analyzer.range(expr).orElse(null));
        }
    }

    private static Expr unaliased(Expr expr) {
        return expr instanceof Expr.Alias alias ? alias.input() : expr;
    }

    /// `expr` with computed groupings replaced by their attributes; of several grouping sets all
    /// are computed, but aggregates see the columns themselves.
    private Expr overGroupings(Expr expr) {
        if (expr instanceof Expr.Literal
                || expanded.isEmpty() && expr instanceof Attribute
                || expanded.isPresent() && expr instanceof Expr.AggregateCall) {
            return expr;
        }
        if (expanded.isPresent() && expr instanceof Expr.Call call && isGrouping(call)) {
            return expanded.get().replace(call, groupingExprs);
        }
        for (int i = 0; i < groupingExprs.size(); i++) {
            Expr grouping = groupingExprs.get(i);
            boolean computed = expanded.isPresent() || !(grouping instanceof Attribute);
            if (computed && SameExpr.same(grouping, expr)) {
                Expr column = groupings.get(i);
                return switch (expr) {
                    case Expr.Alias(var in, var name, var id) -> new Expr.Alias(column, name, id);
                    case Attribute a -> groupings.get(i).named(a.name());
                    default -> column;
                };
            }
        }
        if (expr instanceof Expr.WindowCall w && w.function() instanceof Expr.AggregateCall f) {
            // Over a window an aggregate is computed from what the groups give.
            Expr function = f.mapChildren(this::overGroupings);
            Expr rest = w.mapChildren(child -> child == f ? child : overGroupings(child));
            return rest.mapChildren(child -> child == f ? function : child);
        }
        return expr.mapChildren(this::overGroupings);
    }

    private static boolean isGrouping(Expr.Call call) {
        return call.function() == GroupingFunctions.GROUPING
                || call.function() == GroupingFunctions.GROUPING_ID;
    }

    private boolean grouped(long id) {
        return groupings.stream().anyMatch(g -> g.id() == id)
                || expanded.isPresent() && expanded.get().id().id() == id;
    }

    private void checkGrouped(Expr expr, boolean written) {
        switch (expr) {
            case Expr.AggregateCall call -> {}
            case Expr.WindowCall call ->
                    insideWindow(call).forEach(child -> checkGrouped(child, written));
            case Expr.Call call when isGrouping(call) ->
                    throw new EngineException(
                            ErrorCode.UNSUPPORTED_GROUPING_EXPRESSION,
                            Map.of(),
                            analyzer.range(call).orElse(null));
            case Attribute a -> {
                if (!grouped(a.id())) {
                    throw missing(a, written);
                }
            }
            default -> {
                for (Attribute outer : Correlation.outerReferences(expr)) {
                    if (!grouped(outer.id())
                            && input.output().stream().anyMatch(c -> c.id() == outer.id())) {
                        throw missing(outer, written);
                    }
                }
                expr.children().forEach(child -> checkGrouped(child, written));
            }
        }
    }

    private void checkNoGrouping(Expr output) {
        output.forEach(node -> {
            if (node instanceof Expr.Call call && isGrouping(call)) {
                throw new EngineException(
                        ErrorCode.UNSUPPORTED_GROUPING_EXPRESSION,
                        Map.of(),
                        analyzer.range(call).orElse(null));
            }
        });
    }

    private EngineException missing(Attribute a, boolean written) {
        return written
                ? new EngineException(
                        ErrorCode.MISSING_AGGREGATION,
                        Map.of(
                                "expression", "\"" + a.name() + "\"",
                                "expressionAnyValue", "\"any_value(" + a.name() + ")\""),
                        analyzer.range(a).orElse(null))
                : new EngineException(
                        ErrorCode.MISSING_GROUP_BY, Map.of(), analyzer.range(a).orElse(null));
    }

    /// The visible columns.
    List<Attribute> columns() {
        return LogicalPlan.attributes(outputs);
    }

    /// The visible columns with the qualifiers that they keep.
    List<Attribute> qualifiedColumns() {
        return qualifiers.isEmpty()
                ? columns()
                : columns().stream()
                        .map(c -> c.withQualifier(qualifiers.getOrDefault(c.id(), List.of())))
                        .toList();
    }

    LogicalPlan written() {
        return written;
    }

    boolean hasHidden() {
        return !hidden.isEmpty();
    }

    void having(Expr predicate) {
        havings.add(pull(overGroups().condition(predicate)));
    }

    /// Names in HAVING: what is grouped by, then the visible columns.
    private ExprResolver overGroups() {
        List<Attribute> named = new ArrayList<>();
        for (Attribute column : inputScope.columns()) {
            if (groupingExprs.stream()
                    .anyMatch(g -> g instanceof Attribute a && a.id() == column.id())) {
                named.add(column);
            }
        }
        List<Attribute> grouped = List.copyOf(named);
        columns().stream()
                .filter(c -> grouped.stream().noneMatch(g -> scope.sameName(g.name(), c.name())))
                .forEach(named::add);
        return new ExprResolver(analyzer, scope.over(named), inputScope, parts -> Optional.empty());
    }

    private ExprResolver inside() {
        return new ExprResolver(
                analyzer, scope.over(columns()), inputScope, parts -> Optional.empty());
    }

    /// A sort key over the visible columns and, hidden, whatever else it needs.
    Expr.SortKey sortKey(Expr.SortKey key) {
        ExprResolver inside = inside();
        return new Expr.SortKey(
                pull(inside.ordered(inside.resolve(key.input()), key.input(), "sort order")),
                key.direction(),
                key.nullsFirst());
    }

    /// `expr` in terms of this block's output; what is not there yet is added as a hidden column.
    private Expr pull(Expr expr) {
        if (expr instanceof Attribute attribute) {
            return shown(attribute.id()).<Expr>map(a -> a).orElseGet(() -> pullColumn(attribute));
        }
        if (expr instanceof Expr.Literal) {
            return expr;
        }
        Expr over = overGroupings(expr);
        if (over instanceof Attribute grouping) {
            return shown(grouping.id()).<Expr>map(a -> a).orElseGet(() -> pullColumn(grouping));
        }
        for (Expr output : all()) {
            if (output instanceof Expr.Alias alias && SameExpr.same(alias.input(), over)) {
                return alias.toAttribute();
            }
        }
        if (over instanceof Expr.Call call && isGrouping(call)) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_GROUPING_EXPRESSION,
                    Map.of(),
                    analyzer.range(call).orElse(null));
        }
        if (over instanceof Expr.AggregateCall call) {
            return pullAggregate(call);
        }
        if (over instanceof Expr.WindowCall) {
            Expr.Alias alias = alias(overInput(over), over.sql());
            hidden.add(alias);
            return alias.toAttribute();
        }
        for (Attribute outer : Correlation.outerReferences(over)) {
            if (shown(outer.id()).isEmpty() && inInput(outer)) {
                pullColumn(outer);
            }
        }
        return over.mapChildren(this::pull);
    }

    private boolean inInput(Attribute column) {
        return input.output().stream().anyMatch(c -> c.id() == column.id());
    }

    private List<Expr> all() {
        List<Expr> all = new ArrayList<>(outputs);
        all.addAll(hidden);
        return all;
    }

    private Optional<Attribute> shown(long id) {
        return LogicalPlan.attributes(all()).stream().filter(a -> a.id() == id).findFirst();
    }

    private Expr pullColumn(Attribute column) {
        if (aggregate && !grouped(column.id())) {
            // HAVING and ORDER BY see the groups only: to them there is no such column.
            throw scope.over(columns())
                    .unresolved(List.of(column.name()), analyzer.range(column).orElse(null));
        }
        hidden.add(column);
        return column;
    }

    private Expr pullAggregate(Expr.AggregateCall call) {
        if (!aggregate) {
            throw new EngineException(
                    ErrorCode.MISSING_GROUP_BY, Map.of(), analyzer.range(call).orElse(null));
        }
        Expr over = overInput(call);
        if (over.children().stream().anyMatch(SelectBlock::hasAggregate)) {
            throw new EngineException(ErrorCode.NESTED_AGGREGATE_FUNCTION, Map.of());
        }
        Expr.Alias alias = alias(over, over.sql());
        hidden.add(alias);
        return alias.toAttribute();
    }

    /// `expr` with the aliases of the list that it names replaced by what they stand for.
    private Expr overInput(Expr expr) {
        return expr.transformUp(node ->
                node instanceof Attribute a && !inInput(a) ? behind(a.id()).orElse(a) : node);
    }

    private Optional<Expr> behind(long id) {
        return outputs.stream()
                .filter(e -> e instanceof Expr.Alias a && a.id() == id)
                .map(SelectBlock::unaliased)
                .findFirst();
    }

    /// The plan with hidden columns included.
    LogicalPlan plan() {
        Set<Long> seen = new HashSet<>();
        List<Expr> list = new ArrayList<>(outputs);
        LogicalPlan.attributes(outputs).forEach(a -> seen.add(a.id()));
        for (Expr expr : hidden) {
            if (seen.add(LogicalPlan.attributes(List.of(expr)).getFirst().id())) {
                list.add(expr);
            }
        }
        if (list.stream().noneMatch(WindowExtraction::isIn)) {
            return withHavings(aggregate ? aggregated(list) : new LogicalPlan.Project(input, list));
        }
        if (!aggregate) {
            return WindowExtraction.plan(analyzer, input, list, written);
        }
        List<Expr> lower = new ArrayList<>();
        List<Expr> upper = list.stream().map(expr -> overAggregate(expr, lower)).toList();
        return WindowExtraction.plan(analyzer, withHavings(aggregated(lower)), upper, written);
    }

    private LogicalPlan aggregated(List<Expr> list) {
        List<Expr> keys = List.copyOf(expanded.map(GroupingSets.Expanded::keys).orElse(groupings));
        return new LogicalPlan.Aggregate(input, keys, list);
    }

    private LogicalPlan withHavings(LogicalPlan list) {
        LogicalPlan plan = analyzer.made(list, written);
        for (Expr having : havings) {
            plan = analyzer.made(new LogicalPlan.Filter(plan, having), written);
        }
        return plan;
    }

    /// `expr` over what an aggregate gives; `lower` grows by what it has to give.
    private Expr overAggregate(Expr expr, List<Expr> lower) {
        switch (expr) {
            case Attribute a -> {
                if (LogicalPlan.attributes(lower).stream().noneMatch(l -> l.id() == a.id())) {
                    lower.add(a);
                }
                return a;
            }
            case Expr.Alias alias when !WindowExtraction.isIn(alias) -> {
                lower.add(alias);
                return alias.toAttribute();
            }
            case Expr.AggregateCall call -> {
                for (Expr known : lower) {
                    if (known instanceof Expr.Alias a && SameExpr.same(a.input(), call)) {
                        return a.toAttribute();
                    }
                }
                Expr.Alias alias = alias(call, call.sql());
                lower.add(alias);
                return alias.toAttribute();
            }
            case Expr.WindowCall call -> {
                Expr function = call.function().mapChildren(child -> overAggregate(child, lower));
                Expr rest =
                        call.mapChildren(child ->
                                child == call.function() ? child : overAggregate(child, lower));
                return rest.mapChildren(child -> child == call.function() ? function : child);
            }
            default -> {
                return expr.mapChildren(child -> overAggregate(child, lower));
            }
        }
    }

    /// The plan with visible columns only.
    Resolved finished() {
        LogicalPlan plan = plan();
        return new Resolved(visible(plan), qualifiedColumns(), List.of());
    }

    LogicalPlan visible(LogicalPlan plan) {
        return hidden.isEmpty()
                ? plan
                : analyzer.made(new LogicalPlan.Project(plan, List.copyOf(columns())), written);
    }
}
