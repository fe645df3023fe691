package dev.vitrine.engine.api;

import dev.vitrine.engine.analysis.TablesRead;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.catalog.Catalog;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.DeepStack;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.logical.SamePlans;
import dev.vitrine.engine.settings.StorageLevel;
import dev.vitrine.engine.snapshot.CacheStatus;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.storage.BlockCache;
import dev.vitrine.engine.storage.BlockStore;
import dev.vitrine.engine.storage.CachedRelation;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// The plans of a session whose rows are kept: those of `cache()` and CACHE TABLE. A plan is known
/// by the frame or the table that was cached, and by what it is: one that gives the same rows reads
/// them too, as with Spark's `CacheManager`. Safe for many threads.
final class CachedPlans {
    private final LocalSession session;
    private final Catalog catalog;
    private final BlockCache blocks;
    private final BatchAllocator memory;
    private final List<Entry> entries = new ArrayList<>();
    private final List<LocalQuery> retired = new ArrayList<>();
    private long nextId = 1;

    /// Something that is cached.
    private static final class Entry {
        private final String name;
        private final StorageLevel level;
        private final LogicalPlan written;
        private final Set<LogicalPlan> frames = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Set<String> tables = new TreeSet<>();

        /// Empty while its files have changed and no query has come since.
        private Optional<Made> made = Optional.empty();

        Entry(String name, StorageLevel level, LogicalPlan written) {
            this.name = name;
            this.level = level;
            this.written = written;
        }
    }

    /// @param analyzed the plan as it is found in others
    /// @param form by which it is told that another is the same
    /// @param nodes how many the plan has
    private record Made(
            CachedRelation relation, LogicalPlan analyzed, Optional<Object> form, int nodes) {}

    /// @param memory for rows that are read back from files
    CachedPlans(LocalSession session, Catalog catalog, BlockCache blocks, BatchAllocator memory) {
        this.session = session;
        this.catalog = catalog;
        this.blocks = blocks;
        this.memory = memory;
    }

    BatchAllocator memory() {
        return memory;
    }

    BlockCache blocks() {
        return blocks;
    }

    // What is cached

    /// Has a frame's rows kept once a query has computed them; nothing where the same are already.
    void keep(LogicalPlan frame, StorageLevel level) {
        if (level.isValid()) {
            keep(frame, "DataFrame", level).frames.add(frame);
            hook();
        }
    }

    /// As [#keep(LogicalPlan, StorageLevel)] for a table or view.
    ///
    /// @param key of the relation
    void keepTable(String key, LogicalPlan written, String name, StorageLevel level) {
        if (level.isValid()) {
            keep(written, name, level).tables.add(key);
            hook();
        }
    }

    private synchronized Entry keep(LogicalPlan written, String name, StorageLevel level) {
        Optional<Entry> known = find(written);
        if (known.isPresent()) {
            return known.get();
        }
        Entry entry = new Entry(name, level, written);
        entry.made = Optional.of(made(entry));
        entries.add(entry);
        return entry;
    }

    private Made made(Entry entry) {
        PlanContext context = new PlanContext();
        LogicalPlan analyzed = session.analyzed(entry.written, context, session.settings());
        CachedRelation relation =
                relation(entry.name, analyzed, context, entry.level, Optional.empty());
        return new Made(relation, analyzed, SamePlans.form(analyzed), nodes(analyzed));
    }

    /// Something whose rows are to be kept; nothing is computed yet.
    ///
    /// @param keptBy what holds the rows, where it is not the executors that compute them
    synchronized CachedRelation relation(
            String name,
            LogicalPlan analyzed,
            PlanContext context,
            StorageLevel level,
            Optional<BlockStore> keptBy) {
        Schema schema = distinctNames(analyzed.schema());
        List<Expr> columns = new ArrayList<>();
        for (Expr.Attribute column : analyzed.output()) {
            String stored = schema.field(columns.size()).name();
            columns.add(new Expr.Alias(column, stored, context.newAttributeId()));
        }
        LogicalPlan renamed =
                schema.equals(analyzed.schema())
                        ? analyzed
                        : new LogicalPlan.Project(analyzed, columns);
        return new CachedRelation(
                nextId++,
                name,
                schema,
                level,
                session.executors().canLose(),
                blocks,
                new CacheLineage(session, "cache " + name, renamed, context, keptBy));
    }

    /// The schema, with names `c0`, `c1` and so on where its own do not differ.
    static Schema distinctNames(Schema schema) {
        Set<String> names = new HashSet<>();
        for (Field field : schema.fields()) {
            names.add(field.name().toLowerCase(Locale.ROOT));
        }
        if (names.size() == schema.size()) {
            return schema;
        }
        List<Field> fields = new ArrayList<>();
        for (Field field : schema.fields()) {
            fields.add(new Field("c" + fields.size(), field.type(), field.nullable()));
        }
        return new Schema(fields);
    }

    private static int nodes(LogicalPlan plan) {
        int nodes = 1;
        for (LogicalPlan child : plan.children()) {
            nodes += nodes(child);
        }
        return nodes;
    }

    /// What is cached of a frame or of one that gives the same rows.
    private synchronized Optional<Entry> find(LogicalPlan written) {
        for (Entry entry : entries) {
            if (entry.frames.contains(written)) {
                return Optional.of(entry);
            }
        }
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        return DeepStack.call(() -> {
            LogicalPlan analyzed = session.analyzed(written);
            Optional<Object> form = SamePlans.form(analyzed);
            return entries.stream()
                    .filter(entry ->
                            entry.made
                                    .filter(made ->
                                            reads(analyzed, made.relation)
                                                    || form.isPresent() && form.equals(made.form))
                                    .isPresent())
                    .findFirst();
        });
    }

    /// Whether a plan is nothing but a reading of cached rows.
    private static boolean reads(LogicalPlan plan, CachedRelation relation) {
        return switch (plan) {
            case LogicalPlan.Project(var input, var columns) ->
                    columns.size() == relation.schema().size()
                            && columns.stream()
                                    .allMatch(c ->
                                            c instanceof Expr.Attribute
                                                    || c instanceof Expr.Alias alias
                                                            && alias.input()
                                                                    instanceof Expr.Attribute)
                            && reads(input, relation);
            case LogicalPlan.Scan scan -> scan.source() == relation;
            default -> false;
        };
    }

    /// The level at which a frame's rows are kept.
    StorageLevel level(LogicalPlan frame) {
        return find(frame).map(entry -> entry.level).orElse(StorageLevel.NONE);
    }

    boolean holdsTable(String key) {
        return tableEntry(key).isPresent();
    }

    private synchronized Optional<Entry> tableEntry(String key) {
        return entries.stream().filter(entry -> entry.tables.contains(key)).findFirst();
    }

    void release(LogicalPlan frame) {
        find(frame).ifPresent(this::remove);
    }

    void releaseTable(String key) {
        tableEntry(key).ifPresent(this::remove);
    }

    synchronized void clear() {
        List.copyOf(entries).forEach(this::remove);
    }

    private synchronized void remove(Entry entry) {
        entries.remove(entry);
        unhook(entry);
        entry.made.ifPresent(made -> made.relation.release());
        sweep();
    }

    /// Lets go of the rows that came from a table's files; the next query computes them again.
    synchronized void changed(String location) {
        for (Entry entry : entries) {
            if (entry.made.filter(made -> reads(made.analyzed, location)).isPresent()) {
                unhook(entry);
                entry.made.get().relation.release();
                entry.made = Optional.empty();
            }
        }
    }

    private boolean reads(LogicalPlan plan, String location) {
        boolean[] found = {TablesRead.reads(plan, location)};
        plan.forEach(node -> {
            if (node instanceof LogicalPlan.Scan scan
                    && scan.source() instanceof CachedRelation inner) {
                found[0] |=
                        entries.stream()
                                .flatMap(entry -> entry.made.stream())
                                .filter(made -> made.relation == inner)
                                .noneMatch(made -> !reads(made.analyzed, location));
            }
        });
        return found[0];
    }

    // Reading

    /// Has names and frames that are cached read from there.
    private synchronized void hook() {
        for (Entry entry : entries) {
            entry.made.ifPresent(made -> {
                entry.frames.forEach(frame -> catalog.setKept(frame, Optional.of(made.relation)));
                entry.tables.forEach(table ->
                        catalog.setCached(
                                table,
                                Optional.of(
                                        reading(
                                                made.relation,
                                                made.relation.schema(),
                                                made.analyzed.schema()))));
            });
        }
    }

    private void unhook(Entry entry) {
        entry.frames.forEach(frame -> catalog.setKept(frame, Optional.empty()));
        entry.tables.forEach(table -> catalog.setCached(table, Optional.empty()));
    }

    /// Plans anew what changed since the last query.
    synchronized void refresh() {
        for (Entry entry : entries) {
            if (entry.made.isEmpty()) {
                try {
                    entry.made = Optional.of(made(entry));
                    hook();
                } catch (EngineException e) {
                    // What it reads is gone: a query that reads it says so.
                    entry.made = Optional.empty();
                }
            }
        }
    }

    /// The unresolved plan that reads kept rows.
    ///
    /// @param stored the columns that are kept
    /// @param schema what they are called
    static LogicalPlan reading(TableSource rows, Schema stored, Schema schema) {
        List<Expr.Attribute> columns = new ArrayList<>();
        for (Field field : stored.fields()) {
            columns.add(
                    new Expr.Attribute(
                            columns.size() + 1, field.name(), field.type(), field.nullable()));
        }
        LogicalPlan scan = new LogicalPlan.Scan(rows, columns, List.of(), OptionalLong.empty());
        if (schema.equals(stored)) {
            return scan;
        }
        List<Expr> named = new ArrayList<>();
        for (Field field : schema.fields()) {
            Expr column = new Expr.InputColumn(scan, named.size(), field.name());
            named.add(new Expr.Alias(column, field.name(), 0));
        }
        return new LogicalPlan.Project(scan, named);
    }

    /// An analyzed plan in which the parts that are cached are read from there, the largest first.
    synchronized LogicalPlan use(LogicalPlan plan, PlanContext context) {
        List<Made> known = new ArrayList<>();
        for (Entry entry : entries) {
            entry.made.filter(made -> made.form.isPresent()).ifPresent(known::add);
        }
        return known.isEmpty() ? plan : DeepStack.call(() -> used(plan, known, context));
    }

    private LogicalPlan used(LogicalPlan plan, List<Made> known, PlanContext context) {
        if (plan instanceof LogicalPlan.Scan scan && scan.source() instanceof CachedRelation) {
            return plan;
        }
        int nodes = nodes(plan);
        for (Made made : known) {
            boolean alike = nodes == made.nodes && plan.getClass() == made.analyzed.getClass();
            // Its own lineage is what computes it.
            if (alike && plan != made.analyzed && SamePlans.form(plan).equals(made.form)) {
                return context.mark(scan(made.relation, plan, context), context.origin(plan));
            }
        }
        LogicalPlan over = plan.mapChildren(child -> used(child, known, context));
        context.inherit(over, plan);
        return over;
    }

    private static LogicalPlan scan(
            CachedRelation relation, LogicalPlan replaced, PlanContext context) {
        List<Expr.Attribute> stored = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        for (Field field : relation.schema().fields()) {
            Expr.Attribute column =
                    new Expr.Attribute(
                            context.newAttributeId(), field.name(), field.type(), field.nullable());
            Expr.Attribute was = replaced.output().get(stored.size());
            stored.add(column);
            columns.add(new Expr.Alias(column, was.name(), was.id()));
        }
        return new LogicalPlan.Project(
                new LogicalPlan.Scan(relation, stored, List.of(), OptionalLong.empty()), columns);
    }

    /// What is cached, in the order in which it was asked for.
    synchronized List<CacheStatus> status() {
        return entries.stream()
                .flatMap(entry -> entry.made.stream())
                .map(made -> made.relation.status())
                .toList();
    }

    // Memory

    /// Takes over a query that has computed rows, whose memory holds them.
    synchronized void retire(LocalQuery query) {
        sweep();
        retired.add(query);
    }

    /// Closes queries whose rows are all gone.
    private void sweep() {
        retired.removeIf(LocalQuery::closeIfEmpty);
    }

    /// Lets go of everything, once nothing runs any more.
    synchronized void close() {
        clear();
        retired.forEach(LocalQuery::close);
        retired.clear();
    }
}
