package dev.vitrine.engine.api;

import dev.vitrine.engine.analysis.AnalyzedFrame;
import dev.vitrine.engine.analysis.Analyzer;
import dev.vitrine.engine.analysis.Completion;
import dev.vitrine.engine.analysis.TablesRead;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.catalog.Catalog;
import dev.vitrine.engine.catalog.Database;
import dev.vitrine.engine.catalog.Relation;
import dev.vitrine.engine.catalog.StoredView;
import dev.vitrine.engine.catalog.Table;
import dev.vitrine.engine.catalog.TableColumn;
import dev.vitrine.engine.catalog.View;
import dev.vitrine.engine.catalog.Warehouse;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.event.ErrorInfo;
import dev.vitrine.engine.event.EventBus;
import dev.vitrine.engine.function.FunctionEntry;
import dev.vitrine.engine.function.FunctionRegistry;
import dev.vitrine.engine.logical.DeepStack;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.memory.MemoryArbiter;
import dev.vitrine.engine.memory.StoragePool;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.rdd.SparkContext;
import dev.vitrine.engine.schedule.Executors;
import dev.vitrine.engine.schedule.Master;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.settings.StorageLevel;
import dev.vitrine.engine.snapshot.CacheStatus;
import dev.vitrine.engine.spi.Connector;
import dev.vitrine.engine.spi.TableSink;
import dev.vitrine.engine.sql.Parameters;
import dev.vitrine.engine.sql.ParseContext;
import dev.vitrine.engine.sql.SqlParser;
import dev.vitrine.engine.sql.Statement;
import dev.vitrine.engine.storage.BlockCache;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// A session whose driver and executors are threads of this process.
public final class LocalSession implements Session {
    private final Catalog catalog;
    private volatile FunctionRegistry functions = FunctionRegistry.builtin();
    private final EventBus events = new EventBus();
    private final AtomicLong nextQueryId = new AtomicLong(1);
    private final AtomicLong frameAttributeIds = new AtomicLong(1);
    private final Set<LocalQuery> open = ConcurrentHashMap.newKeySet();
    private final MemoryArbiter arbiter;
    private final BatchAllocator memory;
    private final BatchAllocator cacheMemory;
    private final Executors executors;
    private final CachedPlans cached;
    private final Checkpoints checkpoints;
    private final SparkContext sparkContext = new SparkContext(this);
    private volatile Settings settings;
    private volatile boolean closed;

    private LocalSession(Settings settings) {
        this.settings = settings;
        // Loaded by one thread: types and their constants refer to one another.
        java.util.Objects.requireNonNull(DataType.NULL);
        this.catalog =
                Catalog.withInstalledConnectors(
                        new Warehouse(Path.of(settings.get(Settings.WAREHOUSE_DIR))));
        Master master = Master.parse(settings.get(Settings.MASTER));
        this.arbiter =
                new MemoryArbiter(
                        MemoryArbiter.limitBytes(settings),
                        master.totalSlots(),
                        Path.of(settings.get(Settings.LOCAL_DIR)));
        this.executors = new Executors(master, settings, arbiter, events);
        this.memory = arbiter.root();
        this.cacheMemory = memory.child("cached rows");
        double shared = memory.limitBytes() * settings.getDouble(Settings.MEMORY_FRACTION);
        double floor = shared * settings.getDouble(Settings.STORAGE_FRACTION);
        StoragePool pool = new StoragePool((long) shared, (long) floor, memory::usedBytes);
        this.cached =
                new CachedPlans(
                        this,
                        catalog,
                        new BlockCache(arbiter, cacheMemory, pool, events),
                        cacheMemory);
        this.checkpoints = new Checkpoints(this, cached);
    }

    /// A session of its own: catalog, executors and memory are not shared with others.
    ///
    /// @throws EngineException INVALID_SETTING where the master is none of local mode's
    public static LocalSession open(Settings settings) {
        return new LocalSession(settings);
    }

    @Override
    public Statement parse(String text, Parameters parameters) {
        return SqlParser.parse(text, parseContext(parameters));
    }

    /// What statements of this session are read with.
    ParseContext parseContext(Parameters parameters) {
        return new ParseContext(
                settings,
                parameters,
                written -> analyzer(new PlanContext(), settings).constantValue(written));
    }

    @Override
    public Query query(Statement statement) {
        return track(new LocalQuery(this, nextQueryId.getAndIncrement(), statement));
    }

    private Query track(LocalQuery query) {
        if (closed) {
            throw EngineException.internal("the session is closed");
        }
        open.add(query);
        return query;
    }

    void forget(LocalQuery query) {
        open.remove(query);
    }

    @Override
    public Analysis analyze(String text) {
        try {
            return switch (SqlParser.parse(text, parseContext(Parameters.NONE))) {
                case Statement.Query(var plan, var context, var sql) -> analyze(plan, context);
                case Statement.CreateView view -> {
                    Analysis analysis = analyze(view.plan(), view.context());
                    yield analysis instanceof Analysis.Valid
                            ? new Analysis.Valid(new Schema(List.of()))
                            : analysis;
                }
                case Statement.Insert insert -> {
                    Analysis analysis = analyze(insert.plan(), insert.context());
                    yield analysis instanceof Analysis.Valid
                            ? new Analysis.Valid(new Schema(List.of()))
                            : analysis;
                }
                case Statement.Explain(
                                var mode,
                                Statement.Query(var plan, var context, var sql),
                                var all) ->
                        analyze(plan, context);
                case Statement other -> new Analysis.Valid(new Schema(List.of()));
            };
        } catch (EngineException e) {
            return new Analysis.Invalid(List.of(ErrorInfo.of(e)));
        }
    }

    @Override
    public Analysis analyze(LogicalPlan plan, PlanContext context) {
        try {
            return new Analysis.Valid(
                    DeepStack.call(() -> analyzed(plan, context, settings).schema()));
        } catch (EngineException e) {
            return new Analysis.Invalid(List.of(ErrorInfo.of(e)));
        }
    }

    @Override
    public PlanSummary summarize(LogicalPlan plan, PlanContext context) {
        CacheReads reads =
                new CacheReads(
                        cached,
                        () -> {
                            throw EngineException.internal("a summary computes no cached rows");
                        },
                        () -> false);
        try {
            Settings current = settings;
            return DeepStack.call(() ->
                    PlanSummaries.of(
                            new QueryPlanning(this, 0, current, event -> {}, 0, reads)
                                    .shown(plan, context),
                            current.getBytes(Settings.MAX_PARTITION_BYTES)));
        } finally {
            reads.close();
        }
    }

    @Override
    public LogicalPlan analyzed(LogicalPlan plan) {
        return analyzed(plan, new PlanContext(), settings);
    }

    @Override
    public AnalyzedFrame frame(LogicalPlan plan, Optional<AnalyzedFrame> below) {
        return analyzer(new PlanContext(frameAttributeIds), settings).frame(plan, below);
    }

    LogicalPlan analyzed(LogicalPlan plan, PlanContext context, Settings current) {
        return analyzer(context, current).analyze(plan);
    }

    Analyzer analyzer(PlanContext context, Settings current) {
        return new Analyzer(catalog, functions, current, context);
    }

    /// The sink that a plan writes to.
    TableSink sink(PhysicalPlan.WriteFiles write, Schema schema) {
        return catalog.connector(write.format())
                .flatMap(c ->
                        c.create(
                                write.path(),
                                schema,
                                write.mode(),
                                write.options(),
                                write.partitions()))
                .orElseThrow(() ->
                        new EngineException(
                                ErrorCode.DATA_SOURCE_NOT_FOUND,
                                Map.of(
                                        "provider",
                                        "`" + write.format() + "`",
                                        "formats",
                                        catalog.connectors().stream()
                                                .map(Connector::format)
                                                .collect(Collectors.joining(", ")))));
    }

    @Override
    public List<Candidate> complete(String text, int offset) {
        return Completion.candidates(text, offset, catalog, functions, settings).stream()
                .map(found ->
                        new Candidate(
                                switch (found.kind()) {
                                    case COLUMN -> Candidate.Kind.COLUMN;
                                    case TABLE -> Candidate.Kind.TABLE;
                                    case FUNCTION -> Candidate.Kind.FUNCTION;
                                    case KEYWORD -> Candidate.Kind.KEYWORD;
                                },
                                found.label(),
                                found.insert(),
                                found.start(),
                                found.detail(),
                                found.doc()))
                .toList();
    }

    @Override
    public List<TableInfo> tables() {
        List<TableInfo> tables = new ArrayList<>();
        for (View view : catalog.temporary().views()) {
            tables.add(
                    new TableInfo(
                            view.name(),
                            catalog.cached(view).isPresent() ? "cached" : view.kind(),
                            analyze(view.plan(), view.context())
                                            instanceof Analysis.Valid(var schema)
                                    ? schema
                                    : new Schema(List.of()),
                            view.description()));
        }
        for (Database database : catalog.warehouse().databases()) {
            boolean current = database.name().equals(catalog.temporary().currentDatabase());
            for (Relation relation : catalog.warehouse().relations(database.name())) {
                tables.add(stored(relation, current ? "" : database.name() + "."));
            }
        }
        return tables;
    }

    private static TableInfo stored(Relation relation, String prefix) {
        return switch (relation) {
            case Table table ->
                    new TableInfo(
                            prefix + table.name().name(),
                            "table",
                            table.schema(),
                            table.location());
            case StoredView view ->
                    new TableInfo(
                            prefix + view.name().name(),
                            "view",
                            new Schema(view.columns().stream().map(TableColumn::field).toList()),
                            view.sql());
            case View view -> throw EngineException.internal("a temporary view in the warehouse");
        };
    }

    @Override
    public void createTempView(String name, LogicalPlan plan, PlanContext context) {
        analyzed(plan, context, settings);
        catalog.createView(
                new View(
                        name,
                        "view",
                        plan,
                        context,
                        "",
                        catalog.temporary().currentDatabase(),
                        false),
                true);
    }

    @Override
    public void createTempView(String name, LogicalPlan plan, boolean global, boolean replace) {
        String simple = AttributeName.parts(name).getLast();
        List<String> parts = global ? List.of(View.GLOBAL, simple) : List.of(simple);
        String database = catalog.temporary().currentDatabase();
        LogicalPlan bound =
                catalog.temporaryView(parts)
                        .filter(old -> old.database().equals(database))
                        .map(old -> new BoundViews(old, named -> means(named, old)).in(plan))
                        .orElse(plan);
        PlanContext context = new PlanContext();
        analyzed(bound, context, settings);
        View view = new View(simple, "view", bound, context, "", database, global);
        catalog.createView(view, replace);
        uncache(view.key());
    }

    private boolean means(List<String> name, View view) {
        return catalog.temporaryView(name)
                .filter(found -> found.key().equals(view.key()))
                .isPresent();
    }

    @Override
    public void keep(LogicalPlan plan, StorageLevel level) {
        cached.keep(plan, level);
    }

    @Override
    public boolean keeps(LogicalPlan plan) {
        return catalog.kept(plan).isPresent();
    }

    @Override
    public StorageLevel storageLevel(LogicalPlan plan) {
        return cached.level(plan);
    }

    @Override
    public void release(LogicalPlan plan) {
        cached.release(plan);
    }

    @Override
    public List<CacheStatus> cached() {
        return cached.status();
    }

    @Override
    public LogicalPlan checkpoint(LogicalPlan plan, boolean reliable, boolean eager) {
        return reliable ? checkpoints.reliable(plan, eager) : checkpoints.local(plan, eager);
    }

    CachedPlans cachedPlans() {
        return cached;
    }

    /// A query that computes rows to be cached.
    LocalQuery filling(Statement statement, Settings current, CacheLineage.Fill fill) {
        return new LocalQuery(
                this, nextQueryId.getAndIncrement(), statement, current, Optional.of(fill));
    }

    @Override
    public boolean reads(LogicalPlan plan, List<String> table) {
        return catalog.relation(table)
                .filter(found ->
                        found instanceof Table stored
                                && TablesRead.reads(analyzed(plan), stored.location()))
                .isPresent();
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public synchronized void set(String key, String value) {
        settings = settings.with(key, value);
    }

    synchronized void reset(String key) {
        settings = settings.without(key);
    }

    @Override
    public void forgetFiles() {
        catalog.forgetFiles();
    }

    @Override
    public EventBus events() {
        return events;
    }

    /// Tables, views and connectors, as the engine has them.
    public Catalog relations() {
        return catalog;
    }

    public FunctionRegistry functions() {
        return functions;
    }

    @Override
    public synchronized void register(FunctionEntry function) {
        catalog.temporary().dropFunction(function.name());
        functions = functions.with(function);
    }

    /// Forgets a function of the user's.
    ///
    /// @return whether there was one
    synchronized boolean unregister(String name) {
        boolean there = functions.own(name).isPresent();
        functions = functions.without(name);
        return there;
    }

    /// Lets go of a relation's rows, if they are kept.
    void uncache(String key) {
        cached.releaseTable(key);
    }

    /// Lets go of all kept rows that came from a table, which has changed.
    void changed(Table table) {
        cached.changed(table.location());
    }

    void clearCache() {
        cached.clear();
    }

    BatchAllocator memory() {
        return memory;
    }

    MemoryArbiter arbiter() {
        return arbiter;
    }

    @Override
    public SparkContext sparkContext() {
        return sparkContext;
    }

    @Override
    public Executors executors() {
        return executors;
    }

    @Override
    public void setJobGroup(String id, String description) {
        set(Settings.JOB_GROUP.key(), id);
        set(Settings.JOB_DESCRIPTION.key(), description);
    }

    @Override
    public void setJobDescription(String description) {
        set(Settings.JOB_DESCRIPTION.key(), description);
    }

    @Override
    public int cancelJobGroup(String id) {
        List<LocalQuery> group = open.stream().filter(query -> query.isUnderWayIn(id)).toList();
        group.forEach(LocalQuery::cancel);
        return group.size();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        List.copyOf(open).forEach(LocalQuery::close);
        checkpoints.close();
        cached.close();
        executors.close();
        cacheMemory.close();
        memory.close();
        arbiter.close();
    }
}
