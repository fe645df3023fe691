package dev.vitrine.engine.physical;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Windows over one another share an exchange where rows that one of them wants together are so for
/// the other too, and a sort where one order serves both: `Window(a; Sort(Exchange(Window(a, b;
/// Sort(Exchange(x))))))` becomes `Window(a; Window(a, b; Sort(Exchange by a(x))))`. An exchange by
/// some of the keys of an aggregate below it is left to the aggregate's own.
final class ShareWindowSorts {
    /// Keys that an aggregate's exchange must be left with, lest a few groups' rows all go to one
    /// task.
    private static final int LEAST_KEYS = 2;

    PhysicalPlan apply(PhysicalPlan plan) {
        return aggregates(windows(plan));
    }

    private static PhysicalPlan windows(PhysicalPlan plan) {
        PhysicalPlan changed = plan.mapChildren(ShareWindowSorts::windows);
        return changed instanceof PhysicalPlan.Window window
                        && exchange(window) instanceof PhysicalPlan.Exchange exchange
                        && exchange.partitioning() instanceof Partitioning.Hashed hashed
                ? shared(window, sort(window), exchange, hashed).orElse(window)
                : changed;
    }

    private static PhysicalPlan aggregates(PhysicalPlan plan) {
        PhysicalPlan changed = plan.mapChildren(ShareWindowSorts::aggregates);
        return changed instanceof PhysicalPlan.Window window
                        && exchange(window) instanceof PhysicalPlan.Exchange exchange
                        && exchange.partitioning() instanceof Partitioning.Hashed hashed
                ? leftToAggregate(exchange, hashed)
                        .map(input -> above(window, sort(window), input))
                        .orElse(window)
                : changed;
    }

    private static Optional<PhysicalPlan.Sort> sort(PhysicalPlan.Window window) {
        return window.input() instanceof PhysicalPlan.Sort s ? Optional.of(s) : Optional.empty();
    }

    private static PhysicalPlan exchange(PhysicalPlan.Window window) {
        return sort(window).map(PhysicalPlan.Sort::input).orElse(window.input());
    }

    private static PhysicalPlan above(
            PhysicalPlan.Window window, Optional<PhysicalPlan.Sort> sort, PhysicalPlan input) {
        return window.mapChildren(
                child -> sort.isPresent() ? sort.get().mapChildren(c -> input) : input);
    }

    /// The window without its own exchange, and without its own sort where that can be.
    private static Optional<PhysicalPlan> shared(
            PhysicalPlan.Window window,
            Optional<PhysicalPlan.Sort> ownSort,
            PhysicalPlan.Exchange ownExchange,
            Partitioning.Hashed own) {
        List<PhysicalPlan.Window> windows = new ArrayList<>();
        PhysicalPlan node = ownExchange.input();
        while (node instanceof PhysicalPlan.Window
                || node instanceof PhysicalPlan.Project
                || node instanceof PhysicalPlan.Filter) {
            if (node instanceof PhysicalPlan.Window w) {
                windows.add(w);
            }
            node = node.children().getFirst();
        }
        if (windows.isEmpty()
                || !(node instanceof PhysicalPlan.Sort sort)
                || !(sort.input() instanceof PhysicalPlan.Exchange exchange)
                || !(exchange.partitioning() instanceof Partitioning.Hashed hashed)) {
            return Optional.empty();
        }
        Set<Long> there = ids(exchange.output());
        boolean spread = ids(own.keys()).containsAll(ids(hashed.keys()));
        if (!spread && !ids(hashed.keys()).containsAll(ids(own.keys()))) {
            return Optional.empty();
        }
        Partitioning.Hashed keys =
                spread
                        ? hashed
                        : new Partitioning.Hashed(own.keys(), hashed.partitions(), hashed.fixed());
        List<Expr.SortKey> order = sort.keys();
        Optional<PhysicalPlan.Sort> kept = Optional.empty();
        if (ownSort.isPresent() && !serves(order, window)) {
            List<Expr.SortKey> wanted = ownSort.get().keys();
            boolean forAll =
                    there.containsAll(ids(wanted.stream().map(ShareWindowSorts::column).toList()))
                            && windows.stream().allMatch(w -> serves(wanted, w));
            order = forAll ? wanted : order;
            kept = forAll ? Optional.empty() : ownSort;
        }
        PhysicalPlan.Exchange moved =
                new PhysicalPlan.Exchange(exchange.id(), exchange.input(), keys);
        PhysicalPlan.Sort sorted = new PhysicalPlan.Sort(sort.id(), moved, order);
        PhysicalPlan input = replaced(ownExchange.input(), sort, sorted);
        return Optional.of(above(window, kept, input));
    }

    private static PhysicalPlan replaced(
            PhysicalPlan plan, PhysicalPlan.Sort old, PhysicalPlan.Sort sort) {
        return plan == old ? sort : plan.mapChildren(child -> replaced(child, old, sort));
    }

    /// Whether rows in this order come partition by partition and, in each, in a window's order.
    private static boolean serves(List<Expr.SortKey> order, PhysicalPlan.Window window) {
        int keys = window.partition().size();
        int all = keys + window.order().size();
        return order.size() >= all
                && ids(order.subList(0, keys).stream().map(ShareWindowSorts::column).toList())
                        .equals(ids(window.partition()))
                && order.subList(keys, all).equals(window.order());
    }

    private static Attribute column(Expr.SortKey key) {
        return (Attribute) key.input();
    }

    /// What an exchange reads, where the aggregate below it can spread its groups by the same keys.
    private static Optional<PhysicalPlan> leftToAggregate(
            PhysicalPlan.Exchange exchange, Partitioning.Hashed hashed) {
        List<PhysicalPlan.Project> projects = new ArrayList<>();
        PhysicalPlan node = exchange.input();
        while (node instanceof PhysicalPlan.Project project) {
            projects.add(project);
            node = project.input();
        }
        if (hashed.keys().size() < LEAST_KEYS
                || !(node instanceof PhysicalPlan.HashAggregate aggregate)
                || !(aggregate.input() instanceof PhysicalPlan.Exchange groups)
                || !(groups.partitioning() instanceof Partitioning.Hashed all)
                || !ids(all.keys()).containsAll(ids(hashed.keys()))) {
            return Optional.empty();
        }
        Partitioning fewer =
                new Partitioning.Hashed(hashed.keys(), all.partitions(), hashed.fixed());
        PhysicalPlan result =
                aggregate.mapChildren(
                        c -> new PhysicalPlan.Exchange(groups.id(), groups.input(), fewer));
        for (PhysicalPlan.Project project : projects.reversed()) {
            PhysicalPlan input = result;
            result = project.mapChildren(c -> input);
        }
        return Optional.of(result);
    }

    private static Set<Long> ids(List<Attribute> attributes) {
        Set<Long> ids = new HashSet<>();
        attributes.forEach(a -> ids.add(a.id()));
        return ids;
    }
}
