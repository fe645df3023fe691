package dev.vitrine.engine.optimizer.rules;

import static dev.vitrine.engine.optimizer.rules.SubqueryParts.*;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.expr.Expr.Literal;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.*;
import dev.vitrine.engine.optimizer.Correlation;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `Filter(x, EXISTS (y where y.k = x.k))` becomes `Join LeftSemi(x, y, y.k = x.k)`; NOT EXISTS an
/// anti join; IN and NOT IN likewise on the columns' equality, NOT IN with SQL's rule for NULLs; a
/// scalar subquery a join with its one row, or by its groups with one row each.
///
/// An aggregate without groups gives a row even for no rows: what it gives then stands in where a
/// correlated one has no match (the "count bug" of Ganski and Wong, 1987).
public record RewriteSubqueries() implements Rule {
    @Override
    public boolean required() {
        return true;
    }

    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (node.exprs().stream().noneMatch(e -> e.any(SubqueryParts::isSubquery))) {
            return node;
        }
        return new Rewriting(context).rewrite(node);
    }

    /// The rewriting of one node; `joined` grows by a join for each subquery.
    private static final class Rewriting {
        private final RuleContext context;

        private Rewriting(RuleContext context) {
            this.context = context;
        }

        private LogicalPlan rewrite(LogicalPlan node) {
            return switch (node) {
                case Filter(var input, var predicate) -> filter(input, predicate);
                case Project(var input, var exprs) -> {
                    SubqueryColumns joined = new SubqueryColumns(input, context);
                    List<Expr> changed = exprs.stream().map(joined::replace).toList();
                    yield new Project(joined.plan(), changed);
                }
                case Aggregate(var input, var groupings, var outputs) -> {
                    SubqueryColumns joined = new SubqueryColumns(input, context);
                    List<Expr> groups =
                            new ArrayList<>(groupings.stream().map(joined::replace).toList());
                    List<Expr> changed = outputs.stream().map(joined::replace).toList();
                    joined.added()
                            .forEach(attribute -> {
                                boolean plain =
                                        changed.stream()
                                                .anyMatch(o -> outsideAggregate(o, attribute));
                                if (plain && !groups.contains(attribute)) {
                                    groups.add(attribute);
                                }
                            });
                    yield new Aggregate(joined.plan(), groups, changed);
                }
                case Sort(var input, var keys, boolean global) -> {
                    SubqueryColumns joined = new SubqueryColumns(input, context);
                    List<Expr.SortKey> changed = new ArrayList<>();
                    keys.forEach(key -> changed.add((Expr.SortKey) joined.replace(key)));
                    yield new Project(
                            new Sort(joined.plan(), changed, global), List.copyOf(input.output()));
                }
                case Join join when join.joinType().isInner() ->
                        filter(
                                new Join(
                                        join.left(),
                                        join.right(),
                                        JoinType.CROSS,
                                        Optional.empty()),
                                join.condition().orElse(Literal.TRUE));
                default -> throw unsupported(node.getClass().getSimpleName());
            };
        }

        private static boolean outsideAggregate(Expr expr, Attribute attribute) {
            if (expr instanceof Expr.AggregateCall) {
                return false;
            }
            if (expr instanceof Attribute a && a.id() == attribute.id()) {
                return true;
            }
            return expr.children().stream().anyMatch(c -> outsideAggregate(c, attribute));
        }

        private LogicalPlan filter(LogicalPlan input, Expr predicate) {
            LogicalPlan plan = input;
            List<Expr> plain = new ArrayList<>();
            List<Expr> rest = new ArrayList<>();
            for (Expr term : Expr.conjuncts(predicate)) {
                (term.any(SubqueryParts::isSubquery) ? rest : plain).add(term);
            }
            if (!plain.isEmpty()) {
                plan = new Filter(plan, Expr.and(plain));
            }
            List<Expr> last = new ArrayList<>();
            for (Expr term : rest) {
                switch (term) {
                    case Expr.Exists(LogicalPlan sub) ->
                            plan = exists(plan, sub, JoinType.LEFT_SEMI);
                    case Expr.Not(Expr.Exists(LogicalPlan sub)) ->
                            plan = exists(plan, sub, JoinType.LEFT_ANTI);
                    case Expr.InSubquery(var values, LogicalPlan sub)
                            when values.stream().noneMatch(v -> v.any(SubqueryParts::isSubquery)) ->
                            plan = in(plan, values, sub);
                    case Expr.Not(Expr.InSubquery(var values, LogicalPlan sub))
                            when values.stream().noneMatch(v -> v.any(SubqueryParts::isSubquery)) ->
                            plan = notIn(plan, values, sub);
                    default -> last.add(term);
                }
            }
            if (last.isEmpty()) {
                return plan;
            }
            SubqueryColumns joined = new SubqueryColumns(plan, context);
            Expr condition = Expr.and(last.stream().map(joined::replaceCondition).toList());
            return new Project(new Filter(joined.plan(), condition), List.copyOf(input.output()));
        }

        private LogicalPlan exists(LogicalPlan outer, LogicalPlan sub, JoinType type) {
            if (Correlation.isCorrelated(sub) && givesOneRow(sub)) {
                // An aggregate over no rows is a row all the same.
                return type == JoinType.LEFT_SEMI
                        ? outer
                        : new LocalRelation(outer.output(), List.of());
            }
            EmptyGroups.check(sub, false);
            Correlation.Pulled pulled = Correlation.pull(withoutOutput(sub));
            return new Join(outer, pulled.plan(), type, condition(List.of(), pulled, outer));
        }

        private LogicalPlan in(LogicalPlan outer, List<Expr> values, LogicalPlan sub) {
            EmptyGroups.check(sub, false);
            Correlation.Pulled pulled = Correlation.pull(sub);
            List<Expr> equal = equalities(values, sub);
            return new Join(
                    outer, pulled.plan(), JoinType.LEFT_SEMI, condition(equal, pulled, outer));
        }

        /// A row stays only where it certainly equals none: an equality that is NULL drops it too.
        private LogicalPlan notIn(LogicalPlan outer, List<Expr> values, LogicalPlan sub) {
            EmptyGroups.check(sub, true);
            Correlation.Pulled pulled = Correlation.pull(sub);
            List<Expr> equal = equalities(values, sub);
            if (values.size() == 1 && !pulled.isCorrelated() && equal.getFirst().nullable()) {
                Counts counts = counts(sub, context);
                Expr certain =
                        Expr.and(
                                List.of(
                                        Expr.isNotNull(values.getFirst()),
                                        new Expr.Not(counts.hasNulls())));
                LogicalPlan kept =
                        new Filter(
                                new Join(outer, counts.plan(), JoinType.CROSS, Optional.empty()),
                                Expr.or(List.of(counts.empty(), certain)));
                LogicalPlan columns = new Project(kept, List.copyOf(outer.output()));
                return new Join(
                        columns, pulled.plan(), JoinType.LEFT_ANTI, Optional.of(Expr.and(equal)));
            }
            List<Expr> maybeEqual =
                    equal.stream()
                            .map(e -> e.nullable() ? Expr.or(List.of(e, new Expr.IsNull(e))) : e)
                            .toList();
            return new Join(
                    outer, pulled.plan(), JoinType.LEFT_ANTI, condition(maybeEqual, pulled, outer));
        }
    }
}
