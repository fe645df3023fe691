package dev.vitrine.engine.physical;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.physical.PhysicalPlan.JoinKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;

/// Lets the small side of a join thin out the other side's scan where an aggregate or an exchange
/// lies between them: the scan's rows are first looked up in the rows that are broadcast for the
/// join, by a semi join that reads the same exchange. The scan's stage then waits for the
/// broadcast.
///
/// It goes through what keeps a row's key as it is: projections, filters, grouping by the key,
/// exchanges, the sides of joins whose unmatched rows are dropped.
final class RuntimeFilters {
    /// How many times as many rows as the filter has a scan must give.
    private static final double WORTHWHILE = 8;

    private final IntSupplier nextId;
    private final ToDoubleFunction<PhysicalPlan> rows;

    /// @param rows estimated rows of a node
    RuntimeFilters(IntSupplier nextId, ToDoubleFunction<PhysicalPlan> rows) {
        this.nextId = nextId;
        this.rows = rows;
    }

    PhysicalPlan insert(PhysicalPlan plan) {
        PhysicalPlan changed = plan.mapChildren(this::insert);
        if (changed instanceof PhysicalPlan.HashJoin join
                && (join.joinType() == JoinType.INNER || join.joinType() == JoinType.LEFT_SEMI)
                && join.right() instanceof PhysicalPlan.Exchange build
                && build.partitioning() instanceof Partitioning.Broadcast
                && !reads(build, join.left())) {
            List<JoinKey> keys = join.keys().stream().filter(k -> !k.nullSafe()).toList();
            Optional<PhysicalPlan> probe = filtered(join.left(), keys, build, false);
            if (probe.isPresent()) {
                return new PhysicalPlan.HashJoin(
                        join.id(),
                        probe.get(),
                        build,
                        join.joinType(),
                        join.keys(),
                        join.condition(),
                        join.broadcast());
            }
        }
        return changed;
    }

    /// Whether `build` reads an exchange that stands in `probe`, which then cannot wait for it.
    private static boolean reads(PhysicalPlan build, PhysicalPlan probe) {
        Set<Integer> read = new HashSet<>();
        build.forEach(node -> {
            if (node instanceof PhysicalPlan.ReusedExchange reused) {
                read.add(reused.exchange().id());
            }
        });
        boolean[] found = new boolean[1];
        probe.forEach(node -> found[0] |= read.contains(node.id()));
        return found[0];
    }

    /// `plan` with a filter at the scan that `keys` come from, if there is one and it is worth it.
    ///
    /// @param keys the join's keys, their left sides in terms of `plan`'s output
    /// @param crossed whether an aggregate or an exchange lies above `plan`
    private Optional<PhysicalPlan> filtered(
            PhysicalPlan plan, List<JoinKey> keys, PhysicalPlan.Exchange build, boolean crossed) {
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        if (isScan(plan)) {
            boolean worthwhile = crossed && rows.applyAsDouble(plan) >= WORTHWHILE * rows(build);
            return worthwhile ? Optional.of(semiJoin(plan, keys, build)) : Optional.empty();
        }
        return switch (plan) {
            case PhysicalPlan.Project p -> below(p, p.input(), through(p, keys), build, crossed);
            case PhysicalPlan.Filter f -> below(f, f.input(), keys, build, crossed);
            case PhysicalPlan.Exchange e -> below(e, e.input(), keys, build, true);
            case PhysicalPlan.HashAggregate a -> {
                List<JoinKey> grouped =
                        keys.stream().filter(k -> a.groups().contains(k.left())).toList();
                yield below(a, a.input(), grouped, build, true);
            }
            case PhysicalPlan.HashJoin j -> {
                Optional<PhysicalPlan> left =
                        keepsLeftKeys(j.joinType())
                                ? below(j, j.left(), of(j.left(), keys), build, crossed)
                                : Optional.empty();
                boolean inner = j.joinType() == JoinType.INNER;
                yield left.isPresent() || !inner
                        ? left
                        : below(j, j.right(), of(j.right(), keys), build, crossed);
            }
            default -> Optional.empty();
        };
    }

    private double rows(PhysicalPlan.Exchange build) {
        return Math.max(1, rows.applyAsDouble(build.input()));
    }

    private static boolean isScan(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.TableScan s -> true;
            case PhysicalPlan.Filter f -> isScan(f.input());
            case PhysicalPlan.Project p ->
                    isScan(p.input()) && p.exprs().stream().allMatch(Expr::deterministic);
            default -> false;
        };
    }

    private static boolean keepsLeftKeys(JoinType type) {
        return type != JoinType.RIGHT_OUTER && type != JoinType.FULL_OUTER;
    }

    private Optional<PhysicalPlan> below(
            PhysicalPlan parent,
            PhysicalPlan child,
            List<JoinKey> keys,
            PhysicalPlan.Exchange build,
            boolean crossed) {
        return filtered(child, keys, build, crossed)
                .map(changed -> parent.mapChildren(c -> c == child ? changed : c));
    }

    /// Those of `keys` that `plan` gives.
    private static List<JoinKey> of(PhysicalPlan plan, List<JoinKey> keys) {
        List<Long> ids = plan.output().stream().map(Attribute::id).toList();
        return keys.stream().filter(k -> ids.contains(k.left().id())).toList();
    }

    /// The keys in terms of a projection's input; those that it computes are left out.
    private static List<JoinKey> through(PhysicalPlan.Project project, List<JoinKey> keys) {
        Map<Long, Attribute> inputs = new HashMap<>();
        for (Expr expr : project.exprs()) {
            if (expr instanceof Attribute a) {
                inputs.put(a.id(), a);
            } else if (expr instanceof Expr.Alias(Attribute a, var name, long id)) {
                inputs.put(id, a);
            }
        }
        List<JoinKey> below = new ArrayList<>();
        for (JoinKey key : keys) {
            Attribute input = inputs.get(key.left().id());
            if (input != null) {
                below.add(new JoinKey(input, key.right(), false));
            }
        }
        return below;
    }

    private PhysicalPlan semiJoin(
            PhysicalPlan scan, List<JoinKey> keys, PhysicalPlan.Exchange build) {
        PhysicalPlan.ReusedExchange reused =
                new PhysicalPlan.ReusedExchange(nextId.getAsInt(), build.output(), build);
        return new PhysicalPlan.HashJoin(
                nextId.getAsInt(), scan, reused, JoinType.LEFT_SEMI, keys, Optional.empty(), true);
    }
}
