package dev.vitrine.engine.physical;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/// Exchanges that spread the same rows in the same way are filled once: all but the first become
/// readers of the first. Windows that are computed more than once get an exchange of their own,
/// which leaves rows in their partitions, to be read again.
///
/// Two plans are the same if they read alike once attributes are numbered in the order in which
/// they appear.
final class ReuseExchanges {
    /// Larger plans are left alone: their texts would take longer than they save.
    private static final int MOST_NODES = 4096;

    private final IntSupplier nextId;
    private final Map<String, PhysicalPlan.Exchange> seen = new HashMap<>();
    private final Map<Integer, PhysicalPlan.Exchange> changed = new HashMap<>();

    /// Texts of exchanges and windows, by their ids.
    private final Map<Integer, Optional<String>> texts = new HashMap<>();

    ReuseExchanges(IntSupplier nextId) {
        this.nextId = nextId;
    }

    PhysicalPlan apply(PhysicalPlan plan) {
        int[] nodes = new int[1];
        plan.forEach(node -> nodes[0]++);
        if (nodes[0] > MOST_NODES) {
            return plan;
        }
        Map<String, Integer> times = new HashMap<>();
        plan.forEach(node -> {
            if (node instanceof PhysicalPlan.Window || node instanceof PhysicalPlan.Exchange) {
                text(node).ifPresent(text -> times.merge(text, 1, Integer::sum));
            }
        });
        return readersOfWhatIsThere(merge(windowsToReadAgain(plan, times)));
    }

    private PhysicalPlan windowsToReadAgain(PhysicalPlan plan, Map<String, Integer> times) {
        boolean again =
                (plan instanceof PhysicalPlan.Window || plan instanceof PhysicalPlan.Exchange)
                        && text(plan).map(times::get).orElse(1) > 1;
        if (again && plan instanceof PhysicalPlan.Exchange) {
            return plan;
        }
        Optional<Partitioning> partitioning = again ? partitioning(plan) : Optional.empty();
        return partitioning.isPresent()
                ? new PhysicalPlan.Exchange(nextId.getAsInt(), plan, partitioning.get())
                : plan.mapChildren(child -> windowsToReadAgain(child, times));
    }

    /// How the rows of a window lie in partitions, by columns that it still has.
    private static Optional<Partitioning> partitioning(PhysicalPlan window) {
        PhysicalPlan node = window;
        while (node instanceof PhysicalPlan.Window
                || node instanceof PhysicalPlan.Sort
                || node instanceof PhysicalPlan.Project
                || node instanceof PhysicalPlan.Filter
                || node instanceof PhysicalPlan.HashAggregate) {
            node = node.children().getFirst();
        }
        return node instanceof PhysicalPlan.Exchange exchange
                ? switch (exchange.partitioning()) {
                    case Partitioning.Hashed hashed ->
                            window.output().containsAll(hashed.keys())
                                    ? Optional.of(hashed)
                                    : Optional.empty();
                    case Partitioning.Single single -> Optional.of(single);
                    case Partitioning.Merged m -> Optional.empty();
                    case Partitioning.RoundRobin r -> Optional.empty();
                    case Partitioning.Numbered n -> Optional.empty();
                    case Partitioning.InOrder i -> Optional.empty();
                    case Partitioning.Broadcast b -> Optional.empty();
                }
                : Optional.empty();
    }

    private PhysicalPlan merge(PhysicalPlan plan) {
        if (plan instanceof PhysicalPlan.Exchange exchange) {
            Optional<String> text = text(exchange);
            PhysicalPlan.Exchange same = text.map(seen::get).orElse(null);
            if (same != null) {
                return new PhysicalPlan.ReusedExchange(nextId.getAsInt(), exchange.output(), same);
            }
            PhysicalPlan.Exchange kept = (PhysicalPlan.Exchange) exchange.mapChildren(this::merge);
            changed.put(exchange.id(), kept);
            text.ifPresent(t -> seen.put(t, kept));
            return kept;
        }
        return plan.mapChildren(this::merge);
    }

    private Optional<String> text(PhysicalPlan plan) {
        Optional<String> known = texts.get(plan.id());
        if (known == null) {
            known = new Canonical().text(plan);
            texts.put(plan.id(), known);
        }
        return known;
    }

    /// Readers made before their exchange's own plan was changed read the changed one.
    private PhysicalPlan readersOfWhatIsThere(PhysicalPlan plan) {
        if (plan instanceof PhysicalPlan.ReusedExchange reused) {
            PhysicalPlan.Exchange now = changed.get(reused.exchange().id());
            return now == null
                    ? plan
                    : new PhysicalPlan.ReusedExchange(reused.id(), reused.output(), now);
        }
        return plan.mapChildren(this::readersOfWhatIsThere);
    }

    /// The text of one plan.
    private final class Canonical {
        private final Map<Long, Integer> numbers = new HashMap<>();
        private boolean repeatable = true;

        /// Empty where the plan does not give the same rows each time.
        Optional<String> text(PhysicalPlan plan) {
            String text = node(plan);
            return repeatable ? Optional.of(text) : Optional.empty();
        }

        private String node(PhysicalPlan plan) {
            StringBuilder children = new StringBuilder();
            for (PhysicalPlan child : plan.children()) {
                children.append('(').append(node(child)).append(')');
            }
            return plan.getClass().getSimpleName() + own(plan) + children;
        }

        private String own(PhysicalPlan plan) {
            return switch (plan) {
                case PhysicalPlan.TableScan s ->
                        System.identityHashCode(s.source())
                                + s.source().description()
                                + s.request()
                                + exprs(s.output());
                case PhysicalPlan.LocalRows l -> exprs(l.output()) + l.rows();
                case PhysicalPlan.RangeRows r ->
                        expr(r.attribute()) + r.start() + ":" + r.end() + ":" + r.step();
                case PhysicalPlan.Project p -> exprs(p.exprs());
                case PhysicalPlan.Filter f -> expr(f.predicate());
                case PhysicalPlan.HashAggregate a ->
                        a.mode()
                                + exprs(a.groups())
                                + a.items().stream()
                                        .map(i ->
                                                expr(i.call())
                                                        + exprs(i.states())
                                                        + expr(i.result()))
                                        .toList();
                case PhysicalPlan.HashJoin j ->
                        j.joinType()
                                + j.keys().stream()
                                        .map(k -> expr(k.left()) + expr(k.right()) + k.nullSafe())
                                        .toList()
                                        .toString()
                                + j.condition().map(this::expr);
                case PhysicalPlan.NestedLoopJoin j ->
                        j.joinType()
                                + j.condition().map(this::expr).toString()
                                + j.range().isPresent();
                case PhysicalPlan.Sort s -> exprs(s.keys());
                case PhysicalPlan.TopN t -> exprs(t.keys()) + t.limit() + ":" + t.offset();
                case PhysicalPlan.Limit l -> l.limit() + ":" + l.offset();
                case PhysicalPlan.Union u -> exprs(u.output());
                case PhysicalPlan.Window w ->
                        exprs(w.partition()) + exprs(w.order()) + exprs(w.calls());
                case PhysicalPlan.WindowGroupLimit w ->
                        exprs(w.partition()) + exprs(w.order()) + w.rank() + w.limit();
                case PhysicalPlan.Expand e ->
                        e.projections().stream().map(this::exprs).toList() + exprs(e.output());
                case PhysicalPlan.Generate g -> expr(g.generator()) + g.outer() + exprs(g.added());
                case PhysicalPlan.MapRows m -> {
                    // Code that may give other rows when it runs again.
                    repeatable = false;
                    yield "";
                }
                case PhysicalPlan.PartitionRows p -> {
                    // The planner has shared what is the same.
                    repeatable = false;
                    yield "";
                }
                case PhysicalPlan.Sample s -> s.fraction() + ":" + s.seed();
                case PhysicalPlan.Exchange e ->
                        switch (e.partitioning()) {
                            case Partitioning.Hashed(var keys, int n, boolean fixed) ->
                                    exprs(keys) + n + fixed;
                            case Partitioning.Merged(var keys) -> "merged" + exprs(keys);
                            case Partitioning other -> other.toString();
                        };
                // By what is read, so that copies of a plan that each read their own part are
                // equal.
                case PhysicalPlan.ReusedExchange r -> {
                    Optional<String> text = ReuseExchanges.this.text(r.exchange());
                    repeatable &= text.isPresent();
                    yield text.orElse("") + exprs(r.output());
                }
                case PhysicalPlan.WriteFiles w -> {
                    repeatable = false;
                    yield "";
                }
            };
        }

        private String exprs(List<? extends Expr> exprs) {
            return exprs.stream().map(this::expr).toList().toString();
        }

        private String expr(Expr expr) {
            repeatable &= expr.deterministic();
            return expr.transformUp(this::numbered).toString();
        }

        private Expr numbered(Expr expr) {
            return switch (expr) {
                case Attribute a ->
                        new Attribute(number(a.id()), "", a.type(), a.nullable(), List.of());
                case Expr.Alias(var input, var name, long id) ->
                        new Expr.Alias(input, "", number(id));
                default -> expr;
            };
        }

        private int number(long id) {
            return numbers.computeIfAbsent(id, i -> numbers.size());
        }
    }
}
