package dev.vitrine.engine.physical;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.memory.MemoryArbiter;
import dev.vitrine.engine.physical.PhysicalPlan.JoinKey;
import dev.vitrine.engine.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// Chooses how a join is done: by hashing or by nested loops, which side is built, whether that is
/// broadcast, and whether it is thinned out first.
final class JoinPlanner {
    /// Right sides of fewer rows are looked through whole for each left row.
    private static final int RANGE_ROWS = 64;

    /// The part of the memory limit that a broadcast may take.
    private static final int BROADCAST_PART = 8;

    /// Rows that a semi join must build for it to be worth thinning them out first.
    private static final double LARGE_BUILD = 1_600_000;

    /// The same for an outer join, which keeps more of each row than its key.
    private static final double LARGE_OUTER_BUILD = 200_000;

    /// And how many times as many as it probes with.
    private static final double THIN_OUT = 8;

    private final Planner planner;
    private final Settings settings;
    private final ToDoubleFunction<LogicalPlan> estimatedBytes;
    private final ToDoubleFunction<LogicalPlan> estimatedRows;

    JoinPlanner(
            Planner planner,
            Settings settings,
            ToDoubleFunction<LogicalPlan> estimatedBytes,
            ToDoubleFunction<LogicalPlan> estimatedRows) {
        this.planner = planner;
        this.settings = settings;
        this.estimatedBytes = estimatedBytes;
        this.estimatedRows = estimatedRows;
    }

    @SuppressWarnings("ArgumentSelectionDefectChecker") // the sides are exchanged on purpose
    PhysicalPlan join(LogicalPlan.Join join) {
        if (join.joinType() == JoinType.RIGHT_OUTER) {
            PhysicalPlan swapped =
                    join(
                            new LogicalPlan.Join(
                                    join.right(),
                                    join.left(),
                                    JoinType.LEFT_OUTER,
                                    join.condition()));
            return new PhysicalPlan.Project(planner.nextId(), swapped, reordered(join, swapped));
        }
        JoinParts parts = JoinParts.of(join);
        if (parts.leftKeys().isEmpty()) {
            return nestedLoop(join);
        }
        if (isThinnedOut(join)) {
            return thinnedOut(join, parts);
        }
        boolean swap =
                join.joinType() == JoinType.INNER
                        && estimatedBytes.applyAsDouble(join.left())
                                < estimatedBytes.applyAsDouble(join.right()) / 1.5;
        if (swap) {
            LogicalPlan.Join turned =
                    new LogicalPlan.Join(
                            join.right(), join.left(), JoinType.INNER, join.condition());
            PhysicalPlan hashed = hashJoin(turned, JoinParts.of(turned));
            return new PhysicalPlan.Project(planner.nextId(), hashed, reordered(join, hashed));
        }
        return hashJoin(join, parts);
    }

    /// The output of `join` picked from the output of the same join with its sides exchanged.
    private static List<Expr> reordered(LogicalPlan.Join join, PhysicalPlan swapped) {
        Map<Long, Attribute> byId = new HashMap<>();
        swapped.output().forEach(a -> byId.put(a.id(), a));
        List<Expr> picked = new ArrayList<>();
        join.output().forEach(a -> picked.add(byId.getOrDefault(a.id(), a)));
        return picked;
    }

    private PhysicalPlan hashJoin(LogicalPlan.Join join, JoinParts parts) {
        Planner.Keyed left = planner.keyed(planner.node(join.left()), parts.leftKeys());
        Planner.Keyed right = planner.keyed(planner.node(join.right()), parts.rightKeys());
        List<JoinKey> keys = new ArrayList<>();
        for (int i = 0; i < left.keys().size(); i++) {
            keys.add(new JoinKey(left.keys().get(i), right.keys().get(i), parts.nullSafe().get(i)));
        }
        double buildBytes = estimatedBytes.applyAsDouble(join.right());
        boolean broadcast =
                join.joinType() != JoinType.FULL_OUTER && buildBytes <= broadcastBytes();
        PhysicalPlan probe = left.plan();
        PhysicalPlan build = right.plan();
        if (broadcast) {
            build =
                    new PhysicalPlan.Exchange(
                            planner.nextId(), build, new Partitioning.Broadcast());
        } else {
            int partitions = planner.partitions(join.right(), buildBytes);
            probe = planner.exchangeBy(probe, left.keys(), partitions);
            build = planner.exchangeBy(build, right.keys(), partitions);
        }
        PhysicalPlan joined =
                new PhysicalPlan.HashJoin(
                        planner.nextId(),
                        probe,
                        build,
                        join.joinType(),
                        keys,
                        parts.rest(),
                        broadcast);
        return left.added() || right.added()
                ? new PhysicalPlan.Project(planner.nextId(), joined, kept(joined, join))
                : joined;
    }

    /// Whether a join that keeps its left side's rows, or picks of them, builds far more rows than
    /// it probes with, and those are few enough for every task to have them.
    private boolean isThinnedOut(LogicalPlan.Join join) {
        double large =
                switch (join.joinType()) {
                    case LEFT_SEMI, LEFT_ANTI -> LARGE_BUILD;
                    case LEFT_OUTER -> LARGE_OUTER_BUILD;
                    default -> Double.POSITIVE_INFINITY;
                };
        double room = MemoryArbiter.limitBytes(settings) / (double) BROADCAST_PART;
        return estimatedBytes.applyAsDouble(join.left()) <= room
                && settings.getBoolean(Settings.RUNTIME_FILTERS)
                && estimatedRows.applyAsDouble(join.right())
                        >= Math.max(large, THIN_OUT * estimatedRows.applyAsDouble(join.left()))
                && (join.joinType() != JoinType.LEFT_OUTER || leavesFew(join));
    }

    /// Whether at most half of the right side's rows are estimated to have a partner.
    @SuppressWarnings("ArgumentSelectionDefectChecker") // the sides are exchanged on purpose
    private boolean leavesFew(LogicalPlan.Join join) {
        LogicalPlan asked =
                new LogicalPlan.Join(
                        join.right(), join.left(), JoinType.LEFT_SEMI, join.condition());
        return estimatedRows.applyAsDouble(asked) <= estimatedRows.applyAsDouble(join.right()) / 2;
    }

    /// A join whose right side is thinned out first, by a semi join with the left side's keys, so
    /// that no row is built which the left side does not ask for. The left side goes through an
    /// exchange that both joins read.
    private PhysicalPlan thinnedOut(LogicalPlan.Join join, JoinParts parts) {
        Planner.Keyed left = planner.keyed(planner.node(join.left()), parts.leftKeys());
        Planner.Keyed right = planner.keyed(planner.node(join.right()), parts.rightKeys());
        PhysicalPlan.Exchange probe =
                new PhysicalPlan.Exchange(
                        planner.nextId(),
                        left.plan(),
                        new Partitioning.Hashed(left.keys(), planner.partitions(join.left(), 0)));
        PhysicalPlan again =
                new PhysicalPlan.ReusedExchange(planner.nextId(), probe.output(), probe);
        List<JoinKey> keys = new ArrayList<>();
        List<JoinKey> turned = new ArrayList<>();
        for (int i = 0; i < left.keys().size(); i++) {
            boolean nullSafe = parts.nullSafe().get(i);
            keys.add(new JoinKey(left.keys().get(i), right.keys().get(i), nullSafe));
            turned.add(new JoinKey(right.keys().get(i), left.keys().get(i), nullSafe));
        }
        PhysicalPlan asked =
                new PhysicalPlan.HashJoin(
                        planner.nextId(),
                        right.plan(),
                        new PhysicalPlan.Exchange(
                                planner.nextId(), again, new Partitioning.Broadcast()),
                        JoinType.LEFT_SEMI,
                        turned,
                        Optional.empty(),
                        true);
        PhysicalPlan joined =
                new PhysicalPlan.HashJoin(
                        planner.nextId(),
                        probe,
                        new PhysicalPlan.Exchange(
                                planner.nextId(), asked, new Partitioning.Broadcast()),
                        join.joinType(),
                        keys,
                        parts.rest(),
                        true);
        return left.added() || right.added()
                ? new PhysicalPlan.Project(planner.nextId(), joined, kept(joined, join))
                : joined;
    }

    private PhysicalPlan nestedLoop(LogicalPlan.Join join) {
        PhysicalPlan left = planner.node(join.left());
        PhysicalPlan right = planner.node(join.right());
        if (join.joinType() == JoinType.FULL_OUTER) {
            left = new PhysicalPlan.Exchange(planner.nextId(), left, new Partitioning.Single());
        }
        right = new PhysicalPlan.Exchange(planner.nextId(), right, new Partitioning.Broadcast());
        boolean indexed =
                join.joinType() != JoinType.FULL_OUTER
                        && estimatedRows.applyAsDouble(join.right()) >= RANGE_ROWS;
        return new PhysicalPlan.NestedLoopJoin(
                planner.nextId(),
                left,
                right,
                join.joinType(),
                join.condition(),
                indexed ? JoinRange.of(join) : Optional.empty());
    }

    /// The attributes of `plan` that `logical` gives, without those added for keys.
    static List<Expr> kept(PhysicalPlan plan, LogicalPlan logical) {
        Set<Long> wanted = new HashSet<>();
        logical.output().forEach(a -> wanted.add(a.id()));
        return plan.output().stream()
                .filter(a -> wanted.contains(a.id()))
                .map(Expr.class::cast)
                .toList();
    }

    /// The largest build side that each stage reading it may hold whole: tables of several joins
    /// and what is read beside them must fit the memory.
    private long broadcastBytes() {
        return Math.min(
                settings.getBytes(Settings.BROADCAST_THRESHOLD),
                MemoryArbiter.limitBytes(settings) / BROADCAST_PART);
    }
}
