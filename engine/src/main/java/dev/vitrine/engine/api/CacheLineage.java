package dev.vitrine.engine.api;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.operator.TaskCancelled;
import dev.vitrine.engine.schedule.Executor;
import dev.vitrine.engine.schedule.PartitionSink;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.sql.Statement;
import dev.vitrine.engine.storage.Block;
import dev.vitrine.engine.storage.BlockStore;
import dev.vitrine.engine.storage.CacheReader;
import dev.vitrine.engine.storage.CachedScan;
import dev.vitrine.engine.storage.Lineage;
import dev.vitrine.engine.storage.LostBlocks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The plan of cached rows. It is planned once: every run of it has the same partitions, and only
/// those tasks of the last stage run whose partitions are asked for.
final class CacheLineage implements Lineage {
    private static final long WAIT_MILLIS = 20;

    private final LocalSession session;
    private final Statement statement;
    private final LogicalPlan plan;
    private final PlanContext context;
    private final Settings settings;
    private final Optional<BlockStore> keptBy;
    private final ReentrantLock lock = new ReentrantLock();
    private final CacheReads inner;
    private QueryPlanning.@Nullable Planned planned;
    private volatile @Nullable CacheReader waiting;
    private int slots;

    /// @param analyzed with names that differ
    /// @param keptBy what holds the rows, where it is not the executors that compute them
    CacheLineage(
            LocalSession session,
            String label,
            LogicalPlan analyzed,
            PlanContext context,
            Optional<BlockStore> keptBy) {
        this.session = session;
        this.statement = new Statement.Query(analyzed, context, label);
        this.plan = analyzed;
        this.context = context;
        // Stages that are cut anew as they run would have other partitions each time.
        this.settings = session.settings().with("spark.sql.adaptive.enabled", "false");
        this.keptBy = keptBy;
        this.inner =
                new CacheReads(
                        session.cachedPlans(),
                        () -> waiting().cause(),
                        () -> waiting().isCancelled());
    }

    private CacheReader waiting() {
        return java.util.Objects.requireNonNull(waiting);
    }

    LogicalPlan plan() {
        return plan;
    }

    @Override
    public void complete(CachedScan scan, CacheReader reader) {
        enter(reader);
        try {
            int all = scan.relation().partitionCount();
            if (all == 0 || !scan.missing(all).isEmpty()) {
                fill(scan, reader);
            }
        } finally {
            lock.unlock();
        }
    }

    private void enter(CacheReader reader) {
        try {
            while (!lock.tryLock(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                if (reader.isCancelled()) {
                    throw new TaskCancelled();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaskCancelled();
        }
    }

    private void fill(CachedScan scan, CacheReader reader) {
        Fill fill = new Fill(scan, reader);
        waiting = reader;
        LocalQuery query = session.filling(statement, settings, fill);
        try {
            reader.waitsFor(query::cancel);
            query.await();
            scan.relation().filled(fill.tasks);
        } finally {
            reader.waitsFor(() -> {});
            inner.close();
            session.cachedPlans().retire(query);
        }
    }

    /// One run of the plan.
    final class Fill implements PartitionSink {
        private final CachedScan scan;
        private final CacheReader reader;
        private final Set<Integer> taken = new HashSet<>();
        private Set<Integer> missing = Set.of();
        private int tasks;

        private Fill(CachedScan scan, CacheReader reader) {
            this.scan = scan;
            this.reader = reader;
        }

        /// The plan, planned by the first run. What it reads of other cached rows is complete then.
        QueryPlanning.Planned planned(LocalQuery query) {
            QueryPlanning.Planned known = planned;
            if (known == null) {
                known = query.planning(inner).planAnalyzed(plan, context, true);
                planned = known;
            } else {
                query.planning().tell(known);
                inner.complete();
            }
            return known;
        }

        /// Stops what computes other cached rows for it.
        void cancel() {
            inner.cancel();
        }

        @Override
        public int slots(int present) {
            if (slots == 0) {
                slots = present;
            }
            return slots;
        }

        @Override
        public boolean wants(int task, int all) {
            if (tasks == 0) {
                int before = scan.relation().partitionCount();
                if (before != 0 && before != all) {
                    throw EngineException.internal(
                            scan.description() + " had " + before + " partitions, now " + all);
                }
                missing = scan.missing(all);
                tasks = all;
            }
            return missing.contains(task);
        }

        @Override
        public void keep(int task, BlockStore store, List<Block> rows) {
            synchronized (taken) {
                if (!taken.add(task)) {
                    rows.forEach(Block::close);
                    return;
                }
            }
            List<Batch> batches = new ArrayList<>();
            boolean kept = false;
            boolean done = false;
            try {
                rows.forEach(block -> batches.add(block.pin(session.cachedPlans().memory())));
                kept =
                        !scan.isLostAgain(task)
                                && scan.relation()
                                        .keep(task, stores(store), batches, reader.cause());
                if (!kept) {
                    if (store.isLost()) {
                        throw LostBlocks.of(store);
                    }
                    scan.keep(task, rows);
                }
                done = true;
            } finally {
                batches.forEach(Batch::close);
                if (kept || !done) {
                    rows.forEach(Block::close);
                }
                if (!done) {
                    synchronized (taken) {
                        taken.remove(task);
                    }
                }
            }
        }

        /// Where a partition may be kept: first with the executor that computed it.
        private List<BlockStore> stores(BlockStore first) {
            if (keptBy.isPresent()) {
                return List.of(keptBy.get());
            }
            List<BlockStore> stores = new ArrayList<>();
            stores.add(first);
            for (Executor executor : session.executors().present()) {
                if (executor.blocks() != first && !executor.blocks().isLost()) {
                    stores.add(executor.blocks());
                }
            }
            return stores;
        }
    }
}
