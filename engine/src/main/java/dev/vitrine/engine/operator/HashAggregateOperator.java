package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.Evaluator;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.physical.PhysicalPlan.AggregateItem;
import dev.vitrine.engine.physical.PhysicalPlan.AggregateMode;
import dev.vitrine.engine.types.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Groups rows in a hash map of boxed keys, interpreted.
final class HashAggregateOperator implements Operator {
    /// About what a boxed key or state takes.
    private static final long GROUP_BYTES = 256;

    private final PhysicalPlan.HashAggregate plan;
    private final TaskContext context;
    private final Operator above;
    private final RowOutput output;
    private final int[] groupColumns;
    private final List<Item> items = new ArrayList<>();
    private final Map<List<@Nullable Object>, Group> groups = new LinkedHashMap<>();
    private final BatchRow row = new BatchRow();
    private final long maxGroups;

    private record Item(
            AggregateItem plan,
            CallSite site,
            List<Evaluator> args,
            Optional<Evaluator> filter,
            int[] stateColumns) {}

    /// @param seen for DISTINCT aggregates, the arguments taken in so far
    private record Group(
            List<@Nullable Object> key,
            List<Accumulator> accumulators,
            List<Set<List<@Nullable Object>>> seen) {}

    HashAggregateOperator(PhysicalPlan.HashAggregate plan, TaskContext context, Operator above) {
        this.plan = plan;
        this.context = context;
        this.above = above;
        this.output = new RowOutput(context, plan.id(), plan.schema(), above);
        this.maxGroups =
                Math.max(context.memory().share() / (GROUP_BYTES * (1 + plan.items().size())), 1);
        List<Expr.Attribute> input = plan.input().output();
        var zone = context.settings().timeZone();
        this.groupColumns =
                plan.groups().stream().mapToInt(g -> Interpreted.ordinal(g, input)).toArray();
        for (AggregateItem item : plan.items()) {
            Expr.AggregateCall call = item.call();
            CallSite site =
                    new CallSite(
                            call.args().stream().map(Expr::type).toList(),
                            call.type(),
                            call.mode(),
                            zone);
            boolean fromStates = plan.mode() == AggregateMode.FINAL;
            items.add(
                    new Item(
                            item,
                            site,
                            fromStates ? List.of() : Interpreted.bind(call.args(), input, zone),
                            fromStates
                                    ? Optional.empty()
                                    : call.filter().map(f -> Interpreted.bind(f, input, zone)),
                            fromStates
                                    ? item.states().stream()
                                            .mapToInt(s -> Interpreted.ordinal(s, input))
                                            .toArray()
                                    : new int[0]));
        }
        if (groupColumns.length == 0 && plan.mode() != AggregateMode.PARTIAL) {
            groups.put(List.of(), group(List.of()));
        }
    }

    @Override
    public void accept(Batch batch) {
        context.metrics().entering(plan.id());
        context.metrics().interpreted(batch.rowCount());
        for (int i = 0; i < batch.rowCount(); i++) {
            if ((i & 1023) == 0) {
                context.check();
            }
            row.at(batch, i);
            List<@Nullable Object> key = new ArrayList<>(groupColumns.length);
            for (int column : groupColumns) {
                key.add(Values.hashKey(batch.value(column, i)));
            }
            if (plan.mode() == AggregateMode.PARTIAL && groups.size() >= maxGroups) {
                emit();
            }
            Group group = groups.computeIfAbsent(key, this::group);
            for (int k = 0; k < items.size(); k++) {
                take(items.get(k), group.accumulators.get(k), group.seen.get(k));
            }
        }
    }

    private void take(Item item, Accumulator accumulator, Set<List<@Nullable Object>> seen) {
        if (plan.mode() == AggregateMode.FINAL) {
            List<@Nullable Object> state = new ArrayList<>();
            for (int column : item.stateColumns) {
                state.add(row.get(column));
            }
            accumulator.merge(state);
            return;
        }
        if (item.filter.isPresent() && !Boolean.TRUE.equals(item.filter.get().eval(row))) {
            return;
        }
        @Nullable Object[] args = new @Nullable Object[item.args.size()];
        for (int a = 0; a < args.length; a++) {
            args[a] = item.args.get(a).eval(row);
        }
        if (item.plan.call().distinct()) {
            List<@Nullable Object> key = new ArrayList<>();
            for (Object arg : args) {
                key.add(Values.hashKey(arg));
            }
            if (!seen.add(key)) {
                return;
            }
        }
        accumulator.add(args);
    }

    private Group group(List<@Nullable Object> key) {
        List<Accumulator> accumulators = new ArrayList<>();
        List<Set<List<@Nullable Object>>> seen = new ArrayList<>();
        for (Item item : items) {
            accumulators.add(item.plan.call().function().accumulator(item.site));
            seen.add(item.plan.call().distinct() ? new HashSet<>() : Set.of());
        }
        return new Group(key, accumulators, seen);
    }

    @Override
    public void finish() {
        emit();
        above.finish();
    }

    /// Hands up the groups without finishing the operator above.
    void emit() {
        context.metrics().entering(plan.id());
        for (Group group : groups.values()) {
            List<@Nullable Object> values = new ArrayList<>(group.key);
            for (Accumulator accumulator : group.accumulators) {
                if (plan.mode() == AggregateMode.PARTIAL) {
                    values.addAll(accumulator.state());
                } else {
                    values.add(accumulator.result());
                }
            }
            output.add(values);
        }
        groups.clear();
        output.flush();
    }

    @Override
    public void close() {
        output.close();
        above.close();
    }
}
