package dev.vitrine.engine.api;

import dev.vitrine.engine.analysis.TablesRead;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.catalog.Catalog;
import dev.vitrine.engine.catalog.View;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.storage.CachedTable;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/// Plans whose rows are kept in memory: those of `cache()`, filled by the first query that reads
/// them, and those of `checkpoint()`. A plan is known by its identity, as frames are.
final class KeptFrames {
    private final LocalSession session;
    private final Catalog catalog;
    private final BatchAllocator memory;
    private final IdentityHashMap<LogicalPlan, Kept> frames = new IdentityHashMap<>();
    private final List<CachedTable> checkpoints = new ArrayList<>();

    private enum State {
        ASKED_FOR,
        FILLING,
        FILLED
    }

    /// @param analyzed what gave the rows, once there are any
    private record Kept(State state, Optional<CachedTable> rows, Optional<LogicalPlan> analyzed) {
        static final Kept ASKED_FOR = new Kept(State.ASKED_FOR, Optional.empty(), Optional.empty());
        static final Kept FILLING = new Kept(State.FILLING, Optional.empty(), Optional.empty());
    }

    KeptFrames(LocalSession session, Catalog catalog, BatchAllocator memory) {
        this.session = session;
        this.catalog = catalog;
        this.memory = memory;
    }

    synchronized void keep(LogicalPlan plan) {
        frames.putIfAbsent(plan, Kept.ASKED_FOR);
    }

    synchronized boolean keeps(LogicalPlan plan) {
        return frames.containsKey(plan);
    }

    synchronized void release(LogicalPlan plan) {
        Kept kept = frames.remove(plan);
        if (kept != null) {
            catalog.setKept(plan, Optional.empty());
            kept.rows.ifPresent(CachedTable::close);
        }
    }

    /// Forgets the rows that came from a table's files; the next query computes them again.
    synchronized void changed(String location) {
        for (Map.Entry<LogicalPlan, Kept> frame : frames.entrySet()) {
            Kept kept = frame.getValue();
            if (kept.analyzed.filter(plan -> TablesRead.reads(plan, location)).isPresent()) {
                catalog.setKept(frame.getKey(), Optional.empty());
                kept.rows.ifPresent(CachedTable::close);
                frame.setValue(Kept.ASKED_FOR);
            }
        }
    }

    synchronized void close() {
        List.copyOf(frames.keySet()).forEach(this::release);
        checkpoints.forEach(CachedTable::close);
        checkpoints.clear();
    }

    private synchronized boolean isEmpty() {
        return frames.isEmpty();
    }

    private synchronized boolean begin(LogicalPlan plan) {
        return frames.replace(plan, Kept.ASKED_FOR, Kept.FILLING);
    }

    private synchronized void end(LogicalPlan plan, Kept kept) {
        if (!frames.containsKey(plan)) {
            // Let go of meanwhile.
            kept.rows.ifPresent(CachedTable::close);
            return;
        }
        frames.put(plan, kept);
        catalog.setKept(plan, kept.rows.map(rows -> rows));
    }

    /// Computes what the plan of a query reads and is to be kept, innermost first.
    ///
    /// @param running told of each query that this makes
    void fill(LogicalPlan plan, Consumer<Query> running) {
        if (!isEmpty()) {
            fill(plan, running, Collections.newSetFromMap(new IdentityHashMap<>()));
        }
    }

    private void fill(LogicalPlan plan, Consumer<Query> running, Set<LogicalPlan> visited) {
        if (!visited.add(plan)) {
            return;
        }
        plan.children().forEach(child -> fill(child, running, visited));
        plan.forEachSubquery(subquery -> fill(subquery, running, visited));
        if (plan instanceof LogicalPlan.UnresolvedRelation relation) {
            catalog.relation(relation.nameParts())
                    .ifPresent(found -> {
                        if (found instanceof View view) {
                            fill(view.plan(), running, visited);
                        }
                    });
        }
        if (begin(plan)) {
            Kept kept = Kept.ASKED_FOR;
            try {
                CachedTable rows = rows(plan, running);
                kept =
                        new Kept(
                                State.FILLED,
                                Optional.of(rows),
                                Optional.of(session.analyzed(plan)));
            } finally {
                end(plan, kept);
            }
        }
    }

    /// A plan's rows, with columns `c0`, `c1` and so on: its own names need not differ.
    private CachedTable rows(LogicalPlan plan, Consumer<Query> running) {
        Schema schema = session.analyzed(plan).schema();
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            Expr column = new Expr.InputColumn(plan, i, schema.field(i).name());
            columns.add(new Expr.Alias(column, "c" + i, 0));
        }
        LogicalPlan renamed = new LogicalPlan.Project(plan, columns);
        try (Query query = session.query(renamed, new PlanContext(), "cache DataFrame")) {
            running.accept(query);
            QueryResult result = query.await();
            return new CachedTable("DataFrame", result.schema(), result.take(), memory);
        }
    }

    /// Computes a plan's rows, and gives the plan that reads them.
    LogicalPlan computed(LogicalPlan plan) {
        Schema schema = session.analyzed(plan).schema();
        CachedTable rows = rows(plan, query -> {});
        synchronized (this) {
            checkpoints.add(rows);
        }
        List<Expr.Attribute> stored = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            DataType type = schema.field(i).type();
            stored.add(new Expr.Attribute(i + 1, "c" + i, type, schema.field(i).nullable()));
        }
        LogicalPlan scan = new LogicalPlan.Scan(rows, stored, List.of(), OptionalLong.empty());
        List<Expr> named = new ArrayList<>();
        for (Field field : schema.fields()) {
            Expr column = new Expr.InputColumn(scan, named.size(), field.name());
            named.add(new Expr.Alias(column, field.name(), 0));
        }
        return new LogicalPlan.Project(scan, named);
    }
}
