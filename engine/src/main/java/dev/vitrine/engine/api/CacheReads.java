package dev.vitrine.engine.api;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.storage.Block;
import dev.vitrine.engine.storage.CacheCause;
import dev.vitrine.engine.storage.CacheReader;
import dev.vitrine.engine.storage.CachedRelation;
import dev.vitrine.engine.storage.CachedScan;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What one query reads of cached rows. Used by the thread that drives the query.
final class CacheReads implements CacheReader {
    private final CachedPlans plans;
    private final Supplier<CacheCause> cause;
    private final BooleanSupplier cancelled;
    private final IdentityHashMap<CachedRelation, CachedScan> scans = new IdentityHashMap<>();
    private final Set<CheckpointTable> checkpoints = new LinkedHashSet<>();
    private final List<Block> own = new ArrayList<>();
    private Runnable running = () -> {};

    CacheReads(CachedPlans plans, Supplier<CacheCause> cause, BooleanSupplier cancelled) {
        this.plans = plans;
        this.cause = cause;
        this.cancelled = cancelled;
    }

    /// An analyzed plan with what of it is cached read from there.
    LogicalPlan in(LogicalPlan analyzed, PlanContext context) {
        return bound(plans.use(analyzed, context), context);
    }

    /// Has scans of cached rows be this query's own.
    private LogicalPlan bound(LogicalPlan plan, PlanContext context) {
        if (plan instanceof LogicalPlan.Scan scan
                && scan.source() instanceof CheckpointTable checkpoint) {
            checkpoints.add(checkpoint);
        }
        LogicalPlan made =
                plan instanceof LogicalPlan.Scan(var source, var output, var filters, var limit)
                                && source instanceof CachedRelation relation
                        ? new LogicalPlan.Scan(scan(relation), output, filters, limit)
                        : plan.mapChildren(child -> bound(child, context))
                                .mapExprs(expr -> bound(expr, context));
        context.inherit(made, plan);
        return made;
    }

    private Expr bound(Expr expr, PlanContext context) {
        return expr.any(e -> e instanceof Expr.Subquery)
                ? expr.transformUp(e ->
                        switch (e) {
                            case Expr.ScalarSubquery s ->
                                    new Expr.ScalarSubquery(bound((LogicalPlan) s.plan(), context));
                            case Expr.Exists x ->
                                    new Expr.Exists(bound((LogicalPlan) x.plan(), context));
                            case Expr.InSubquery in ->
                                    new Expr.InSubquery(
                                            in.values(), bound((LogicalPlan) in.plan(), context));
                            default -> e;
                        })
                : expr;
    }

    private CachedScan scan(CachedRelation relation) {
        return scans.computeIfAbsent(relation, r -> new CachedScan(r, this));
    }

    /// Computes what of the cached rows that it reads no executor holds.
    void complete() {
        checkpoints.forEach(checkpoint -> checkpoint.complete(Optional.of(this)));
        List.copyOf(scans.values()).forEach(CachedScan::complete);
    }

    @Override
    public CacheCause cause() {
        return cause.get();
    }

    @Override
    public boolean isCancelled() {
        return cancelled.getAsBoolean();
    }

    @Override
    public void waitsFor(Runnable cancel) {
        synchronized (this) {
            running = cancel;
        }
        if (isCancelled()) {
            cancel.run();
        }
    }

    /// Stops what computes rows for the query.
    void cancel() {
        Runnable now;
        synchronized (this) {
            now = running;
        }
        now.run();
    }

    @Override
    public void owns(Block block) {
        synchronized (own) {
            own.add(block);
        }
    }

    /// Lets go of the rows that only this query had.
    void close() {
        scans.values().forEach(CachedScan::forget);
        synchronized (own) {
            own.forEach(Block::close);
            own.clear();
        }
    }
}
