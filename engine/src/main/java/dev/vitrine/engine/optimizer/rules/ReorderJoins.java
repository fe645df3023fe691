package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Filter;
import dev.vitrine.engine.logical.LogicalPlan.Join;
import dev.vitrine.engine.logical.LogicalPlan.Project;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import dev.vitrine.engine.optimizer.stats.Estimator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `Join(Join(a, b), c)` of inner joins becomes the order whose intermediate results are estimated
/// smallest; conditions go to the first join that has their columns. Up to ten relations all orders
/// are weighed (dynamic programming over connected subsets, Moerkotte and Neumann 2006, here by
/// plain subset enumeration); above that the cheapest next join is taken each time. A pair that no
/// condition connects is joined only where nothing else is left.
public record ReorderJoins() implements Rule {
    private static final int EXHAUSTIVE = 10;

    @Override
    public boolean wholePlan() {
        return true;
    }

    @Override
    public LogicalPlan apply(LogicalPlan root, RuleContext context) {
        return new Reordering(context, new Estimator()).visit(root);
    }

    private record Reordering(RuleContext context, Estimator estimator) {

        private LogicalPlan visit(LogicalPlan plan) {
            if (isInner(plan)) {
                List<LogicalPlan> relations = new ArrayList<>();
                List<Expr> conditions = new ArrayList<>();
                flatten(plan, relations, conditions);
                if (relations.size() > 1) {
                    List<LogicalPlan> visited = relations.stream().map(this::visit).toList();
                    LogicalPlan ordered = order(visited, conditions);
                    LogicalPlan result =
                            sameOutput(ordered, plan)
                                    ? ordered
                                    : new Project(ordered, List.copyOf(plan.output()));
                    if (sameShape(result, plan)) {
                        return plan;
                    }
                    context.plans().inherit(result, plan);
                    return result;
                }
            }
            LogicalPlan changed = plan.mapChildren(this::visit);
            context.plans().inherit(changed, plan);
            return changed;
        }

        private static boolean isInner(LogicalPlan plan) {
            return plan instanceof Join join
                    && join.joinType().isInner()
                    && join.condition().stream()
                            .flatMap(c -> Expr.conjuncts(c).stream())
                            .allMatch(c -> c.deterministic() && (!c.canFail() || isKey(c)));
        }

        /// Whether a term is a join's key in any order: it compares something of one column with
        /// something of another.
        private static boolean isKey(Expr term) {
            return term instanceof Expr.Comparison(var op, Expr left, Expr right)
                    && op == Expr.ComparisonOp.EQ
                    && left.references().size() == 1
                    && right.references().size() == 1
                    && !left.references().equals(right.references());
        }

        /// The relations that inner joins join, through projections that only pick columns.
        private static void flatten(
                LogicalPlan plan, List<LogicalPlan> relations, List<Expr> conditions) {
            if (isInner(plan)) {
                Join join = (Join) plan;
                flatten(join.left(), relations, conditions);
                flatten(join.right(), relations, conditions);
                conditions.addAll(join.condition().map(Expr::conjuncts).orElse(List.of()));
            } else if (plan instanceof Project(var input, var exprs)
                    && isInner(input)
                    && exprs.stream().allMatch(Attribute.class::isInstance)) {
                flatten(input, relations, conditions);
            } else {
                relations.add(plan);
            }
        }

        private static boolean sameOutput(LogicalPlan a, LogicalPlan b) {
            return a.outputIds().equals(b.outputIds())
                    && a.output().size() == b.output().size()
                    && sameOrder(a.output(), b.output());
        }

        private static boolean sameOrder(List<Attribute> a, List<Attribute> b) {
            for (int i = 0; i < a.size(); i++) {
                if (a.get(i).id() != b.get(i).id()) {
                    return false;
                }
            }
            return true;
        }

        private static boolean sameShape(LogicalPlan a, LogicalPlan b) {
            if (a == b) {
                return true;
            }
            if (a instanceof Join x && b instanceof Join y) {
                return x.joinType() == y.joinType()
                        && sameConditions(x, y)
                        && sameShape(x.left(), y.left())
                        && sameShape(x.right(), y.right());
            }
            return false;
        }

        private static boolean sameConditions(Join a, Join b) {
            return new HashSet<>(a.condition().map(Expr::conjuncts).orElse(List.of()))
                    .equals(new HashSet<>(b.condition().map(Expr::conjuncts).orElse(List.of())));
        }

        private LogicalPlan order(List<LogicalPlan> given, List<Expr> conditions) {
            JoinConditions graph = JoinConditions.of(conditions);
            // In an order of their own, so that among plans of one cost the same is found each
            // time.
            List<LogicalPlan> relations =
                    given.stream()
                            .sorted(Comparator.comparingLong(Reordering::firstId))
                            .map(r -> withOwn(r, graph))
                            .toList();
            LogicalPlan ordered =
                    relations.size() <= EXHAUSTIVE
                            ? exhaustive(relations, graph)
                            : greedy(relations, graph);
            List<Expr> constant =
                    conditions.stream().filter(c -> c.references().isEmpty()).toList();
            return constant.isEmpty() ? ordered : new Filter(ordered, Expr.and(constant));
        }

        private static long firstId(LogicalPlan plan) {
            return plan.output().stream().mapToLong(Attribute::id).min().orElse(0);
        }

        /// A relation under the conditions that are about it alone.
        private static LogicalPlan withOwn(LogicalPlan relation, JoinConditions conditions) {
            List<Expr> own = conditions.within(relation);
            return own.isEmpty() ? relation : new Filter(relation, Expr.and(own));
        }

        /// @param cost sum of the rows of all joins in the plan and of the sides they build
        private record Best(LogicalPlan plan, double cost) {}

        private LogicalPlan exhaustive(List<LogicalPlan> relations, JoinConditions conditions) {
            int n = relations.size();
            @Nullable Best[] best = new @Nullable Best[1 << n];
            for (int i = 0; i < n; i++) {
                best[1 << i] = new Best(relations.get(i), 0);
            }
            for (int set = 1; set < 1 << n; set++) {
                if (Integer.bitCount(set) < 2) {
                    continue;
                }
                best[set] = cheapest(set, best, conditions, false);
            }
            Best all = best[(1 << n) - 1];
            return all != null ? all.plan : greedy(relations, conditions);
        }

        private @Nullable Best cheapest(
                int set, @Nullable Best[] best, JoinConditions conditions, boolean cross) {
            Best found = null;
            // Each split once: the part with the lowest relation on one side.
            int lowest = Integer.lowestOneBit(set);
            for (int part = (set - 1) & set; part > 0; part = (part - 1) & set) {
                if ((part & lowest) == 0) {
                    continue;
                }
                Best left = best[part];
                Best right = best[set ^ part];
                if (left == null || right == null) {
                    continue;
                }
                List<Expr> here = conditions.between(left.plan, right.plan);
                if (here.isEmpty() && !cross) {
                    continue;
                }
                Join joined = join(left.plan, right.plan, here);
                double cost =
                        left.cost
                                + right.cost
                                + estimator.rows(joined)
                                + estimator.rows(joined.right());
                if (found == null || cost < found.cost) {
                    found = new Best(joined, cost);
                }
            }
            return found;
        }

        private LogicalPlan greedy(List<LogicalPlan> relations, JoinConditions conditions) {
            List<LogicalPlan> left = new ArrayList<>(relations);
            while (left.size() > 1) {
                int a = 0;
                int b = 1;
                LogicalPlan next = null;
                double rows = Double.POSITIVE_INFINITY;
                boolean connected = false;
                for (int i = 0; i < left.size(); i++) {
                    for (int j = i + 1; j < left.size(); j++) {
                        List<Expr> here = conditions.between(left.get(i), left.get(j));
                        LogicalPlan joined = join(left.get(i), left.get(j), here);
                        double estimate = estimator.rows(joined);
                        boolean better =
                                !here.isEmpty() == connected ? estimate < rows : !here.isEmpty();
                        if (better || next == null) {
                            a = i;
                            b = j;
                            next = joined;
                            rows = estimate;
                            connected = !here.isEmpty();
                        }
                    }
                }
                left.remove(b);
                left.set(a, java.util.Objects.requireNonNull(next));
            }
            return left.getFirst();
        }

        /// The smaller side is the right one, which is built.
        private Join join(LogicalPlan a, LogicalPlan b, List<Expr> conditions) {
            boolean swap = estimator.bytes(a) < estimator.bytes(b);
            LogicalPlan left = swap ? b : a;
            LogicalPlan right = swap ? a : b;
            return new Join(
                    left,
                    right,
                    conditions.isEmpty() ? JoinType.CROSS : JoinType.INNER,
                    conditions.isEmpty() ? Optional.empty() : Optional.of(Expr.and(conditions)));
        }
    }
}
