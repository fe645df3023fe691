package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.function.Casting;
import dev.vitrine.engine.function.CommonTypes;
import dev.vitrine.engine.function.ExprEvaluator;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.QueryForm;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// PIVOT as aggregates: of the rows of each value first, which the second then lays side by side.
///
/// That a value without rows gives NULL, even for count, is what Spark does where all aggregates
/// are numbers or booleans; with any other each aggregate is computed with a FILTER instead, where
/// count gives 0.
final class Pivots {
    private final Analyzer analyzer;
    private final QueryForm.Pivot pivot;
    private final Resolved input;
    private final ExprResolver resolver;
    private final List<Attribute> columns = new ArrayList<>();
    private final List<Attribute> groupings = new ArrayList<>();
    private final List<Aggregate> aggregates = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();

    /// The input with columns for what is grouped by and is none yet.
    private LogicalPlan rows;

    /// @param name what a column is called after it
    private record Aggregate(Expr expr, String name) {}

    /// @param parts one constant for each of the columns
    private record Value(List<Expr> parts, String name) {}

    Pivots(Analyzer analyzer, QueryForm.Pivot pivot, Resolved input, Scope scope) {
        this.analyzer = analyzer;
        this.pivot = pivot;
        this.input = input;
        this.rows = input.plan();
        this.resolver = new ExprResolver(analyzer, scope.over(input));
    }

    Resolved resolved() {
        pivot.columns().forEach(this::column);
        pivot.aggregates().forEach(this::aggregate);
        pivot.values().forEach(this::value);
        group();
        boolean sideBySide = aggregates.stream().allMatch(a -> isPlain(a.expr.type()));
        LogicalPlan plan = sideBySide ? twice() : filtered();
        List<Attribute> output = plan.output();
        List<Attribute> named = new ArrayList<>(groupings);
        named.addAll(output.subList(groupings.size(), output.size()));
        return new Resolved(plan, named, List.of());
    }

    /// The types of which Spark lays aggregates side by side.
    private static boolean isPlain(DataType type) {
        return type.isNumeric() || type == DataType.BOOLEAN;
    }

    private void column(Expr written) {
        Expr column = resolver.resolve(written);
        if (!column.type().isOrderable()) {
            throw new EngineException(
                    ErrorCode.INCOMPARABLE_PIVOT_COLUMN,
                    Map.of("columnName", "`" + OutputNames.of(written) + "`"),
                    analyzer.range(written).orElse(pivot.where()));
        }
        columns.add(computed(column, OutputNames.of(written)));
    }

    /// `expr` as a column of the rows.
    private Attribute computed(Expr expr, String name) {
        if (expr instanceof Attribute attribute) {
            return attribute;
        }
        List<Expr> all = new ArrayList<>(rows.output());
        Expr.Alias alias =
                expr instanceof Expr.Alias named
                        ? named
                        : new Expr.Alias(expr, name, analyzer.context().newAttributeId());
        all.add(alias);
        rows = analyzer.made(new LogicalPlan.Project(rows, all), pivot);
        return alias.toAttribute();
    }

    private void aggregate(Expr written) {
        Expr expr = resolver.resolve(written);
        String name = expr instanceof Expr.Alias alias ? alias.name() : OutputNames.of(written);
        Expr value = expr instanceof Expr.Alias(var in, var alias, var id) ? in : expr;
        Optional<Expr> outside = outside(value);
        if (outside.isPresent()) {
            throw new EngineException(
                    ErrorCode._LEGACY_ERROR_TEMP_1006,
                    Map.of("sql", outside.get().sql()),
                    analyzer.range(written).orElse(pivot.where()));
        }
        aggregates.add(new Aggregate(value, name));
    }

    /// What stands in no aggregate, though all but constants has to.
    private static Optional<Expr> outside(Expr expr) {
        return switch (expr) {
            case Expr.AggregateCall call -> Optional.empty();
            case Expr.WindowCall call -> Optional.of(call);
            case Attribute column -> Optional.of(column);
            default -> {
                if (expr.children().isEmpty() && !(expr instanceof Expr.Literal)) {
                    yield Optional.of(expr);
                }
                yield expr.children().stream()
                        .map(Pivots::outside)
                        .flatMap(Optional::stream)
                        .findFirst();
            }
        };
    }

    private void value(Expr written) {
        Expr resolved = resolver.resolve(written);
        Optional<String> alias =
                resolved instanceof Expr.Alias a ? Optional.of(a.name()) : Optional.empty();
        Expr expr = resolved instanceof Expr.Alias(var in, var name, var id) ? in : resolved;
        if (!expr.foldable()) {
            throw new EngineException(
                    ErrorCode.NON_LITERAL_PIVOT_VALUES,
                    Map.of("expression", "\"" + OutputNames.of(written) + "\""),
                    analyzer.range(written).orElse(pivot.where()));
        }
        List<Expr> parts = parts(written, expr);
        String name = alias.orElseGet(() -> text(expr));
        values.add(new Value(parts, name));
    }

    private String text(Expr value) {
        Expr text = CommonTypes.cast(value, DataType.STRING, analyzer.mode());
        return String.valueOf(ExprEvaluator.constant(text, analyzer.zone()));
    }

    private List<Expr> parts(Expr written, Expr value) {
        List<Expr> parts = new ArrayList<>();
        if (columns.size() == 1) {
            parts.add(value);
        } else if (value.type() instanceof DataType.Struct(var fields)) {
            for (int i = 0; i < fields.size(); i++) {
                parts.add(new Expr.GetField(value, i, fields.get(i).name(), fields.get(i).type()));
            }
        }
        boolean fits = parts.size() == columns.size();
        for (int i = 0; fits && i < parts.size(); i++) {
            fits = Casting.canCast(parts.get(i).type(), columns.get(i).type(), analyzer.mode());
        }
        if (!fits) {
            String types =
                    columns.size() == 1
                            ? columns.getFirst().type().sql()
                            : columns.stream().map(c -> c.type().sql()).toList().toString();
            throw new EngineException(
                    ErrorCode.PIVOT_VALUE_DATA_TYPE_MISMATCH,
                    Map.of(
                            "value", OutputNames.of(written),
                            "valueType", value.type().sql(),
                            "pivotType", types),
                    analyzer.range(written).orElse(pivot.where()));
        }
        List<Expr> constants = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            DataType type = columns.get(i).type();
            Expr cast = CommonTypes.cast(parts.get(i), type, analyzer.mode());
            constants.add(new Expr.Literal(ExprEvaluator.constant(cast, analyzer.zone()), type));
        }
        return constants;
    }

    private void group() {
        if (pivot.groupings().isPresent()) {
            for (Expr written : pivot.groupings().get()) {
                groupings.add(computed(resolver.resolve(written), OutputNames.of(written)));
            }
            return;
        }
        Set<Long> used = new HashSet<>();
        columns.forEach(c -> used.add(c.id()));
        pivot.columns().forEach(c -> references(resolver.resolve(c), used));
        aggregates.forEach(a -> references(a.expr, used));
        input.columns().stream().filter(c -> !used.contains(c.id())).forEach(groupings::add);
    }

    private static void references(Expr expr, Set<Long> ids) {
        expr.forEach(node -> {
            if (node instanceof Attribute a) {
                ids.add(a.id());
            }
        });
    }

    private List<Expr> keys() {
        List<Expr> keys = new ArrayList<>();
        groupings.forEach(g -> keys.add(g.withQualifier(List.of())));
        return keys;
    }

    private Expr.Alias alias(Expr expr, String name) {
        return new Expr.Alias(expr, name, analyzer.context().newAttributeId());
    }

    private String columnName(Value value, Aggregate aggregate) {
        return aggregates.size() == 1 ? value.name : value.name + "_" + aggregate.name;
    }

    /// Whether a row is one of `value`.
    private Expr belongs(Value value) {
        List<Expr> tests = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Attribute column = columns.get(i).withQualifier(List.of());
            tests.add(resolver.operator("<=>", List.of(column, value.parts.get(i)), pivot.where()));
        }
        return tests.size() == 1 ? tests.getFirst() : new Expr.And(tests);
    }

    private LogicalPlan twice() {
        List<Expr> lowerKeys = keys();
        for (Attribute column : columns) {
            if (lowerKeys.stream().noneMatch(k -> ((Attribute) k).id() == column.id())) {
                lowerKeys.add(column.withQualifier(List.of()));
            }
        }
        List<Expr> lower = new ArrayList<>(lowerKeys);
        List<Attribute> computed = new ArrayList<>();
        for (Aggregate aggregate : aggregates) {
            Expr.Alias alias = alias(aggregate.expr, aggregate.name);
            lower.add(alias);
            computed.add(alias.toAttribute());
        }
        LogicalPlan ofValues =
                analyzer.made(new LogicalPlan.Aggregate(rows, lowerKeys, lower), pivot);
        List<Expr> upper = keys();
        for (Value value : values) {
            for (int i = 0; i < aggregates.size(); i++) {
                // One row at most of a group has the value: max takes it as it is.
                Expr only =
                        analyzer.functions()
                                .resolve(
                                        "max",
                                        analyzer.call("max", List.of(computed.get(i)))
                                                .withFilter(belongs(value)));
                upper.add(alias(only, columnName(value, aggregates.get(i))));
            }
        }
        return analyzer.made(new LogicalPlan.Aggregate(ofValues, keys(), upper), pivot);
    }

    private LogicalPlan filtered() {
        List<Expr> outputs = keys();
        for (Value value : values) {
            Expr belongs = belongs(value);
            for (Aggregate aggregate : aggregates) {
                Expr ofValue =
                        aggregate.expr.transformUp(node ->
                                node instanceof Expr.AggregateCall call
                                        ? withFilter(call, belongs)
                                        : node);
                outputs.add(alias(ofValue, columnName(value, aggregate)));
            }
        }
        return analyzer.made(new LogicalPlan.Aggregate(rows, keys(), outputs), pivot);
    }

    private static Expr withFilter(Expr.AggregateCall call, Expr belongs) {
        return new Expr.AggregateCall(
                call.function(),
                call.args(),
                call.distinct(),
                Optional.of(call.filter().map(f -> Expr.and(List.of(f, belongs))).orElse(belongs)),
                call.type(),
                call.mode());
    }
}
