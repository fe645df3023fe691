package dev.vitrine.engine.optimizer;

import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EventListener;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlanTree;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.optimizer.rules.*;
import dev.vitrine.engine.settings.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Runs batches of rules over a plan: walks it, children first, asks each rule at each node, and
/// tells of every change.
///
/// Subqueries in expressions are walked too. A node that a rule makes inherits the origin of the
/// node it replaced.
public final class Optimizer {
    private final List<RuleBatch> batches;
    private final RuleContext context;
    private final long queryId;
    private final EventListener trace;
    private final Set<String> excluded;
    private final boolean enabled;
    private final Map<Key, Cost> costs = new LinkedHashMap<>();

    /// Whether the plan had subqueries when the batch began: no rule makes any.
    private boolean subqueries;

    private record Key(String batch, String rule) {}

    private static final class Cost {
        private int calls;
        private int hits;
        private long nanos;
    }

    public Optimizer(
            List<RuleBatch> batches,
            PlanContext plans,
            Settings settings,
            long queryId,
            EventListener trace) {
        this.batches = List.copyOf(batches);
        this.context = new RuleContext(plans, settings);
        this.queryId = queryId;
        this.trace = trace;
        this.excluded = settings.getSet(Settings.EXCLUDED_RULES);
        this.enabled = settings.getBoolean(Settings.OPTIMIZER);
    }

    /// The batches that queries go through.
    public static List<RuleBatch> standardBatches() {
        return List.of(
                RuleBatch.once(
                        "Finish analysis",
                        new ReplaceDistinct(),
                        new RewriteSubqueries(),
                        new ReplaceLateralJoin(),
                        new ReplaceSetOperation()),
                RuleBatch.fixedPoint(
                        "Operators",
                        new FoldConstants(),
                        new PropagateNulls(),
                        new SimplifyBooleans(),
                        new SimplifyCasts(),
                        new UnwrapCasts(),
                        new SimplifyLike(),
                        new MergeFilters(),
                        new RemoveRedundantSorts(),
                        new RemoveNoOps(),
                        new CollapseProjects(),
                        new PushFilterThroughProject(),
                        new PushFilterThroughAggregate(),
                        new PushFilterThroughUnion(),
                        new EliminateOuterJoin(),
                        new ReplaceOuterJoinByAntiJoin(),
                        new ExtractCommonFactors(),
                        new PushFilterIntoJoin(),
                        new PushLimit()),
                RuleBatch.once("Inferred filters", new InferFilters()),
                RuleBatch.fixedPoint(
                        "Inferred filters, pushed",
                        new MergeFilters(),
                        new PushFilterThroughProject(),
                        new PushFilterThroughAggregate(),
                        new PushFilterThroughUnion(),
                        new PushFilterIntoJoin(),
                        new SimplifyBooleans()),
                RuleBatch.once("Window limits", new InferWindowGroupLimit()),
                RuleBatch.once("Distinct aggregates", new RewriteDistinctAggregates()),
                RuleBatch.once("Grouping sets", new AggregateBeforeGroupingSets()),
                RuleBatch.once("Shares", new AggregateOverGroups()),
                RuleBatch.once("Groups before joins", new AggregateBeforeOuterJoin()),
                RuleBatch.fixedPoint("Inner joins", new PushInnerJoin()),
                RuleBatch.once("Join order", new ReorderJoins()),
                RuleBatch.fixedPoint("Semi joins", new PushSemiJoin()),
                RuleBatch.once("Columns", new PruneColumns()),
                RuleBatch.fixedPoint("Clean up", new CollapseProjects(), new RemoveNoOps()),
                RuleBatch.once("Scans", new PushFilterIntoScan(), new UpdateNullability()),
                RuleBatch.fixedPoint("Calls for batches", new ExtractBatchCalls()));
    }

    /// The plan after all batches. Publishes each change, and at the end what every rule cost.
    public LogicalPlan optimize(LogicalPlan plan) {
        LogicalPlan current = plan;
        for (RuleBatch batch : batches) {
            current = run(batch, current);
        }
        List<EngineEvent.RuleTime> times = new ArrayList<>();
        costs.forEach((key, cost) ->
                times.add(
                        new EngineEvent.RuleTime(
                                key.batch,
                                key.rule,
                                cost.calls,
                                cost.hits,
                                cost.nanos,
                                !off(key.rule))));
        trace.on(new EngineEvent.RulesFinished(queryId, times));
        return current;
    }

    private boolean off(String rule) {
        return excluded.contains(rule);
    }

    private static boolean hasSubquery(LogicalPlan plan) {
        boolean[] found = {false};
        plan.forEach(node -> node.forEachSubquery(subquery -> found[0] = true));
        return found[0];
    }

    private LogicalPlan run(RuleBatch batch, LogicalPlan plan) {
        LogicalPlan current = plan;
        subqueries = hasSubquery(plan);
        for (int pass = 1; pass <= batch.maxPasses(); pass++) {
            LogicalPlan before = current;
            for (Rule rule : batch.rules()) {
                Cost cost =
                        costs.computeIfAbsent(new Key(batch.name(), rule.name()), k -> new Cost());
                boolean runs = rule.required() || (enabled || rule.basic()) && !off(rule.name());
                if (runs) {
                    current = new Walk(batch, rule, pass, cost).walk(current);
                }
            }
            if (current == before) {
                break;
            }
        }
        return current;
    }

    /// One pass of one rule over a plan.
    private final class Walk {
        private final RuleBatch batch;
        private final Rule rule;
        private final int pass;
        private final Cost cost;

        private Walk(RuleBatch batch, Rule rule, int pass, Cost cost) {
            this.batch = batch;
            this.rule = rule;
            this.pass = pass;
            this.cost = cost;
        }

        private LogicalPlan walk(LogicalPlan plan) {
            return rule.wholePlan() ? applyTo(plan, List.of()) : visit(plan, new ArrayList<>());
        }

        private LogicalPlan visit(LogicalPlan node, List<Integer> path) {
            int[] child = {0};
            LogicalPlan below =
                    node.mapChildren(c -> {
                        path.add(child[0]++);
                        LogicalPlan changed = visit(c, path);
                        path.removeLast();
                        return changed;
                    });
            context.plans().inherit(below, node);
            if (!subqueries) {
                return applyTo(below, path);
            }
            LogicalPlan inner = below.mapExprs(expr -> expr.transformUp(this::subquery));
            context.plans().inherit(inner, below);
            return applyTo(inner, path);
        }

        private Expr subquery(Expr expr) {
            if (!(expr instanceof Expr.Subquery subquery)) {
                return expr;
            }
            LogicalPlan changed = visit((LogicalPlan) subquery.plan(), new ArrayList<>());
            return changed == subquery.plan() ? expr : subquery.withPlan(changed);
        }

        private LogicalPlan applyTo(LogicalPlan node, List<Integer> path) {
            long start = System.nanoTime();
            LogicalPlan made = rule.apply(node, context);
            long nanos = System.nanoTime() - start;
            cost.calls++;
            cost.nanos += nanos;
            if (made != node) {
                cost.hits++;
                inherit(made, node);
                trace.on(
                        new EngineEvent.RuleApplied(
                                queryId,
                                batch.name(),
                                rule.name(),
                                pass,
                                List.copyOf(path),
                                LogicalPlanTree.of(node, context.plans()),
                                LogicalPlanTree.of(made, context.plans()),
                                nanos));
            }
            return made;
        }

        /// Gives each node that the rule made the origin of the node of its kind that it replaced,
        /// or else that of the whole.
        private void inherit(LogicalPlan made, LogicalPlan replaced) {
            List<LogicalPlan> before = nodes(replaced);
            List<LogicalPlan> after = nodes(made);
            Set<LogicalPlan> kept = identities(before);
            kept.retainAll(identities(after));
            List<LogicalPlan> gone = new ArrayList<>();
            before.stream().filter(old -> !kept.contains(old)).forEach(gone::add);
            for (LogicalPlan fresh : after) {
                if (kept.contains(fresh)) {
                    continue;
                }
                int match = 0;
                while (match < gone.size() && gone.get(match).getClass() != fresh.getClass()) {
                    match++;
                }
                context.plans().inherit(fresh, match < gone.size() ? gone.remove(match) : replaced);
            }
        }

        /// The nodes themselves, not what they equal: equal nodes elsewhere have origins of their
        /// own.
        private static Set<LogicalPlan> identities(List<LogicalPlan> nodes) {
            Set<LogicalPlan> set = Collections.newSetFromMap(new IdentityHashMap<>());
            set.addAll(nodes);
            return set;
        }

        /// The nodes of a plan, parents first.
        private static List<LogicalPlan> nodes(LogicalPlan plan) {
            List<LogicalPlan> nodes = new ArrayList<>();
            plan.forEach(nodes::add);
            return nodes;
        }
    }
}
