package dev.vitrine.engine.api;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.ErrorInfo;
import dev.vitrine.engine.event.EventBus;
import dev.vitrine.engine.event.EventListener;
import dev.vitrine.engine.event.NodeCounters;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.operator.TaskCancelled;
import dev.vitrine.engine.schedule.Driver;
import dev.vitrine.engine.schedule.FailedTask;
import dev.vitrine.engine.schedule.FailurePlace;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.sql.Statement;
import dev.vitrine.engine.storage.Block;
import dev.vitrine.engine.storage.CacheCause;
import dev.vitrine.engine.types.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One run of a statement in a [LocalSession], on a driver thread of its own.
final class LocalQuery implements Query {
    /// Plans of any depth are walked on it; the memory is only reserved.
    private static final long STACK_BYTES = 512L << 20;

    /// What a sample of the result holds at most: rows, values, and characters of one.
    private static final int SAMPLE_ROWS = 20;

    private static final int SAMPLE_CELLS = 400;
    private static final int SAMPLE_WIDTH = 200;

    private final LocalSession session;
    private final long id;
    private final Statement statement;
    private final Settings settings;
    private final EventBus events = new EventBus();
    private final CompletableFuture<QueryOutcome> outcome = new CompletableFuture<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch cleaned = new CountDownLatch(1);
    private final BatchAllocator memory;
    private volatile boolean cancelled;
    private volatile @Nullable EngineException error;
    private volatile @Nullable QueryResult result;
    private @Nullable Driver driver;
    private final RecursionRuns recursions;
    private final CacheReads reads;
    private final Optional<CacheLineage.Fill> fill;
    private long startNanos;
    private boolean closed;

    LocalQuery(LocalSession session, long id, Statement statement) {
        this(session, id, statement, session.settings(), Optional.empty());
    }

    /// @param fill where the rows go and what is planned, if they are to be cached
    LocalQuery(
            LocalSession session,
            long id,
            Statement statement,
            Settings settings,
            Optional<CacheLineage.Fill> fill) {
        this.session = session;
        this.id = id;
        this.statement = statement;
        this.settings = settings;
        this.fill = fill;
        this.memory = session.memory().child("query " + id);
        this.reads =
                new CacheReads(
                        session.cachedPlans(),
                        () -> new CacheCause(id, events, startNanos),
                        () -> cancelled);
        this.recursions = new RecursionRuns(session, id, settings, memory, reads, () -> cancelled);
        events.subscribe(session.events());
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public void subscribe(EventListener listener) {
        events.subscribe(listener);
    }

    @Override
    public Query start() {
        if (started.compareAndSet(false, true)) {
            startNanos = System.nanoTime();
            Thread thread = new Thread(null, this::drive, "driver-" + id, STACK_BYTES);
            thread.setDaemon(true);
            thread.start();
        }
        return this;
    }

    @Override
    public void cancel() {
        cancelled = true;
        reads.cancel();
        fill.ifPresent(CacheLineage.Fill::cancel);
        if (started.compareAndSet(false, true)) {
            cleaned.countDown();
            outcome.complete(new QueryOutcome.Cancelled());
        }
    }

    @Override
    public boolean cancelStage(int stageId) {
        Driver running = driver;
        return running != null && running.cancelStage(stageId);
    }

    boolean isUnderWayIn(String group) {
        return settings.get(Settings.JOB_GROUP).equals(group) && !outcome.isDone();
    }

    @Override
    public CompletableFuture<QueryOutcome> outcome() {
        return outcome;
    }

    @Override
    public QueryResult await() {
        start();
        switch (outcome.join()) {
            case QueryOutcome.Succeeded s -> {
                return java.util.Objects.requireNonNull(result);
            }
            case QueryOutcome.Cancelled c -> throw new CancellationException("query " + id);
            case QueryOutcome.Failed f -> throw java.util.Objects.requireNonNull(error);
        }
    }

    private void drive() {
        events.on(
                new EngineEvent.QueryStarted(
                        id,
                        statement.text(),
                        Instant.now(),
                        settings.get(Settings.MASTER),
                        settings.explicit()));
        QueryOutcome end;
        try {
            QueryResult rows = run();
            result = rows;
            sample(rows);
            end = new QueryOutcome.Succeeded(rows.rowCount());
        } catch (TaskCancelled | CancellationException e) {
            end = new QueryOutcome.Cancelled();
        } catch (FailedTask e) {
            error = e.error();
            end = new QueryOutcome.Failed(e.info());
        } catch (EngineException e) {
            error = e;
            end = new QueryOutcome.Failed(ErrorInfo.of(e));
        } catch (OutOfMemoryError e) {
            EngineException full = heapIsFull(e);
            error = full;
            end = new QueryOutcome.Failed(ErrorInfo.of(full));
        } catch (StackOverflowError e) {
            EngineException deep =
                    new EngineException(ErrorCode.STATEMENT_TOO_COMPLEX, Map.of(), null, e);
            error = deep;
            end = new QueryOutcome.Failed(ErrorInfo.of(deep));
        } catch (RuntimeException e) {
            EngineException internal = EngineException.internal(e.toString(), e);
            error = internal;
            end = new QueryOutcome.Failed(ErrorInfo.of(internal));
        }
        List<NodeCounters> nodes = driver == null ? List.of() : driver.nodeCounters();
        events.on(new EngineEvent.QueryFinished(id, end, nodes, System.nanoTime() - startNanos));
        outcome.complete(end);
        if (driver != null) {
            driver.close();
        }
        cleaned.countDown();
    }

    /// Tells the first rows, as many as recordings keep.
    private void sample(QueryResult rows) {
        int columns = rows.schema().size();
        if (columns == 0) {
            return;
        }
        try {
            events.on(
                    new EngineEvent.ResultSampled(
                            id,
                            rows.schema().fields().stream()
                                    .map(field -> field.name() + " " + field.type().sql())
                                    .toList(),
                            rows.firstRows(
                                    Math.clamp(SAMPLE_CELLS / columns, 1, SAMPLE_ROWS),
                                    SAMPLE_WIDTH),
                            rows.rowCount(),
                            System.nanoTime() - startNanos));
        } catch (EngineException e) {
            // Rows that lie in a file may not fit into memory now; the query has succeeded all the
            // same.
            events.on(
                    new EngineEvent.LogLine(
                            id,
                            EngineEvent.LogLine.Level.WARN,
                            "recording",
                            "no sample of the rows: " + e.getMessage(),
                            Instant.now()));
        }
    }

    private static EngineException heapIsFull(OutOfMemoryError cause) {
        return new EngineException(
                ErrorCode.MEMORY_LIMIT,
                Map.of(
                        "operator",
                        "The driver",
                        "requestedBytes",
                        "heap",
                        "usedBytes",
                        Runtime.getRuntime().totalMemory(),
                        "limitBytes",
                        Runtime.getRuntime().maxMemory()),
                null,
                cause);
    }

    private QueryResult run() {
        return switch (statement) {
            case Statement.Query(var plan, var context, var text) ->
                    execute(
                            fill.isPresent()
                                    ? fill.get().planned(this)
                                    : planning().plan(plan, context));
            case Statement other -> new CommandRunner(session, this, settings).run(other);
        };
    }

    /// What it reads of cached rows.
    CacheReads reads() {
        return reads;
    }

    /// Runs a plan as this query.
    QueryResult execute(QueryPlanning.Planned planned) {
        reads.complete();
        recursions.compute(planned.physical(), planned.context());
        Driver running =
                new Driver(
                        id,
                        planned.physical(),
                        settings,
                        session.executors(),
                        session.arbiter(),
                        memory,
                        session::sink,
                        events,
                        new FailurePlace(planned::pipelineNode),
                        () -> cancelled,
                        startNanos);
        fill.ifPresent(running::into);
        driver = running;
        List<Block> rows = running.run();
        adapted(planned)
                .ifPresent(tree -> {
                    long now = System.nanoTime() - startNanos;
                    events.on(new EngineEvent.PlanReady(id, PlanPhase.FINAL, tree, 0, now));
                });
        return QueryResult.of(planned.schema(), rows, memory, settings.timeZone());
    }

    /// The plan that [#execute] ran as adaptive execution left it, if that changed anything.
    Optional<PlanTree> adapted(QueryPlanning.Planned planned) {
        return Optional.ofNullable(driver)
                .flatMap(Driver::adapted)
                .map(ran -> planned.shown().of(ran.plan(), ran.notes()));
    }

    /// A result of constant rows, in this query's memory.
    QueryResult rows(Schema schema, List<? extends List<? extends @Nullable Object>> rows) {
        try (BatchBuilder builder = new BatchBuilder(schema, memory, Math.max(1, rows.size()))) {
            rows.forEach(builder::appendRow);
            return new QueryResult(
                    schema,
                    rows.isEmpty() ? List.of() : List.of(builder.build(rows.size())),
                    settings.timeZone());
        }
    }

    QueryPlanning planning() {
        return planning(reads);
    }

    /// @param cached what is read of cached rows
    QueryPlanning planning(CacheReads cached) {
        return new QueryPlanning(session, id, settings, events, startNanos, cached);
    }

    /// Counters of the nodes of the plan that [#execute] ran.
    List<NodeCounters> nodeCounters() {
        return driver == null ? List.of() : driver.nodeCounters();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        cancel();
        try {
            cleaned.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        QueryResult rows = result;
        if (rows != null) {
            rows.close();
        }
        if (driver != null) {
            driver.closeMemory();
        }
        recursions.close();
        reads.close();
        memory.close();
        session.forget(this);
    }

    /// Closes it if nobody holds rows that it has computed any more.
    boolean closeIfEmpty() {
        boolean empty = cleaned.getCount() == 0 && memory.isEmpty();
        if (empty) {
            close();
        }
        return empty;
    }
}
