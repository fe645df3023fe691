package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.Evaluator;
import dev.vitrine.engine.kernel.RowCopier;
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

/// Groups rows in a hash map of boxed keys, interpreted. Where there are more groups than memory
/// should hold, the partial half hands its groups up and starts afresh; the others put rows of
/// further groups into a file, and group them when those at hand are done. What a single group
/// takes, such as a long list, is not bounded.
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
    private @Nullable GroupSpill spilled;
    private int depth;

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
                Math.max(
                        Math.min(context.memory().share(), Runtime.getRuntime().maxMemory() / 8)
                                / (GROUP_BYTES * (1 + plan.items().size())),
                        1);
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
        take(batch);
    }

    private void take(Batch batch) {
        int[] later = new int[0];
        int laterCount = 0;
        for (int i = 0; i < batch.rowCount(); i++) {
            if ((i & 1023) == 0) {
                context.check();
            }
            row.at(batch, i);
            List<@Nullable Object> key = new ArrayList<>(groupColumns.length);
            for (int column : groupColumns) {
                key.add(Values.hashKey(batch.value(column, i)));
            }
            Group group = groups.get(key);
            if (group == null && groups.size() >= maxGroups && depth <= GroupSpill.MAX_DEPTH) {
                if (plan.mode() != AggregateMode.PARTIAL) {
                    later = later.length == 0 ? new int[batch.rowCount()] : later;
                    later[laterCount++] = i;
                    continue;
                }
                emit();
            }
            if (group == null) {
                group = group(key);
                groups.put(key, group);
            }
            for (int k = 0; k < items.size(); k++) {
                take(items.get(k), group.accumulators.get(k), group.seen.get(k));
            }
        }
        if (laterCount > 0) {
            spill(batch, later, laterCount);
        }
    }

    private void spill(Batch batch, int[] rows, int count) {
        if (spilled == null) {
            spilled = new GroupSpill(context, batch.schema(), groupColumns, depth);
        }
        try (BatchBuilder builder = new BatchBuilder(batch.schema(), context.allocator(), count)) {
            RowCopier.copy(batch, rows, 0, count, builder);
            try (Batch part = builder.build(count)) {
                spilled.add(part);
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
        give();
        above.finish();
    }

    /// Hands up the groups at hand, then those of the rows in the file, partition by partition.
    private void give() {
        emit();
        GroupSpill from = spilled;
        if (from == null) {
            return;
        }
        spilled = null;
        try (from) {
            depth++;
            for (int partition = 0; partition < GroupSpill.PARTITIONS; partition++) {
                from.read(partition, this::take);
                give();
            }
            depth--;
        }
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
        if (spilled != null) {
            spilled.close();
        }
        output.close();
        above.close();
    }
}
