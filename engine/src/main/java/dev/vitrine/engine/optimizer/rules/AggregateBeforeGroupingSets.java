package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.AggregateFunction;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.AggregateCall;
import dev.vitrine.engine.expr.Expr.Alias;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.function.AggregateFunctions;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Aggregate;
import dev.vitrine.engine.logical.LogicalPlan.Expand;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import dev.vitrine.engine.optimizer.stats.Estimator;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `Aggregate(Expand(x), by g, sum(a))` becomes `Aggregate(Expand(Aggregate(x, by all keys,
/// sum(a))), by g, sum(sum(a)))`: what grouping sets repeat are groups of their finest keys instead
/// of rows. For aggregates that can be put together from parts with the same result: count, min,
/// max, sums of whole numbers and decimals, averages of both.
///
/// Where there are no groups smaller than rows the first aggregate is for nothing, so it is made
/// where it is estimated to leave few rows, or where the rows would be repeated so often that it
/// costs little beside the rest.
public record AggregateBeforeGroupingSets() implements Rule {
    /// From so many grouping sets on.
    private static final int OFTEN = 4;

    /// Digits that a sum of decimals has more than they.
    private static final int MORE_DIGITS = 10;

    /// So many rows a group.
    private static final double FEW = 8;

    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (!(node instanceof Aggregate(Expand expand, var groupings, var outputs))) {
            return node;
        }
        Set<Long> passed = passed(expand);
        List<Expr> keys = keys(expand, passed);
        boolean fits =
                !keys.isEmpty()
                        && keys.stream().allMatch(Expr::deterministic)
                        && groupings.stream()
                                .allMatch(g -> g instanceof Attribute a && !passed.contains(a.id()))
                        && outputs.stream().allMatch(output -> isOfParts(output, passed))
                        && !isGrouped(expand.input(), keys);
        return fits
                ? new Split(expand, passed, keys, context).of(groupings, outputs).orElse(node)
                : node;
    }

    /// The columns that are the input's in every projection.
    private static Set<Long> passed(Expand expand) {
        Set<Long> passed = new HashSet<>();
        for (int i = 0; i < expand.attributes().size(); i++) {
            int column = i;
            long id = expand.attributes().get(i).id();
            if (expand.projections().stream()
                    .allMatch(p -> p.get(column) instanceof Attribute a && a.id() == id)) {
                passed.add(id);
            }
        }
        return passed;
    }

    /// What the other columns are made of.
    private static List<Expr> keys(Expand expand, Set<Long> passed) {
        List<Expr> keys = new ArrayList<>();
        for (List<Expr> projection : expand.projections()) {
            for (int i = 0; i < projection.size(); i++) {
                Expr expr = projection.get(i);
                if (!passed.contains(expand.attributes().get(i).id())
                        && !(expr instanceof Expr.Literal)
                        && !keys.contains(expr)) {
                    keys.add(expr);
                }
            }
        }
        return keys;
    }

    /// Whether `plan` has one row for each combination of `keys` already.
    private static boolean isGrouped(LogicalPlan plan, List<Expr> keys) {
        return plan instanceof Aggregate(var input, var groupings, var outputs)
                && groupings.size() == keys.size()
                && keys.stream()
                        .allMatch(key ->
                                outputs.stream()
                                        .anyMatch(output ->
                                                LogicalPlan.attributes(List.of(output))
                                                                .contains(key)
                                                        && !output.any(
                                                                AggregateCall.class::isInstance)));
    }

    private static boolean isOfParts(Expr output, Set<Long> passed) {
        return !output.any(e ->
                e instanceof AggregateCall call
                        && !(isOfParts(call) && passed.containsAll(call.references())));
    }

    private static boolean isOfParts(AggregateCall call) {
        return PartialAggregates.isOfParts(call)
                || call.function() == AggregateFunctions.AVG
                        && PartialAggregates.isPlain(call)
                        && (isInt(call.args().getFirst().type()) || isExactAverage(call));
    }

    /// Whether an average of decimals is one whose sum has no more digits than a decimal may have.
    private static boolean isExactAverage(AggregateCall call) {
        return call.args().getFirst().type() instanceof DataType.Decimal d
                && call.type() instanceof DataType.Decimal
                && d.precision() + MORE_DIGITS <= DataType.Decimal.MAX_PRECISION;
    }

    private static boolean isInt(DataType type) {
        return type == DataType.INT || type == DataType.SMALLINT || type == DataType.TINYINT;
    }

    /// The two aggregates that one is split into.
    private static final class Split {
        private final Expand expand;
        private final Set<Long> passed;
        private final List<Expr> keys;
        private final RuleContext context;
        private final List<Alias> parts = new ArrayList<>();
        private final Map<AggregateCall, Expr> whole = new LinkedHashMap<>();

        Split(Expand expand, Set<Long> passed, List<Expr> keys, RuleContext context) {
            this.expand = expand;
            this.passed = passed;
            this.keys = keys;
            this.context = context;
        }

        /// Empty where it is not worth it.
        Optional<LogicalPlan> of(List<Expr> groupings, List<Expr> outputs) {
            List<Expr> merged =
                    outputs.stream()
                            .map(output ->
                                    output.transformUp(e ->
                                            e instanceof AggregateCall call
                                                    ? whole.computeIfAbsent(call, this::whole)
                                                    : e))
                            .toList();
            Map<Expr, Attribute> named = new HashMap<>();
            List<Expr> finest = new ArrayList<>();
            for (Expr key : keys) {
                Expr output =
                        key instanceof Attribute
                                ? key
                                : new Alias(key, key.sql(), context.plans().newAttributeId());
                finest.add(output);
                named.put(key, LogicalPlan.attributes(List.of(output)).getFirst());
            }
            finest.addAll(parts);
            Aggregate groups = new Aggregate(expand.input(), keys, finest);
            Estimator estimator = new Estimator();
            boolean worthwhile =
                    expand.projections().size() >= OFTEN
                            || FEW * estimator.rows(groups) <= estimator.rows(expand.input());
            return worthwhile
                    ? Optional.of(new Aggregate(repeated(groups, named), groupings, merged))
                    : Optional.empty();
        }

        /// The groups once for each grouping set.
        private Expand repeated(Aggregate groups, Map<Expr, Attribute> named) {
            List<Attribute> attributes =
                    new ArrayList<>(parts.stream().map(Alias::toAttribute).toList());
            List<List<Expr>> projections = new ArrayList<>();
            expand.projections().forEach(p -> projections.add(new ArrayList<>(attributes)));
            for (int i = 0; i < expand.attributes().size(); i++) {
                Attribute attribute = expand.attributes().get(i);
                if (!passed.contains(attribute.id())) {
                    attributes.add(attribute);
                    for (int p = 0; p < projections.size(); p++) {
                        Expr expr = expand.projections().get(p).get(i);
                        Attribute key = named.get(expr);
                        projections.get(p).add(key == null ? expr : key);
                    }
                }
            }
            return new Expand(groups, projections, attributes);
        }

        /// `call` put together from the parts that the finest groups have.
        private Expr whole(AggregateCall call) {
            if (call.function() == AggregateFunctions.AVG
                    && call.args().getFirst().type() instanceof DataType.Decimal d) {
                DataType sum = new DataType.Decimal(d.precision() + MORE_DIGITS, d.scale());
                return new Expr.Arithmetic(
                        Expr.ArithmeticOp.DIVIDE,
                        sumOf(AggregateFunctions.SUM, call, sum),
                        new Expr.Cast(
                                sumOf(AggregateFunctions.COUNT, call, DataType.BIGINT),
                                new DataType.Decimal(20, 0),
                                EvalMode.LEGACY),
                        call.type(),
                        // Where there is nothing to average there is NULL.
                        EvalMode.LEGACY);
            }
            if (call.function() == AggregateFunctions.AVG) {
                return new Expr.Arithmetic(
                        Expr.ArithmeticOp.DIVIDE,
                        asDouble(sumOf(AggregateFunctions.SUM, call, DataType.BIGINT)),
                        asDouble(sumOf(AggregateFunctions.COUNT, call, DataType.BIGINT)),
                        DataType.DOUBLE,
                        // Where there is nothing to average there is NULL.
                        EvalMode.LEGACY);
            }
            return PartialAggregates.whole(call, part(call));
        }

        /// The sum of what `function` gives for each group of an average's rows.
        private AggregateCall sumOf(
                AggregateFunction function, AggregateCall average, DataType type) {
            Attribute part = part(PartialAggregates.again(average, function, average.args(), type));
            return PartialAggregates.again(average, AggregateFunctions.SUM, List.of(part), type);
        }

        private static Expr asDouble(Expr expr) {
            return new Expr.Cast(expr, DataType.DOUBLE, EvalMode.LEGACY);
        }

        private Attribute part(AggregateCall call) {
            Alias alias = new Alias(call, call.sql(), context.plans().newAttributeId());
            parts.add(alias);
            return alias.toAttribute();
        }
    }
}
