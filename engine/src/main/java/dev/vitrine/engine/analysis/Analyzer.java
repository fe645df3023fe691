package dev.vitrine.engine.analysis;

import dev.vitrine.engine.catalog.Catalog;
import dev.vitrine.engine.catalog.Relation;
import dev.vitrine.engine.catalog.SqlFunction;
import dev.vitrine.engine.catalog.TableColumn;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.CommonTypes;
import dev.vitrine.engine.function.ExprEvaluator;
import dev.vitrine.engine.function.FunctionCall;
import dev.vitrine.engine.function.FunctionRegistry;
import dev.vitrine.engine.logical.DeepStack;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.Origin;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.logical.QueryForm;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns an unresolved plan into an analyzed one: names become attributes, types are brought
/// together, aggregates, stars, aliases and views are gone. One for each query; used by one thread.
public final class Analyzer {
    private final Catalog catalog;
    private final FunctionRegistry functions;
    private final Settings settings;
    private final PlanContext context;
    private final Instant now;
    private final EvalMode mode;
    private final ZoneId zone;
    private final List<String> openViews;
    private final String database;
    private final boolean stored;

    private final CharLengths chars;
    private InputColumns inputs = new InputColumns(Optional.empty());

    /// What was found before of frames below.
    private Optional<AnalyzedFrame> known = Optional.empty();

    /// The common tables that were read so far, by identity.
    private final Set<CommonTable> readTables = Collections.newSetFromMap(new IdentityHashMap<>());

    /// Inside a view: where it stands in the query. Places in the view's own text would mislead.
    private final @Nullable Origin viewOrigin;

    public Analyzer(
            Catalog catalog, FunctionRegistry functions, Settings settings, PlanContext context) {
        this(
                catalog,
                functions,
                settings,
                context,
                Instant.now(),
                List.of(),
                null,
                catalog.temporary().currentDatabase(),
                false,
                new CharLengths(settings.timeZone()));
    }

    private Analyzer(
            Catalog catalog,
            FunctionRegistry functions,
            Settings settings,
            PlanContext context,
            Instant now,
            List<String> openViews,
            @Nullable Origin viewOrigin,
            String database,
            boolean stored,
            CharLengths chars) {
        this.catalog = catalog;
        this.functions = functions;
        this.settings = settings;
        this.context = context;
        this.now = now;
        this.openViews = openViews;
        this.viewOrigin = viewOrigin;
        this.database = database;
        this.stored = stored;
        this.chars = chars;
        this.mode = settings.getBoolean(Settings.ANSI) ? EvalMode.ANSI : EvalMode.LEGACY;
        this.zone = settings.timeZone();
    }

    /// The analyzed plan.
    ///
    /// @throws EngineException with the first thing that is wrong, and its place in the SQL text
    public LogicalPlan analyze(LogicalPlan plan) {
        return DeepStack.call(() -> exact(resolve(plan, rootScope())).plan());
    }

    /// What a frame gives, found over what is known of the frame that it was made of.
    ///
    /// @param below a frame analyzed with the same counter of attribute ids; it is no use where a
    ///   plan has several inputs, whose ids must differ
    /// @throws EngineException with the first thing that is wrong
    public AnalyzedFrame frame(LogicalPlan plan, Optional<AnalyzedFrame> below) {
        known = plan.children().size() == 1 ? below : Optional.empty();
        inputs = new InputColumns(known.map(AnalyzedFrame::inputs));
        known.ifPresent(frame -> chars.noteAll(frame.chars()));
        Resolved resolved = DeepStack.call(() -> resolve(plan, rootScope()));
        return new AnalyzedFrame(plan, resolved, inputs, chars, known);
    }

    /// For the body of a view or function, which stands at `origin` of this query.
    ///
    /// @param key what is opened, for finding a view that leads back to itself
    /// @param names what the body's names depend on
    Analyzer inside(String key, Names names, Settings meaning, Origin origin) {
        List<String> open = new ArrayList<>(openViews);
        open.add(key);
        return new Analyzer(
                catalog,
                functions,
                meaning,
                context,
                now,
                open,
                viewOrigin == null ? origin : viewOrigin,
                names.database(),
                names.stored(),
                chars);
    }

    /// Where the names of a body are looked for.
    ///
    /// @param stored whether temporary views are not seen
    record Names(String database, boolean stored) {}

    /// The views and functions around this place, outermost first.
    List<String> openViews() {
        return openViews;
    }

    Catalog catalog() {
        return catalog;
    }

    Settings settings() {
        return settings;
    }

    /// Notes that `table` is read.
    void reads(CommonTable table) {
        readTables.add(table);
    }

    /// Whether this is the body of what is stored, which sees nothing that goes with the session.
    boolean isStored() {
        return stored;
    }

    /// The database of names without one.
    String database() {
        return database;
    }

    /// What a name in FROM stands for here.
    Optional<Relation> find(List<String> parts) {
        return stored ? catalog.stored(parts, database) : catalog.relation(parts, database);
    }

    /// The user's function of a name here; built-in ones come before stored ones.
    ///
    /// @param name its parts with dots between
    Optional<SqlFunction> ownFunction(String name) {
        List<String> parts = List.of(name.split("\\."));
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        boolean session =
                parts.size() > 1
                        && (name.startsWith("session.") || name.startsWith("system.session."));
        if (session) {
            return stored ? Optional.empty() : catalog.temporary().function(parts.getLast());
        }
        if (parts.size() == 1) {
            Optional<SqlFunction> temporary =
                    stored ? Optional.empty() : catalog.temporary().function(name);
            if (temporary.isPresent() || functions.find(name).isPresent()) {
                return temporary;
            }
        }
        return catalog.storedFunction(parts, database);
    }

    /// An expression that stands alone: no columns are seen.
    Expr constantExpr(Expr written) {
        return new ExprResolver(this, rootScope()).resolve(written);
    }

    /// The default of a column, checked.
    ///
    /// @throws EngineException INVALID_DEFAULT_VALUE
    public Expr columnDefault(TableColumn column) {
        return new ColumnDefaults(this).of(column);
    }

    /// What a function written in SQL gives: one column, or those of its table.
    ///
    /// @throws EngineException for whatever is wrong in its body
    public List<Expr.Attribute> functionOutput(SqlFunction function) {
        return DeepStack.call(() -> new SqlFunctions(this).output(function));
    }

    /// A constant's value.
    ///
    /// @param type what it is cast to, or null for its own
    public Constant constant(Expr written, @Nullable DataType type) {
        Expr resolved = constantExpr(written);
        Expr cast = type == null ? resolved : CommonTypes.cast(resolved, type, mode);
        return new Constant(ExprEvaluator.constant(cast, zone), cast.type());
    }

    /// The value of an expression, or empty where it depends on rows.
    public Optional<Expr.Literal> constantValue(Expr written) {
        Expr resolved = constantExpr(written);
        return resolved.foldable()
                ? Optional.of(
                        new Expr.Literal(ExprEvaluator.constant(resolved, zone), resolved.type()))
                : Optional.empty();
    }

    /// @param value boxed as [DataType] says
    public record Constant(@Nullable Object value, DataType type) {}

    private Scope rootScope() {
        boolean caseSensitive = settings.getBoolean(Settings.CASE_SENSITIVE);
        return new Scope(List.of(), List.of(), null, Map.of(), caseSensitive);
    }

    PlanContext context() {
        return context;
    }

    FunctionRegistry functions() {
        return functions;
    }

    EvalMode mode() {
        return mode;
    }

    ZoneId zone() {
        return zone;
    }

    Instant now() {
        return now;
    }

    /// A call of an operator that nobody wrote.
    FunctionCall call(String name, List<Expr> args) {
        return new FunctionCall(
                name,
                args,
                false,
                Optional.empty(),
                mode,
                zone,
                now,
                settings,
                (lambda, parameters) -> {
                    throw EngineException.internal(name + " takes no lambda");
                },
                null);
    }

    Optional<SourceRange> range(Expr expr) {
        return viewOrigin == null ? context.range(expr) : Optional.empty();
    }

    <T> T place(T expr, @Nullable SourceRange range) {
        return viewOrigin == null ? context.place(expr, range) : expr;
    }

    /// Says that `node` comes from where `written` stood.
    <P extends LogicalPlan> P made(P node, LogicalPlan written) {
        return context.mark(node, viewOrigin == null ? context.origin(written) : viewOrigin);
    }

    /// The columns of CHAR met so far.
    CharLengths chars() {
        return chars;
    }

    /// The columns that plans met so far gave.
    InputColumns inputs() {
        return inputs;
    }

    Resolved resolve(LogicalPlan plan, Scope scope) {
        Optional<Resolved> before = known.flatMap(frame -> frame.known(plan));
        if (before.isPresent()) {
            return before.get();
        }
        Resolved resolved = resolved(plan, scope);
        inputs.gave(plan, resolved.columns());
        return catalog.kept(plan).map(rows -> kept(plan, resolved, rows)).orElse(resolved);
    }

    /// The same columns, read from memory instead of computed.
    private Resolved kept(LogicalPlan written, Resolved resolved, TableSource rows) {
        LogicalPlan scan = made(scan(rows), written);
        List<Expr> columns = new ArrayList<>();
        for (Expr.Attribute column : resolved.columns()) {
            columns.add(
                    new Expr.Alias(scan.output().get(columns.size()), column.name(), column.id()));
        }
        return new Resolved(
                made(new LogicalPlan.Project(scan, columns), written),
                resolved.columns(),
                List.of());
    }

    private Resolved resolved(LogicalPlan plan, Scope scope) {
        return switch (plan) {
            case LogicalPlan.UnresolvedRelation r -> new Relations(this).resolve(r, scope);
            case LogicalPlan.UnresolvedFiles f -> new Relations(this).files(f);
            case LogicalPlan.UnresolvedInlineTable t ->
                    Resolved.of(made(new InlineTables(this).resolve(t, scope), t));
            case LogicalPlan.With with -> with(with, scope);
            case LogicalPlan.SubqueryAlias alias -> aliased(alias, scope);
            case LogicalPlan.UsingJoin join -> new UsingJoins(this).resolve(join, scope);
            case LogicalPlan.Scan scan ->
                    Resolved.of(made(scan(scan.source(), scan.output()), scan));
            case LogicalPlan.LocalRelation(var output, var rows) ->
                    Resolved.of(made(new LogicalPlan.LocalRelation(fresh(output), rows), plan));
            case LogicalPlan.Range(var id, var start, var end, var step) ->
                    Resolved.of(
                            made(
                                    new LogicalPlan.Range(
                                            fresh(List.of(id)).getFirst(), start, end, step),
                                    plan));
            case LogicalPlan.Project p -> block(p, scope).orElseThrow().finished();
            case LogicalPlan.Aggregate a -> block(a, scope).orElseThrow().finished();
            case LogicalPlan.Filter f -> filter(f, scope);
            case LogicalPlan.Join j -> join(j, scope);
            case LogicalPlan.Sort s -> new SortKeys(this, s, scope).resolve();
            case LogicalPlan.Limit l -> limit(l, scope);
            case LogicalPlan.Distinct d -> {
                Resolved input = exact(resolve(d.input(), scope));
                SetOperations.checkComparable(input.columns());
                yield input.withPlan(made(new LogicalPlan.Distinct(input.plan()), d));
            }
            case LogicalPlan.Union u ->
                    new SetOperations(this)
                            .union(
                                    u,
                                    u.inputs().stream()
                                            .map(in -> exact(resolve(in, scope)).plan())
                                            .toList());
            case LogicalPlan.SetOperation s ->
                    new SetOperations(this)
                            .operation(
                                    s,
                                    exact(resolve(s.left(), scope)).plan(),
                                    exact(resolve(s.right(), scope)).plan());
            case LogicalPlan.Window w ->
                    throw EngineException.internal("a Window node is no query of a user");
            case LogicalPlan.WindowGroupLimit w ->
                    throw EngineException.internal("a WindowGroupLimit node is no query of a user");
            case LogicalPlan.Expand e ->
                    throw EngineException.internal("an Expand node is no query of a user");
            case LogicalPlan.Generate g ->
                    throw EngineException.internal("a Generate node is no query of a user");
            case LogicalPlan.UnresolvedGenerate g ->
                    new Generators(this).resolve(g, resolve(g.input(), scope), scope);
            case LogicalPlan.MapRows(var in, var function, var reads, int keys, var columns) -> {
                LogicalPlan input = exact(resolve(in, scope)).plan();
                yield Resolved.of(
                        made(
                                new LogicalPlan.MapRows(
                                        input,
                                        function,
                                        List.copyOf(input.output()),
                                        keys,
                                        fresh(columns)),
                                plan));
            }
            case LogicalPlan.PartitionRows(var inputs, var function, var columns) ->
                    Resolved.of(
                            made(
                                    new LogicalPlan.PartitionRows(
                                            inputs.stream()
                                                    .map(in -> exact(resolve(in, scope)).plan())
                                                    .toList(),
                                            function,
                                            fresh(columns)),
                                    plan));
            case LogicalPlan.LateralJoin j -> lateral(j, scope);
            case LogicalPlan.Repartition(var in, var exprs, var partitions) -> {
                Resolved input = resolve(in, scope);
                List<Expr> keys = new ExprResolver(this, scope.over(input)).resolveAll(exprs);
                yield input.withPlan(
                        made(new LogicalPlan.Repartition(input.plan(), keys, partitions), plan));
            }
            case LogicalPlan.Sample(var in, var fraction, var seed) -> {
                Resolved input = resolve(in, scope);
                yield input.withPlan(
                        made(new LogicalPlan.Sample(input.plan(), fraction, seed), plan));
            }
            case LogicalPlan.Write w -> {
                LogicalPlan input = exact(resolve(w.input(), scope)).plan();
                yield Resolved.of(
                        made(
                                new LogicalPlan.Write(
                                        input,
                                        w.format(),
                                        w.path(),
                                        w.mode(),
                                        w.options(),
                                        w.partitions()),
                                w));
            }
            case LogicalPlan.UnresolvedInsert insert ->
                    Resolved.of(made(new Inserts(this).resolve(insert, scope), insert));
            case QueryForm form -> new QueryForms(this).resolve(form, scope);
        };
    }

    /// `resolved` with a plan whose output is just its visible columns.
    Resolved exact(Resolved resolved) {
        if (resolved.exact()) {
            return resolved;
        }
        List<Expr> columns = new ArrayList<>();
        resolved.columns().forEach(c -> columns.add(c.withQualifier(List.of())));
        LogicalPlan project =
                made(new LogicalPlan.Project(resolved.plan(), columns), resolved.plan());
        return new Resolved(project, resolved.columns(), List.of());
    }

    /// A plan whose columns have the given types, by casts where they differ.
    LogicalPlan castColumns(LogicalPlan plan, List<DataType> types) {
        List<Expr.Attribute> output = plan.output();
        List<Expr> exprs = new ArrayList<>();
        boolean same = true;
        for (int i = 0; i < output.size(); i++) {
            Expr.Attribute column = output.get(i);
            if (column.type().equals(types.get(i))) {
                exprs.add(column);
            } else {
                same = false;
                Expr cast = CommonTypes.cast(column, types.get(i), mode);
                exprs.add(new Expr.Alias(cast, column.name(), context.newAttributeId()));
            }
        }
        return same ? plan : made(new LogicalPlan.Project(plan, exprs), plan);
    }

    private List<Expr.Attribute> fresh(List<Expr.Attribute> attributes) {
        return attributes.stream()
                .map(a ->
                        new Expr.Attribute(
                                context.newAttributeId(), a.name(), a.type(), a.nullable()))
                .toList();
    }

    private LogicalPlan.Scan scan(TableSource source, List<Expr.Attribute> columns) {
        return new LogicalPlan.Scan(source, fresh(columns), List.of(), OptionalLong.empty());
    }

    LogicalPlan.Scan scan(TableSource source) {
        List<Expr.Attribute> columns = new ArrayList<>();
        for (Field field : source.schema().fields()) {
            columns.add(new Expr.Attribute(0, field.name(), field.type(), field.nullable()));
        }
        return scan(source, columns);
    }

    private Resolved with(LogicalPlan.With with, Scope scope) {
        Map<String, CommonTable> visible = new LinkedHashMap<>(scope.ctes());
        List<CommonTable> own = new ArrayList<>();
        for (LogicalPlan.With.Cte cte : with.ctes()) {
            String key = cte.name().toLowerCase(Locale.ROOT);
            if (own.stream().anyMatch(table -> table.name().equalsIgnoreCase(cte.name()))) {
                throw new EngineException(
                        ErrorCode.DUPLICATED_CTE_NAMES,
                        Map.of("duplicateNames", "`" + cte.name() + "`"),
                        viewOrigin == null ? context.origin(cte.plan()).sql().orElse(null) : null);
            }
            own.add(
                    new CommonTable(
                            cte.name(),
                            cte.plan(),
                            new LinkedHashMap<>(visible),
                            with.recursive(),
                            cte.maxLevel(),
                            scope.outer()));
            visible.put(key, own.getLast());
        }
        Resolved result = resolve(with.input(), scope.with(visible));
        // One that nothing reads must make sense too; a later one may read an earlier one.
        for (CommonTable table : own.reversed()) {
            if (!readTables.contains(table)) {
                new Relations(this).body(table, scope);
            }
        }
        return result;
    }

    private Resolved aliased(LogicalPlan.SubqueryAlias alias, Scope scope) {
        if (alias.input()
                        instanceof LogicalPlan.UnresolvedInlineTable(var names, var rows, var where)
                && !alias.columnNames().isEmpty()) {
            LogicalPlan named =
                    new LogicalPlan.UnresolvedInlineTable(alias.columnNames(), rows, where);
            made(named, alias.input());
            return resolve(named, scope).qualified(alias.alias());
        }
        Resolved input = resolve(alias.input(), scope);
        if (alias.columnNames().isEmpty()) {
            return input.qualified(alias.alias());
        }
        if (alias.columnNames().size() != input.columns().size()) {
            throw new EngineException(
                    ErrorCode.ASSIGNMENT_ARITY_MISMATCH,
                    Map.of(
                            "numTarget", alias.columnNames().size(),
                            "numExpr", input.columns().size()),
                    viewOrigin == null ? context.origin(alias).sql().orElse(null) : null);
        }
        List<Expr> renamed = new ArrayList<>();
        for (int i = 0; i < input.columns().size(); i++) {
            Expr.Attribute column = input.columns().get(i).withQualifier(List.of());
            Expr.Alias named =
                    new Expr.Alias(column, alias.columnNames().get(i), context.newAttributeId());
            chars.renamed(named);
            renamed.add(named);
        }
        LogicalPlan project = made(new LogicalPlan.Project(input.plan(), renamed), alias);
        return Resolved.of(project).qualified(alias.alias());
    }

    /// The select list that `plan` is, if it is one, with its HAVING.
    Optional<SelectBlock> block(LogicalPlan plan, Scope scope) {
        return switch (plan) {
            case LogicalPlan.Project(var in, var exprs) -> {
                yield Optional.of(selected(plan, resolve(in, scope), exprs, null, scope));
            }
            case LogicalPlan.Aggregate(var in, var groupings, var outputs) -> {
                yield Optional.of(selected(plan, resolve(in, scope), outputs, groupings, scope));
            }
            case LogicalPlan.Filter(LogicalPlan.Aggregate aggregate, var predicate) -> {
                Optional<SelectBlock> block = block(aggregate, scope);
                block.ifPresent(b -> b.having(predicate));
                yield block;
            }
            default -> Optional.empty();
        };
    }

    private SelectBlock selected(
            LogicalPlan plan,
            Resolved input,
            List<Expr> list,
            @Nullable List<Expr> groupBy,
            Scope scope) {
        return noted(SelectBlock.of(this, plan, input, list, groupBy, scope));
    }

    /// A sort key or HAVING condition above may already ask for the list's columns.
    private SelectBlock noted(SelectBlock block) {
        inputs.gave(block.written(), block.columns());
        return block;
    }

    private Resolved filter(LogicalPlan.Filter filter, Scope scope) {
        Optional<SelectBlock> block = block(filter, scope);
        if (block.isPresent()) {
            return block.get().finished();
        }
        Resolved input = resolve(filter.input(), scope);
        Expr predicate = new ExprResolver(this, scope.over(input)).condition(filter.predicate());
        if (WindowExtraction.isIn(predicate)) {
            throw new EngineException(
                    ErrorCode._LEGACY_ERROR_TEMP_1034,
                    Map.of("clauseName", "WHERE"),
                    range(filter.predicate()).orElse(null));
        }
        if (SelectBlock.hasAggregate(predicate)) {
            throw new EngineException(
                    ErrorCode.INVALID_WHERE_CONDITION,
                    Map.of("expressionList", "an aggregate"),
                    range(filter.predicate()).orElse(null));
        }
        return input.withPlan(made(new LogicalPlan.Filter(input.plan(), predicate), filter));
    }

    private Resolved join(LogicalPlan.Join join, Scope scope) {
        Resolved left = resolve(join.left(), scope);
        Resolved right = resolve(join.right(), scope);
        List<Expr.Attribute> both = new ArrayList<>(left.columns());
        both.addAll(right.columns());
        List<Expr.Attribute> hidden = new ArrayList<>(left.hidden());
        hidden.addAll(right.hidden());
        Scope inside = scope.over(new Resolved(left.plan(), both, hidden));
        Optional<Expr> condition =
                join.condition().map(new ExprResolver(this, inside)::joinCondition);
        LogicalPlan plan =
                made(
                        new LogicalPlan.Join(left.plan(), right.plan(), join.joinType(), condition),
                        join);
        List<Expr.Attribute> visible = join.joinType().leftOnly() ? left.columns() : both;
        return new Resolved(
                plan,
                Nullability.asIn(plan.output(), visible),
                Nullability.asIn(
                        plan.output(), join.joinType().leftOnly() ? left.hidden() : hidden));
    }

    private Resolved lateral(LogicalPlan.LateralJoin join, Scope scope) {
        Resolved left = resolve(join.left(), scope);
        Resolved right = resolve(join.right(), scope.over(left).inner());
        Correlation.check(right.plan());
        List<Expr.Attribute> both = new ArrayList<>(left.columns());
        both.addAll(right.columns());
        List<Expr.Attribute> hidden = new ArrayList<>(left.hidden());
        hidden.addAll(right.hidden());
        Scope inside = scope.over(new Resolved(left.plan(), both, hidden));
        Optional<Expr> condition =
                join.condition().map(new ExprResolver(this, inside)::joinCondition);
        LogicalPlan plan =
                made(
                        new LogicalPlan.LateralJoin(
                                left.plan(), right.plan(), join.joinType(), condition),
                        join);
        return new Resolved(
                plan,
                Nullability.asIn(plan.output(), both),
                Nullability.asIn(plan.output(), hidden));
    }

    private Resolved limit(LogicalPlan.Limit limit, Scope scope) {
        Resolved input = resolve(limit.input(), scope);
        LimitValues values = new LimitValues(this, scope);
        Optional<Expr> rows = limit.limit().map(e -> values.resolve("limit", e));
        Expr offset = values.resolve("offset", limit.offset());
        return input.withPlan(made(new LogicalPlan.Limit(input.plan(), rows, offset), limit));
    }
}
