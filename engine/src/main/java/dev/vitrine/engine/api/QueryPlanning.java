package dev.vitrine.engine.api;

import dev.vitrine.engine.analysis.LowerCollations;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EventListener;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlanTree;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.optimizer.Optimizer;
import dev.vitrine.engine.optimizer.stats.Estimator;
import dev.vitrine.engine.physical.PhysicalOrigins;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.physical.PhysicalPlanTree;
import dev.vitrine.engine.physical.Planner;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.types.Schema;
import java.util.List;

/// Takes a query's plan from unresolved to physical and tells of each version.
final class QueryPlanning {
    private final LocalSession session;
    private final long queryId;
    private final Settings settings;
    private final EventListener events;
    private final long startNanos;
    private final CacheReads reads;

    QueryPlanning(
            LocalSession session,
            long queryId,
            Settings settings,
            EventListener events,
            long startNanos,
            CacheReads reads) {
        this.session = session;
        this.queryId = queryId;
        this.settings = settings;
        this.events = events;
        this.startNanos = startNanos;
        this.reads = reads;
    }

    /// All versions of a query's plan.
    ///
    /// @param shown makes trees of physical plans
    /// @param trees the versions as trees, in the order of [PlanPhase]
    record Planned(
            Schema schema,
            PhysicalPlan physical,
            PhysicalOrigins origins,
            PlanContext context,
            PhysicalPlanTree shown,
            List<PlanTree> trees) {

        /// The pipeline node that a physical node came from, or empty.
        String pipelineNode(int nodeId) {
            return origins.logical(nodeId)
                    .flatMap(logical -> context.origin(logical).pipelineNode())
                    .orElse("");
        }
    }

    /// Plans a query that runs: cached rows that it reads and that nobody holds are computed first,
    /// so that the plan knows of them.
    Planned plan(LogicalPlan parsed, PlanContext context) {
        return plan(parsed, context, true);
    }

    /// Plans a query to be shown; what is cached is not computed for that.
    Planned shown(LogicalPlan parsed, PlanContext context) {
        return plan(parsed, context, false);
    }

    private Planned plan(LogicalPlan parsed, PlanContext context, boolean runs) {
        session.cachedPlans().refresh();
        PlanTree parsedTree = LogicalPlanTree.of(parsed, context);
        long clock = tell(PlanPhase.PARSED, parsedTree, startNanos);
        LogicalPlan analyzed = session.analyzed(parsed, context, settings);
        return plan(parsedTree, analyzed, context, runs, clock);
    }

    /// Plans what is analyzed already.
    Planned planAnalyzed(LogicalPlan analyzed, PlanContext context, boolean runs) {
        PlanTree tree = LogicalPlanTree.of(analyzed, context);
        return plan(tree, analyzed, context, runs, tell(PlanPhase.PARSED, tree, startNanos));
    }

    /// Tells of a plan that was made before.
    void tell(Planned planned) {
        long clock = startNanos;
        for (int version = 0; version < planned.trees.size(); version++) {
            clock = tell(PlanPhase.values()[version], planned.trees.get(version), clock);
        }
    }

    private Planned plan(
            PlanTree parsedTree,
            LogicalPlan analyzed,
            PlanContext context,
            boolean runs,
            long since) {
        PlanTree analyzedTree = LogicalPlanTree.of(analyzed, context);
        long clock = tell(PlanPhase.ANALYZED, analyzedTree, since);
        LogicalPlan cached = reads.in(analyzed, context);
        if (runs) {
            reads.complete();
            clock = System.nanoTime();
        }

        LogicalPlan optimized =
                new Optimizer(Optimizer.standardBatches(), context, settings, queryId, events)
                        .optimize(LowerCollations.of(cached, context));
        Estimator estimator = new Estimator();
        PlanTree optimizedTree = LogicalPlanTree.of(optimized, context, estimator::rows);
        clock = tell(PlanPhase.OPTIMIZED, optimizedTree, clock);

        Planner planner = new Planner(context, settings, estimator::bytes, estimator::rows);
        PhysicalPlan physical = planner.plan(optimized);
        PhysicalPlanTree shown = new PhysicalPlanTree(context, planner.origins(), estimator::rows);
        PlanTree physicalTree = shown.of(physical);
        tell(PlanPhase.PHYSICAL, physicalTree, clock);
        return new Planned(
                analyzed.schema(),
                physical,
                planner.origins(),
                context,
                shown,
                List.of(parsedTree, analyzedTree, optimizedTree, physicalTree));
    }

    private long tell(PlanPhase phase, PlanTree tree, long since) {
        long now = System.nanoTime();
        events.on(new EngineEvent.PlanReady(queryId, phase, tree, now - since, now - startNanos));
        return now;
    }
}
