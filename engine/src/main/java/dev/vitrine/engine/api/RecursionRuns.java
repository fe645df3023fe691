package dev.vitrine.engine.api;

import dev.vitrine.engine.analysis.LowerCollations;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.event.EventListener;
import dev.vitrine.engine.logical.DeferredTable;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.operator.TaskCancelled;
import dev.vitrine.engine.optimizer.Optimizer;
import dev.vitrine.engine.optimizer.stats.Estimator;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.physical.Planner;
import dev.vitrine.engine.schedule.Driver;
import dev.vitrine.engine.schedule.FailurePlace;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.storage.CachedTable;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Computes the recursive tables that a query reads, before it runs and on its thread: a query for
/// the anchor, then one for each level over the rows of the level before, until a level gives none.
///
/// Those queries are planned anew, so that each knows how many rows it begins with; they tell no
/// listener of themselves.
final class RecursionRuns implements AutoCloseable {
    private static final EventListener NOBODY = event -> {};

    private final LocalSession session;
    private final long queryId;
    private final Settings settings;
    private final BatchAllocator memory;
    private final BooleanSupplier cancelled;
    private final CacheReads reads;
    private final Set<DeferredTable> filled = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<CachedTable> kept = new ArrayList<>();

    RecursionRuns(
            LocalSession session,
            long queryId,
            Settings settings,
            BatchAllocator memory,
            CacheReads reads,
            BooleanSupplier cancelled) {
        this.session = session;
        this.queryId = queryId;
        this.settings = settings;
        this.memory = memory;
        this.reads = reads;
        this.cancelled = cancelled;
    }

    /// Gives the recursive tables that `plan` reads their rows.
    ///
    /// @throws EngineException RECURSION_LEVEL_LIMIT_EXCEEDED, RECURSION_ROW_LIMIT_EXCEEDED, or
    ///   what goes wrong in a level
    void compute(PhysicalPlan plan, PlanContext context) {
        plan.forEach(node -> {
            if (node instanceof PhysicalPlan.TableScan scan
                    && scan.source() instanceof DeferredTable table
                    && table.recursion().isPresent()
                    && filled.add(table)) {
                fill(table, table.recursion().get(), scan.request().limit(), context);
            }
        });
    }

    /// @param enough rows that the reader takes, if it stops there
    private void fill(
            DeferredTable table,
            DeferredTable.Recursion recursion,
            OptionalLong enough,
            PlanContext context) {
        long levels =
                recursion
                        .maxLevel()
                        .map(Integer::longValue)
                        .orElseGet(() -> settings.getLong(Settings.RECURSION_LEVELS));
        long rowLimit = settings.getLong(Settings.RECURSION_ROWS);
        List<CachedTable> all = new ArrayList<>();
        CachedTable last = rows(table, recursion.anchor(), context);
        long rows = 0;
        for (long level = 1; ; level++) {
            long count = last.exactRowCount().orElseThrow();
            rows += count;
            all.add(last);
            boolean done = count == 0 || enough.isPresent() && rows >= enough.getAsLong();
            if (done) {
                break;
            }
            if (rowLimit >= 0 && rows > rowLimit) {
                throw limit(ErrorCode.RECURSION_ROW_LIMIT_EXCEEDED, table, "rowLimit", rowLimit);
            }
            if (levels >= 0 && level > levels) {
                throw limit(ErrorCode.RECURSION_LEVEL_LIMIT_EXCEEDED, table, "levelLimit", levels);
            }
            recursion.level().fill(List.of(last));
            last = rows(table, recursion.step(), context);
        }
        table.fill(all);
    }

    private static EngineException limit(
            ErrorCode code, DeferredTable table, String name, long limit) {
        return new EngineException(
                code, Map.of("cteName", "`" + table.description() + "`", name, limit));
    }

    private CachedTable rows(DeferredTable table, LogicalPlan analyzed, PlanContext context) {
        if (cancelled.getAsBoolean()) {
            throw new TaskCancelled();
        }
        LogicalPlan cached = reads.in(analyzed, context);
        reads.complete();
        LogicalPlan optimized =
                new Optimizer(Optimizer.standardBatches(), context, settings, queryId, NOBODY)
                        .optimize(LowerCollations.of(cached, context));
        Estimator estimator = new Estimator();
        PhysicalPlan plan =
                new Planner(context, settings, estimator::bytes, estimator::rows).plan(optimized);
        compute(plan, context);
        Driver driver =
                new Driver(
                        queryId,
                        plan,
                        settings,
                        session.executors(),
                        session.arbiter(),
                        memory,
                        session::sink,
                        NOBODY,
                        new FailurePlace(id -> ""),
                        cancelled,
                        System.nanoTime());
        try {
            Schema schema = table.schema();
            QueryResult result = QueryResult.of(schema, driver.run(), memory, settings.timeZone());
            CachedTable kept = new CachedTable(table.description(), schema, result.take(), memory);
            this.kept.add(kept);
            return kept;
        } finally {
            driver.close();
            driver.closeMemory();
        }
    }

    /// Frees the rows.
    @Override
    public void close() {
        kept.forEach(CachedTable::close);
    }
}
