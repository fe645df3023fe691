package dev.vitrine.engine.schedule;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Drops what an empty exchange makes superfluous from a stage's plan: joins that have nothing to
/// join, and inputs of unions.
final class EmptyBranches {
    private final Predicate<PhysicalPlan.Exchange> empty;

    /// @param empty whether an exchange is complete and has no rows
    EmptyBranches(Predicate<PhysicalPlan.Exchange> empty) {
        this.empty = empty;
    }

    /// The plan without them; the same object where there are none.
    PhysicalPlan drop(PhysicalPlan plan) {
        if (Stage.exchangeRead(plan).isPresent() || reliesOnPartitions(plan)) {
            return plan;
        }
        PhysicalPlan kept = plan.mapChildren(this::drop);
        return switch (kept) {
            case PhysicalPlan.HashJoin j -> joined(j, j.left(), j.right(), j.joinType());
            case PhysicalPlan.NestedLoopJoin j -> joined(j, j.left(), j.right(), j.joinType());
            case PhysicalPlan.Union u -> united(u);
            default -> kept;
        };
    }

    /// Whether a task reads its partition of two exchanges, and rows of either make a result: both
    /// must go on having as many partitions.
    private static boolean reliesOnPartitions(PhysicalPlan plan) {
        return plan instanceof PhysicalPlan.HashJoin join && join.joinType() == JoinType.FULL_OUTER;
    }

    private PhysicalPlan joined(
            PhysicalPlan join, PhysicalPlan left, PhysicalPlan right, JoinType type) {
        if (isEmpty(join)) {
            return new PhysicalPlan.LocalRows(join.id(), join.output(), List.of());
        }
        if (!isEmpty(right)) {
            return join;
        }
        return switch (type) {
            case LEFT_ANTI -> left;
            case LEFT_OUTER -> {
                List<Expr> columns = new ArrayList<>(left.output());
                for (Expr.Attribute column : right.output()) {
                    Expr missing = new Expr.Literal(null, column.type());
                    columns.add(new Expr.Alias(missing, column.name(), column.id()));
                }
                yield new PhysicalPlan.Project(join.id(), left, columns);
            }
            default -> join;
        };
    }

    private PhysicalPlan united(PhysicalPlan.Union union) {
        List<PhysicalPlan> left = union.inputs().stream().filter(i -> !isEmpty(i)).toList();
        return left.isEmpty() || left.size() == union.inputs().size()
                ? union
                : new PhysicalPlan.Union(union.id(), left, union.output());
    }

    /// Whether a plan is known to give no rows.
    private boolean isEmpty(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.LocalRows rows -> rows.rows().isEmpty();
            case PhysicalPlan.Exchange e -> empty.test(e);
            case PhysicalPlan.ReusedExchange r -> empty.test(r.exchange());
            case PhysicalPlan.HashAggregate a -> !a.groups().isEmpty() && isEmpty(a.input());
            case PhysicalPlan.HashJoin j -> isEmpty(j.left(), j.right(), j.joinType());
            case PhysicalPlan.NestedLoopJoin j -> isEmpty(j.left(), j.right(), j.joinType());
            case PhysicalPlan.Union u -> u.inputs().stream().allMatch(this::isEmpty);
            case PhysicalPlan.Project p -> isEmpty(p.input());
            case PhysicalPlan.Filter f -> isEmpty(f.input());
            case PhysicalPlan.Sort s -> isEmpty(s.input());
            case PhysicalPlan.TopN t -> isEmpty(t.input());
            case PhysicalPlan.Limit l -> isEmpty(l.input());
            case PhysicalPlan.Window w -> isEmpty(w.input());
            case PhysicalPlan.WindowGroupLimit w -> isEmpty(w.input());
            case PhysicalPlan.Expand e -> isEmpty(e.input());
            case PhysicalPlan.Generate g -> isEmpty(g.input());
            case PhysicalPlan.Sample s -> isEmpty(s.input());
            case PhysicalPlan.TableScan s -> false;
            case PhysicalPlan.RangeRows r -> false;
            // A function of a partition gives rows of its own.
            case PhysicalPlan.MapRows m -> false;
            case PhysicalPlan.PartitionRows p -> false;
            case PhysicalPlan.WriteFiles w -> false;
        };
    }

    private boolean isEmpty(PhysicalPlan left, PhysicalPlan right, JoinType type) {
        return switch (type) {
            case INNER, CROSS, LEFT_SEMI -> isEmpty(left) || isEmpty(right);
            case LEFT_OUTER, LEFT_ANTI -> isEmpty(left);
            case RIGHT_OUTER -> isEmpty(right);
            case FULL_OUTER -> isEmpty(left) && isEmpty(right);
        };
    }
}
