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

    QueryPlanning(
            LocalSession session,
            long queryId,
            Settings settings,
            EventListener events,
            long startNanos) {
        this.session = session;
        this.queryId = queryId;
        this.settings = settings;
        this.events = events;
        this.startNanos = startNanos;
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

    Planned plan(LogicalPlan parsed, PlanContext context) {
        PlanTree parsedTree = LogicalPlanTree.of(parsed, context);
        long clock = tell(PlanPhase.PARSED, parsedTree, startNanos);

        LogicalPlan analyzed = session.analyzed(parsed, context, settings);
        PlanTree analyzedTree = LogicalPlanTree.of(analyzed, context);
        clock = tell(PlanPhase.ANALYZED, analyzedTree, clock);

        LogicalPlan optimized =
                new Optimizer(Optimizer.standardBatches(), context, settings, queryId, events)
                        .optimize(LowerCollations.of(analyzed, context));
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
