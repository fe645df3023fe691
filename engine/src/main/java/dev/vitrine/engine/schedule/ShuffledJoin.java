package dev.vitrine.engine.schedule;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The one join of a stage for which both sides went through an exchange, where nothing above it in
/// the stage relies on how rows are spread: it can be done in another way when the sizes are known.
///
/// @param probe the exchange that its left side reads
/// @param build the exchange that its right side reads
record ShuffledJoin(
        PhysicalPlan.HashJoin join, PhysicalPlan.Exchange probe, PhysicalPlan.Exchange build) {

    static Optional<ShuffledJoin> of(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.HashJoin join when !join.broadcast() -> {
                Optional<PhysicalPlan.Exchange> probe = Stage.exchangeRead(join.left());
                Optional<PhysicalPlan.Exchange> build = Stage.exchangeRead(join.right());
                yield probe.isPresent()
                                && build.isPresent()
                                && probe.get().partitioning().partitions() > 1
                        ? Optional.of(new ShuffledJoin(join, probe.get(), build.get()))
                        : Optional.empty();
            }
            case PhysicalPlan.HashJoin join -> of(join.left());
            case PhysicalPlan.NestedLoopJoin join -> of(join.left());
            case PhysicalPlan.HashAggregate a when a.mode() == PhysicalPlan.AggregateMode.PARTIAL ->
                    of(a.input());
            case PhysicalPlan.Project p -> of(p.input());
            case PhysicalPlan.Filter f -> of(f.input());
            case PhysicalPlan.Expand e -> of(e.input());
            case PhysicalPlan.Generate g -> of(g.input());
            case PhysicalPlan.WriteFiles w -> of(w.input());
            default -> Optional.empty();
        };
    }

    /// Whether every task may have the whole build side.
    boolean canBroadcast() {
        return join.joinType() != JoinType.FULL_OUTER;
    }

    /// Whether rows of the right side may be dealt out to several tasks that all have the left
    /// rows.
    boolean canSplitBuild() {
        return join.joinType().isInner();
    }

    /// Whether rows of the left side may be dealt out to several tasks that all have the right
    /// rows.
    boolean canSplitProbe() {
        return join.joinType() != JoinType.FULL_OUTER;
    }

    /// A stage's plan with this join's left side computed in place instead of read from its
    /// exchange, and its right side read whole by every task.
    ///
    /// @param input what the left side's exchange would have been filled with
    PhysicalPlan broadcast(PhysicalPlan plan, PhysicalPlan input) {
        return replaced(
                plan,
                new PhysicalPlan.HashJoin(
                        join.id(),
                        input,
                        join.right(),
                        join.joinType(),
                        join.keys(),
                        join.condition(),
                        true));
    }

    /// A stage's plan with the sides of this inner join exchanged.
    ///
    /// @param projectId id of the node that puts the columns back in order
    @SuppressWarnings("ArgumentSelectionDefectChecker") // the sides are exchanged on purpose
    PhysicalPlan turned(PhysicalPlan plan, int projectId) {
        List<PhysicalPlan.JoinKey> keys = new ArrayList<>();
        for (PhysicalPlan.JoinKey key : join.keys()) {
            keys.add(new PhysicalPlan.JoinKey(key.right(), key.left(), key.nullSafe()));
        }
        PhysicalPlan turned =
                new PhysicalPlan.HashJoin(
                        join.id(),
                        join.right(),
                        join.left(),
                        join.joinType(),
                        keys,
                        join.condition(),
                        false);
        Map<Long, Expr.Attribute> columns = new HashMap<>();
        turned.output().forEach(column -> columns.put(column.id(), column));
        List<Expr> ordered = new ArrayList<>();
        join.output().forEach(column -> ordered.add(columns.getOrDefault(column.id(), column)));
        return replaced(plan, new PhysicalPlan.Project(projectId, turned, ordered));
    }

    @SuppressWarnings("ReferenceEquality") // this very node
    private PhysicalPlan replaced(PhysicalPlan plan, PhysicalPlan by) {
        return plan == join
                ? by
                : plan.mapChildren(child ->
                        Stage.exchangeRead(child).isPresent() ? child : replaced(child, by));
    }
}
