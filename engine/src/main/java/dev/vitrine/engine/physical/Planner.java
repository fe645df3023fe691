package dev.vitrine.engine.physical;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.expr.PartitionFunction;
import dev.vitrine.engine.expr.RowFunction;
import dev.vitrine.engine.expr.SortDirection;
import dev.vitrine.engine.kernel.KeyLayout;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.logical.QueryForm;
import dev.vitrine.engine.memory.MemoryArbiter;
import dev.vitrine.engine.physical.PhysicalPlan.AggregateMode;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.spi.ScanRequest;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/// Chooses a physical plan for an optimized logical one: join methods and sides, where rows are
/// exchanged, aggregation in parts.
public final class Planner {
    /// The part of the memory limit that a partition may take.
    private static final int PARTITION_PART = 16;

    /// More would make blocks too small.
    private static final int MAX_PARTITIONS = 256;

    private static final double PARTITION_ROWS = 100_000;
    private static final int MOST_PARTITIONS = 64;

    private final PlanContext context;
    private final Settings settings;
    private final ToDoubleFunction<LogicalPlan> estimatedBytes;
    private final ToDoubleFunction<LogicalPlan> estimatedRows;
    private final PhysicalOrigins origins = new PhysicalOrigins();
    private final JoinPlanner joins;

    /// Exchanges of what programs' functions gave.
    private final IdentityHashMap<PartitionFunction, PhysicalPlan.Exchange> spreads =
            new IdentityHashMap<>();

    private int lastId;

    /// @param estimatedBytes the optimizer's estimate of a plan's output in bytes
    /// @param estimatedRows the same in rows
    public Planner(
            PlanContext context,
            Settings settings,
            ToDoubleFunction<LogicalPlan> estimatedBytes,
            ToDoubleFunction<LogicalPlan> estimatedRows) {
        this.context = context;
        this.settings = settings;
        this.estimatedBytes = estimatedBytes;
        this.estimatedRows = estimatedRows;
        this.joins = new JoinPlanner(this, settings, estimatedBytes, estimatedRows);
    }

    /// A number for a node of the plan.
    int nextId() {
        return ++lastId;
    }

    /// Which logical node each physical node came from.
    public PhysicalOrigins origins() {
        return origins;
    }

    public PhysicalPlan plan(LogicalPlan logical) {
        PhysicalPlan physical = new ShareWindowSorts().apply(node(logical));
        if (settings.getBoolean(Settings.RUNTIME_FILTERS)) {
            physical = new RuntimeFilters(this::nextId, this::estimatedRows).insert(physical);
        }
        if (settings.getBoolean(Settings.REUSE_EXCHANGES)) {
            physical = new ReuseExchanges(this::nextId).apply(physical);
        }
        return physical;
    }

    private double estimatedRows(PhysicalPlan plan) {
        return origins.logical(plan.id()).map(estimatedRows::applyAsDouble).orElse(0.0);
    }

    PhysicalPlan node(LogicalPlan logical) {
        PhysicalPlan physical =
                switch (logical) {
                    case LogicalPlan.Scan(var source, var output, var filters, var limit) ->
                            new PhysicalPlan.TableScan(
                                    nextId(),
                                    source,
                                    output,
                                    new ScanRequest(PhysicalPlan.schema(output), filters, limit));
                    case LogicalPlan.LocalRelation(var output, var rows) ->
                            new PhysicalPlan.LocalRows(nextId(), output, rows);
                    case LogicalPlan.Range(var attribute, long start, long end, long step) ->
                            new PhysicalPlan.RangeRows(nextId(), attribute, start, end, step);
                    case LogicalPlan.Project(var input, var exprs) ->
                            new PhysicalPlan.Project(nextId(), node(input), exprs);
                    case LogicalPlan.Filter(var input, var predicate) ->
                            new PhysicalPlan.Filter(nextId(), node(input), predicate);
                    case LogicalPlan.Aggregate aggregate -> aggregate(aggregate);
                    case LogicalPlan.Join join -> joins.join(join);
                    case LogicalPlan.Sort(var input, var keys, boolean global) ->
                            sort(node(input), keys, global);
                    case LogicalPlan.Limit limit -> limit(limit);
                    case LogicalPlan.Distinct(var input) ->
                            aggregate(
                                    new LogicalPlan.Aggregate(
                                            input,
                                            List.copyOf(input.output()),
                                            List.copyOf(input.output())));
                    case LogicalPlan.Union(var inputs, boolean byName, var attributes) ->
                            new PhysicalPlan.Union(
                                    nextId(), inputs.stream().map(this::node).toList(), attributes);
                    case LogicalPlan.Repartition(var input, var exprs, int n) ->
                            repartition(node(input), exprs, n);
                    case LogicalPlan.Sample(var input, double fraction, long seed) ->
                            new PhysicalPlan.Sample(nextId(), node(input), fraction, seed);
                    case LogicalPlan.Write w ->
                            new PhysicalPlan.WriteFiles(
                                    nextId(),
                                    node(w.input()),
                                    w.format(),
                                    w.path(),
                                    w.mode(),
                                    w.options(),
                                    w.partitions());
                    case LogicalPlan.UnresolvedInsert u -> throw notPlanned(u);
                    case LogicalPlan.Window window -> window(window);
                    case LogicalPlan.WindowGroupLimit limit -> groupLimit(limit);
                    case LogicalPlan.Expand(var input, var projections, var output) ->
                            new PhysicalPlan.Expand(nextId(), node(input), projections, output);
                    case LogicalPlan.Generate(var input, var generator, boolean outer, var added) ->
                            new PhysicalPlan.Generate(
                                    nextId(), node(input), generator, outer, added);
                    case LogicalPlan.MapRows m -> mapRows(m);
                    case LogicalPlan.PartitionRows p -> partitionRows(p);
                    case LogicalPlan.LateralJoin j -> throw notPlanned(j);
                    case LogicalPlan.UnresolvedGenerate u -> throw notPlanned(u);
                    case LogicalPlan.SetOperation s -> throw notPlanned(s);
                    case LogicalPlan.SubqueryAlias s -> throw notPlanned(s);
                    case LogicalPlan.With w -> throw notPlanned(w);
                    case LogicalPlan.UsingJoin u -> throw notPlanned(u);
                    case LogicalPlan.UnresolvedRelation u -> throw notPlanned(u);
                    case LogicalPlan.UnresolvedFiles u -> throw notPlanned(u);
                    case LogicalPlan.UnresolvedInlineTable u -> throw notPlanned(u);
                    case QueryForm f -> throw notPlanned(f);
                };
        origins.claim(physical, logical);
        return physical;
    }

    private PhysicalPlan aggregate(LogicalPlan.Aggregate logical) {
        AggregateParts parts = AggregateParts.of(logical, context, this::site);
        PhysicalPlan input = node(logical.input());
        if (parts.needsProject()) {
            input = new PhysicalPlan.Project(nextId(), input, parts.inputs());
        }
        PhysicalPlan result;
        int partitions = partitions(logical, 2 * estimatedBytes.applyAsDouble(logical));
        if (parts.distinct()) {
            PhysicalPlan spread = exchangeBy(input, parts.groups(), partitions);
            result =
                    new PhysicalPlan.HashAggregate(
                            nextId(),
                            spread,
                            parts.groups(),
                            parts.items(),
                            AggregateMode.COMPLETE);
        } else {
            PhysicalPlan partial =
                    new PhysicalPlan.HashAggregate(
                            nextId(), input, parts.groups(), parts.items(), AggregateMode.PARTIAL);
            PhysicalPlan spread = exchangeBy(partial, parts.groups(), partitions);
            result =
                    new PhysicalPlan.HashAggregate(
                            nextId(), spread, parts.groups(), parts.items(), AggregateMode.FINAL);
        }
        return new PhysicalPlan.Project(nextId(), result, parts.outputs());
    }

    PhysicalPlan exchangeBy(PhysicalPlan input, List<Attribute> keys, int partitions) {
        return new PhysicalPlan.Exchange(
                nextId(),
                input,
                keys.isEmpty()
                        ? new Partitioning.Single()
                        : new Partitioning.Hashed(keys, partitions));
    }

    /// Partitions whose hash tables stay small enough for the processor's caches, where `plan`
    /// gives their entries; what the user has set is taken as it is, unless memory is too tight for
    /// it.
    ///
    /// @param bytes estimated bytes of the rows that a table holds
    int partitions(LogicalPlan plan, double bytes) {
        int set = settings.getInt(Settings.SHUFFLE_PARTITIONS);
        double room = MemoryArbiter.limitBytes(settings) / (double) PARTITION_PART;
        double wanted = Math.min(Math.ceil(bytes / room), MAX_PARTITIONS);
        if (!settings.explicit().containsKey(Settings.SHUFFLE_PARTITIONS.key())) {
            double rows = Math.ceil(estimatedRows.applyAsDouble(plan) / PARTITION_ROWS);
            wanted = Math.max(wanted, Math.min(rows, MOST_PARTITIONS));
        }
        return (int) Math.max(wanted, set);
    }

    /// @param added whether columns were added for keys that are more than attributes
    record Keyed(PhysicalPlan plan, List<Attribute> keys, boolean added) {}

    /// `plan` with `exprs` as attributes, computed by a Project where they are more than that.
    Keyed keyed(PhysicalPlan plan, List<Expr> exprs) {
        List<Expr> all = new ArrayList<>(plan.output());
        List<Attribute> keys = new ArrayList<>();
        boolean added = false;
        for (Expr expr : exprs) {
            if (expr instanceof Attribute attribute) {
                keys.add(attribute);
            } else {
                Expr.Alias alias = new Expr.Alias(expr, expr.sql(), context.newAttributeId());
                all.add(alias);
                keys.add(alias.toAttribute());
                added = true;
            }
        }
        return new Keyed(added ? new PhysicalPlan.Project(nextId(), plan, all) : plan, keys, added);
    }

    private record Sorted(PhysicalPlan input, List<Expr.SortKey> keys, boolean added) {}

    private Sorted sortable(PhysicalPlan input, List<Expr.SortKey> keys) {
        Keyed keyed = keyed(input, keys.stream().map(Expr.SortKey::input).toList());
        List<Expr.SortKey> bound = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Expr.SortKey key = keys.get(i);
            bound.add(new Expr.SortKey(keyed.keys.get(i), key.direction(), key.nullsFirst()));
        }
        return new Sorted(keyed.plan, bound, keyed.added);
    }

    private PhysicalPlan sort(PhysicalPlan input, List<Expr.SortKey> keys, boolean global) {
        Sorted sorted = sortable(input, keys);
        PhysicalPlan plan = new PhysicalPlan.Sort(nextId(), sorted.input, sorted.keys);
        if (global) {
            plan = new PhysicalPlan.Exchange(nextId(), plan, new Partitioning.Merged(sorted.keys));
        }
        return sorted.added
                ? new PhysicalPlan.Project(nextId(), plan, List.copyOf(input.output()))
                : plan;
    }

    /// Rows of a group together, where the function sees groups.
    private PhysicalPlan mapRows(LogicalPlan.MapRows map) {
        List<Attribute> reads = LogicalPlan.attributes(map.reads());
        PhysicalPlan input = node(map.input());
        if (map.function().scope() == RowFunction.Scope.GROUP) {
            List<Attribute> keys = reads.subList(0, map.keys());
            int partitions = partitions(map, estimatedBytes.applyAsDouble(map.input()));
            List<Expr.SortKey> order =
                    keys.stream()
                            .map(key -> new Expr.SortKey(key, SortDirection.ASCENDING, true))
                            .toList();
            input = new PhysicalPlan.Sort(nextId(), exchangeBy(input, keys, partitions), order);
        }
        return new PhysicalPlan.MapRows(
                nextId(), input, map.function(), reads, map.keys(), map.made());
    }

    /// Each input behind an exchange; what the same function gives is exchanged once.
    private PhysicalPlan partitionRows(LogicalPlan.PartitionRows rows) {
        List<PhysicalPlan> inputs = new ArrayList<>();
        for (int i = 0; i < rows.inputs().size(); i++) {
            inputs.add(spread(rows.inputs().get(i), rows.function().spreads().get(i)));
        }
        return new PhysicalPlan.PartitionRows(nextId(), inputs, rows.function(), rows.made());
    }

    private PhysicalPlan spread(LogicalPlan input, PartitionFunction.Spread spread) {
        PhysicalPlan.Exchange same =
                input instanceof LogicalPlan.PartitionRows p ? spreads.get(p.function()) : null;
        if (same != null) {
            return new PhysicalPlan.ReusedExchange(nextId(), input.output(), same);
        }
        PhysicalPlan rows = node(input);
        Partitioning partitioning =
                switch (spread.kind()) {
                    case NUMBERED ->
                            new Partitioning.Numbered(
                                    rows.output().getFirst(), spread.partitions(), spread.text());
                    case IN_ORDER -> new Partitioning.InOrder(spread.partitions());
                };
        PhysicalPlan.Exchange exchange = new PhysicalPlan.Exchange(nextId(), rows, partitioning);
        if (input instanceof LogicalPlan.PartitionRows p) {
            spreads.put(p.function(), exchange);
        }
        return exchange;
    }

    /// Rows of a partition together, in order; what the calls read as columns.
    private PhysicalPlan window(LogicalPlan.Window window) {
        Optional<LogicalPlan.WindowGroupLimit> limit =
                window.input() instanceof LogicalPlan.WindowGroupLimit l
                        ? Optional.of(l)
                        : Optional.empty();
        LogicalPlan rows = limit.map(LogicalPlan.WindowGroupLimit::input).orElse(window.input());
        PhysicalPlan input = node(rows);
        Expr.WindowCall first = (Expr.WindowCall) ((Expr.Alias) window.calls().getFirst()).input();
        Keyed partitioned = keyed(input, first.partitionBy());
        Sorted sorted = sortable(partitioned.plan, first.orderBy());
        Columns columns = new Columns(sorted.input);
        List<Expr.Alias> calls = new ArrayList<>();
        for (Expr expr : window.calls()) {
            Expr.Alias alias = (Expr.Alias) expr;
            Expr.WindowCall call = (Expr.WindowCall) alias.input();
            Expr bound = call.function().mapChildren(columns::column);
            Optional<Expr.Frame> frame = call.frame().map(columns::frame);
            calls.add(
                    new Expr.Alias(
                            new Expr.WindowCall(
                                    bound, List.copyOf(partitioned.keys), sorted.keys, frame),
                            alias.name(),
                            alias.id()));
        }
        UnaryOperator<PhysicalPlan> limited =
                plan ->
                        limit.map(l -> groupLimit(l, plan, partitioned.keys, sorted.keys))
                                .orElse(plan);
        PhysicalPlan spread =
                limited.apply(
                        exchangeBy(
                                limited.apply(columns.plan()),
                                partitioned.keys,
                                partitions(rows, estimatedBytes.applyAsDouble(rows))));
        List<Expr.SortKey> order = new ArrayList<>();
        partitioned.keys.forEach(
                key -> order.add(new Expr.SortKey(key, SortDirection.ASCENDING, true)));
        order.addAll(sorted.keys);
        PhysicalPlan ordered =
                order.isEmpty() ? spread : new PhysicalPlan.Sort(nextId(), spread, order);
        PhysicalPlan plan =
                new PhysicalPlan.Window(nextId(), ordered, partitioned.keys, sorted.keys, calls);
        return plan.output().size() == window.output().size()
                ? plan
                : new PhysicalPlan.Project(nextId(), plan, JoinPlanner.kept(plan, window));
    }

    /// A limit that stands below something else than its window.
    private PhysicalPlan groupLimit(LogicalPlan.WindowGroupLimit limit) {
        PhysicalPlan input = node(limit.input());
        Keyed partitioned = keyed(input, limit.rank().partitionBy());
        Sorted sorted = sortable(partitioned.plan, limit.rank().orderBy());
        PhysicalPlan limited = groupLimit(limit, sorted.input, partitioned.keys, sorted.keys);
        return partitioned.added || sorted.added
                ? new PhysicalPlan.Project(nextId(), limited, List.copyOf(input.output()))
                : limited;
    }

    private PhysicalPlan groupLimit(
            LogicalPlan.WindowGroupLimit limit,
            PhysicalPlan input,
            List<Attribute> partition,
            List<Expr.SortKey> order) {
        boolean supported = KeyLayout.supports(partition.stream().map(Attribute::type).toList());
        return supported && limit.rank().function() instanceof Expr.PositionCall rank
                ? new PhysicalPlan.WindowGroupLimit(
                        nextId(), input, partition, order, rank.function(), limit.limit())
                : input;
    }

    /// Arguments of window calls as columns of a projection.
    private final class Columns {
        private final PhysicalPlan input;
        private final List<Expr> all;
        private final Map<Expr, Attribute> made = new LinkedHashMap<>();

        private Columns(PhysicalPlan input) {
            this.input = input;
            this.all = new ArrayList<>(input.output());
        }

        private Expr column(Expr expr) {
            if (expr instanceof Attribute || expr instanceof Expr.Literal) {
                return expr;
            }
            Attribute known = made.get(expr);
            if (known == null) {
                Expr.Alias alias = new Expr.Alias(expr, expr.sql(), context.newAttributeId());
                all.add(alias);
                known = alias.toAttribute();
                made.put(expr, known);
            }
            return known;
        }

        private Expr.Frame frame(Expr.Frame frame) {
            return frame.rows()
                    ? frame
                    : new Expr.Frame(
                            false,
                            new Expr.Bound(
                                    frame.lower().kind(), frame.lower().offset().map(this::column)),
                            new Expr.Bound(
                                    frame.upper().kind(),
                                    frame.upper().offset().map(this::column)));
        }

        private PhysicalPlan plan() {
            return made.isEmpty() ? input : new PhysicalPlan.Project(nextId(), input, all);
        }
    }

    private PhysicalPlan limit(LogicalPlan.Limit limit) {
        long offset = constant(limit.offset());
        long count = limit.limit().map(Planner::constant).orElse(Long.MAX_VALUE - offset);
        long first = Math.min(count, Long.MAX_VALUE - offset) + offset;
        if (limit.input() instanceof LogicalPlan.Sort(var below, var keys, boolean global)
                && global
                && first <= 100_000) {
            PhysicalPlan input = node(below);
            Sorted sorted = sortable(input, keys);
            PhysicalPlan local =
                    new PhysicalPlan.TopN(nextId(), sorted.input, sorted.keys, first, 0);
            PhysicalPlan gathered =
                    new PhysicalPlan.Exchange(nextId(), local, new Partitioning.Single());
            PhysicalPlan top =
                    new PhysicalPlan.TopN(nextId(), gathered, sorted.keys, count, offset);
            return sorted.added
                    ? new PhysicalPlan.Project(nextId(), top, List.copyOf(input.output()))
                    : top;
        }
        PhysicalPlan input = node(limit.input());
        if (limit.limit().isPresent()) {
            input = new PhysicalPlan.Limit(nextId(), input, first, 0);
        }
        return new PhysicalPlan.Limit(
                nextId(),
                new PhysicalPlan.Exchange(nextId(), input, new Partitioning.Single()),
                count,
                offset);
    }

    private PhysicalPlan repartition(PhysicalPlan input, List<Expr> exprs, int n) {
        int partitions = n > 0 ? n : settings.getInt(Settings.SHUFFLE_PARTITIONS);
        if (exprs.isEmpty()) {
            return new PhysicalPlan.Exchange(
                    nextId(), input, new Partitioning.RoundRobin(partitions));
        }
        Keyed keyed = keyed(input, exprs);
        PhysicalPlan spread =
                new PhysicalPlan.Exchange(
                        nextId(),
                        keyed.plan,
                        new Partitioning.Hashed(keyed.keys, partitions, n > 0));
        return keyed.added
                ? new PhysicalPlan.Project(nextId(), spread, List.copyOf(input.output()))
                : spread;
    }

    private CallSite site(Expr.AggregateCall call) {
        return new CallSite(
                call.args().stream().map(Expr::type).toList(),
                call.type(),
                call.mode(),
                settings.timeZone());
    }

    private static long constant(Expr expr) {
        if (expr instanceof Expr.Literal literal && literal.value() instanceof Number number) {
            return number.longValue();
        }
        throw EngineException.internal("the limit " + expr.sql() + " is not a constant");
    }

    private static EngineException notPlanned(LogicalPlan plan) {
        return EngineException.internal(
                plan.getClass().getSimpleName() + " is still in the plan after optimization");
    }

    /// The evaluation mode that settings ask for.
    public static EvalMode mode(Settings settings) {
        return settings.getBoolean(Settings.ANSI) ? EvalMode.ANSI : EvalMode.LEGACY;
    }
}
