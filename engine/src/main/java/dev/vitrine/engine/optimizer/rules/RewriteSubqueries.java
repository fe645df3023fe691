package dev.vitrine.engine.optimizer.rules;

import static dev.vitrine.engine.optimizer.rules.SubqueryParts.*;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `Filter(x, EXISTS (y where y.k = x.k))` becomes `Join LeftSemi(x, y, y.k = x.k)`; NOT EXISTS an
/// anti join; IN and NOT IN likewise on the columns' equality, NOT IN with SQL's rule for NULLs; a
/// scalar subquery a join with its one row, or by its groups with one row each.
///
/// What cannot be a condition of such a join is computed by [DependentJoin] for all rows around at
/// once.
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
        if (node.exprs().stream().noneMatch(e -> e.any(Expr.Subquery.class::isInstance))) {
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
                case Join join -> join(join);
                case LateralJoin join when join.joinType().isInner() ->
                        filter(
                                new LateralJoin(
                                        join.left(),
                                        join.right(),
                                        JoinType.CROSS,
                                        Optional.empty()),
                                join.condition().orElse(Literal.TRUE));
                case Window(var input, var calls) -> {
                    SubqueryColumns joined = new SubqueryColumns(input, context);
                    List<Expr> changed = calls.stream().map(joined::replace).toList();
                    yield new Project(
                            new Window(joined.plan(), changed), List.copyOf(node.output()));
                }
                case Generate(var input, var generator, boolean outer, var added) -> {
                    SubqueryColumns joined = new SubqueryColumns(input, context);
                    Expr changed = joined.replace(generator);
                    yield new Project(
                            new Generate(joined.plan(), (Expr.GeneratorCall) changed, outer, added),
                            List.copyOf(node.output()));
                }
                case Repartition(var input, var exprs, int partitions) -> {
                    SubqueryColumns joined = new SubqueryColumns(input, context);
                    List<Expr> changed = exprs.stream().map(joined::replace).toList();
                    yield new Project(
                            new Repartition(joined.plan(), changed, partitions),
                            List.copyOf(node.output()));
                }
                default -> throw unsupported(node.getClass().getSimpleName());
            };
        }

        /// An outer join's subqueries become columns of the side whose columns they read.
        private LogicalPlan join(Join join) {
            SubqueryColumns left = new SubqueryColumns(join.left(), context);
            SubqueryColumns right = new SubqueryColumns(join.right(), context);
            Optional<Expr> condition =
                    join.condition()
                            .map(c ->
                                    c.transformUp(e -> {
                                        if (!(e instanceof Expr.Subquery subquery)) {
                                            return e;
                                        }
                                        if (readsOnly(subquery, join.left())) {
                                            return left.replace(e);
                                        }
                                        if (readsOnly(subquery, join.right())) {
                                            return right.replace(e);
                                        }
                                        throw ofBothSides(e);
                                    }));
            return new Project(
                    new Join(left.plan(), right.plan(), join.joinType(), condition),
                    List.copyOf(join.output()));
        }

        private static boolean readsOnly(Expr.Subquery subquery, LogicalPlan side) {
            Set<Long> read = new HashSet<>(subquery.references());
            Correlation.outerColumns((LogicalPlan) subquery.plan()).forEach(a -> read.add(a.id()));
            side.output().forEach(a -> read.remove(a.id()));
            return read.isEmpty();
        }

        private static EngineException ofBothSides(Expr subquery) {
            return new EngineException(
                    ErrorCode
                            .UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY__UNSUPPORTED_CORRELATED_EXPRESSION_IN_JOIN_CONDITION,
                    Map.of("subqueryExpression", "\"" + subquery.sql() + "\""));
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
                (term.any(Expr.Subquery.class::isInstance) ? rest : plain).add(term);
            }
            if (!plain.isEmpty()) {
                plan = new Filter(plan, Expr.and(plain));
            }
            // Has all that the subqueries may read from outside, and grows by no join.
            LogicalPlan base = plan;
            List<Expr> last = new ArrayList<>();
            for (Expr term : rest) {
                switch (term) {
                    case Expr.Exists(LogicalPlan sub) ->
                            plan = exists(plan, base, sub, JoinType.LEFT_SEMI);
                    case Expr.Not(Expr.Exists(LogicalPlan sub)) ->
                            plan = exists(plan, base, sub, JoinType.LEFT_ANTI);
                    case Expr.InSubquery(var values, LogicalPlan sub)
                            when values.stream()
                                    .noneMatch(v -> v.any(Expr.Subquery.class::isInstance)) ->
                            plan = in(plan, base, values, sub);
                    case Expr.Not(Expr.InSubquery(var values, LogicalPlan sub))
                            when values.stream()
                                    .noneMatch(v -> v.any(Expr.Subquery.class::isInstance)) ->
                            plan = notIn(plan, base, values, sub);
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

        private LogicalPlan exists(
                LogicalPlan outer, LogicalPlan base, LogicalPlan sub, JoinType type) {
            if (Correlation.isCorrelated(sub) && givesOneRow(sub)) {
                // An aggregate over no rows is a row all the same.
                return type == JoinType.LEFT_SEMI
                        ? outer
                        : new LocalRelation(outer.output(), List.of());
            }
            Correlation.Pulled pulled = unnested(withoutOutput(sub), base, context);
            return new Join(outer, pulled.plan(), type, condition(List.of(), pulled, outer));
        }

        private LogicalPlan in(
                LogicalPlan outer, LogicalPlan base, List<Expr> values, LogicalPlan sub) {
            Correlation.Pulled pulled = unnested(sub, base, context);
            List<Expr> equal = equalities(values, sub);
            return new Join(
                    outer, pulled.plan(), JoinType.LEFT_SEMI, condition(equal, pulled, outer));
        }

        /// A row stays only where it certainly equals none: an equality that is NULL drops it too.
        private LogicalPlan notIn(
                LogicalPlan outer, LogicalPlan base, List<Expr> values, LogicalPlan sub) {
            Correlation.Pulled pulled = unnested(sub, base, context);
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
