package dev.vitrine.ui.fake;

import dev.vitrine.engine.api.Analysis;
import dev.vitrine.engine.api.FakeResults;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.api.TableInfo;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EngineEvent.*;
import dev.vitrine.engine.event.ErrorInfo;
import dev.vitrine.engine.event.EventBus;
import dev.vitrine.engine.event.EventListener;
import dev.vitrine.engine.event.NodeCounters;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.event.TaskCounters;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/// A session that knows a few schemas and plays back a run, so that a window can be tried without
/// an engine.
public final class FakeSession implements Session {
    private static final Schema FLIGHTS =
            Schema.of(
                    Field.of("date", DataType.TIMESTAMP_NTZ),
                    Field.of("delay", DataType.BIGINT),
                    Field.of("distance", DataType.BIGINT),
                    Field.of("origin", DataType.STRING),
                    Field.of("destination", DataType.STRING));
    private static final Schema AIRPORTS =
            Schema.of(
                    Field.of("iata", DataType.STRING),
                    Field.of("name", DataType.STRING),
                    Field.of("city", DataType.STRING),
                    Field.of("state", DataType.STRING),
                    Field.of("country", DataType.STRING),
                    Field.of("latitude", DataType.DOUBLE),
                    Field.of("longitude", DataType.DOUBLE));

    private final EventBus bus = new EventBus();
    private final Map<String, Schema> views = new LinkedHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final long stepMillis;
    private Settings settings = Settings.defaults();

    /// @param stepMillis how long each of twenty steps of a run takes
    public FakeSession(long stepMillis) {
        this.stepMillis = stepMillis;
    }

    @Override
    public Query sql(String text) {
        return new FakeQuery(
                AIRPORTS, new PlanTree(1, "Scan", List.of(text), "", 100, List.of()), text);
    }

    @Override
    public Query query(LogicalPlan plan, PlanContext context, String label) {
        return new FakeQuery(schema(plan), tree(plan, context, new int[] {0}), label);
    }

    private static PlanTree tree(LogicalPlan plan, PlanContext context, int[] next) {
        int id = ++next[0];
        return new PlanTree(
                id,
                plan.getClass().getSimpleName(),
                List.of(),
                context.origin(plan).pipelineNode().orElse(""),
                1000.0 * id,
                plan.children().stream().map(child -> tree(child, context, next)).toList());
    }

    @Override
    public Analysis analyze(String text) {
        int at = text.indexOf("oops");
        if (at >= 0) {
            return new Analysis.Invalid(
                    List.of(
                            ErrorInfo.of(
                                    new EngineException(
                                            ErrorCode.UNRESOLVED_COLUMN__WITH_SUGGESTION,
                                            Map.of("objectName", "`oops`", "proposal", "`origin`"),
                                            new dev.vitrine.engine.error.SourceRange(
                                                    at, at + 4)))));
        }
        return new Analysis.Valid(AIRPORTS);
    }

    @Override
    public Analysis analyze(LogicalPlan plan, PlanContext context) {
        try {
            return new Analysis.Valid(schema(plan));
        } catch (EngineException e) {
            return new Analysis.Invalid(List.of(ErrorInfo.of(e)));
        }
    }

    private Schema schema(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.UnresolvedFiles files ->
                    files.paths().getFirst().contains("flights") ? FLIGHTS : AIRPORTS;
            case LogicalPlan.UnresolvedRelation relation ->
                    views.getOrDefault(relation.nameParts().getFirst(), AIRPORTS);
            case LogicalPlan.Join join -> {
                List<Field> all = new ArrayList<>(schema(join.left()).fields());
                all.addAll(schema(join.right()).fields());
                yield new Schema(all);
            }
            case LogicalPlan.UsingJoin join -> {
                List<Field> all = new ArrayList<>(schema(join.left()).fields());
                schema(join.right()).fields().stream()
                        .filter(field -> !join.columns().contains(field.name()))
                        .forEach(all::add);
                yield new Schema(all);
            }
            case LogicalPlan.Project project -> outputs(project.exprs(), schema(project.input()));
            case LogicalPlan.Aggregate agg -> outputs(agg.outputs(), schema(agg.input()));
            case LogicalPlan.Filter filter -> {
                type(filter.predicate(), schema(filter.input()));
                yield schema(filter.input());
            }
            default -> plan.children().isEmpty() ? AIRPORTS : schema(plan.children().getFirst());
        };
    }

    private Schema outputs(List<Expr> exprs, Schema input) {
        List<Field> fields = new ArrayList<>();
        for (Expr expr : exprs) {
            switch (expr) {
                case Expr.UnresolvedStar star -> fields.addAll(input.fields());
                case Expr.Alias alias ->
                        fields.add(Field.of(alias.name(), type(alias.input(), input)));
                case Expr.UnresolvedAttribute name ->
                        fields.add(Field.of(name.nameParts().getLast(), type(name, input)));
                default -> fields.add(Field.of(expr.sql(), type(expr, input)));
            }
        }
        return new Schema(fields);
    }

    private static DataType type(Expr expr, Schema input) {
        return switch (expr) {
            case Expr.UnresolvedAttribute(var parts, var where) -> {
                String name = parts.getLast();
                yield input.indexOf(name).isPresent()
                        ? input.field(input.indexOf(name).getAsInt()).type()
                        : unknown(name, where, input);
            }
            case Expr.Literal literal -> literal.type();
            case Expr.UnresolvedFunction call -> {
                call.args().stream()
                        .filter(arg -> !(arg instanceof Expr.UnresolvedStar))
                        .forEach(arg -> type(arg, input));
                yield call.name().equals("count") || call.name().equals("sum")
                        ? DataType.BIGINT
                        : DataType.DOUBLE;
            }
            case Expr.UnresolvedOperator op -> {
                op.args().forEach(arg -> type(arg, input));
                yield "<>=!".indexOf(op.symbol().charAt(0)) >= 0
                        ? DataType.BOOLEAN
                        : DataType.BIGINT;
            }
            default -> {
                expr.children().forEach(child -> type(child, input));
                yield DataType.BOOLEAN;
            }
        };
    }

    private static DataType unknown(
            String name,
            dev.vitrine.engine.error.@org.jspecify.annotations.Nullable SourceRange where,
            Schema input) {
        throw new EngineException(
                ErrorCode.UNRESOLVED_COLUMN__WITH_SUGGESTION,
                Map.of(
                        "objectName",
                        "`" + name + "`",
                        "proposal",
                        "`" + String.join("`, `", input.names()) + "`"),
                where);
    }

    @Override
    public List<TableInfo> tables() {
        return views.entrySet().stream()
                .map(e -> new TableInfo(e.getKey(), "view", e.getValue(), e.getKey()))
                .toList();
    }

    @Override
    public void createTempView(String name, LogicalPlan plan, PlanContext context) {
        views.put(name, schema(plan));
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public void set(String key, String value) {
        settings = settings.with(key, value);
    }

    @Override
    public EventBus events() {
        return bus;
    }

    @Override
    public void close() {}

    /// A run of twenty steps in two stages.
    private final class FakeQuery implements Query {
        private final long id = ids.incrementAndGet();
        private final EventBus own = new EventBus();
        private final CompletableFuture<QueryOutcome> outcome = new CompletableFuture<>();
        private final Schema schema;
        private final PlanTree plan;
        private final String label;
        private volatile boolean cancelled;
        private boolean started;

        private FakeQuery(Schema schema, PlanTree plan, String label) {
            this.schema = schema;
            this.plan = plan;
            this.label = label;
        }

        @Override
        public long id() {
            return id;
        }

        @Override
        public void subscribe(EventListener listener) {
            own.subscribe(listener);
        }

        @Override
        public synchronized Query start() {
            if (!started) {
                started = true;
                Thread.ofVirtual().start(this::play);
            }
            return this;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public CompletableFuture<QueryOutcome> outcome() {
            return outcome;
        }

        @Override
        public QueryResult await() {
            start();
            if (!(outcome.join() instanceof QueryOutcome.Succeeded)) {
                throw new CancellationException();
            }
            boolean preview = label.startsWith("Preview");
            return FakeResults.of(schema, preview ? 1_000 : 25, this::row);
        }

        private List<Object> row(long index) {
            List<Object> row = new ArrayList<>();
            String[] codes = {"ORD", "DFW", "ATL", "LAX", "PHX", "STL", "DTW", "MSP"};
            for (Field field : schema.fields()) {
                row.add(
                        switch (field.type()) {
                            case DataType.Simple.STRING ->
                                    codes[
                                            (int)
                                                    ((index * 7 + field.name().length())
                                                            % codes.length)];
                            case DataType.Simple.DOUBLE -> Math.round(index * 731.7) / 10.0;
                            case DataType.Simple.TIMESTAMP_NTZ ->
                                    978_307_200_000_000L + index * 60_000_000L;
                            case DataType.Simple.BOOLEAN -> index % 2 == 0;
                            default -> (166_341 - index * 4_337) % 200_000;
                        });
            }
            return row;
        }

        @Override
        public void close() {}

        private void emit(EngineEvent event) {
            own.on(event);
            bus.on(event);
        }

        private void play() {
            long start = System.nanoTime();
            List<Integer> nodes = new ArrayList<>();
            plan.forEach(node -> nodes.add(node.id()));
            List<Integer> second = nodes.subList(0, nodes.size() / 2);
            List<Integer> first = nodes.subList(nodes.size() / 2, nodes.size());
            emit(new QueryStarted(id, label, Instant.now(), "local[2]", Map.of()));
            emit(new LogLine(id, LogLine.Level.INFO, "driver", label + " started", Instant.now()));
            for (PlanPhase phase : PlanPhase.values()) {
                emit(new PlanReady(id, phase, plan, 800_000, System.nanoTime() - start));
            }
            emit(
                    new StagesPlanned(
                            id,
                            List.of(
                                    new StageInfo(0, "Scan → Filter", List.of(), first),
                                    new StageInfo(1, "HashAggregate", List.of(0), second)),
                            System.nanoTime() - start));
            for (int stage = 0; stage < 2; stage++) {
                emit(new StageStarted(id, stage, 8, System.nanoTime() - start));
                for (int task = 0; task < 8 && !cancelled; task++) {
                    long at = System.nanoTime() - start;
                    emit(
                            new TaskStarted(
                                    id, stage, task, 0, "driver", task % 2, "split " + task, at));
                    sleep(stepMillis);
                    List<NodeCounters> counters = new ArrayList<>();
                    for (int node : stage == 0 ? first : second) {
                        counters.add(
                                new NodeCounters(
                                        node, (task + 1) * 366_000L / (stage * 40 + 1), 1));
                    }
                    at = System.nanoTime() - start;
                    emit(new Progress(id, List.of(), counters, at));
                    emit(
                            new MemorySampled(
                                    id,
                                    List.of(),
                                    84L << 20,
                                    2L << 30,
                                    120L << 20,
                                    512L << 20,
                                    2,
                                    2));
                    emit(
                            new TaskFinished(
                                    id,
                                    stage,
                                    task,
                                    0,
                                    new QueryOutcome.Succeeded(1000),
                                    new TaskCounters(
                                            375_000,
                                            1_700_000,
                                            375_000,
                                            0,
                                            375_000,
                                            0,
                                            0,
                                            stepMillis * 1_000_000),
                                    at));
                }
                if (!cancelled) {
                    emit(
                            new StageFinished(
                                    id,
                                    stage,
                                    new QueryOutcome.Succeeded(0),
                                    System.nanoTime() - start));
                }
            }
            QueryOutcome end =
                    cancelled ? new QueryOutcome.Cancelled() : new QueryOutcome.Succeeded(25);
            emit(new QueryFinished(id, end, List.of(), System.nanoTime() - start));
            outcome.complete(end);
        }

        private static void sleep(long millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
